"""A whole program over stand-ins: what a use case promises, without its surroundings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.services.all import AllServices
from desktop.services.destinations import Destinations
from desktop.services.progress import Progress, silent
from desktop.services.rooms import FormsRoom, PrintedForm, SendingRoom, SigningRoom
from desktop.services.workbook_cases import WorkbooksRoom
from forms.excel.mapping import ColumnMapping
from forms.excel.notices import read_notices
from forms.excel.preview import first_rows, guess_columns_below, guess_workbook
from forms.findings import Finding, Severity
from forms.model import Draft, FileKind, FormFile, Part, Period, Row, Section, Unit
from resources.faults import DataFault, UsageFault
from signing.certificates import CertificateNotice
from signing.errors import CertificateFault, DeviceFault, SigningBug
from signing.model import CertificateInfo, Intact, SignatureReport, TokenSlot
from signing.ports import Signer
from signing.trust.desk import TrustDesk
from sync.errors import Transient
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement, Verdict
from sync.ports import Gateway, Judge, Mailbox, Outbox, Watch
from tests.fakes.carry_room import FakeCarry
from tests.fakes.memory_store import MemoryStore
from tests.fakes.roster_room import roster_room
from tests.fakes.token_room import FakeTokens
from tests.fakes.upkeep import FakeUpkeep

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
"""in Viet Nam it is 01:30 of the next day"""
PERIOD = Period(2026, 11)
UNIT = Unit(
    code="ZZ0001Z",
    name="CÔNG TY MÂY TRẮNG (không có thật)",
    tax_code="9900000016",
    agency="079",
    region=1,
    signer="Ngô Văn Mây",
    phone="0900000001",
)
CONTRACT_MISSING = Finding(
    code="dossier.paper.hop_dong", severity=Severity.WARNING, params={"movement": "TM"}
)
LOOPBACK = Destination(url="https://127.0.0.1:4433", ca_pem="practice ca")
FAR = Destination(url="https://gateway.example.vn", ca_pem="")


def person(line: int, name: str, **more: str) -> Row:
    return Row(line, {"ho_ten": name, "phuong_an": "TM", "tien_luong": "7000000", **more})


def papers_of(*names: str) -> Section:
    rows = tuple(Row(line, {"ten_loai_van_ban": name}) for line, name in enumerate(names, 4))
    columns = {"ten_loai_van_ban": "D"}
    return Section(part=Part.BANG_KE, sheet="Bảng kê", columns=columns, rows=rows)


def draft_of(*rows: Row) -> Draft:
    columns = {"ho_ten": "B", "ma_so_bhxh": "C", "phuong_an": "G", "tien_luong": "J"}
    section = Section(part=Part.LAO_DONG, sheet="Dữ Liệu", columns=columns, rows=rows)
    return Draft(layout="stand-in", source="danh-sach.xlsx", sections=(section,))


def name_missing(row: int) -> Finding:
    return Finding(
        code="check.name",
        severity=Severity.ERROR,
        sheet="Dữ Liệu",
        row=row,
        column="B",
        field="ho_ten",
    )


def wage_missing(row: int) -> Finding:
    return Finding(
        code="check.wage",
        severity=Severity.ERROR,
        sheet="Dữ Liệu",
        row=row,
        column="J",
        field="tien_luong",
    )


@dataclass(frozen=True)
class Read:
    draft: Draft | None
    findings: tuple[Finding, ...] = ()


def clean_row(layout: str, part: Part, row: Row) -> tuple[Row, tuple[Finding, ...]]:
    """Strips; a wage with letters in it stays as it was typed."""
    values = {key: text.strip() for key, text in row.values.items() if text.strip()}
    faulty = any(sign.isalpha() for sign in values.get("tien_luong", ""))
    finding = Finding(
        code="clean.not_a_number", severity=Severity.ERROR, row=row.line, field="tien_luong"
    )
    return Row(row.line, values), (finding,) if faulty else ()


@dataclass(frozen=True)
class MadeUp:
    forms: tuple[str, ...]
    movements: tuple[str, ...]
    papers: tuple[str, ...]
    on_time: bool


def forms_of(draft: Draft, procedure: str, filing_date: date) -> tuple[str, ...]:
    lists = {Part.LAO_DONG: "D02-TS", Part.BANG_KE: "D01-TS"}
    return tuple(code for part, code in lists.items() if draft.rows(part))


def judged(row: Row) -> Iterator[Finding]:
    if not row.get("ho_ten"):
        yield name_missing(row.line)
    if not row.get("tien_luong").replace(".", "").isdecimal():
        yield wage_missing(row.line)


@dataclass
class Forms:
    """Stand-in for ``forms``: what stands in the workbook is said by the test."""

    read: Read = field(default_factory=lambda: Read(draft_of(person(4, "Trần Thị Gió"))))
    checked_on: list[date] = field(default_factory=list)
    mappings: list[ColumnMapping | None] = field(default_factory=list)
    """by which each workbook was read"""
    earlier: list[tuple[str, ...]] = field(default_factory=list)
    """names declared before, as each check was told"""
    largest_package: int = 10_000
    unproven: frozenset[str] = frozenset()
    rules: str = "rules of 2026"
    package_findings: tuple[Finding, ...] = ()
    """what reading the package back finds"""
    made_up: list["MadeUp"] = field(default_factory=list)
    """how each dossier that was checked is made up"""
    at_check: Callable[[], object] = lambda: None
    """what somebody else does while the checks run"""
    printed: tuple[PrintedForm, ...] = ()
    """whatever is to be printed"""

    def room(self) -> FormsRoom:
        return FormsRoom(
            read_workbook=self.read_workbook,
            write_report=self.write_report,
            clean_row=clean_row,
            check=self.check,
            check_dossier=self.check_dossier,
            forms_of=forms_of,
            check_package=lambda *_args, **_named: self.package_findings,
            rules_hash=lambda: self.rules,
            render_forms=self.render_forms,
            render_envelope=self.render_envelope,
            attachment=self.attachment,
            unproven=lambda _procedure, codes, _day: tuple(
                code for code in codes if code in self.unproven
            ),
            read_notices=read_notices,
            procedure_name=self.procedure_name,
            print_draft=lambda *_args, **_named: self.printed,
        )

    def read_workbook(
        self,
        path: Path,
        *,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Read:
        self.mappings.append(mapping)
        if progress:
            progress(1, 1)
        return self.read

    def write_report(
        self,
        source: Path,
        findings: Sequence[Finding],
        out: Path,
        progress: Progress | None = None,
    ) -> None:
        (progress or silent)(0, 1)
        out.write_text(f"{source.name}: {len(findings)}", encoding="utf-8")

    def check(
        self,
        draft: Draft,
        *,
        unit: Unit,
        period: Period,
        filing_date: date,
        procedure: str,
        earlier: Sequence[Row],
        progress: Progress | None = None,
    ) -> tuple[Finding, ...]:
        (progress or silent)(0, len(draft.rows(Part.LAO_DONG)))
        self.earlier.append(tuple(row.get("ho_ten") for row in earlier))
        self.checked_on.append(filing_date)
        self.at_check()
        return tuple(found for row in draft.rows(Part.LAO_DONG) for found in judged(row))

    def check_dossier(
        self,
        procedure: str,
        forms_present: Sequence[str],
        *,
        movements: Sequence[str],
        papers: Sequence[str],
        filing_date: date,
        on_time: bool,
    ) -> tuple[Finding, ...]:
        """Asks for a contract with what is reported late."""
        made = MadeUp(tuple(forms_present), tuple(movements), tuple(papers), on_time=on_time)
        self.made_up.append(made)
        return () if on_time or "Hợp đồng" in papers else (CONTRACT_MISSING,)

    def render_forms(
        self, draft: Draft, unit: Unit, period: Period, *, procedure: str, filing_date: date
    ) -> tuple[FormFile, ...]:
        names = ", ".join(row.get("ho_ten") for row in draft.rows(Part.LAO_DONG))
        return tuple(
            FormFile(
                name=f"{code}-595.xml",
                kind=FileKind.FORM,
                form_code=code,
                title=code,
                sign_node=f"{code}/Cky",
                content=f"<{code}>{names} {filing_date:%d/%m/%Y}</{code}>".encode(),
            )
            for code in ("D02-TS", "TK1-TS")
        )

    def render_envelope(
        self,
        files: Sequence[tuple[FormFile, bytes]],
        unit: Unit,
        period: Period,
        *,
        procedure: str,
        filing_date: date,
    ) -> FormFile:
        content = b"<Hoso>" + b"".join(signed for _, signed in files) + b"</Hoso>"
        if len(content) > self.largest_package:
            raise DataFault("package.too_large", size_mb=1, limit_mb=1)
        return FormFile(
            name="BHXHDienTu.xml",
            kind=FileKind.ENVELOPE,
            form_code="BHXHDienTu",
            title="",
            sign_node="Hoso/CKy_Dvi",
            content=content,
        )

    def attachment(self, name: str, content: bytes) -> FormFile:
        return FormFile(
            name=name,
            kind=FileKind.ATTACHMENT,
            form_code="CT-DK",
            title="",
            sign_node=None,
            content=content,
        )

    def procedure_name(self, code: str) -> str:
        if code != "600":
            raise UsageFault("procedure.unknown", procedure=code)
        return "Báo tăng, báo giảm"


@dataclass(frozen=True)
class Key:
    """A key whose certificate names an MST and whose signature is its own name."""

    tax_code: str = UNIT.tax_code
    broken: bool = False

    @property
    def certificate(self) -> bytes:
        return self.tax_code.encode()

    def sign(self, octets: bytes) -> bytes:
        if self.broken:
            raise DeviceFault("token.removed")
        return b"signed by " + self.certificate


@dataclass
class Signing:
    """Stand-in for ``signing``: a signature is a tail of the document."""

    spoil: str = ""
    """name of a node whose signature comes out wrong"""
    reports: Sequence[SignatureReport] = ()
    """what looking at any signed document finds"""

    def room(self) -> SigningRoom:
        return SigningRoom(
            read_certificate=certificate,
            check_for_unit=self.check_for_unit,
            sign_document=self.sign_document,
            verify_own=self.verify_own,
            verify_document=self.verify_document,
            list_tokens=self.list_tokens,
            open_token=self.open_token,
            open_key_file=self.open_key_file,
        )

    def check_for_unit(
        self, info: CertificateInfo, tax_code: str, now: datetime
    ) -> tuple[CertificateNotice, ...]:
        if info.tax_code == f"{tax_code}-001":
            return (CertificateNotice(code="certificate.branch", params=(("branch", "001"),)),)
        if info.tax_code != tax_code:
            raise CertificateFault("certificate.other_unit")
        return ()

    def sign_document(
        self, document: bytes, node: str, signer: Signer, *, signing_time: datetime
    ) -> bytes:
        return document + b"|" + signer.sign(document)

    def verify_own(self, document: bytes, node: str, certificate: bytes) -> None:
        if node == self.spoil or not document.endswith(b"|signed by " + certificate):
            raise SigningBug("sign.unverified", node=node)

    def verify_document(self, document: bytes) -> Sequence[SignatureReport]:
        if b"|signed by " not in document:
            raise DataFault("verify.not_signed")
        return self.reports

    def list_tokens(self, module: Path) -> Sequence[TokenSlot]:
        return ()

    def open_token(
        self, module: Path, pin: str, serial: str | None = None, *, last_try: bool = False
    ) -> AbstractContextManager[Signer]:
        return opened(Key())

    def open_key_file(self, key_file: Path, password: str) -> AbstractContextManager[Signer]:
        return opened(Key())


@contextmanager
def opened(key: Key) -> Iterator[Signer]:
    yield key


def report_of(serial: str, *, node: str = "Hoso/CKy_Dvi", intact: bool = True) -> SignatureReport:
    """What can be said of a signature of the unit's."""
    return SignatureReport(
        node=node,
        intact=Intact.YES if intact else Intact.NO,
        strict=True,
        quirks=(),
        certificate=replace(certificate(UNIT.tax_code.encode()), serial=serial),
        algorithms=(),
        weak=(),
        signing_time=NOW,
        signing_time_protected=False,
    )


def certificate(der: bytes) -> CertificateInfo:
    return CertificateInfo(
        serial="0A1B",
        subject="",
        issuer="",
        common_name="",
        tax_code=der.decode(),
        not_before=NOW,
        not_after=NOW,
        key_bits=2048,
        signature_hash="sha256",
        der=der,
    )


@dataclass(frozen=True)
class ReadNotice:
    """A receipt as one line: ``unit period procedure transaction sha256 seal``."""

    unit_code: str
    period: str
    procedure: str
    transaction: str
    sha256: str
    seal: str
    number: str = ""

    @classmethod
    def read(cls, content: bytes) -> "ReadNotice":
        words = content.decode().split()
        if len(words) != 6:
            raise DataFault("notice.not_one")
        cells = ["" if word == "-" else word for word in words]
        return cls(*cells)


class StandInGateway:
    """Takes everything and answers with a receipt."""

    idempotent = True

    def __init__(self, destination: Destination) -> None:
        self.destination = destination

    def deliver(
        self,
        parcel: Parcel,
        content: bytes,
        *,
        remember_upload: Callable[[str], None],
        progress: Callable[[int, int], None],
    ) -> Answer:
        progress(len(content), len(content))
        return self.ask(parcel)

    def ask(self, parcel: Parcel) -> Answer:
        labels = parcel.labels
        words = [labels["unit_code"], labels["period"], labels["procedure"], "GD1"]
        receipt = " ".join([*words, parcel.sha256, "genuine"]).encode()
        return Answer(verdict=Verdict.ACCEPTED, transaction="GD1", receipt=receipt, raw=receipt)


def judge(parcel: Parcel, answer: Answer, now: datetime) -> Settlement:
    notice = ReadNotice.read(answer.receipt or b"")
    believed = notice.seal != "forged" and bool(parcel.destination.ca_pem)
    refused = notice.seal == "refusal"
    state = ParcelState.REFUSED if refused else ParcelState.ACCEPTED
    return Settlement(
        parcel_id=parcel.id,
        at=now,
        state=state if believed else ParcelState.SENT,
        outcome=f"outcome.{state.value}" if believed else "receipt.untrusted",
        next_try=now,
        transaction=notice.transaction,
        number="00001/2026/07900" if believed and not refused else None,
        receipt=answer.receipt,
        answer=answer.raw,
    )


@dataclass
class Sending:
    """Stand-in for ``sync``: one round without tries and pauses."""

    reached: list[Destination] = field(default_factory=list)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    """by the gateway's address"""
    forgiven: list[Destination] = field(default_factory=list)

    def room(self) -> SendingRoom:
        return SendingRoom(
            drain=self.drain,
            gateway_for=self.gateway,
            judge=judge,
            read_notice=ReadNotice.read,
            mailbox_for=self.mailbox,
            forgive=self.forgiven.append,
        )

    def mailbox(self, destination: Destination) -> Mailbox:
        if destination.url not in self.mailboxes:
            raise Transient("gateway.unreachable")
        return self.mailboxes[destination.url]

    def gateway(self, destination: Destination) -> Gateway:
        self.reached.append(destination)
        return StandInGateway(destination)

    def drain(
        self,
        outbox: Outbox,
        gateway_for: Callable[[Destination], Gateway],
        judge: Judge,
        *,
        now: Callable[[], datetime],
        parcel_id: str | None = None,
        progress: Callable[[int, int], None] | None = None,
        watch: Watch | None = None,
        paused: Callable[[], bool] = lambda: False,
    ) -> Sequence[Settlement]:
        settled: list[Settlement] = []
        if parcel_id is None and paused():
            return settled
        while (parcel := outbox.claim(now(), parcel_id)) is not None:
            gateway = gateway_for(parcel.destination)
            answer = gateway.deliver(
                parcel,
                outbox.content(parcel.id),
                remember_upload=lambda _url: None,
                progress=progress or (lambda _done, _total: None),
            )
            if watch:
                watch(parcel, parcel.size, parcel.size)
            settled.append(judge(parcel, answer, now()))
            outbox.settle(settled[-1])
        return settled


@dataclass
class Desk:
    """The program with everything around it within the test's reach."""

    practice: bool = True
    store: MemoryStore = field(default_factory=MemoryStore)
    forms: Forms = field(default_factory=Forms)
    signing: Signing = field(default_factory=Signing)
    sending: Sending = field(default_factory=Sending)
    tokens: FakeTokens = field(default_factory=FakeTokens)
    carry: FakeCarry = field(default_factory=FakeCarry)
    now: datetime = NOW
    unit_known: bool = False

    def __post_init__(self) -> None:
        destinations = Destinations(
            store=self.store, practice=self.practice, practice_gateway=lambda: LOOPBACK
        )
        self.services = AllServices(
            store=self.store,
            forms=self.forms.room(),
            signing=self.signing.room(),
            sending=self.sending.room(),
            roster=roster_room(),
            workbooks=WorkbooksRoom(
                guess=guess_workbook, guess_below=guess_columns_below, first_rows=first_rows
            ),
            tokens=self.tokens.room(),
            trust=TrustDesk(Path("no-such-folder")),
            carry=self.carry.room(),
            destinations=destinations,
            upkeep=FakeUpkeep(),
            words=spoken,
            clock=lambda: self.now,
        )
        if not self.unit_known:
            self.services.add_unit(UNIT)

    def imported(self, *rows: Row) -> str:
        if rows:
            self.forms.read = Read(draft_of(*rows))
        done = self.services.import_workbook(
            Path("danh-sach.xlsx"), unit_code=UNIT.code, period=PERIOD
        )
        assert done.dossier
        return done.dossier.id

    def built(self, *rows: Row) -> str:
        dossier_id = self.imported(*rows)
        self.services.build(unit_code=UNIT.code, period=PERIOD)
        return dossier_id

    def signed(self) -> str:
        dossier_id = self.built()
        self.services.sign(dossier_id, Key())
        return dossier_id


def spoken(code: str, params: Mapping[str, str | int]) -> str:
    return " ".join([code, *map(str, params.values())])


def retold(unit: Unit, **changes: str | int) -> Unit:
    return replace(unit, **changes)  # type: ignore[arg-type]  # the tests name any field
