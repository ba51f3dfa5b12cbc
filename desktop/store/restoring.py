"""Putting a copy back: the data as they were then, but what was sent stays as it is now.

The result is made whole in a file of its own, and then written over the data in one transaction of
SQLite's: another program sees all of it or none, and nothing is replaced under its hands.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Table,
    delete,
    event,
    insert,
    select,
    tuple_,
)

from desktop.store import tables
from desktop.store.engine import BUSY_SECONDS, open_engine
from desktop.store.migrating import upgrade
from desktop.store.session import Session
from desktop.store.settings import SqlSettings
from forms.model import DossierState
from resources.faults import Fault
from sync.model import ParcelState

PAUSED, YES = "outbox.paused", "1"
BESIDE = "restore-"
NOT_YET_OUT = (DossierState.DRAFT, DossierState.CHECKED, DossierState.SIGNED)
OF_DOSSIER = (
    tables.draft_section,
    tables.draft_row,
    tables.draft_chunk,
    tables.finding,
    tables.form_file,
    tables.receipt,
    tables.parcel,
    tables.journal,
)
"""in the order in which one needs the other"""
_present = MetaData()
_NOW = {
    each.name: each.to_metadata(_present, schema="present")
    for each in tables.metadata.sorted_tables
}


def sent_in(source: Path) -> tuple[str, ...]:
    """Dossiers of the database that are in the outbox or were sent."""
    with Session(open_engine(source), reading=True) as session:
        found = session.rows(select(tables.dossier.c.id).where(_gone_out(tables.dossier)))
        return tuple(str(each["id"]) for each in found)


def put_back(copy: Path, target: Path) -> tuple[tuple[str, ...], bool]:
    """(dossiers that stay as they are now, whether the outbox was paused).

    Raises OSError and sqlite3.Error; what sorting them raises.
    """
    with TemporaryDirectory(dir=target.parent, prefix=BESIDE) as folder:
        result, present = Path(folder) / "result.db", Path(folder) / "present.db"
        _make(copy, result)
        _copy(target, present)
        kept = _carry(result, present)
        paused = _pause(result, kept)
        _wait_for_others(target)
        _copy(result, target)
    return kept, paused


def put_in_place(copy: Path, target: Path, *, make_way: Callable[[], None]) -> bool:
    """Where nothing can be read of what is there; ``make_way`` takes that away at the last moment.
    Whether the outbox was paused. Raises as ``put_back``."""
    with TemporaryDirectory(dir=target.parent, prefix=BESIDE) as folder:
        result = Path(folder) / "result.db"
        _make(copy, result)
        paused = _pause(result, ())
        make_way()
        result.replace(target)
    return paused


def _make(copy: Path, result: Path) -> None:
    """As this program lays its data out."""
    _copy(copy, result)
    with Session(open_engine(result)) as session:
        upgrade(session.connection)
        session.commit()


def _wait_for_others(target: Path) -> None:
    """Writing over the data waits without end for who holds them: this gives up in time."""
    with closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as there:
        there.isolation_level = None
        there.execute("BEGIN IMMEDIATE")
        there.execute("ROLLBACK")


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _gone_out(dossier: Table) -> ColumnElement[bool]:
    return dossier.c.state.not_in([each.value for each in NOT_YET_OUT])


def _carry(result: Path, present: Path) -> tuple[str, ...]:
    engine = open_engine(result)

    def attach(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")  # checked once, when all is there
        connection.execute("ATTACH DATABASE ? AS present", (str(present),))

    event.listen(engine, "connect", attach)
    with Session(engine) as session:
        kept = _carry_dossiers(session.connection)
        _carry_letters(session.connection)
        if session.connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise Fault("store.bug", cause="foreign_key_check")
        session.commit()
    return kept


def _carry_dossiers(connection: Connection) -> tuple[str, ...]:
    now, then = _NOW["dossier"], tables.dossier
    ids = tuple(connection.scalars(select(now.c.id).where(_gone_out(now)).order_by(now.c.position)))
    gone = select(now.c.id).where(_gone_out(now))
    _units_of(connection, now, _gone_out(now))
    letters = tables.letter
    of_gone = letters.c.dossier_id.in_(gone) & letters.c.id.not_in(select(_NOW["letter"].c.id))
    _drop_letters(connection, of_gone)
    for each in reversed(OF_DOSSIER):
        connection.execute(delete(each).where(each.c.dossier_id.in_(gone)))
    connection.execute(delete(then).where(then.c.id.in_(gone)))
    _bring(connection, then, _gone_out(now))
    for each in OF_DOSSIER:
        _bring(connection, each, _NOW[each.name].c.dossier_id.in_(gone))
    return ids


def _carry_letters(connection: Connection) -> None:
    """What the agency wrote is never lost; how far it was read goes with it."""
    now = _NOW["letter"]
    dossiers = select(tables.dossier.c.id)
    coming = now.c.dossier_id.is_(None) | now.c.dossier_id.in_(dossiers)
    _units_of(connection, now, coming)
    ids = select(now.c.id).where(coming)
    _drop_letters(connection, tables.letter.c.id.in_(ids))
    _bring(connection, tables.letter, coming)
    _bring(connection, tables.letter_file, _NOW["letter_file"].c.letter_id.in_(ids))
    cursor, then = _NOW["mailbox_cursor"], tables.mailbox_cursor
    known = cursor.c.unit_code.in_(select(tables.unit.c.code))
    read = select(cursor.c.unit_code, cursor.c.mailbox)
    connection.execute(delete(then).where(tuple_(then.c.unit_code, then.c.mailbox).in_(read)))
    _bring(connection, then, known)


def _drop_letters(connection: Connection, which: ColumnElement[bool]) -> None:
    letter, file = tables.letter, tables.letter_file
    ids = select(letter.c.id).where(which)
    connection.execute(delete(file).where(file.c.letter_id.in_(ids)))
    connection.execute(delete(letter).where(which))


def _units_of(connection: Connection, now: Table, which: ColumnElement[bool]) -> None:
    """Those that the copy did not know yet."""
    unit = _NOW["unit"]
    used = select(now.c.unit_code).where(which)
    unknown = unit.c.code.not_in(select(tables.unit.c.code))
    _bring(connection, tables.unit, unit.c.code.in_(used) & unknown)


def _bring(connection: Connection, table: Table, which: ColumnElement[bool]) -> None:
    """Rows of the present; those that count themselves are counted anew, in their order."""
    now = _NOW[table.name]
    counted = table.name in {"dossier", "parcel", "journal", "letter"}
    names = [each.name for each in table.columns if not (counted and each.name == "position")]
    rows = select(*(now.c[name] for name in names)).where(which)
    if counted:
        rows = rows.order_by(now.c.position)
    connection.execute(insert(table).from_select(names, rows))


def _pause(result: Path, kept: Sequence[str]) -> bool:
    """Parcels that the copy alone knows may have been sent from elsewhere since: a person says
    first that they shall go out."""
    parcel = tables.parcel
    waiting = parcel.c.state.in_([ParcelState.WAITING.value, ParcelState.SENDING.value])
    with Session(open_engine(result)) as session:
        found = session.rows(select(parcel.c.dossier_id).where(waiting))
        strange = any(each["dossier_id"] not in kept for each in found)
        if strange:
            SqlSettings(session).put(PAUSED, YES)
            session.commit()
    return strange
