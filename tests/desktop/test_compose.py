"""The program over its real parts: SQLite, Excel, forms, signatures, TLS, receipts."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.compose import App, compose
from desktop.practice.roster import make_roster, write_roster
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.api import Services
from desktop.services.inbox_api import Verified
from desktop.services.moments import filing_day
from forms.findings import has_errors
from forms.model import Dossier, DossierState, FileKind, Period
from resources.faults import DataFault, UsageFault
from signing.errors import CertificateFault, PinFault
from signing.model import Intact
from sync.model import Destination, ParcelState
from tests.fakes.certificates import unit_identity, write_key_file

PERIOD = Period.of(filing_day(datetime.now(UTC)))
PASSWORD = "luyen-tap-1"
FAR = Destination(url="https://gateway.example.vn", ca_pem="")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with compose(data=tmp_path / "du-lieu", practice=True, lang="vi") as opened:
        opened.services.add_unit(sample_unit())
        yield opened


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_sample_workbook(
        tmp_path / "danh-sach.xlsx", people=5, period=PERIOD, unit=sample_unit()
    )


def built(app: App, workbook: Path) -> Dossier:
    services = app.services
    imported = services.import_workbook(workbook, unit_code=sample_unit().code, period=PERIOD)
    assert not has_errors(imported.findings)
    return services.build(unit_code=sample_unit().code, period=PERIOD).dossier


def signed(app: App, workbook: Path) -> Dossier:
    dossier = built(app, workbook)
    key_file = write_sample_key(app.data / "khoa.p12", password=PASSWORD, data=app.data)
    with app.services.open_key_file(key_file, PASSWORD) as signer:
        return app.services.sign(dossier.id, signer)


def events(services: Services, dossier: Dossier) -> list[str]:
    return [entry.event for entry in services.journal(dossier.id)]


def test_from_the_workbook_to_the_verified_receipt(
    app: App, workbook: Path, tmp_path: Path
) -> None:
    dossier = signed(app, workbook)
    parcel = app.services.enqueue(dossier.id)
    told: list[tuple[int, int]] = []
    (settled,) = app.services.drain(dossier.id, lambda done, total: told.append((done, total)))
    after = app.services.dossier(dossier.id)
    assert settled.state is ParcelState.ACCEPTED
    assert after.state is DossierState.ACCEPTED
    assert after.number
    assert after.number.endswith(f"/{sample_unit().agency}")
    assert told[-1] == (parcel.size, parcel.size)
    files = app.services.export(dossier.id, tmp_path / "ra")
    xml = [file for file in files if file.suffix == ".xml"]
    for checked in app.services.verify(xml):
        assert checked.signatures, checked.file.name
        assert all(each.intact is Intact.YES for each in checked.signatures)


def test_the_envelope_carries_the_signed_forms_byte_for_byte(app: App, workbook: Path) -> None:
    dossier = signed(app, workbook)
    *forms, envelope = app.services.files(dossier.id)
    assert envelope.form.kind is FileKind.ENVELOPE
    for form in forms:
        assert form.signed
        assert b64encode(form.signed) in (envelope.signed or b"")


def test_a_receipt_from_a_file_is_judged_like_one_from_the_gateway(
    app: App, workbook: Path, tmp_path: Path
) -> None:
    dossier = signed(app, workbook)
    app.services.enqueue(dossier.id)
    app.services.drain(dossier.id)
    receipt = tmp_path / "thong-bao.xml"
    receipt.write_bytes(app.services.receipt(dossier.id) or b"")
    assert app.services.take_receipt(receipt).verified
    receipt.write_bytes(receipt.read_bytes().replace(b"<KQUA>", b"<KQUA> ", 1))
    assert not app.services.take_receipt(receipt).verified
    kept = app.services.inbox.letters(dossier.unit_code, dossier_id=dossier.id)
    assert {letter.verified for letter in kept} == {Verified.YES, Verified.NO}
    noted = [entry.event for entry in app.services.journal(dossier.id)]
    assert noted.count("event.notice_unbelieved") == 1
    assert "event.receipt_unbelieved" not in noted


def test_everything_is_there_after_opening_again(app: App, workbook: Path) -> None:
    dossier = signed(app, workbook)
    app.services.enqueue(dossier.id)
    with compose(data=app.data, practice=True, lang="vi") as again:
        assert again.services.dossier(dossier.id).state is DossierState.WAITING
        (settled,) = again.services.drain()
        assert settled.state is ParcelState.ACCEPTED


def test_a_workbook_that_is_none_stores_nothing(app: App, tmp_path: Path) -> None:
    rubbish = tmp_path / "anh.xlsx"
    rubbish.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(DataFault):
        app.services.import_workbook(rubbish, unit_code=sample_unit().code, period=PERIOD)
    assert list(app.services.dossiers()) == []


def test_a_faulty_workbook_is_stored_and_given_back_marked(app: App, tmp_path: Path) -> None:
    faulty, report = tmp_path / "loi.xlsx", tmp_path / "bao-loi.xlsx"
    write_roster(faulty, make_roster(5, seed=1, period=PERIOD, faults=["name_missing"]))
    done = app.services.import_workbook(
        faulty, unit_code=sample_unit().code, period=PERIOD, report=report
    )
    assert has_errors(done.findings)
    assert done.dossier
    assert report.exists()
    assert app.services.build(unit_code=sample_unit().code, period=PERIOD).files == ()


def test_the_key_of_another_unit_signs_nothing(app: App, workbook: Path, tmp_path: Path) -> None:
    dossier = built(app, workbook)
    other = write_key_file(tmp_path / "khac.p12", unit_identity(), "mk")
    with (
        app.services.open_key_file(other, "mk") as signer,
        pytest.raises(CertificateFault),
    ):
        app.services.sign(dossier.id, signer)
    assert all(file.signed is None for file in app.services.files(dossier.id))


def test_a_wrong_password_opens_nothing(app: App) -> None:
    key_file = write_sample_key(app.data / "khoa.p12", password=PASSWORD, data=app.data)
    with pytest.raises(PinFault), app.services.open_key_file(key_file, "sai"):
        pass


def test_signing_with_a_file_is_told_in_the_journal(app: App, workbook: Path) -> None:
    assert events(app.services, signed(app, workbook)) == [
        "event.imported",
        "event.built",
        "event.signed_with_file",
    ]


def test_practice_never_sends_far(app: App, workbook: Path) -> None:
    dossier = signed(app, workbook)
    with pytest.raises(UsageFault, match=r"practice\.loopback_only"):
        app.services.enqueue(dossier.id, FAR)


def test_practice_data_are_never_opened_as_real_ones(app: App) -> None:
    with (
        pytest.raises(UsageFault, match=r"store\.mode"),
        compose(data=app.data, practice=False, lang="vi"),
    ):
        pass


def test_a_real_program_knows_no_gateway_until_told(tmp_path: Path) -> None:
    with compose(data=tmp_path / "that", practice=False, lang="vi") as real:
        assert not real.services.practice
        assert real.services.default_destination is None
    assert not (tmp_path / "that" / "practice-gateway").exists()


def test_the_gateway_is_not_started_before_it_is_needed(app: App) -> None:
    assert not (app.data / "practice-gateway").exists()
