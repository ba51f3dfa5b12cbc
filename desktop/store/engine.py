"""SQLite and what must be said to it. The only module that knows which database it is."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 30
"""how long one program waits for another one's transaction"""
READING = "tokhai_reading"
"""execution option of a connection that only reads"""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA trusted_schema = OFF",
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
