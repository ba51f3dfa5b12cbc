"""Notices and files that lie at the gateway for a unit, and how far the officer is with each
dossier."""

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop.practice.gateway.database import Database

PAGE = 50


@dataclass(frozen=True, slots=True)
class NewFile:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A notice to be laid out. ``kind``: a value of ``sync.model.PostedKind``."""

    unit_code: str
    tax_code: str
    kind: str
    parcel_id: str | None
    document: bytes | None
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    id: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """``seq``: its place in the order of all notices."""

    seq: int
    id: str
    kind: str
    parcel_id: str | None
    document: bytes | None
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A dossier on the officer's table. ``step``: the next one; ``since``: when the last was."""

    parcel_id: str
    name: str
    step: int
    since: datetime


def lay_out(connection: sqlite3.Connection, post: NewPost) -> str:
    """Within the caller's transaction. Returns the notice's id."""
    post_id = uuid.uuid4().hex
    connection.execute(
        "INSERT INTO post (id, unit_code, tax_code, kind, parcel_id, document)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (post_id, post.unit_code, post.tax_code, post.kind, post.parcel_id, post.document),
    )
    for file in post.files:
        digest = sha256(file.content).hexdigest()
        connection.execute(
            "INSERT INTO file (id, post_id, name, sha256, content) VALUES (?, ?, ?, ?, ?)",
            (uuid.uuid4().hex, post_id, file.name, digest, file.content),
        )
    return post_id


class Letterbox:
    """Every method is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, unit_code: str, tax_code: str, after: int) -> tuple[Sequence[Post], bool]:
        """At most ``PAGE`` notices behind ``after``, oldest first, and whether there are more."""
        with self._database.open() as connection:
            rows = connection.execute(
                "SELECT * FROM post WHERE unit_code = ? AND tax_code = ? AND seq > ?"
                " ORDER BY seq LIMIT ?",
                (unit_code, tax_code, after, PAGE + 1),
            ).fetchall()
            return [_post(connection, row) for row in rows[:PAGE]], len(rows) > PAGE

    def file(self, file_id: str) -> bytes | None:
        with self._database.open() as connection:
            row = connection.execute("SELECT content FROM file WHERE id = ?", (file_id,)).fetchone()
            return bytes(row["content"]) if row else None

    def post_statement(self, post: NewPost, period: str) -> None:
        with self._database.open() as connection:
            connection.execute(
                "INSERT INTO statement (unit_code, period, post_id) VALUES (?, ?, ?)",
                (post.unit_code, period, lay_out(connection, post)),
            )

    def has_statement(self, unit_code: str, period: str) -> bool:
        with self._database.open() as connection:
            found = connection.execute(
                "SELECT 1 FROM statement WHERE unit_code = ? AND period = ?", (unit_code, period)
            ).fetchone()
            return found is not None

    def put_on_table(self, parcel_id: str, name: str, since: datetime) -> None:
        """Nothing when it lies there already."""
        with self._database.open() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO play (parcel_id, name, since) VALUES (?, ?, ?)",
                (parcel_id, name, since.isoformat()),
            )

    def waiting(self) -> Sequence[Play]:
        """Dossiers that the officer is not done with, the longest waiting first."""
        with self._database.open() as connection:
            rows = connection.execute("SELECT * FROM play WHERE NOT done ORDER BY since, parcel_id")
            return [
                Play(
                    parcel_id=row["parcel_id"],
                    name=row["name"],
                    step=row["step"],
                    since=datetime.fromisoformat(row["since"]),
                )
                for row in rows
            ]

    def advance(
        self, play: Play, at: datetime, *, post: NewPost | None, outcome: str, done: bool
    ) -> bool:
        """The step and its notice together; False where somebody else took the step first."""
        with self._database.open() as connection:
            changed = connection.execute(
                "UPDATE play SET step = step + 1, since = ?, outcome = ?, done = ?"
                " WHERE parcel_id = ? AND step = ? AND NOT done",
                (at.isoformat(), outcome, done, play.parcel_id, play.step),
            ).rowcount
            if changed and post is not None:
                lay_out(connection, post)
            return bool(changed)


def _post(connection: sqlite3.Connection, row: sqlite3.Row) -> Post:
    files = connection.execute(
        "SELECT id, name, length(content) AS size, sha256 FROM file WHERE post_id = ?"
        " ORDER BY rowid",
        (row["id"],),
    )
    return Post(
        seq=row["seq"],
        id=row["id"],
        kind=row["kind"],
        parcel_id=row["parcel_id"],
        document=row["document"],
        files=tuple(FileLine(*each) for each in files),
    )
