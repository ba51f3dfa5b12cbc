"""The outbox on the database. Every method is its own transaction.

The dossier follows its parcel in that same transaction (``desktop.store.following``), so that
neither a crash nor a second program can leave the two apart.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, case, select, update
from sqlalchemy.sql import ColumnElement

from desktop.store.dossiers import SqlDossiers
from desktop.store.following import (
    CLAIMABLE,
    CLAIMED,
    DUE,
    FINAL,
    RELEASED,
    Moves,
    moves,
    settled,
    takes_receipt,
)
from desktop.store.journal import Journal
from desktop.store.parcels import LISTED, SqlParcels, read_parcel
from desktop.store.session import Session
from desktop.store.tables import parcel
from forms.model import DossierState
from resources.faults import UsageFault
from sync.model import HANDED_OVER, Parcel, ParcelState, Settlement


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    engine: Engine

    def claim(self, now: datetime, parcel_id: str | None = None) -> Parcel | None:
        """One due parcel, the longest due first; or that one, whatever its time, also a failed one.

        A parcel that the gateway has whole (``sent``) is claimed too when due: to be asked about.
        One that was handed over to another computer is never claimed here.
        """
        with Session(self.engine, together=True) as session:
            claimed = session.rows(_claiming(now, parcel_id))
            if not claimed:
                return None
            taken = read_parcel(claimed[0])
            before = _state(session, taken.dossier_id)
            _follow(session, taken.dossier_id, moves(now, before, ParcelState.SENDING, CLAIMED))
            session.commit()
        return taken

    def content(self, parcel_id: str) -> bytes:
        """Raises UsageFault ``parcel.unknown``."""
        with Session(self.engine, reading=True) as session:
            found = session.value(select(parcel.c.content).where(parcel.c.id == parcel_id))
        if found is None:
            raise UsageFault("parcel.unknown")
        return bytes(found)

    def remember_upload(self, parcel_id: str, upload_url: str) -> None:
        """An empty address forgets it. Raises UsageFault ``parcel.unknown``."""
        with Session(self.engine) as session:
            _set(session, parcel_id, upload_url=upload_url or None)
            session.commit()

    def renew(self, parcel_id: str, now: datetime) -> None:
        with Session(self.engine) as session:
            mine = (parcel.c.id == parcel_id) & (parcel.c.state == ParcelState.SENDING)
            session.change(update(parcel).where(mine).values(claimed_at=now))
            session.commit()

    def settle(self, settlement: Settlement) -> None:
        """Once, however often the same settlement comes. Raises UsageFault ``parcel.unknown``.

        After a verified answer nothing changes any more; the journal still tells what came.
        """
        with Session(self.engine) as session:
            before = SqlParcels(session).get(settlement.parcel_id)
            if Journal(session).knows(settlement):
                return
            if before.state not in FINAL:
                _settle(session, before, settlement)
            told = settled(settlement, _state(session, before.dossier_id))
            _follow(session, before.dossier_id, told, settlement)
            session.commit()

    def release_stale(self, before: datetime) -> int:
        """Those claimed earlier than ``before``; the try that was cut off counts."""
        stale = (parcel.c.state == ParcelState.SENDING) & (parcel.c.claimed_at < before)
        with Session(self.engine) as session:
            released = session.rows(
                update(parcel)
                .where(stale)
                .values(state=ParcelState.WAITING, claimed_at=None, attempts=parcel.c.attempts + 1)
                .returning(parcel.c.dossier_id)
            )
            for one in released:
                state = _state(session, one["dossier_id"])
                moved = moves(before, state, ParcelState.WAITING, RELEASED)
                _follow(session, one["dossier_id"], moved)
            session.commit()
        return len(released)


def _claiming(now: datetime, parcel_id: str | None) -> Any:
    """One ``UPDATE … RETURNING``: whoever comes second finds nothing."""
    claimable: ColumnElement[bool] = (
        parcel.c.state.in_(DUE) & (parcel.c.next_try <= now)
        if parcel_id is None
        else parcel.c.state.in_(CLAIMABLE) & (parcel.c.id == parcel_id)
    )
    claimable &= parcel.c.next_try < HANDED_OVER
    chosen = (
        select(parcel.c.position)
        .where(claimable)
        .order_by(parcel.c.next_try, parcel.c.position)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return (
        update(parcel)
        .where(parcel.c.position == chosen)
        .values(state=ParcelState.SENDING, claimed_at=now)
        .returning(*LISTED)
    )


def _settle(session: Session, before: Parcel, settlement: Settlement) -> None:
    _set(
        session,
        before.id,
        state=settlement.state,
        attempts=case(
            (parcel.c.state == ParcelState.SENDING, parcel.c.attempts + 1),
            else_=parcel.c.attempts,
        ),
        claimed_at=settlement.at if settlement.state is ParcelState.SENDING else None,
        next_try=settlement.next_try,
        transaction_code=settlement.transaction or before.transaction,
    )
    dossiers = SqlDossiers(session)
    if settlement.transaction:
        dossiers.set_transaction(before.dossier_id, settlement.transaction)
    if takes_receipt(settlement, dossiers.get(before.dossier_id).state):
        transaction = settlement.transaction or before.transaction or ""
        dossiers.store_receipt(
            before.dossier_id, settlement.receipt or b"", settlement.number or "", transaction
        )


def _follow(
    session: Session, dossier_id: str, moved: Moves, settlement: Settlement | None = None
) -> None:
    for entry in moved:
        SqlDossiers(session).take(dossier_id, entry, settlement)


def _state(session: Session, dossier_id: str) -> DossierState:
    return SqlDossiers(session).get(dossier_id).state


def _set(session: Session, parcel_id: str, **values: Any) -> None:
    if not session.change(update(parcel).where(parcel.c.id == parcel_id).values(**values)):
        raise UsageFault("parcel.unknown")
