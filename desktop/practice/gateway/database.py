"""The practice gateway's SQLite file: its tables, and one transaction per call.

Whatever the process that wrote it, and however it ended, the file holds whole transactions only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

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
CREATE TABLE IF NOT EXISTS package (parcel_id TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS submission (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    parcel_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS post (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    unit_code TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    parcel_id TEXT,
    document BLOB
);
CREATE INDEX IF NOT EXISTS post_of_unit ON post (unit_code, tax_code, seq);
CREATE TABLE IF NOT EXISTS file (
    id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS file_of_post ON file (post_id);
CREATE TABLE IF NOT EXISTS play (
    parcel_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    step INTEGER NOT NULL DEFAULT 0,
    since TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS statement (unit_code TEXT, period TEXT, post_id TEXT NOT NULL);
"""
BUSY_SECONDS = 30.0


class Database:
    """A connection per call, so that any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.open() as connection:
            connection.executescript(SCHEMA)

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Everything done with it stands together, or nothing of it."""
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as connection, connection:
            connection.row_factory = sqlite3.Row
            yield connection
