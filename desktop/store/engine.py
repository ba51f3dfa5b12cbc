"""SQLite, or PostgreSQL for an office, and what must be said to each.

With ``errors`` the only module that knows which database it is.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

SERVER = "postgresql+psycopg"
BUSY_SECONDS = 30
"""how long one program waits for another one's transaction"""
READING = "tokhai_reading"
"""execution option of a connection that only reads"""
TOGETHER = "tokhai_together"
"""execution option of a connection that locks what it changes row by row"""
WRITING = 0x746F6B68
"""number of the lock that a writer of the server holds"""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -16000",  # KiB: a large import is written once
)


def open_engine(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """No connection outlives its transaction, so that the file may be copied and replaced.

    Parameters are kept out of error texts: they hold people's names and numbers.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_seconds},
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def open_server(url: URL, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """A database of PostgreSQL that several computers share; ``url`` as SQLAlchemy writes it, with
    psycopg. A password belongs into the server's own password file, not into the address.

    Who waits longer than ``busy_seconds`` for another one's row is told that the data are busy.
    """
    engine = create_engine(
        url.set(drivername=SERVER),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"options": f"-c lock_timeout={round(busy_seconds * 1000)}"},
    )
    event.listen(engine, "begin", _begin_on_server)
    return engine


def _begin_on_server(connection: Connection) -> None:
    """A reader sees one moment. Who reads and then writes is alone, as it is with SQLite; those who
    claim only parcels pass by each other's rows, but wait for who is alone."""
    options = connection.get_execution_options()
    if options.get(READING):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        shared = "_shared" if options.get(TOGETHER) else ""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock{shared}({WRITING})")


def _prepare(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001 - SQLAlchemy's signature
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    """Takes the right to write at once: two readers that both went on to write would deadlock.

    Who only reads takes no right at all, and can therefore never go on to write.
    """
    if connection.get_execution_options().get(READING):
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
