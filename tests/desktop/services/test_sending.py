"""Into the outbox and onward."""

from dataclasses import replace
from hashlib import sha256

import pytest

from forms.model import DossierState
from resources.faults import UsageFault
from sync.model import Destination, ParcelState
from tests.fakes.desk import FAR, LOOPBACK, UNIT, Desk


def test_the_parcel_holds_the_signed_envelope(desk: Desk) -> None:
    dossier = desk.signed()
    parcel = desk.services.enqueue(dossier)
    package = desk.services.files(dossier)[-1].signed or b""
    assert (parcel.sha256, parcel.size) == (sha256(package).hexdigest(), len(package))
    assert desk.store.outbox.content(parcel.id) == package
    assert parcel.labels == {
        "unit_code": UNIT.code,
        "tax_code": UNIT.tax_code,
        "procedure": "600",
        "period": "11/2026",
    }
    assert desk.services.dossier(dossier).state is DossierState.WAITING


def test_sending_again_goes_on_with_the_same_parcel(desk: Desk) -> None:
    dossier = desk.signed()
    first, second = desk.services.enqueue(dossier), desk.services.enqueue(dossier)
    assert first.id == second.id
    assert len(desk.services.parcels()) == 1


def test_a_mistyped_address_can_be_put_right_before_anything_was_sent(desk: Desk) -> None:
    dossier = desk.signed()
    wrong = Destination(url="https://127.0.0.1:9", ca_pem="")
    first = desk.services.enqueue(dossier, wrong)
    second = desk.services.enqueue(dossier, LOOPBACK)
    assert (second.id, second.destination) == (first.id, LOOPBACK)
    assert desk.services.parcels() == [second]
    last = desk.services.journal(dossier)[-1]
    assert (last.event, last.detail) == ("event.readdressed", LOOPBACK.url)


def test_one_package_never_goes_to_two_gateways(desk: Desk) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier, LOOPBACK)
    desk.store.outbox.remember_upload(desk.services.parcels()[0].id, f"{LOOPBACK.url}/v1/uploads/1")
    first = desk.services.parcels()[0]
    with pytest.raises(UsageFault, match=r"send\.other_gateway"):
        desk.services.enqueue(dossier, Destination(url="https://127.0.0.1:9", ca_pem=""))
    assert desk.services.enqueue(dossier, LOOPBACK) == first


def test_one_package_never_goes_two_ways_to_one_gateway_but_its_papers_may_change(
    real_desk: Desk,
) -> None:
    dossier = real_desk.signed()
    parcel = real_desk.services.enqueue(dossier, FAR)
    real_desk.store.outbox.remember_upload(parcel.id, f"{FAR.url}/v1/uploads/1")
    with pytest.raises(UsageFault, match=r"send\.other_gateway"):
        real_desk.services.enqueue(dossier, replace(FAR, adapter="vidu"))
    pinned = replace(FAR, pins=("a" * 43 + "=",), client_id="khach-1")
    assert real_desk.services.enqueue(dossier, pinned).destination == pinned


def test_only_what_is_signed_is_sent(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"dossier\.not_signed"):
        desk.services.enqueue(desk.built())


@pytest.mark.parametrize(
    "url",
    [
        "https://gateway.example.vn",
        "https://127.0.0.1.example.vn",
        "https://10.0.0.1",
        "https://localhost.example.vn",
        "https://127.0.0.1@gateway.example.vn",
        "",
    ],
)
def test_practice_mode_never_leaves_this_computer(desk: Desk, url: str) -> None:
    dossier = desk.signed()
    with pytest.raises(UsageFault, match=r"practice\.loopback_only"):
        desk.services.enqueue(dossier, Destination(url=url, ca_pem=""))
    assert desk.services.dossier(dossier).state is DossierState.SIGNED
    assert list(desk.services.parcels()) == []


@pytest.mark.parametrize("url", ["https://127.0.0.1:1", "https://[::1]:1", "https://localhost:1"])
def test_practice_mode_takes_any_gateway_on_this_computer(desk: Desk, url: str) -> None:
    destination = Destination(url=url, ca_pem="ca")
    assert desk.services.enqueue(desk.signed(), destination).destination == destination


@pytest.mark.parametrize(
    "url", ["http://gateway.example.vn", "https://", "https://a:b@gateway.example.vn", "https://["]
)
def test_real_sending_is_over_tls_and_without_a_login(real_desk: Desk, url: str) -> None:
    with pytest.raises(UsageFault, match=r"send\.not_https"):
        real_desk.services.enqueue(real_desk.signed(), Destination(url=url, ca_pem=""))


def test_real_sending_must_be_told_where_once(real_desk: Desk) -> None:
    first, second = real_desk.signed(), real_desk.signed()
    with pytest.raises(UsageFault, match=r"send\.no_gateway"):
        real_desk.services.enqueue(first)
    real_desk.services.enqueue(first, FAR)
    assert real_desk.services.default_destination == FAR
    assert real_desk.services.enqueue(second).destination == FAR


def test_everything_about_a_gateway_is_remembered_with_it(real_desk: Desk) -> None:
    first, second = real_desk.signed(), real_desk.signed()
    there = replace(FAR, adapter="vidu", client_id="khach-1", pins=("a" * 43 + "=", "b" * 43 + "="))
    assert real_desk.services.enqueue(first, there).destination == there
    assert real_desk.services.default_destination == there
    assert real_desk.services.enqueue(second).destination == there


def test_the_practice_gateway_is_the_default_in_practice(desk: Desk) -> None:
    assert desk.services.default_destination == LOOPBACK
    assert desk.services.enqueue(desk.signed()).destination == LOOPBACK


def test_a_gateway_can_be_remembered_and_forgotten(real_desk: Desk) -> None:
    real_desk.services.default_destination = FAR
    assert real_desk.services.default_destination == FAR
    real_desk.services.default_destination = None
    assert real_desk.services.default_destination is None


def test_a_round_settles_every_due_parcel(desk: Desk) -> None:
    dossiers = [desk.signed(), desk.signed()]
    for dossier in dossiers:
        desk.services.enqueue(dossier)
    settled = desk.services.drain()
    assert [each.state for each in settled] == [ParcelState.ACCEPTED] * 2
    for dossier in dossiers:
        assert desk.services.dossier(dossier).state is DossierState.ACCEPTED
        assert desk.services.dossier(dossier).number == "00001/2026/07900"
        assert desk.services.receipt(dossier)


def test_one_dossier_alone_can_be_sent(desk: Desk) -> None:
    first, second = desk.signed(), desk.signed()
    desk.services.enqueue(first)
    desk.services.enqueue(second)
    (settled,) = desk.services.drain(second)
    assert settled.state is ParcelState.ACCEPTED
    assert desk.services.dossier(first).state is DossierState.WAITING


def test_a_dossier_without_a_parcel_cannot_be_drained(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"dossier\.not_queued"):
        desk.services.drain(desk.signed())
    with pytest.raises(UsageFault, match=r"dossier\.unknown"):
        desk.services.drain("ZZ0001Z-2026-11-600-9")


def test_a_practice_program_over_real_data_reaches_nothing(real_desk: Desk) -> None:
    real_desk.services.enqueue(real_desk.signed(), FAR)
    practice = Desk(practice=True, store=real_desk.store, unit_known=True)
    with pytest.raises(UsageFault, match=r"practice\.loopback_only"):
        practice.services.drain()
    assert practice.sending.reached == []


def test_who_sends_now_is_not_kept_waiting_by_earlier_failures(desk: Desk) -> None:
    dossier = desk.signed()
    parcel = desk.services.enqueue(dossier)
    desk.services.drain()
    assert desk.sending.forgiven == []
    desk.services.drain(dossier)
    assert desk.sending.forgiven == [parcel.destination]
