"""A parcel handed to another computer: sent by one of the two, verified, taken back."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.services.handing_over import HandOver
from forms.model import DossierState, FileKind, Part
from resources.faults import DataFault, Fault, UsageFault
from signing.errors import CertificateFault
from sync.model import Destination, Parcel
from tests.fakes.carry_room import FakeEnvelope
from tests.fakes.certificates import authority
from tests.fakes.desk import FAR, LOOPBACK, UNIT, Desk, report_of, retold

ELSEWHERE = replace(LOOPBACK, url="https://127.0.0.1:9")


@pytest.fixture(scope="module")
def root_pem() -> str:
    """Of some authority."""
    return authority().certificate.public_bytes(Encoding.PEM).decode()


@pytest.fixture
def handed(desk: Desk, tmp_path: Path) -> tuple[str, Path]:
    """A signed dossier of this desk in a file."""
    dossier = desk.signed()
    return dossier, desk.services.carry.hand_over(dossier, tmp_path / "usb")


@pytest.fixture
def other() -> Desk:
    """Another computer, which knows no unit; the package's signature is whole there."""
    desk = Desk(unit_known=True)
    desk.signing.reports = (report_of("0A"), report_of("0A", node="D02-TS-595.xml#D02-TS/Cky"))
    return desk


def events(desk: Desk, dossier: str) -> list[str]:
    return [each.event for each in desk.services.journal(dossier)]


def test_what_is_handed_over_is_not_sent_from_here(desk: Desk, handed: tuple[str, Path]) -> None:
    dossier, file = handed
    assert file.name == f"{dossier}.tokhai-outbox"
    assert events(desk, dossier)[-2:] == ["event.enqueued", "event.handed_over"]
    assert desk.services.drain() == []
    with pytest.raises(UsageFault, match=r"send\.handed_over"):
        desk.services.enqueue(dossier)
    with pytest.raises(UsageFault, match=r"send\.handed_over"):
        desk.services.drain(dossier)
    assert desk.services.dossier(dossier).state is DossierState.WAITING


def test_the_other_computer_sends_the_same_parcel(
    desk: Desk, other: Desk, handed: tuple[str, Path]
) -> None:
    dossier, file = handed
    (taken,) = other.services.carry.take_over(file)
    (ours,), (theirs,) = desk.services.parcels(), other.services.parcels()
    assert (theirs.id, theirs.sha256, theirs.labels) == (ours.id, ours.sha256, ours.labels)
    assert other.store.outbox.content(theirs.id) == desk.store.outbox.content(ours.id)
    assert taken.dossier.state is DossierState.WAITING
    assert taken.dossier.filed_on == FakeEnvelope().filing_date
    other.services.drain(taken.dossier.id)
    assert other.services.dossier(taken.dossier.id).state is DossierState.ACCEPTED
    assert desk.services.dossier(dossier).state is DossierState.WAITING


def test_the_unit_is_known_from_the_signed_package(other: Desk, handed: tuple[str, Path]) -> None:
    other.services.carry.take_over(handed[1])
    unit = other.services.unit(UNIT.code)
    assert (unit.name, unit.tax_code, unit.region) == (UNIT.name, UNIT.tax_code, UNIT.region)
    assert other.services.count_people(UNIT.code) == 0


def test_the_forms_come_along_and_the_rows_do_not(other: Desk, handed: tuple[str, Path]) -> None:
    (taken,) = other.services.carry.take_over(handed[1])
    files = {each.form.name: each.form.kind for each in other.services.files(taken.dossier.id)}
    assert files == {
        "D02-TS-595.xml": FileKind.FORM,
        "giay-to.pdf": FileKind.ATTACHMENT,
        "BHXHDienTu.xml": FileKind.ENVELOPE,
    }
    assert other.services.draft(taken.dossier.id).rows(Part.LAO_DONG) == ()
    assert events(other, taken.dossier.id) == [
        "event.taken_over",
        "event.taken_over_compared",
        "event.taken_over_verified",
        "event.enqueued",
    ]


def test_the_receipt_comes_back_as_a_file(
    desk: Desk, other: Desk, handed: tuple[str, Path], tmp_path: Path
) -> None:
    dossier, file = handed
    (taken,) = other.services.carry.take_over(file)
    other.services.drain(taken.dossier.id)
    receipt = tmp_path / "BienNhan.xml"
    receipt.write_bytes(other.services.receipt(taken.dossier.id) or b"")
    assert desk.services.take_receipt(receipt).verified
    assert desk.services.dossier(dossier).state is DossierState.ACCEPTED
    assert not desk.services.parcels()[0].handed_over


def test_taken_back_it_is_sent_from_here_with_the_same_id(
    desk: Desk, handed: tuple[str, Path]
) -> None:
    dossier, _ = handed
    (before,) = desk.services.parcels()
    back = desk.services.carry.take_back(dossier)
    assert (back.id, back.attempts, back.handed_over) == (before.id, 1, False)
    assert events(desk, dossier)[-1] == "event.taken_back"
    assert desk.services.drain(dossier)[0].parcel_id == before.id
    with pytest.raises(UsageFault, match=r"handover\.not_handed"):
        desk.services.carry.take_back(dossier)


def test_only_what_waits_can_be_taken_back(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"dossier\.not_queued"):
        desk.services.carry.take_back(desk.signed())


def test_what_was_begun_here_is_not_handed_over(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    parcel = desk.services.enqueue(dossier)
    desk.store.outbox.remember_upload(parcel.id, "https://127.0.0.1:4433/tus/1")
    with pytest.raises(UsageFault, match=r"handover\.begun"):
        desk.services.carry.hand_over(dossier, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_claimed_meanwhile_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    def enqueue(dossier_id: str, destination: Destination | None) -> Parcel:
        parcel = desk.services.enqueue(dossier_id, destination)
        desk.store.outbox.claim(desk.now, parcel.id)
        return parcel

    hand_over = HandOver(store=desk.store, enqueue=enqueue, clock=lambda: desk.now, practice=True)
    with pytest.raises(UsageFault, match=r"handover\.begun"):
        hand_over(desk.signed(), tmp_path, None, "")
    assert list(tmp_path.iterdir()) == []


def test_an_authority_that_is_none_is_refused(desk: Desk, other: Desk, tmp_path: Path) -> None:
    destination = replace(ELSEWHERE, ca_pem="không phải chứng thư")
    file = desk.services.carry.hand_over(desk.signed(), tmp_path, destination=destination)
    with pytest.raises(DataFault, match=r"sealed\.damaged"):
        other.services.carry.take_over(file)


def test_the_file_can_be_written_again(desk: Desk, handed: tuple[str, Path]) -> None:
    dossier, file = handed
    before = file.read_bytes()
    file.unlink()
    assert desk.services.carry.hand_over(dossier, file.parent).read_bytes() == before


def test_what_is_not_signed_is_not_handed_over(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"dossier\.not_signed"):
        desk.services.carry.hand_over(desk.built(), tmp_path)


def test_the_same_file_is_taken_in_once(other: Desk, handed: tuple[str, Path]) -> None:
    (first,) = other.services.carry.take_over(handed[1])
    (again,) = other.services.carry.take_over(handed[1])
    assert (first.new, again.new, again.dossier.id) == (True, False, first.dossier.id)
    assert len(other.services.parcels()) == 1


def test_the_computer_that_handed_it_over_takes_it_back_and_not_in(
    desk: Desk, handed: tuple[str, Path]
) -> None:
    desk.signing.reports = (report_of("0A"),)
    with pytest.raises(UsageFault, match=r"handover\.own"):
        desk.services.carry.take_over(handed[1])


@pytest.mark.parametrize(
    "reports",
    [
        (),
        (report_of("0A", intact=False),),
        (report_of("0A"), report_of("0A", node="D02-TS/Cky", intact=False)),
        (report_of("0A", node="D02-TS/Cky"),),
        (replace(report_of("0A"), certificate=None),),
    ],
)
def test_a_package_that_is_not_wholly_signed_is_refused(
    other: Desk, handed: tuple[str, Path], reports: tuple[object, ...]
) -> None:
    other.signing.reports = reports  # type: ignore[assignment]  # as the table gives them
    with pytest.raises(DataFault, match=r"handover\.signature"):
        other.services.carry.take_over(handed[1])
    assert other.services.units() == []


@pytest.mark.parametrize(
    ("said", "fault", "code"),
    [
        (FakeEnvelope(unit_code="ZZ0002Z"), DataFault, r"handover\.other_package"),
        (FakeEnvelope(procedure="603"), DataFault, r"handover\.other_package"),
    ],
)
def test_a_package_of_something_else_is_refused(
    other: Desk, handed: tuple[str, Path], said: FakeEnvelope, fault: type[Fault], code: str
) -> None:
    other.carry.envelope = said
    with pytest.raises(fault, match=code):
        other.services.carry.take_over(handed[1])
    assert other.services.parcels() == []


def test_a_package_that_another_unit_signed_is_refused(
    other: Desk, handed: tuple[str, Path]
) -> None:
    own = report_of("0A")
    assert own.certificate
    stranger = replace(own.certificate, tax_code="0109999990")
    other.signing.reports = (replace(own, certificate=stranger),)
    with pytest.raises(CertificateFault, match=r"certificate\.other_unit"):
        other.services.carry.take_over(handed[1])


def test_a_unit_with_another_tax_code_is_refused(other: Desk, handed: tuple[str, Path]) -> None:
    other.services.add_unit(retold(UNIT, tax_code=f"{UNIT.tax_code}-001"))
    with pytest.raises(UsageFault, match=r"handover\.other_unit"):
        other.services.carry.take_over(handed[1])


def test_practice_and_real_never_mix(real_desk: Desk, handed: tuple[str, Path]) -> None:
    with pytest.raises(UsageFault, match=r"handover\.other_mode"):
        real_desk.services.carry.take_over(handed[1])


def test_a_gateway_that_brings_its_own_authority_is_asked_about(
    desk: Desk, other: Desk, tmp_path: Path, root_pem: str
) -> None:
    destination = replace(ELSEWHERE, ca_pem=root_pem)
    file = desk.services.carry.hand_over(desk.signed(), tmp_path, destination=destination)
    with pytest.raises(UsageFault, match=r"handover\.unknown_gateway") as refused:
        other.services.carry.take_over(file)
    assert refused.value.params["url"] == ELSEWHERE.url
    assert str(refused.value.params["fingerprint"]).count(":") == 31
    (taken,) = other.services.carry.take_over(file, trusted=True)
    assert taken.parcel.destination == destination
    assert other.services.default_destination == LOOPBACK, "only this parcel goes there"


def test_a_far_gateway_is_no_matter_for_practice(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"practice\.loopback_only"):
        desk.services.carry.hand_over(desk.signed(), tmp_path, destination=FAR)


def test_a_locked_file_needs_its_password(desk: Desk, other: Desk, tmp_path: Path) -> None:
    carry = other.services.carry
    file = desk.services.carry.hand_over(desk.signed(), tmp_path, password="gio-may-trang")
    with pytest.raises(UsageFault, match=r"sealed\.password_needed"):
        carry.take_over(file)
    assert carry.take_over(file, password="gio-may-trang")[0].new


def test_the_file_holds_no_list_of_people(handed: tuple[str, Path]) -> None:
    with ZipFile(handed[1]) as package:
        assert package.namelist() == ["manifest.json", "package-1.xml"]
        assert "Trần Thị Gió" not in package.read("manifest.json").decode()
