"""Pausing the outbox, and what the agency owes by when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.services.moments import in_vietnam
from desktop.services.ports import Clock as Now
from desktop.services.ports import JournalEntry, Reading, Store
from desktop.services.sending import DrainOutbox
from forms.clocks import Clock as Awaiting
from forms.clocks import clocks as clocks_of
from forms.model import Dossier, DossierState
from forms.procedures import Deadline
from sync.metered import Metered, MeteredNow

AWAITING = frozenset(
    {
        DossierState.SENT,
        DossierState.ACCEPTED,
        DossierState.PROCESSING,
        DossierState.SUPPLEMENT,
    }
)


@dataclass(slots=True, kw_only=True)
class OutboxCases:
    """``desktop.services.outbox_api.OutboxApi``."""

    store: Store
    drain: DrainOutbox
    clock: Now
    deadline_of: Callable[[str], Deadline | None]
    """of a procedure's result; None where none is known"""
    metered_now: MeteredNow

    @property
    def paused(self) -> bool:
        return self.drain.is_paused()

    @paused.setter
    def paused(self, paused: bool) -> None:
        self.drain.pause(paused)

    def metered(self) -> Metered:
        return self.metered_now()

    def clocks(self, unit_code: str | None = None) -> Mapping[str, tuple[Awaiting, ...]]:
        with self.store.reading() as work:
            awaiting = [one for one in work.dossiers.all(unit_code) if one.state in AWAITING]
            return {one.id: self._of(work, one) for one in awaiting}

    def _of(self, work: Reading, dossier: Dossier) -> tuple[Awaiting, ...]:
        entries = work.dossiers.journal(dossier.id)
        since = came_into(entries, dossier.state) or dossier.created
        accepted = came_into(entries, DossierState.ACCEPTED)
        return clocks_of(
            dossier.state,
            since=in_vietnam(since),
            accepted=in_vietnam(accepted) if accepted else None,
            deadline=self.deadline_of(dossier.procedure),
            now=in_vietnam(self.clock()),
        )


def came_into(entries: Sequence[JournalEntry], state: DossierState) -> datetime | None:
    """When the dossier last came into the state from another."""
    moments = [one.at for one in entries if one.after is state and one.before is not state]
    return moments[-1] if moments else None
