"""The outbox: a parcel and its dossier move together or not at all, on every store."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from desktop.services.ports import Store
from forms.model import DossierState
from resources.faults import UsageFault
from sync.model import Destination, Parcel, ParcelState
from tests.desktop.store.samples import (
    NOW,
    accepted,
    later,
    parcel,
    parcel_of,
    settlement,
    signed_dossier,
    state_of,
    waiting_parcel,
)


def journal_of(store: Store, dossier_id: str) -> list[str]:
    with store.begin() as work:
        return [entry.event for entry in work.dossiers.journal(dossier_id)]


def claimed(store: Store, parcel_id: str | None = None, seconds: float = 0) -> Parcel:
    found = store.outbox.claim(later(seconds), parcel_id)
    assert found is not None
    return found


def test_a_parcel_comes_back_as_it_was(store: Store) -> None:
    new = waiting_parcel(store, content=bytes(range(256)))
    assert parcel_of(store, new.dossier_id) == new
    assert store.outbox.content(new.id) == bytes(range(256))


def test_a_failing_enqueue_undoes_the_change_of_state(store: Store) -> None:
    first = waiting_parcel(store)
    dossier_id = signed_dossier(store)

    def enqueue_under_a_taken_id() -> None:
        with store.begin() as work:
            work.dossiers.move(dossier_id, DossierState.WAITING, now=NOW, event="event.enqueued")
            work.parcels.enqueue(replace(parcel(dossier_id), id=first.id), b"goi")
            work.commit()

    with pytest.raises(UsageFault, match=r"parcel\.exists"):
        enqueue_under_a_taken_id()
    assert state_of(store, dossier_id) is DossierState.SIGNED
    with store.begin() as work:
        assert work.parcels.of_dossier(dossier_id) is None
        assert "event.enqueued" not in [one.event for one in work.dossiers.journal(dossier_id)]


def test_a_dossier_has_one_parcel(store: Store) -> None:
    new = waiting_parcel(store)
    with store.begin() as work, pytest.raises(UsageFault, match=r"parcel\.exists"):
        work.parcels.enqueue(parcel(new.dossier_id, number=2), b"goi")


def test_no_parcel_without_its_dossier(store: Store) -> None:
    with store.begin() as work, pytest.raises(UsageFault, match=r"dossier\.unknown"):
        work.parcels.enqueue(parcel("TA0000Z-2026-11-600-1"), b"goi")


def test_parcels_are_listed_oldest_first(store: Store) -> None:
    made = [waiting_parcel(store, number) for number in (3, 1, 2)]
    with store.begin() as work:
        assert list(work.parcels.all()) == made


def test_claiming_takes_parcel_and_dossier_to_sending(store: Store) -> None:
    new = waiting_parcel(store)
    assert claimed(store) == replace(new, state=ParcelState.SENDING)
    assert parcel_of(store, new.dossier_id).state is ParcelState.SENDING
    assert state_of(store, new.dossier_id) is DossierState.SENDING
    assert journal_of(store, new.dossier_id)[-1] == "event.sending"


def test_the_longest_due_is_claimed_first_and_only_once(store: Store) -> None:
    made = [waiting_parcel(store, number) for number in (1, 2)]
    assert [claimed(store).id, claimed(store).id] == [one.id for one in made]
    assert store.outbox.claim(NOW) is None


def test_a_parcel_whose_time_has_not_come_waits_unless_it_is_asked_for(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(settlement(claimed(store), ParcelState.WAITING))
    assert store.outbox.claim(later(59)) is None
    assert claimed(store, new.id, seconds=59).attempts == 1


def test_a_parcel_waits_for_its_time(store: Store) -> None:
    waiting_parcel(store)
    store.outbox.settle(settlement(claimed(store), ParcelState.WAITING))
    assert claimed(store, seconds=60).state is ParcelState.SENDING


@pytest.mark.parametrize("state", [ParcelState.ACCEPTED, ParcelState.REFUSED])
def test_an_answered_parcel_is_never_claimed(store: Store, state: ParcelState) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(settlement(claimed(store), state))
    assert store.outbox.claim(later(9999)) is None
    assert store.outbox.claim(later(9999), new.id) is None


def test_one_being_sent_or_unknown_is_not_claimed(store: Store) -> None:
    new = waiting_parcel(store)
    claimed(store)
    assert store.outbox.claim(later(9999), new.id) is None
    assert store.outbox.claim(NOW, "unknown") is None


@pytest.mark.parametrize(
    ("parcel_state", "dossier_state"),
    [
        (ParcelState.WAITING, DossierState.WAITING),
        (ParcelState.SENT, DossierState.SENT),
        (ParcelState.ACCEPTED, DossierState.ACCEPTED),
        (ParcelState.REFUSED, DossierState.REJECTED),
        (ParcelState.FAILED, DossierState.SEND_FAILED),
    ],
)
def test_the_dossier_follows_its_parcel(
    store: Store, parcel_state: ParcelState, dossier_state: DossierState
) -> None:
    new = waiting_parcel(store)
    ended = settlement(claimed(store), parcel_state, answer=b"\xff", detail="cut at 7")
    store.outbox.settle(ended)
    assert state_of(store, new.dossier_id) is dossier_state
    after = parcel_of(store, new.dossier_id)
    assert (after.state, after.attempts, after.next_try) == (parcel_state, 1, later(60))
    with store.begin() as work:
        last = work.dossiers.journal(new.dossier_id)[-1]
    assert (last.at, last.event, last.before, last.after, last.detail, last.answer) == (
        later(10),
        "gateway.cut",
        DossierState.SENDING,
        dossier_state,
        "cut at 7",
        b"\xff",
    )


def test_a_verified_receipt_makes_the_number(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(accepted(claimed(store)))
    with store.begin() as work:
        filed = work.dossiers.get(new.dossier_id)
        assert work.dossiers.receipt(new.dossier_id) == b"<ThongBao/>"
        assert work.dossiers.journal(new.dossier_id)[-1].answer == b'{"verdict":"accepted"}'
    assert (filed.number, filed.transaction) == ("00001/2026/00100", "GD-1")
    assert parcel_of(store, new.dossier_id).transaction == "GD-1"


def test_without_a_verified_answer_there_is_neither_number_nor_receipt(store: Store) -> None:
    new = waiting_parcel(store)
    unbelieved = replace(accepted(claimed(store)), state=ParcelState.SENT, answer=b"")
    store.outbox.settle(unbelieved)
    with store.begin() as work:
        sent = work.dossiers.get(new.dossier_id)
        assert work.dossiers.receipt(new.dossier_id) is None
        assert work.dossiers.journal(new.dossier_id)[-1].answer == b"<ThongBao/>"
    assert (sent.number, sent.transaction) == (None, "GD-1")


def test_the_same_settlement_twice_counts_once(store: Store) -> None:
    new = waiting_parcel(store)
    for ended in (settlement(claimed(store), ParcelState.WAITING), accepted(new)):
        for _ in range(3):
            store.outbox.settle(ended)
    assert journal_of(store, new.dossier_id)[-3:] == [
        "event.sending",
        "gateway.cut",
        "receipt.accepted",
    ]
    assert parcel_of(store, new.dossier_id).attempts == 1


def test_after_a_verified_answer_nothing_changes_but_the_journal(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(accepted(claimed(store)))
    before = parcel_of(store, new.dossier_id)
    refused = settlement(
        new, ParcelState.REFUSED, outcome="gateway.refused", receipt=b"<x/>", transaction="GD-2"
    )
    for late in (settlement(new, ParcelState.WAITING), refused):
        store.outbox.settle(late)
    assert parcel_of(store, new.dossier_id) == before
    with store.begin() as work:
        dossier = work.dossiers.get(new.dossier_id)
        assert work.dossiers.receipt(new.dossier_id) == b"<ThongBao/>"
    assert (dossier.state, dossier.transaction) == (DossierState.ACCEPTED, "GD-1")
    assert journal_of(store, new.dossier_id)[-2:] == ["gateway.cut", "gateway.refused"]


def test_a_receipt_brought_by_hand_settles_a_waiting_parcel(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(accepted(new))
    assert state_of(store, new.dossier_id) is DossierState.ACCEPTED
    assert parcel_of(store, new.dossier_id).attempts == 0


def test_asking_about_a_sent_parcel_leaves_the_dossier_sent(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(settlement(claimed(store), ParcelState.SENT, transaction="GD-1"))
    assert claimed(store, seconds=60).transaction == "GD-1"
    assert state_of(store, new.dossier_id) is DossierState.SENT
    store.outbox.settle(settlement(new, ParcelState.WAITING, at=later(61)))
    assert state_of(store, new.dossier_id) is DossierState.SENT
    store.outbox.settle(replace(accepted(claimed(store, seconds=60)), at=later(62)))
    assert state_of(store, new.dossier_id) is DossierState.ACCEPTED


def test_a_failed_parcel_goes_again_only_when_asked_for(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(settlement(claimed(store), ParcelState.FAILED))
    assert store.outbox.claim(later(9999)) is None
    assert claimed(store, new.id, seconds=11).state is ParcelState.SENDING
    assert state_of(store, new.dossier_id) is DossierState.SENDING
    assert journal_of(store, new.dossier_id)[-2:] == ["event.retried", "event.sending"]


def test_the_upload_goes_on_at_its_address_after_any_cut(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.remember_upload(new.id, "https://gateway.example/files/1")
    assert claimed(store).upload_url == "https://gateway.example/files/1"
    store.outbox.remember_upload(new.id, "")
    assert parcel_of(store, new.dossier_id).upload_url is None


def test_a_crash_while_sending_is_mended_at_the_next_start(store: Store) -> None:
    new, other = waiting_parcel(store, 1), waiting_parcel(store, 2)
    claimed(store, new.id)
    claimed(store, other.id, seconds=100)
    assert store.outbox.release_stale(later(50)) == 1
    assert parcel_of(store, new.dossier_id) == replace(new, attempts=1)
    assert state_of(store, new.dossier_id) is DossierState.WAITING
    assert state_of(store, other.dossier_id) is DossierState.SENDING
    assert journal_of(store, new.dossier_id)[-1] == "event.released"
    assert store.outbox.release_stale(later(50)) == 0
    assert claimed(store, new.id, seconds=50).id == new.id


def test_an_unknown_parcel_is_said_so(store: Store) -> None:
    unknown = parcel("none")
    with pytest.raises(UsageFault, match=r"parcel\.unknown"):
        store.outbox.content(unknown.id)
    with pytest.raises(UsageFault, match=r"parcel\.unknown"):
        store.outbox.remember_upload(unknown.id, "https://x")
    with pytest.raises(UsageFault, match=r"parcel\.unknown"):
        store.outbox.settle(accepted(unknown))


def test_a_dossier_that_stays_as_it_is_takes_no_step(store: Store) -> None:
    new = waiting_parcel(store)
    for seconds in (10, 20):
        store.outbox.settle(settlement(new, ParcelState.FAILED, at=later(seconds)))
    assert journal_of(store, new.dossier_id)[-2:] == ["gateway.cut", "gateway.cut"]
    assert state_of(store, new.dossier_id) is DossierState.SEND_FAILED


def test_times_of_any_zone_are_compared_as_moments(store: Store) -> None:
    new = waiting_parcel(store)
    hanoi = timezone(timedelta(hours=7))
    due = later(60).astimezone(hanoi)
    store.outbox.settle(settlement(claimed(store), ParcelState.WAITING, next_try=due))
    assert store.outbox.claim(later(59).astimezone(timezone(timedelta(hours=-11)))) is None
    assert claimed(store, seconds=60).next_try == due
    assert store.outbox.release_stale(later(61).astimezone(hanoi)) == 1
    assert parcel_of(store, new.dossier_id).state is ParcelState.WAITING


def test_a_parcel_can_be_given_another_address(store: Store) -> None:
    new = waiting_parcel(store)
    elsewhere = Destination(
        url="https://127.0.0.1:8443",
        ca_pem="PEM",
        adapter="another",
        client_id="khach-1",
        pins=("q" * 43 + "=", "r" * 43 + "="),
    )
    with store.begin() as work:
        work.parcels.readdress(new.id, elsewhere)
        work.commit()
    assert parcel_of(store, new.dossier_id) == replace(new, destination=elsewhere)


def test_an_unknown_parcel_has_no_address(store: Store) -> None:
    with store.begin() as work, pytest.raises(UsageFault, match=r"parcel\.unknown"):
        work.parcels.readdress("nobody", Destination(url="https://127.0.0.1:1", ca_pem=""))


def test_a_claim_that_is_renewed_is_not_stale(store: Store) -> None:
    new = waiting_parcel(store)
    claimed(store)
    store.outbox.renew(new.id, later(600))
    assert store.outbox.release_stale(later(500)) == 0
    assert store.outbox.release_stale(later(700)) == 1
    store.outbox.renew(new.id, later(800))
    assert parcel_of(store, new.dossier_id).state is ParcelState.WAITING


def test_a_later_notice_of_the_agency_outlives_whatever_becomes_of_the_parcel(
    store: Store,
) -> None:
    new = waiting_parcel(store)
    store.outbox.settle(accepted(claimed(store)))
    with store.begin() as work:
        for state in (DossierState.PROCESSING, DossierState.DONE):
            work.dossiers.move(new.dossier_id, state, now=later(20), event="event.notice")
        work.commit()
    for late in (ParcelState.REFUSED, ParcelState.ACCEPTED, ParcelState.WAITING):
        store.outbox.settle(settlement(new, late, at=later(30), receipt=b"<other/>"))
    assert state_of(store, new.dossier_id) is DossierState.DONE
    with store.begin() as work:
        assert work.dossiers.receipt(new.dossier_id) == b"<ThongBao/>"


def test_a_notice_that_comes_before_the_receipt_is_not_undone_by_it(store: Store) -> None:
    new = waiting_parcel(store)
    taken = claimed(store)
    with store.begin() as work:
        work.dossiers.move(new.dossier_id, DossierState.ACCEPTED, now=later(1), event="event.x")
        work.dossiers.move(new.dossier_id, DossierState.SUPPLEMENT, now=later(1), event="event.x")
        work.dossiers.store_receipt(new.dossier_id, b"<notice/>", "00009/2026/00100", "GD-9")
        work.commit()
    store.outbox.settle(settlement(taken, ParcelState.REFUSED, receipt=b"<forged/>"))
    with store.begin() as work:
        dossier = work.dossiers.get(new.dossier_id)
        assert work.dossiers.receipt(new.dossier_id) == b"<notice/>"
    assert (dossier.state, dossier.number) == (DossierState.SUPPLEMENT, "00009/2026/00100")


def handed_over(store: Store, parcel_id: str) -> bool:
    with store.begin() as work:
        done = work.parcels.hand_over(parcel_id)
        work.commit()
    return done


def test_a_parcel_handed_over_is_claimed_by_nobody(store: Store) -> None:
    new = waiting_parcel(store)
    assert handed_over(store, new.id)
    assert parcel_of(store, new.dossier_id).handed_over
    assert store.outbox.claim(later(10**9)) is None
    assert store.outbox.claim(later(0), new.id) is None
    assert store.outbox.release_stale(later(10**9)) == 0
    assert handed_over(store, new.id), "once more changes nothing"


def test_what_a_gateway_may_have_is_not_handed_over(store: Store) -> None:
    begun = waiting_parcel(store, 1)
    store.outbox.remember_upload(begun.id, "https://127.0.0.1/tus/1")
    taken = waiting_parcel(store, 2)
    claimed(store, taken.id)
    assert not handed_over(store, begun.id)
    assert not handed_over(store, taken.id)


def test_a_parcel_taken_back_is_due_with_a_try_counted(store: Store) -> None:
    new = waiting_parcel(store)
    handed_over(store, new.id)
    with store.begin() as work:
        assert work.parcels.take_back(new.id, later(5))
        assert not work.parcels.take_back(new.id, later(5))
        work.commit()
    back = parcel_of(store, new.dossier_id)
    assert (back.handed_over, back.attempts, back.next_try) == (False, 1, later(5))
    assert claimed(store, seconds=5).id == new.id


def test_a_receipt_settles_what_was_handed_over(store: Store) -> None:
    new = waiting_parcel(store)
    handed_over(store, new.id)
    store.outbox.settle(accepted(new))
    assert parcel_of(store, new.dossier_id).state is ParcelState.ACCEPTED
    assert state_of(store, new.dossier_id) is DossierState.ACCEPTED
