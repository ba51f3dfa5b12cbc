"""Whatever happens in whatever order: state, journal and parcel agree, and so do both stores."""

import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktop.services.ports import JournalEntry, Store
from desktop.store.following import FINAL, TARGET
from desktop.store.opening import open_store
from forms.model import Dossier, DossierState
from forms.states import may_follow
from resources.faults import UsageFault
from sync.model import Parcel, ParcelState
from tests.desktop.store.samples import (
    NOW,
    accepted,
    later,
    parcel,
    settlement,
    stored_dossier,
)
from tests.fakes.memory_store import MemoryStore

Step = Callable[[Store, str, int], None]


def move(after: DossierState) -> Step:
    def take(store: Store, dossier_id: str, at: int) -> None:
        with store.begin() as work:
            work.dossiers.move(dossier_id, after, now=later(at), event="event.changed")
            if after is DossierState.WAITING:
                work.parcels.enqueue(parcel(dossier_id), b"goi")
            work.commit()

    return take


def settle(state: ParcelState) -> Step:
    def take(store: Store, dossier_id: str, at: int) -> None:
        ended = accepted(parcel(dossier_id))
        store.outbox.settle(
            settlement(parcel(dossier_id), state, at=later(at), next_try=later(at + 2))
            if state is not ParcelState.ACCEPTED
            else ended
        )

    return take


def claim(named: bool) -> Step:
    def take(store: Store, dossier_id: str, at: int) -> None:
        store.outbox.claim(later(at), parcel(dossier_id).id if named else None)

    return take


def release(store: Store, _: str, at: int) -> None:
    store.outbox.release_stale(later(at))


OUTCOMES = [state for state in ParcelState if state is not ParcelState.SENDING]
BY_HAND = (DossierState.DRAFT, DossierState.CHECKED, DossierState.SIGNED, DossierState.WAITING)
ON_THE_WAY = [claim(named=True), claim(named=False), release, *map(settle, OUTCOMES)]
READY = [move(state) for state in BY_HAND[1:]]
STEPS = some.one_of(
    some.lists(some.sampled_from([*map(move, BY_HAND), *ON_THE_WAY]), max_size=12),
    some.lists(some.sampled_from(ON_THE_WAY), max_size=12).map(lambda steps: [*READY, *steps]),
)


def after_steps(
    store: Store, steps: list[Step]
) -> tuple[Dossier, list[JournalEntry], Parcel | None, list[str]]:
    dossier_id = stored_dossier(store)
    refused = []
    for at, step in enumerate(steps):
        try:
            step(store, dossier_id, at)
        except UsageFault as fault:
            refused.append(str(fault))
    with store.begin() as work:
        return (
            work.dossiers.get(dossier_id),
            list(work.dossiers.journal(dossier_id)),
            work.parcels.of_dossier(dossier_id),
            refused,
        )


def agrees(dossier: Dossier, sent: Parcel | None) -> bool:
    """A dossier the gateway has whole stays ``sent`` while its parcel is asked about."""
    if sent is None:
        return dossier.state in BY_HAND[:3]
    asked_about = dossier.state is DossierState.SENT and sent.state not in FINAL
    return asked_about or dossier.state is TARGET[sent.state]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_state_journal_and_parcel_agree(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        on_disk = after_steps(open_store(Path(folder), mode="real", now=NOW), steps)
    assert on_disk == after_steps(MemoryStore(), steps)
    dossier, entries, sent, _ = on_disk
    assert entries[0].before is None
    assert entries[-1].after is dossier.state
    for earlier, entry in pairwise(entries):
        assert entry.before is earlier.after
        assert entry.before is not None
        assert entry.after is not None
        assert entry.after is entry.before or may_follow(entry.before, entry.after)
    assert agrees(dossier, sent)
    assert (dossier.number is not None) == (dossier.state is DossierState.ACCEPTED)
