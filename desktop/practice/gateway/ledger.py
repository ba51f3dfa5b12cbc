"""The practice gateway's own book: one row a parcel, one number a dossier."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    id TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    procedure TEXT NOT NULL,
    period TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    transaction_code TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'accepted', 'refused')),
    number TEXT UNIQUE,
    receipt BLOB,
    reasons TEXT NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX IF NOT EXISTS accepted_once
    ON parcel (unit_code, procedure, period, sha256) WHERE state = 'accepted';
CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY,
    parcel_id TEXT NOT NULL,
    length INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS serial (year INTEGER PRIMARY KEY, last INTEGER NOT NULL);
"""
BUSY_SECONDS = 30.0


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


class Ledger:
    """Every method is its own transaction; a connection per call, so that any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as database:
            database.executescript(SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as database, database:
            database.row_factory = sqlite3.Row
            yield database

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
        parcel_id: str,
        *,
        state: str,
        number: str | None,
        receipt: bytes,
        reasons: Sequence[str],
    ) -> Entry:
        """Once; a parcel that is settled already stays as it is."""
        with self._open() as database:
            database.execute(
                "UPDATE parcel SET state = ?, number = ?, receipt = ?, reasons = ?"
                " WHERE id = ? AND state = 'new'",
                (state, number, receipt, json.dumps(list(reasons)), parcel_id),
            )
            return _entry(_one(database, parcel_id))

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


def _entry(row: Any) -> Entry:
    fields = {key: row[key] for key in row.keys()}  # noqa: SIM118  # a Row iterates over values
    return Entry(**{**fields, "reasons": tuple(json.loads(row["reasons"]))})
