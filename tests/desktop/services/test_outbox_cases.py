"""Pausing the outbox, and the agency's clock over the store."""

from datetime import timedelta

import pytest

from forms.clocks import Awaited
from forms.model import DossierState
from sync.model import ParcelState
from tests.fakes.desk import Desk


def test_a_paused_outbox_stays_so_and_sends_only_what_is_named(desk: Desk) -> None:
    first, second = desk.signed(), desk.signed()
    for dossier in (first, second):
        desk.services.enqueue(dossier)
    desk.services.outbox.paused = True
    assert desk.services.outbox.paused
    assert Desk(store=desk.store, unit_known=True).services.outbox.paused
    assert list(desk.services.drain()) == []
    assert [each.state for each in desk.services.drain(second)] == [ParcelState.ACCEPTED]
    desk.services.outbox.paused = False
    assert not desk.services.outbox.paused
    assert len(desk.services.drain()) == 1
    assert desk.services.dossier(first).state is DossierState.ACCEPTED


def moved(desk: Desk, dossier_id: str, *states: DossierState) -> None:
    with desk.store.begin() as work:
        for state in states:
            work.dossiers.move(dossier_id, state, now=desk.now, event="event.notice")
        work.commit()


@pytest.mark.parametrize(
    ("states", "awaited"),
    [
        ((DossierState.SENT,), Awaited.RECEIPT),
        ((DossierState.SENT, DossierState.ACCEPTED), Awaited.RESULT),
        ((DossierState.ACCEPTED, DossierState.PROCESSING), Awaited.RESULT),
        ((DossierState.ACCEPTED, DossierState.SUPPLEMENT), Awaited.SUPPLEMENT),
    ],
)
def test_what_is_awaited_of_a_dossier(
    desk: Desk, states: tuple[DossierState, ...], awaited: Awaited
) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier)
    moved(desk, dossier, *states)
    clocks = desk.services.outbox.clocks()
    assert clocks[dossier][0].awaited is awaited


def test_the_clock_starts_when_the_dossier_came_into_its_state(desk: Desk) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier)
    moved(desk, dossier, DossierState.SENT)
    (clock,) = desk.services.outbox.clocks()[dossier]
    assert clock.due == desk.now + timedelta(hours=2)


def test_a_dossier_at_home_or_at_its_end_awaits_nothing(desk: Desk) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier)
    assert desk.services.outbox.clocks() == {}
    moved(desk, dossier, DossierState.ACCEPTED, DossierState.DONE)
    assert desk.services.outbox.clocks() == {}
