"""The use cases in memory, for the window: a few rules, invented people, faults on demand."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import combining, normalize

from desktop.services.api import (
    Built,
    Imported,
    Progress,
    Remark,
    SignSummary,
    Taken,
    VerifiedFile,
)
from desktop.services.paper_settings import PaperSettings, refuse_bad_address
from desktop.services.ports import JournalEntry, Person, StoredFile
from desktop.services.progress import silent
from desktop.services.signing_batch import SignBatch, SignedBatch, Stopped, never
from desktop.services.unit_cases import faults_of
from desktop.services.workbooks_api import WorkbooksApi
from forms.excel.layout import load
from forms.findings import Finding, Severity, has_errors
from forms.model import (
    Dossier,
    DossierState,
    Draft,
    FileKind,
    FormFile,
    Part,
    Period,
    Row,
    Section,
    Unit,
    dossier_id,
)
from forms.paper.document import Box, Page, PaperDocument, Stroke, Text
from forms.paper.faces import Face
from resources.faults import DataFault, SurroundingsFault, UsageFault
from signing.errors import CertificateFault, PinFault
from signing.model import CertificateInfo, TokenCertificate, TokenSlot
from signing.ports import Signer
from sync.model import Destination, Parcel, ParcelState, Settlement
from sync.ports import Watch
from tests.fakes.carry_api import FakeCarryApi
from tests.fakes.columns import FakeColumns
from tests.fakes.gate import Gate
from tests.fakes.home import FakeHome
from tests.fakes.inbox_api import FakeInbox
from tests.fakes.months_api import FakeMonths
from tests.fakes.outbox_api import FakeOutbox
from tests.fakes.roster_api import FakeRoster, fake_roster
from tests.fakes.secrets import FakeSecrets
from tests.fakes.token_cases import FakeTokenDesk
from tests.fakes.upkeep import FakeUpkeep

NOW = datetime(2026, 10, 21, 2, 30, tzinfo=UTC)
PERIOD = Period(2026, 10)
LAYOUT = "vnpt-d02-tk1-2025-11"
SHEET = "Dữ Liệu"
PIN = "12345678"
SOON_DAYS = 100
PASSWORD = "luyen-tap"
GATEWAY = Destination(url="https://127.0.0.1:4433", ca_pem="a practice authority")
UNIT = Unit(
    code="ZZ0001Z",
    name="Công ty TNHH Mây Trắng (không có thật)",
    tax_code="9900000016",
    agency="079",
    region=1,
    signer="Ngô Văn Mây",
    phone="0900000001",
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("Thị Sao Mai", "Văn Gió", "Thị Mưa Thu", "Văn Núi", "Thị Suối Hoa", "Văn Mây Bạc")
JOBS = ("Công nhân may", "Kế toán", "Nhân viên kho", "Tổ trưởng chuyền")


@dataclass(frozen=True)
class FakePrint:
    """A printed form."""

    name: str = "D02-LT.pdf"
    code: str = "D02-LT"
    official: bool = True
    document: PaperDocument = field(
        default_factory=lambda: PaperDocument(
            title="D02-LT",
            width=842,
            height=595,
            pages=(
                Page((Text(40, 60, "Nguyễn Thị Sao Mai", Face.REGULAR, 12),)),
                Page((Box(40, 40, 10), Stroke(40, 60, 400, 60))),
            ),
        )
    )
    content: bytes = b"%PDF-1.7"

    @property
    def pages(self) -> int:
        return len(self.document.pages)


def row(line: int, **more: str) -> Row:
    """An invented person, right in everything the fake looks at."""
    number = line - 3
    name = f"{FAMILIES[number % len(FAMILIES)]} {GIVEN[number % len(GIVEN)]}"
    values = {
        "stt": str(number),
        "ho_ten": name,
        "ma_so_bhxh": f"99{number:08}",
        "ten_phuong_an": "Tăng mới",
        "phuong_an": "TM",
        "chuc_vu": JOBS[number % len(JOBS)],
        "tien_luong": str(6_500_000 + 250_000 * (number % 9)),
        "tu_thang": "10/2026",
        "cccd": f"0990{number:08}",
        "ngay_sinh": f"{number % 28 + 1:02}/0{number % 9 + 1}/1990",
        "gioi_tinh": str(number % 2),
        "dien_thoai": f"09{number:08}",
    }
    return Row(line, {**values, **more})


def draft(*rows: Row) -> Draft:
    sheet = load(LAYOUT).sheet(Part.LAO_DONG)
    assert sheet is not None
    columns = {column.key: column.letters for column in sheet.named}
    section = Section(part=Part.LAO_DONG, sheet=SHEET, columns=columns, rows=rows)
    return Draft(layout=LAYOUT, source="danh-sach.xlsx", sections=(section,))


def check_row(each: Row) -> Iterator[Finding]:
    """Three rules are enough: an error, a warning, a note."""

    def found(code: str, severity: Severity, key: str, **params: str) -> Finding:
        letters = draft().sections[0].columns[key]
        return Finding(
            code=code,
            severity=severity,
            sheet=SHEET,
            row=each.line,
            column=letters,
            field=key,
            params=params,
        )

    birth, phone, wage = each.get("ngay_sinh"), each.get("dien_thoai"), each.get("tien_luong")
    if birth.count("/") != 2:
        yield found("clean.not_a_date", Severity.ERROR, "ngay_sinh", before=birth)
    if not wage.isdecimal():
        yield found("clean.not_a_number", Severity.ERROR, "tien_luong", before=wage)
    if phone and not phone.startswith("0"):
        right = f"0{phone}"
        yield found(
            "clean.leading_zero",
            Severity.WARNING,
            "dien_thoai",
            before=phone,
            after=right,
            proposed=right,
            source="QĐ 595",
            confidence="L",
        )


def certificate(
    tax_code: str | None = UNIT.tax_code, *, serial: str = "0A", until: datetime | None = None
) -> CertificateInfo:
    return CertificateInfo(
        serial=serial,
        subject="CN=Mây Trắng",
        issuer="CN=Không Có Thật CA",
        common_name="CÔNG TY TNHH MÂY TRẮNG",
        tax_code=tax_code,
        not_before=NOW - timedelta(days=100),
        not_after=until or NOW + timedelta(days=900),
        key_bits=2048,
        signature_hash="sha256",
        der=serial.encode(),
    )


def slot(*certificates: CertificateInfo, **flags: bool) -> TokenSlot:
    usual = {
        "pin_count_low": False,
        "pin_final_try": False,
        "pin_locked": False,
        "has_pin_pad": False,
        "needs_login_to_list": False,
    }
    return TokenSlot(
        slot=0,
        label="TOKEN MÂY",
        manufacturer="Không Có Thật",
        model="M1",
        serial="01",
        certificates=tuple(
            TokenCertificate(certificate=each, key_id="01", has_private_key=True)
            for each in certificates
        ),
        **{**usual, **flags},
    )


@dataclass
class FakeSigner:
    certificate: bytes = b"der"

    def sign(self, octets: bytes) -> bytes:
        return b"signature"


@dataclass
class FakeServices:
    """``slow``: seconds each call sleeps; ``fail``: method name → what it raises, once."""

    practice: bool = False
    default_destination: Destination | None = GATEWAY
    slow: float = 0.0
    gate: Gate = field(default_factory=Gate)
    """closed, it holds every call up"""
    fail: dict[str, BaseException] = field(default_factory=dict)
    _papers: PaperSettings = field(default_factory=PaperSettings)
    calls: list[str] = field(default_factory=list)
    workbooks: WorkbooksApi = field(default_factory=FakeColumns)
    months: FakeMonths = field(default_factory=FakeMonths)
    roster: FakeRoster = field(default_factory=lambda: fake_roster(UNIT, NOW))
    slots: list[TokenSlot] = field(default_factory=list)
    token_desk: FakeTokenDesk = field(default_factory=FakeTokenDesk)
    remarks: tuple[Remark, ...] = ()
    """on every certificate that may sign"""
    late: tuple[Remark, ...] = ()
    """on a key once it is open"""
    last_tries: list[bool] = field(default_factory=list)
    next_import: Draft | None = None
    """what the next workbook holds; None: nothing that can be read"""
    attached: tuple[Path, ...] = ()
    verified: Sequence[VerifiedFile] = ()
    asked_online: bool = False
    home: FakeHome = field(default_factory=FakeHome)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    upkeep: FakeUpkeep = field(default_factory=FakeUpkeep)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    unproven: tuple[Remark, ...] = ()
    gateway_answers: ParcelState = ParcelState.ACCEPTED
    _units: dict[str, Unit] = field(default_factory=dict)
    _dossiers: dict[str, Dossier] = field(default_factory=dict)
    _drafts: dict[str, Draft] = field(default_factory=dict)
    _findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    _files: dict[str, tuple[StoredFile, ...]] = field(default_factory=dict)
    _journal: dict[str, list[JournalEntry]] = field(default_factory=dict)
    _parcels: dict[str, Parcel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.token_desk.slots = self.tokens
        self.carry = FakeCarryApi(self._parcels, self.enqueue, self.dossier)

    def _enter(self, name: str) -> None:
        self.calls.append(name)
        time.sleep(self.slow)
        self.gate.wait()
        fault = self.fail.pop(name, None)
        if fault:
            raise fault

    def now(self) -> datetime:
        return NOW

    @property
    def paper_settings(self) -> PaperSettings:
        return self._papers

    @paper_settings.setter
    def paper_settings(self, settings: PaperSettings) -> None:
        refuse_bad_address(settings)
        self._papers = settings

    # ---- units

    def add_unit(self, unit: Unit) -> None:
        self._enter("add_unit")
        if len(unit.tax_code) != 10:
            raise DataFault("unit.bad_tax_code")
        if unit.code in self._units:
            raise UsageFault("unit.exists", unit=unit.code)
        self._units[unit.code] = unit

    def change_unit(self, unit: Unit) -> None:
        self._enter("change_unit")
        if len(unit.tax_code) != 10:
            raise DataFault("unit.bad_tax_code")
        self._units[unit.code] = unit

    def wrong_in(self, unit: Unit) -> Sequence[DataFault]:
        return faults_of(unit)

    def units(self) -> Sequence[Unit]:
        self._enter("units")
        return tuple(self._units.values())

    def unit(self, code: str) -> Unit:
        return self._units[code]

    # ---- import, roster, declaration

    def import_workbook(
        self,
        workbook: Path,
        *,
        unit_code: str,
        period: Period,
        layout: str = "auto",
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        self._enter("import_workbook")
        for done in range(10):
            if progress:
                progress(done, 10)
            time.sleep(self.slow / 10)
        if self.next_import is None:
            params = {"file": workbook.name}
            unread = Finding(code="workbook.is_pdf", severity=Severity.ERROR, params=params)
            return Imported(dossier=None, findings=(unread,), rows=0, people=0)
        if report:
            report.write_bytes(b"marked")
        dossier = self.bring(self.next_import, unit_code=unit_code, period=period)
        people = len(self.next_import.rows(Part.LAO_DONG))
        return Imported(
            dossier=dossier,
            findings=self._findings[dossier.id],
            rows=people,
            people=people,
            report=report,
        )

    def bring(self, what: Draft, *, unit_code: str = UNIT.code, period: Period = PERIOD) -> Dossier:
        """A new draft dossier."""
        same = [d for d in self._dossiers.values() if d.period == period]
        batch = len(same) + 1
        made = Dossier(
            id=dossier_id(unit_code, period, "600", batch),
            unit_code=unit_code,
            period=period,
            procedure="600",
            batch=batch,
            state=DossierState.DRAFT,
            created=NOW,
        )
        self._dossiers[made.id] = made
        self._drafts[made.id] = what
        self._note(made.id, "event.imported")
        self._recheck(made.id)
        return made

    def _recheck(self, of: str) -> tuple[Finding, ...]:
        rows = self._drafts[of].rows(Part.LAO_DONG)
        self._findings[of] = tuple(found for each in rows for found in check_row(each))
        return self._findings[of]

    def _everybody(self, unit_code: str, words: str) -> list[Row]:
        rows = [
            each
            for dossier in self._dossiers.values()
            if dossier.unit_code == unit_code
            for each in self._drafts[dossier.id].rows(Part.LAO_DONG)
        ]
        return [each for each in rows if plain(words) in plain(each.get("ho_ten"))]

    def people(
        self, unit_code: str, words: str = "", *, limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        self._enter("people")
        found = self._everybody(unit_code, words)[offset : offset + limit]
        return tuple(person(number, each) for number, each in enumerate(found))

    def count_people(self, unit_code: str, words: str = "") -> int:
        self._enter("count_people")
        return len(self._everybody(unit_code, words))

    def dossiers(self, unit_code: str | None = None) -> Sequence[Dossier]:
        self._enter("dossiers")
        every = reversed(self._dossiers.values())
        return tuple(each for each in every if unit_code in (None, each.unit_code))

    def dossier(self, dossier_id: str) -> Dossier:
        return self._dossiers[dossier_id]

    def draft(self, dossier_id: str) -> Draft:
        self._enter("draft")
        return self._drafts[dossier_id]

    def findings(self, dossier_id: str) -> Sequence[Finding]:
        return self._findings[dossier_id]

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        return self._files.get(dossier_id, ())

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]:
        return tuple(self._journal.get(dossier_id, ()))

    def change_rows(self, dossier_id: str, part: str, rows: Sequence[Row]) -> Sequence[Finding]:
        self._enter("change_rows")
        before = self._drafts[dossier_id]
        section, typed = before.sections[0], {row.line: row for row in rows}
        now = tuple(typed.get(each.line, each) for each in section.rows)
        self._drafts[dossier_id] = replace(before, sections=(replace(section, rows=now),))
        self._move(dossier_id, DossierState.DRAFT, "event.changed")
        return self._recheck(dossier_id)

    def check(self, dossier_id: str, progress: Progress | None = None) -> Sequence[Finding]:
        self._enter("check")
        (progress or silent)(0, 1)
        return self._recheck(dossier_id)

    def error_workbook(
        self, dossier_id: str, workbook: Path, out: Path, progress: Progress | None = None
    ) -> Path:
        self._enter("error_workbook")
        (progress or silent)(0, 1)
        if workbook == out:
            raise UsageFault("error_book.over_source", file=out.name)
        out.write_text(f"{len(self._findings[dossier_id])} marked")
        return out

    def build(
        self,
        *,
        unit_code: str,
        period: Period,
        procedure: str = "600",
        attachments: Sequence[Path] = (),
        out: Path | None = None,
        progress: Progress | None = None,
    ) -> Built:
        self._enter("build")
        (progress or silent)(0, 1)
        self.attached = tuple(attachments)
        of = next(
            each
            for each in self.dossiers(unit_code)
            if each.period == period and each.state in {DossierState.DRAFT, DossierState.CHECKED}
        )
        findings = self._recheck(of.id)
        if has_errors(findings):
            return Built(dossier=of, findings=findings, files=())
        self._files[of.id] = tuple(form(name) for name in ("D02-TS-595.xml", "TK1-TS-595.xml"))
        built = self._move(of.id, DossierState.CHECKED, "event.built", filed_on=date(2026, 10, 21))
        return Built(dossier=built, findings=findings, files=self._files[of.id])

    # ---- signing

    def tokens(self, module: Path) -> Sequence[TokenSlot]:
        self._enter("tokens")
        return tuple(self.slots)

    def key_file_certificate(self, key_file: Path, password: str) -> CertificateInfo:
        return certificate()

    @contextmanager
    def open_token(
        self, module: Path, pin: str, serial: str | None = None, *, last_try: bool = False
    ) -> Iterator[Signer]:
        self._enter("open_token")
        self.last_tries.append(last_try)
        if any(slot.pin_final_try for slot in self.slots) and not last_try:
            raise PinFault("pin.last_try_unasked")
        if pin != ("" if any(slot.has_pin_pad for slot in self.slots) else PIN):
            raise PinFault("pin.wrong")
        yield FakeSigner()

    @contextmanager
    def open_key_file(self, key_file: Path, password: str) -> Iterator[Signer]:
        self._enter("open_key_file")
        if password != PASSWORD:
            raise PinFault("key_file.password")
        yield FakeSigner()

    def sign_summary(self, dossier_id: str) -> SignSummary:
        self._enter("sign_summary")
        rows = self._drafts[dossier_id].rows(Part.LAO_DONG)
        return SignSummary(
            dossier=self._dossiers[dossier_id],
            unit=self._units[self._dossiers[dossier_id].unit_code],
            procedure_name="600 – Báo tăng, báo giảm, điều chỉnh đóng BHXH, BHYT, BHTN",
            forms=("D02-TS-595.xml", "TK1-TS-595.xml", "BHXHDienTu.xml"),
            people=len(rows),
            movements=(("TM", len(rows)),),
            total_wage=sum(int(each.get("tien_luong")) for each in rows),
            unproven=self.unproven,
        )

    def check_certificate(self, dossier_id: str, certificate: CertificateInfo) -> Sequence[Remark]:
        if certificate.tax_code != UNIT.tax_code:
            own = certificate.tax_code or "-"
            raise CertificateFault("certificate.other_unit", certificate=own, unit=UNIT.tax_code)
        if not certificate.valid_at(NOW):
            raise CertificateFault("certificate.expired", end="01/02/2025")
        days = (certificate.not_after - NOW).days
        soon = Remark(code="certificate.expiring", params={"days": days})
        return (*((soon,) if days < SOON_DAYS else ()), *self.remarks)

    def check_signer(self, dossier_id: str, signer: Signer) -> Sequence[Remark]:
        return (*self.remarks, *self.late)

    def sign(self, dossier_id: str, signer: Signer, progress: Progress | None = None) -> Dossier:
        self._enter("sign")
        self._enter(f"sign {dossier_id}")
        if progress:
            progress(3, 3)
        return self._move(dossier_id, DossierState.SIGNED, "event.signed")

    def sign_batch(
        self,
        dossier_ids: Sequence[str],
        signer: Signer,
        progress: Progress | None = None,
        stopped: Stopped = never,
    ) -> SignedBatch:
        return SignBatch(sign=self.sign)(dossier_ids, signer, progress, stopped)

    def verify(
        self, files: Sequence[Path], *, online: bool = False, progress: Progress | None = None
    ) -> Sequence[VerifiedFile]:
        self._enter("verify")
        for done in range(len(files)):
            if progress:
                progress(done, len(files))
        self.asked_online = online
        return [each for each in self.verified if each.file in files]

    # ---- sending

    def enqueue(self, dossier_id: str, destination: Destination | None = None) -> Parcel:
        self._enter("enqueue")
        if dossier_id in self._parcels:
            return self._parcels[dossier_id]
        if self.default_destination is None:
            raise UsageFault("send.no_gateway")
        self._parcels[dossier_id] = Parcel(
            id=f"parcel of {dossier_id}",
            dossier_id=dossier_id,
            destination=self.default_destination,
            file_name="BHXHDienTu.xml",
            sha256="0" * 64,
            size=48_500,
            labels={},
            state=ParcelState.WAITING,
            attempts=0,
            next_try=NOW,
        )
        self._move(dossier_id, DossierState.WAITING, "event.enqueued")
        return self._parcels[dossier_id]

    def drain(
        self,
        dossier_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
    ) -> Sequence[Settlement]:
        self._enter("drain")
        if dossier_id is None and self.outbox.paused:
            return ()
        due = [
            each
            for each in self._parcels.values()
            if each.state in {ParcelState.WAITING, ParcelState.SENT}
            and dossier_id in (None, each.dossier_id)
        ]
        for each in due:
            if watch:
                watch(each, each.size // 2, each.size)
        return tuple(self._settle(each) for each in due)

    def _settle(self, parcel: Parcel) -> Settlement:
        self._enter("settle")
        of, state = parcel.dossier_id, self.gateway_answers
        again = NOW + timedelta(minutes=2)
        self._parcels[of] = replace(
            parcel, state=state, attempts=parcel.attempts + 1, next_try=again
        )
        number = None
        outcome = {
            ParcelState.ACCEPTED: "receipt.accepted",
            ParcelState.REFUSED: "gateway.refused",
        }.get(state, "gateway.unreachable")
        after = {
            ParcelState.ACCEPTED: DossierState.ACCEPTED,
            ParcelState.REFUSED: DossierState.REJECTED,
        }.get(state, DossierState.WAITING)
        if state is ParcelState.ACCEPTED:
            number = "00001/2026/07900"
        self._move(of, after, outcome, number=number)
        return Settlement(
            parcel_id=parcel.id,
            at=NOW,
            state=state,
            outcome=outcome,
            next_try=again,
            number=number,
        )

    def parcels(self) -> Sequence[Parcel]:
        self._enter("parcels")
        return tuple(self._parcels.values())

    def receipt(self, dossier_id: str) -> bytes | None:
        return None

    def print_forms(
        self, dossier_id: str, *, form: str = "", progress: Progress | None = None
    ) -> Sequence[FakePrint]:
        self._enter("print_forms")
        if progress:
            progress(1, 2)
        return (FakePrint(),)

    def export(
        self, dossier_id: str, out: Path, progress: Progress | None = None
    ) -> Sequence[Path]:
        self._enter("export")
        (progress or silent)(0, 1)
        out.mkdir(parents=True, exist_ok=True)
        package = out / "BHXHDienTu.xml"
        package.write_bytes(b"<package/>")
        return (package,)

    def take_receipt(self, receipt: Path) -> Taken:
        self._enter("take_receipt")
        of = next(reversed(self._dossiers))
        if receipt.read_bytes() != b"genuine":
            return Taken(dossier=self._dossiers[of], verified=False)
        taken = self._move(of, DossierState.ACCEPTED, "receipt.accepted", number="00002/2026/07900")
        return Taken(dossier=taken, verified=True)

    # ---- bookkeeping

    def _move(
        self,
        of: str,
        after: DossierState,
        event: str,
        *,
        number: str | None = None,
        filed_on: date | None = None,
    ) -> Dossier:
        before = self._dossiers[of]
        moved = replace(before, state=after, number=number, filed_on=filed_on or before.filed_on)
        self._dossiers[of] = moved
        self._note(of, event)
        return moved

    def _note(self, of: str, event: str) -> None:
        entries = self._journal.setdefault(of, [])
        at = NOW + timedelta(minutes=len(entries))
        entries.append(JournalEntry(at=at, event=event, before=None, after=None))


def form(name: str) -> StoredFile:
    return StoredFile(
        form=FormFile(
            name=name,
            kind=FileKind.FORM,
            form_code=name[:6],
            title=name,
            sign_node=f"{name[:6]}/Cky",
            content=b"<form/>",
        ),
        signed=None,
    )


def person(number: int, each: Row) -> Person:
    return Person(
        id=number,
        name=each.get("ho_ten"),
        birth=each.get("ngay_sinh"),
        sex=each.get("gioi_tinh"),
        citizen_id=each.get("cccd"),
        social_number=each.get("ma_so_bhxh"),
        job=each.get("chuc_vu"),
        wage=int(each.get("tien_luong")) if each.get("tien_luong").isdecimal() else None,
        coefficient=None,
        last_movement=each.get("phuong_an"),
        last_period=PERIOD,
    )


def plain(text: str) -> str:
    """Without diacritics and case."""
    bare = "".join(sign for sign in normalize("NFD", text) if not combining(sign))
    return bare.casefold().replace("đ", "d")


def unreachable() -> SurroundingsFault:
    return SurroundingsFault("gateway.unreachable")
