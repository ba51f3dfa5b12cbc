"""Attached PDFs are signed with the forms; what is not signed is told before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.compose import App, compose
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.all import AllServices
from desktop.services.api import Remark
from desktop.services.destinations import Destinations
from desktop.services.moments import filing_day
from desktop.services.paper_settings import PaperSettings
from desktop.services.ports import StoredFile
from desktop.services.rooms import SigningRoom
from desktop.services.workbook_cases import WorkbooksRoom
from forms.excel.preview import first_rows, guess_columns_below, guess_workbook
from forms.model import DossierState, FileKind, Period
from forms.render import open_envelope
from resources.faults import SurroundingsFault
from resources.messages import catalogue, placeholders
from signing.errors import DeviceFault
from signing.pdf_check import check_signed_pdf
from signing.ports import Signer
from signing.remote import open_remote
from signing.trust.desk import TrustDesk
from signing.verify import verify_own
from tests.fakes.certificates import unit_identity
from tests.fakes.csc import RemoteService
from tests.fakes.desk import LOOPBACK, PERIOD, UNIT, Desk, Key, spoken
from tests.fakes.papers import certified_pdf, encrypted_pdf, pdf
from tests.fakes.roster_room import roster_room
from tests.fakes.upkeep import FakeUpkeep

PASSWORD = "luyen-tap-1"
PAPER = b"%PDF-1.7 hop dong"


@dataclass
class Signed:
    content: bytes
    timestamp_fault: str = ""


@dataclass
class Pdfs:
    """Stand-in: a signature is a tail; a paper tells by its words that it cannot be signed."""

    stamp_fault: str = ""
    fault: Exception | None = None
    asked: list[tuple[str, bool]] = field(default_factory=list)

    def sign(
        self,
        content: bytes,
        signer: Signer,
        *,
        signing_time: datetime,
        timestamp_url: str,
        timestamp_required: bool,
    ) -> Signed:
        self.asked.append((timestamp_url, timestamp_required))
        if self.fault:
            raise self.fault
        return Signed(content + b"|" + signer.sign(content), self.stamp_fault)

    def obstacle(self, content: bytes) -> str | None:
        return "pdf.encrypted" if b"mat khau" in content else None


@dataclass
class Office:
    """A desk whose signing room signs PDFs."""

    folder: Path
    pdfs: Pdfs = field(default_factory=Pdfs)
    desk: Desk = field(default_factory=Desk)

    def __post_init__(self) -> None:
        self.desk.forms.largest_package = 10_000_000
        room: SigningRoom = replace(
            self.desk.signing.room(),
            sign_pdf=self.pdfs.sign,
            pdf_obstacle=self.pdfs.obstacle,
        )
        self.services = AllServices(
            store=self.desk.store,
            forms=self.desk.forms.room(),
            signing=room,
            sending=self.desk.sending.room(),
            roster=roster_room(),
            workbooks=WorkbooksRoom(
                guess=guess_workbook, guess_below=guess_columns_below, first_rows=first_rows
            ),
            tokens=self.desk.tokens.room(),
            trust=TrustDesk(Path("no-such-folder")),
            carry=self.desk.carry.room(),
            destinations=Destinations(
                store=self.desk.store, practice=True, practice_gateway=lambda: LOOPBACK
            ),
            upkeep=FakeUpkeep(),
            words=spoken,
            clock=lambda: self.desk.now,
        )

    def built(self, **papers: bytes) -> str:
        dossier = self.desk.imported()
        paths = []
        for name, content in papers.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(content)
            paths.append(path)
        self.services.build(unit_code=UNIT.code, period=PERIOD, attachments=paths)
        return dossier

    def papers(self, dossier: str) -> list[StoredFile]:
        files = self.services.files(dossier)
        return [file for file in files if file.form.kind is FileKind.ATTACHMENT]

    def told(self, dossier: str) -> list[tuple[str, str]]:
        return [
            (entry.event, entry.detail)
            for entry in self.services.journal(dossier)
            if entry.event.startswith("event.paper")
        ]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_pdf_is_signed_and_goes_into_the_envelope_signed(office: Office) -> None:
    dossier = office.built(a_pdf=PAPER)
    office.services.sign(dossier, Key())
    (paper,) = office.papers(dossier)
    assert paper.signed == PAPER + b"|signed by " + UNIT.tax_code.encode()
    assert paper.signed in (office.services.files(dossier)[-1].signed or b"")
    assert office.told(dossier) == []


def test_other_kinds_go_as_they_are_and_that_is_told(office: Office) -> None:
    dossier = office.built(a_docx=b"PK word", b_pdf=PAPER, c_xlsx=b"PK excel")
    assert office.services.sign_summary(dossier).papers == (
        Remark(code="paper.kind_unsigned", params={"place": 1, "extension": ".docx"}),
        Remark(code="paper.kind_unsigned", params={"place": 3, "extension": ".xlsx"}),
    )
    office.services.sign(dossier, Key())
    assert [paper.signed is None for paper in office.papers(dossier)] == [True, False, True]
    assert office.told(dossier) == [("event.paper_unsigned", "1, 3")]
    assert b"PK word" in (office.services.files(dossier)[-1].signed or b"")


def test_a_pdf_that_cannot_be_signed_goes_as_it_is_and_that_is_told(office: Office) -> None:
    dossier = office.built(a_pdf=PAPER, b_pdf=b"%PDF mat khau")
    remark = Remark(code="paper.encrypted", params={"place": 2})
    assert office.services.sign_summary(dossier).papers == (remark,)
    office.services.sign(dossier, Key())
    assert [paper.signed is None for paper in office.papers(dossier)] == [False, True]
    assert office.told(dossier) == [("event.paper_unsigned", "2")]


def test_every_remark_has_words_for_what_it_says(office: Office) -> None:
    dossier = office.built(a_docx=b"PK", b_pdf=b"%PDF mat khau")
    for remark in office.services.sign_summary(dossier).papers:
        assert placeholders(catalogue()[remark.code]["vi"]) == set(remark.params)


def test_signing_papers_can_be_switched_off(office: Office) -> None:
    office.services.paper_settings = PaperSettings(sign=False)
    dossier = office.built(a_pdf=PAPER, b_docx=b"PK")
    assert office.services.sign_summary(dossier).papers == ()
    office.services.sign(dossier, Key())
    assert [paper.signed for paper in office.papers(dossier)] == [None, None]
    assert office.told(dossier) == []


def test_until_something_is_chosen_pdfs_are_signed_without_a_timestamp(office: Office) -> None:
    assert office.services.paper_settings == PaperSettings()
    office.services.sign(office.built(a_pdf=PAPER), Key())
    assert office.pdfs.asked == [("", False)]


def test_the_timestamp_is_asked_of_the_authority_that_was_chosen(office: Office) -> None:
    chosen = PaperSettings(timestamp_url="http://tsa.example/", timestamp_required=True)
    office.services.paper_settings = chosen
    assert office.services.paper_settings == chosen
    office.services.sign(office.built(a_pdf=PAPER), Key())
    assert office.pdfs.asked == [("http://tsa.example/", True)]


def test_a_missing_timestamp_is_told(office: Office) -> None:
    office.pdfs.stamp_fault = "timestamp.no_answer"
    dossier = office.built(a_pdf=PAPER)
    office.services.sign(dossier, Key())
    assert office.told(dossier) == [("event.paper_not_timestamped", "1")]


@pytest.mark.parametrize(
    "fault", [SurroundingsFault("timestamp.no_answer"), DeviceFault("token.removed", module="x")]
)
def test_a_failure_at_a_paper_leaves_everything_as_it_was(office: Office, fault: Exception) -> None:
    office.pdfs.fault = fault
    dossier = office.built(a_pdf=PAPER)
    with pytest.raises(type(fault)):
        office.services.sign(dossier, Key())
    assert office.services.dossier(dossier).state is DossierState.CHECKED
    assert all(file.signed is None for file in office.services.files(dossier))


def test_progress_counts_the_papers_that_are_signed(office: Office) -> None:
    dossier = office.built(a_pdf=PAPER, b_docx=b"PK")
    told: list[tuple[int, int]] = []
    office.services.sign(dossier, Key(), lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


# ---- over the real parts


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with compose(data=tmp_path / "du-lieu", practice=True, lang="vi") as opened:
        opened.services.add_unit(sample_unit())
        yield opened


def built_for_real(app: App, folder: Path, **papers: bytes) -> str:
    period, unit = Period.of(filing_day(datetime.now(UTC))), sample_unit()
    workbook = write_sample_workbook(folder / "ds.xlsx", people=3, period=period, unit=unit)
    app.services.import_workbook(workbook, unit_code=unit.code, period=period)
    paths = []
    for name, content in papers.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_bytes(content)
    return app.services.build(unit_code=unit.code, period=period, attachments=paths).dossier.id


def carried(app: App, dossier: str) -> dict[str, bytes]:
    """What the envelope carries by file name."""
    package = app.services.files(dossier)[-1].signed
    assert package
    return {file.name: file.content for file in open_envelope(package).files}


def test_real_pdfs_are_signed_stored_and_sent(app: App, tmp_path: Path) -> None:
    papers = {"a_pdf": pdf(), "b_pdf": encrypted_pdf(), "c_pdf": certified_pdf()}
    dossier = built_for_real(app, tmp_path, **papers)
    codes = [remark.code for remark in app.services.sign_summary(dossier).papers]
    assert codes == ["paper.encrypted", "paper.certified"]
    key = write_sample_key(app.data / "khoa.p12", password=PASSWORD, data=app.data)
    with app.services.open_key_file(key, PASSWORD) as signer:
        app.services.sign(dossier, signer)
        check_signed_pdf(carried(app, dossier)["a.pdf"], papers["a_pdf"], signer.certificate)
    assert carried(app, dossier)["b.pdf"] == papers["b_pdf"]
    assert carried(app, dossier)["c.pdf"] == papers["c_pdf"]
    app.services.enqueue(dossier)
    app.services.drain(dossier)
    assert app.services.dossier(dossier).state is DossierState.ACCEPTED


def test_a_remote_key_signs_a_whole_dossier_and_no_room_notices(app: App, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    identity = unit_identity(
        user_ids=(f"MST:{sample_unit().tax_code}",),
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=300),
    )
    service = RemoteService(identity=identity, scal="2", multisign=20)
    paper = pdf()
    dossier = built_for_real(app, tmp_path, a_pdf=paper)
    with open_remote(service, signatures=20) as signer:
        assert app.services.sign(dossier, signer).state is DossierState.SIGNED
    check_signed_pdf(carried(app, dossier)["a.pdf"], paper, identity.der)
    assert service.methods().count("credentials/authorize") == 1
    for file in app.services.files(dossier):
        if file.form.sign_node and file.signed:
            verify_own(file.signed, file.form.sign_node, identity.der)
