"""A copy of the data, looked into without changing a byte of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from desktop.services.upkeep import Inside, UnitInside
from desktop.store.migrating import revisions
from desktop.store.mode import MODE, Mode
from resources.faults import DataFault, UsageFault

_COUNTED = {
    "person": "SELECT unit_code, count(*) FROM person GROUP BY unit_code",
    "dossier": "SELECT unit_code, count(*) FROM dossier GROUP BY unit_code",
}


def look_into(file: Path, mode: Mode) -> Inside:
    """Raises DataFault ``copy.missing``, ``copy.damaged``, ``copy.not_ours``; UsageFault
    ``store.newer``, ``store.mode`` where it belongs to the other mode."""
    with _reading(file) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        if not {"alembic_version", "unit", "setting"} <= tables:
            raise DataFault("copy.not_ours", file=file.name)
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise DataFault("copy.damaged", file=file.name)
        _refuse_other(copy, mode)
        return Inside(file=file, units=tuple(_units(copy, tables)), newest=_newest(copy, tables))


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    """As a file that nobody writes: nothing is laid beside it, not even on a stick that may not
    be written to."""
    if not file.is_file():
        raise DataFault("copy.missing", file=file.name)
    try:
        opened = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        with closing(opened) as copy:
            yield copy
    except sqlite3.DatabaseError as error:
        raise DataFault("copy.damaged", file=file.name) from error


def _refuse_other(copy: sqlite3.Connection, mode: Mode) -> None:
    (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision not in revisions():
        raise UsageFault("store.newer")
    found = copy.execute("SELECT value FROM setting WHERE key = ?", (MODE,)).fetchone()
    if found is not None and found[0] != mode:
        raise UsageFault("store.mode")


def _units(copy: sqlite3.Connection, tables: set[str]) -> Iterator[UnitInside]:
    people, dossiers = (
        dict(copy.execute(_COUNTED[table])) if table in tables else {}
        for table in ("person", "dossier")
    )
    for code, name in copy.execute("SELECT code, name FROM unit ORDER BY code"):
        yield UnitInside(
            code=code, name=name, people=people.get(code, 0), dossiers=dossiers.get(code, 0)
        )


def _newest(copy: sqlite3.Connection, tables: set[str]) -> datetime | None:
    if "journal" not in tables:
        return None
    (at,) = copy.execute("SELECT max(at) FROM journal").fetchone()
    return datetime.fromisoformat(at) if at else None
