"""The practice gateway's own book: one row a parcel, one number a dossier."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.practice.gateway.database import Database
from desktop.practice.gateway.post import Letterbox, NewPost, lay_out

LEDGER_FILE = "ledger.db"


class AlreadyAccepted(ValueError):
    """The same package was accepted under another id meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A parcel as the gateway knows it."""

    id: str
    unit_code: str
    tax_code: str
    procedure: str
    period: str
    file_name: str
    size: int
    sha256: str
    transaction_code: str
    state: str = "new"
    number: str | None = None
    receipt: bytes | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    id: str
    parcel_id: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a parcel was handed in whole and what came of it; ``sha256`` of its package."""

    parcel_id: str
    sha256: str
    accepted: int
    """0 or 1 for a gateway that keeps its promise"""
    submitted: int
    """every submission that was answered, repeated ones too"""


class Ledger:
    """Every method is its own transaction."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.letters = Letterbox(self.database)

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return self.database.open()

    def announce(self, entry: Entry) -> Entry:
        """Adds the parcel, or returns what is known of one with that id."""
        with self._open() as database:
            database.execute(
                "INSERT OR IGNORE INTO parcel (id, unit_code, tax_code, procedure, period,"
                " file_name, size, sha256, transaction_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.id,
                    entry.unit_code,
                    entry.tax_code,
                    entry.procedure,
                    entry.period,
                    entry.file_name,
                    entry.size,
                    entry.sha256,
                    entry.transaction_code,
                ),
            )
            return _entry(_one(database, entry.id))

    def find(self, parcel_id: str) -> Entry | None:
        with self._open() as database:
            row = _one(database, parcel_id)
            return _entry(row) if row else None

    def all(self) -> Sequence[Entry]:
        with self._open() as database:
            return [_entry(row) for row in database.execute("SELECT * FROM parcel ORDER BY rowid")]

    def accepted_before(self, entry: Entry) -> Entry | None:
        """The same package of the same unit, accepted under another id."""
        with self._open() as database:
            row = database.execute(
                "SELECT * FROM parcel WHERE unit_code = ? AND procedure = ? AND period = ?"
                " AND sha256 = ? AND state = 'accepted' AND id <> ?",
                (entry.unit_code, entry.procedure, entry.period, entry.sha256, entry.id),
            ).fetchone()
            return _entry(row) if row else None

    def next_serial(self, year: int) -> int:
        with self._open() as database:
            row = database.execute(
                "INSERT INTO serial (year, last) VALUES (?, 1)"
                " ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
                (year,),
            ).fetchone()
            return int(row["last"])

    def settle(
        self,
        entry: Entry,
        *,
        at: datetime,
        state: str,
        receipt: bytes,
        post: NewPost,
        number: str | None = None,
        reasons: Sequence[str] = (),
        package: bytes | None = None,
    ) -> Entry:
        """Once, with its notice; a parcel that is settled already stays as it is.

        Raises AlreadyAccepted; nothing is written then.
        """
        try:
            with self._open() as database:
                changed = database.execute(
                    "UPDATE parcel SET state = ?, number = ?, receipt = ?, reasons = ?"
                    " WHERE id = ? AND state = 'new'",
                    (state, number, receipt, json.dumps(list(reasons)), entry.id),
                ).rowcount
                if changed:
                    _note(database, entry.id, state, at)
                    _keep(database, entry.id, package)
                    lay_out(database, post)
                return _entry(_one(database, entry.id))
        except sqlite3.IntegrityError as error:
            raise AlreadyAccepted from error

    def note_again(self, parcel_id: str, at: datetime) -> None:
        """A submission of what is settled already."""
        with self._open() as database:
            _note(database, parcel_id, "again", at)

    def package(self, parcel_id: str) -> bytes | None:
        """The bytes of an accepted dossier."""
        with self._open() as database:
            row = database.execute(
                "SELECT content FROM package WHERE parcel_id = ?", (parcel_id,)
            ).fetchone()
            return bytes(row["content"]) if row else None

    def accepted(self) -> Sequence[tuple[Entry, datetime, str]]:
        """Accepted dossiers in the order of their acceptance, when, and the officer's outcome."""
        with self._open() as database:
            rows = database.execute(
                "SELECT parcel.*, submission.at AS accepted_at, play.outcome AS outcome"
                " FROM submission JOIN parcel ON parcel.id = submission.parcel_id"
                " LEFT JOIN play ON play.parcel_id = parcel.id"
                " WHERE submission.outcome = 'accepted' ORDER BY submission.seq"
            ).fetchall()
            return [
                (_entry(row), datetime.fromisoformat(row["accepted_at"]), row["outcome"] or "")
                for row in rows
            ]

    def not_on_table(self) -> Sequence[tuple[Entry, datetime]]:
        """Accepted dossiers that the officer has not looked at, and when they were accepted."""
        with self._open() as database:
            rows = database.execute(
                "SELECT parcel.*, submission.at AS accepted_at"
                " FROM submission JOIN parcel ON parcel.id = submission.parcel_id"
                " WHERE submission.outcome = 'accepted'"
                " AND parcel.id NOT IN (SELECT parcel_id FROM play) ORDER BY submission.seq"
            ).fetchall()
            return [(_entry(row), datetime.fromisoformat(row["accepted_at"])) for row in rows]

    def tally(self) -> Mapping[str, Tally]:
        """By parcel id, announced ones without a submission too."""
        with self._open() as database:
            rows = database.execute(
                "SELECT parcel.id, parcel.sha256,"
                " count(CASE WHEN submission.outcome = 'accepted' THEN 1 END) AS accepted,"
                " count(submission.seq) AS submitted"
                " FROM parcel LEFT JOIN submission ON submission.parcel_id = parcel.id"
                " GROUP BY parcel.id"
            ).fetchall()
            return {
                row["id"]: Tally(
                    parcel_id=row["id"],
                    sha256=row["sha256"],
                    accepted=row["accepted"],
                    submitted=row["submitted"],
                )
                for row in rows
            }

    def remove_upload(self, upload_id: str) -> None:
        with self._open() as database:
            database.execute("DELETE FROM upload WHERE id = ?", (upload_id,))

    def add_upload(self, upload: Upload) -> None:
        with self._open() as database:
            database.execute(
                "INSERT INTO upload (id, parcel_id, length) VALUES (?, ?, ?)",
                (upload.id, upload.parcel_id, upload.length),
            )

    def upload(self, upload_id: str) -> Upload | None:
        with self._open() as database:
            row = database.execute("SELECT * FROM upload WHERE id = ?", (upload_id,)).fetchone()
            return Upload(row["id"], row["parcel_id"], row["length"]) if row else None

    def uploads_of(self, parcel_id: str) -> Sequence[Upload]:
        with self._open() as database:
            rows = database.execute("SELECT * FROM upload WHERE parcel_id = ?", (parcel_id,))
            return [Upload(row["id"], row["parcel_id"], row["length"]) for row in rows]


def _one(database: sqlite3.Connection, parcel_id: str) -> Any:
    return database.execute("SELECT * FROM parcel WHERE id = ?", (parcel_id,)).fetchone()


def _note(database: sqlite3.Connection, parcel_id: str, outcome: str, at: datetime) -> None:
    database.execute(
        "INSERT INTO submission (parcel_id, outcome, at) VALUES (?, ?, ?)",
        (parcel_id, outcome, at.isoformat()),
    )


def _keep(database: sqlite3.Connection, parcel_id: str, package: bytes | None) -> None:
    if package is not None:
        database.execute(
            "INSERT INTO package (parcel_id, content) VALUES (?, ?)", (parcel_id, package)
        )


def _entry(row: Any) -> Entry:
    fields = {name: row[name] for name in Entry.__slots__}
    return Entry(**{**fields, "reasons": tuple(json.loads(row["reasons"]))})


def tally(folder: Path) -> Mapping[str, Tally]:
    """The ledger of a practice gateway in ``folder``, while it runs or after it was killed."""
    return Ledger(folder / LEDGER_FILE).tally()
