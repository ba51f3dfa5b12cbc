"""Opening the database of a data folder: made when missing, saved and upgraded when old."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect

from desktop.store.backup import keep_newest, save_copy
from desktop.store.engine import BUSY_SECONDS, open_engine
from desktop.store.errors import sorted_errors
from desktop.store.migrating import create, revisions, upgrade
from desktop.store.mode import MODE, Mode
from desktop.store.session import Session
from desktop.store.settings import SqlSettings
from desktop.store.unit_of_work import SqlStore
from resources.faults import SurroundingsFault, UsageFault

FILE = "tokhai.db"
BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands in a database file before anything is done to it; None where it is new."""

    revision: str | None
    mode: str | None


def open_store(
    folder: Path, *, mode: Mode, now: datetime, busy_seconds: float = BUSY_SECONDS
) -> SqlStore:
    """The store of ``folder``, which is made (for its user alone) when missing.

    An old database is copied to ``backups/`` and upgraded whole or not at all.
    ``busy_seconds``: how long to wait for another program's transaction.

    Raises UsageFault ``store.newer`` (made by a newer program), ``store.mode`` (a practice folder
    opened as real, or the reverse); SurroundingsFault ``store.corrupt``, ``store.busy``,
    ``store.disk``.
    """
    with sorted_errors():
        path = _ready(folder)
        engine = open_engine(path, busy_seconds=busy_seconds)
        found = _look(engine)
        known = revisions()
        _refuse(found, mode, known)
        if found.revision not in {None, known[0]}:
            save_copy(path, folder / BACKUPS, reason=str(found.revision), now=now)
            keep_newest(folder / BACKUPS)
        if found != Found(revision=known[0], mode=mode):
            _bring_up(engine, mode)
    return SqlStore(engine)


def _ready(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE
    if not path.exists():
        path.touch(mode=0o600)
    return path


def _look(engine: Engine) -> Found:
    with Session(engine) as session:
        connection = session.connection
        revision = _revision(connection)
        if revision is not None:
            return Found(revision=revision, mode=SqlSettings(session).get(MODE))
        if inspect(connection).get_table_names():
            raise SurroundingsFault("store.corrupt")  # tables, but not ours
    return Found(revision=None, mode=None)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse(found: Found, mode: Mode, known: tuple[str, ...]) -> None:
    if found.revision is not None and found.revision not in known:
        raise UsageFault("store.newer")
    if found.mode not in {None, mode}:
        raise UsageFault("store.mode")


def _bring_up(engine: Engine, mode: Mode) -> None:
    """Schema and mode in one transaction. Another program may just have done the same."""
    with Session(engine) as session:
        if _revision(session.connection) is None:
            create(session.connection)
        else:
            upgrade(session.connection)
        settings = SqlSettings(session)
        if settings.get(MODE) not in {None, mode}:
            raise UsageFault("store.mode")
        settings.put(MODE, mode)
        session.commit()
