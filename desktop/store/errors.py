"""One place that sorts what a database says: the surroundings, or our bug.

Nothing of the statement or its parameters goes into a fault: they hold people's names.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from resources.faults import Fault, SurroundingsFault

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
DISK = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOLFS,
    }
)
SERVER_BUSY = frozenset({"40001", "40P01", "55P03"})
"""serialisation, deadlock, a lock that was not to be had in time"""
SERVER_AWAY = frozenset({"08", "53", "57", "58"})
"""no connection, no room, shut down, its disk"""
CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def as_fault(error: BaseException | None) -> Fault:
    """Raised by nobody: the fault that ``error`` of the database means.

    ``store.busy``, ``store.disk``, ``store.corrupt`` from the surroundings; else ``store.bug``.
    """
    if isinstance(error, OSError):
        return SurroundingsFault("store.disk")
    state = str(getattr(error, "sqlstate", None) or "")
    if state:
        return _of_server(state)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in BUSY:
        return SurroundingsFault("store.busy")
    if code in DISK:
        return SurroundingsFault("store.disk")
    if code in CORRUPT:
        return SurroundingsFault("store.corrupt")
    return Fault("store.bug", cause=str(getattr(error, "sqlite_errorname", type(error).__name__)))


def _of_server(state: str) -> Fault:
    """By the class of SQLSTATE that PostgreSQL gives."""
    if state in SERVER_BUSY:
        return SurroundingsFault("store.busy")
    if state[:2] in SERVER_AWAY:
        return SurroundingsFault("store.disk")
    return Fault("store.bug", cause=f"SQLSTATE {state}")


@contextmanager
def sorted_errors() -> Iterator[None]:
    """Database and file errors inside the block leave it as faults."""
    try:
        yield
    except DBAPIError as error:
        raise as_fault(error.orig) from error
    except (sqlite3.Error, OSError) as error:
        raise as_fault(error) from error
