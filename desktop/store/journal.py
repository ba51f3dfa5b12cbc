"""What happened to a dossier: written once, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from desktop.services.ports import JournalEntry
from desktop.store.session import Session
from desktop.store.tables import journal
from forms.model import DossierState
from sync.model import Settlement

_COLUMNS = ("at", "event", "before", "after", "detail", "answer")


@dataclass(frozen=True, slots=True)
class Journal:
    session: Session

    def write(
        self, dossier_id: str, entry: JournalEntry, settlement: Settlement | None = None
    ) -> None:
        """``settlement``: what the entry comes from, so that it is known when it comes again."""
        values = {name: getattr(entry, name) for name in _COLUMNS}
        origin = (
            {"parcel_id": settlement.parcel_id, "parcel_state": settlement.state}
            if settlement
            else {}
        )
        self.session.change(insert(journal), {"dossier_id": dossier_id, **values, **origin})

    def knows(self, settlement: Settlement) -> bool:
        found = self.session.value(
            select(journal.c.position).where(
                journal.c.parcel_id == settlement.parcel_id,
                journal.c.at == settlement.at,
                journal.c.event == settlement.outcome,
                journal.c.parcel_state == settlement.state,
            )
        )
        return found is not None

    def of(self, dossier_id: str) -> Sequence[JournalEntry]:
        """As it happened."""
        columns = [journal.c[name] for name in _COLUMNS]
        stored = self.session.rows(
            select(*columns).where(journal.c.dossier_id == dossier_id).order_by(journal.c.position)
        )
        return [
            JournalEntry(
                at=one["at"],
                event=one["event"],
                before=_state(one["before"]),
                after=_state(one["after"]),
                detail=one["detail"],
                answer=one["answer"],
            )
            for one in stored
        ]


def _state(text: str | None) -> DossierState | None:
    return DossierState(text) if text else None
