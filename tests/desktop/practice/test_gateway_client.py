"""The client before a real gateway that is troubled: nothing lost, nothing believed too early."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.practice.gateway import Call, PracticeGateway, Trouble
from resources.faults import SurroundingsFault
from sync.model import Destination, ParcelState
from sync.tus import TusUpload
from tests.fakes.gateway import Recipe, Way, destination, good_package, other_package, unit_key

SIZE = len(good_package())


def accepted(way: Way, gateway: PracticeGateway) -> bool:
    """The next try ends well, and the gateway took the dossier in once."""
    settlement = way.send()
    assert settlement.outcome == "outcome.accepted"
    assert way.parcel.state is ParcelState.ACCEPTED
    return [entry.state for entry in gateway.ledger.all()] == ["accepted"]


def test_a_dossier_in_order_is_filed_at_once(gateway: PracticeGateway) -> None:
    way = Way.to(gateway)
    settlement = way.send()
    assert settlement.state is ParcelState.ACCEPTED
    assert settlement.number
    assert settlement.number.startswith("00001/")
    (entry,) = gateway.ledger.all()
    assert (settlement.receipt, settlement.number) == (entry.receipt, entry.number)
    assert settlement.transaction == entry.transaction_code


def test_a_refusal_is_believed_because_it_is_signed(gateway: PracticeGateway) -> None:
    way = Way.to(gateway, Recipe(envelope_signer=unit_key(days=-1).signer).package())
    settlement = way.send()
    assert (settlement.state, settlement.outcome) == (ParcelState.REFUSED, "outcome.refused")
    assert settlement.number is None
    assert "BHXHDienTu.xml" in settlement.detail


SENDING = (Call.ANNOUNCE, Call.CREATE, Call.OFFSET, Call.CHUNK, Call.SUBMIT)
"""the calls of one parcel's way"""
PASSING: list[tuple[Trouble, int, str]] = [
    (Trouble.CUT, 0, "gateway.cut"),
    (Trouble.STATUS, 500, "gateway.server"),
    (Trouble.STATUS, 503, "gateway.busy"),
    (Trouble.STATUS, 302, "gateway.captive"),
    (Trouble.RUBBISH, 0, "gateway.rubbish"),
    (Trouble.CAPTIVE, 0, "gateway.captive"),
]


@pytest.mark.parametrize("call", SENDING)
@pytest.mark.parametrize(("trouble", "amount", "code"), PASSING)
def test_what_passes_keeps_the_parcel_and_it_goes_on(
    gateway: PracticeGateway, call: Call, trouble: Trouble, amount: int, code: str
) -> None:
    way = Way.to(gateway)
    unread = call is Call.CREATE and trouble is Trouble.RUBBISH
    gateway.faults.plan(call, trouble, amount, times=2 if unread else 1)  # OPTIONS may say nothing
    settlement = way.send()
    assert (settlement.state, settlement.outcome) == (ParcelState.WAITING, code)
    assert settlement.number is None
    assert settlement.receipt is None
    assert accepted(way, gateway)


@pytest.mark.parametrize("call", SENDING)
def test_silence_keeps_it_as_well(gateway: PracticeGateway, call: Call) -> None:
    way = Way.to(gateway)
    way.read_seconds = 0.4
    gateway.faults.plan(call, Trouble.SLOW, 1500)
    assert way.send().outcome == "gateway.timeout"
    way.read_seconds = 10
    assert accepted(way, gateway)


@pytest.mark.parametrize("after", [0, 1, 2, 1000, SIZE // 2, SIZE - 1, SIZE])
def test_a_body_cut_at_any_byte_goes_on(gateway: PracticeGateway, after: int) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.CHUNK, Trouble.CUT, after)
    assert way.send().outcome == "gateway.cut"
    begun = way.parcel.upload_url
    assert begun
    assert accepted(way, gateway)
    assert way.parcel.upload_url == begun


def test_an_upload_goes_on_where_it_stopped(
    gateway: PracticeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TusUpload.__init__.__kwdefaults__, "chunk", 1000)
    way, told = Way.to(gateway), list[int]()

    def stop_at(limit: int) -> Callable[[int, int], None]:
        def progress(done: int, _whole: int) -> None:
            told.append(done)
            if done >= limit:
                raise KeyboardInterrupt

        return progress

    with pytest.raises(KeyboardInterrupt):
        way.send(stop_at(3000))
    assert way.parcel.state is ParcelState.WAITING
    way.send(lambda done, _whole: told.append(done))
    assert told[:5] == [0, 1000, 2000, 3000, 3000]
    assert told[-1] == SIZE
    assert way.parcel.state is ParcelState.ACCEPTED


@pytest.mark.parametrize("call", [Call.OFFSET, Call.CHUNK])
def test_an_upload_the_gateway_forgot_is_begun_anew(gateway: PracticeGateway, call: Call) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(call, Trouble.CUT)
    way.send()
    begun = way.parcel.upload_url
    gateway.faults.plan(call, Trouble.FORGOTTEN)
    assert accepted(way, gateway)
    assert way.parcel.upload_url != begun


def test_one_that_is_forgotten_again_and_again_waits(gateway: PracticeGateway) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.OFFSET, Trouble.FORGOTTEN, times=2)
    way.send()
    assert way.send().outcome in {"gateway.upload_lost", "outcome.accepted"}
    assert way.parcel.state is not ParcelState.FAILED


def test_a_cut_after_the_gateway_took_it_in_does_not_file_twice(gateway: PracticeGateway) -> None:
    """The answer to submit is lost: the next announcement tells what became of it."""
    way = Way.to(gateway)
    gateway.faults.plan(Call.SUBMIT, Trouble.SLOW, 1500)
    way.read_seconds = 0.4
    assert way.send().outcome == "gateway.timeout"
    way.read_seconds = 10
    assert accepted(way, gateway)


UNBELIEVABLE = [
    (Trouble.FORGED, "receipt.untrusted"),
    (Trouble.STALE, "receipt.other_dossier"),
    (Trouble.TAMPERED, "receipt.tampered"),
]


@pytest.mark.parametrize(("trouble", "code"), UNBELIEVABLE)
def test_a_receipt_that_cannot_be_believed_never_means_filed(
    gateway: PracticeGateway, trouble: Trouble, code: str
) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.SUBMIT, trouble)
    settlement = way.send()
    assert (settlement.state, settlement.outcome) == (ParcelState.SENT, code)
    assert (settlement.number, settlement.receipt) == (None, None)
    assert settlement.next_try > way.now
    gateway.faults.plan(Call.ASK, trouble)
    assert way.send().outcome == code
    assert way.parcel.state is ParcelState.SENT
    assert accepted(way, gateway)


@pytest.mark.parametrize(("trouble", "amount", "code"), PASSING)
def test_asking_in_vain_changes_nothing(
    gateway: PracticeGateway, trouble: Trouble, amount: int, code: str
) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.SUBMIT, Trouble.STALE)
    way.send()
    gateway.faults.plan(Call.ASK, trouble, amount)
    assert way.send().outcome == code
    assert accepted(way, gateway)


def test_a_gateway_that_lost_its_book_gets_the_dossier_again(
    gateway: PracticeGateway, gateway_folder: Path
) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.SUBMIT, Trouble.STALE)
    way.send()
    gateway.stop()
    (gateway_folder / "ledger.db").unlink()
    with PracticeGateway(gateway_folder) as again:
        way.moved_to(again)
        settlement = way.send()
        assert [entry.state for entry in again.ledger.all()] == ["accepted"]
    assert settlement.outcome == "outcome.accepted"


def test_a_gateway_that_is_down_and_comes_back_on_the_same_folder(
    gateway: PracticeGateway, gateway_folder: Path
) -> None:
    way = Way.to(gateway)
    gateway.faults.plan(Call.CHUNK, Trouble.CUT, 10)
    way.send()
    begun = way.parcel.upload_url
    gateway.stop()
    assert way.send().outcome == "gateway.unreachable"
    with PracticeGateway(gateway_folder) as again:
        assert again.ca_pem == gateway.ca_pem
        way.moved_to(again)
        assert accepted(way, again)
    assert way.parcel.upload_url == begun


def test_another_gateway_at_the_address_is_not_believed(
    gateway: PracticeGateway, tmp_path: Path
) -> None:
    way = Way.to(gateway)
    with PracticeGateway(tmp_path / "another") as another:
        other = destination(another)
    wrong = Destination(url=gateway.url, ca_pem=other.ca_pem)
    way.outbox.parcels[way.parcel.id] = replace(way.parcel, destination=wrong)
    assert way.send().outcome == "gateway.tls"
    assert gateway.ledger.all() == []


def test_the_same_id_with_another_package_stops_for_the_user(gateway: PracticeGateway) -> None:
    Way.to(gateway).send()
    way = Way.to(gateway, other_package())
    settlement = way.send()
    assert (settlement.state, settlement.outcome) == (ParcelState.FAILED, "gateway.conflict")


def test_a_duplicate_under_another_id_is_refused(gateway: PracticeGateway) -> None:
    Way.to(gateway, number=1).send()
    way = Way.to(gateway, number=2)
    assert way.send().state is ParcelState.REFUSED


def test_what_was_accepted_is_told_again_without_an_upload(gateway: PracticeGateway) -> None:
    first = Way.to(gateway).send()
    again = Way.to(gateway)
    told: list[int] = []
    second = again.send(lambda done, _whole: told.append(done))
    assert (second.number, second.receipt) == (first.number, first.receipt)
    assert told == []


def test_a_receipt_whose_certificate_ended_is_not_believed(gateway: PracticeGateway) -> None:
    way = Way.to(gateway)
    way.now += timedelta(days=800)
    assert way.send().outcome == "receipt.untrusted"
    assert way.parcel.state is ParcelState.SENT


def test_a_port_that_is_taken_is_said_as_such(
    gateway: PracticeGateway, made_papers: Path, tmp_path: Path
) -> None:
    port = int(gateway.url.rpartition(":")[2])
    with pytest.raises(SurroundingsFault) as caught:
        PracticeGateway(tmp_path / "second", port=port).start()
    assert caught.value.code == "gateway.port"
