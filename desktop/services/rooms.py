"""What the use cases ask of the three other rooms, as plain callables handed in by ``compose``.

So no use case depends on a driver, a spreadsheet library or a network, and each can be tried
with a few lines of stand-ins.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desktop.services.progress import Progress
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Draft, FormFile, Part, Period, Row, Unit
from forms.paper.document import PaperDocument
from forms.procedures import Deadline
from forms.reconcile.notice import Notices, ParticipantList, Statement
from resources.faults import Param, UsageFault
from signing.model import CertificateInfo, SignatureReport, TokenSlot
from signing.ports import Signer
from sync.metered import Metered, MeteredNow
from sync.model import Destination, Settlement
from sync.ports import Gateway, Judge, Mailbox, Outbox, Watch


class ReadResult(Protocol):
    """A workbook as read: no draft when nothing usable stands in it."""

    @property
    def draft(self) -> Draft | None: ...

    @property
    def findings(self) -> tuple[Finding, ...]: ...


class ReadWorkbook(Protocol):
    def __call__(
        self,
        path: Path,
        *,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> ReadResult: ...


class WriteReport(Protocol):
    """Writes the user's own workbook with its findings marked, to ``out``."""

    def __call__(
        self,
        source: Path,
        findings: Sequence[Finding],
        out: Path,
        progress: Progress | None = None,
    ) -> None: ...


class Check(Protocol):
    """``earlier``: main-list rows of the unit's other declarations for the period."""

    def __call__(
        self,
        draft: Draft,
        *,
        unit: Unit,
        period: Period,
        filing_date: date,
        procedure: str,
        earlier: Sequence[Row],
        progress: Progress | None = None,
    ) -> tuple[Finding, ...]: ...


class CheckDossier(Protocol):
    """What a procedure asks of its dossier as a whole."""

    def __call__(
        self,
        procedure: str,
        forms_present: Sequence[str],
        *,
        movements: Sequence[str],
        papers: Sequence[str],
        filing_date: date,
        on_time: bool,
    ) -> tuple[Finding, ...]: ...


class RenderForms(Protocol):
    def __call__(
        self, draft: Draft, unit: Unit, period: Period, *, procedure: str, filing_date: date
    ) -> tuple[FormFile, ...]: ...


class RenderEnvelope(Protocol):
    def __call__(
        self,
        files: Sequence[tuple[FormFile, bytes]],
        unit: Unit,
        period: Period,
        *,
        procedure: str,
        filing_date: date,
    ) -> FormFile: ...


class CheckPackage(Protocol):
    """An envelope, read back, against the dossier that it was made from."""

    def __call__(
        self,
        package: bytes,
        unit: Unit,
        period: Period,
        *,
        procedure: str,
        filing_date: date,
        forms: Sequence[str],
    ) -> tuple[Finding, ...]: ...


class PrintedForm(Protocol):
    """A form on paper."""

    @property
    def name(self) -> str:
        """of its file, such as ``D02-LT.pdf``"""
        ...

    @property
    def code(self) -> str: ...

    @property
    def official(self) -> bool:
        """False: set plainly, because the printed look of this version is not known"""
        ...

    @property
    def pages(self) -> int: ...

    @property
    def document(self) -> PaperDocument:
        """the pages, for a screen or a printer"""
        ...

    @property
    def content(self) -> bytes:
        """the same as PDF"""
        ...


class PrintDraft(Protocol):
    """The forms that a draft has rows for; ``only``: one of them, by any of its names;
    ``practice``: every page says that it is no real one."""

    def __call__(
        self,
        draft: Draft,
        unit: Unit,
        period: Period,
        *,
        procedure: str,
        filing_date: date,
        made: datetime,
        only: str = "",
        practice: bool = False,
        progress: Progress | None = None,
    ) -> Sequence[PrintedForm]: ...


class PrintNotices(Protocol):
    """The agency's C12-TS and D09-TS as they were read. Raises UsageFault
    ``print.notice_differs`` where the paper would say other than the notice."""

    def __call__(
        self,
        statement: Statement | None,
        participants: ParticipantList | None,
        unit: Unit,
        period: Period,
        *,
        made: datetime,
        practice: bool = False,
        progress: Progress | None = None,
    ) -> Sequence[PrintedForm]: ...


def _prints_nothing(*_args: object, **_named: object) -> Sequence[PrintedForm]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsRoom:
    """Workbooks, checks and forms."""

    read_workbook: ReadWorkbook
    write_report: WriteReport
    clean_row: Callable[[str, Part, Row], tuple[Row, tuple[Finding, ...]]]
    """(layout, part, row with typed values) → the row in canonical form and what was found;
    the findings name row and field"""
    check: Check
    check_dossier: CheckDossier
    forms_of: Callable[[Draft, str, date], tuple[str, ...]]
    """(draft, procedure, filing date) → codes of the forms that the draft has rows for"""
    check_package: CheckPackage
    rules_hash: Callable[[], str]
    """SHA-256 of the rule data that ``check`` goes by"""
    render_forms: RenderForms
    render_envelope: RenderEnvelope
    attachment: Callable[[str, bytes], FormFile]
    """(file name, content)"""
    unproven: Callable[[str, Sequence[str], date], tuple[str, ...]]
    """(procedure, codes of its forms, filing date) → those, and the envelope, whose electronic
    format could not be confirmed"""
    read_notices: Callable[[Path], Notices]
    """a workbook with C12-TS, D09-TS or both"""
    procedure_name: Callable[[str], str]
    """raises UsageFault for a procedure that the program does not know"""
    print_draft: PrintDraft = _prints_nothing
    print_notices: PrintNotices = _prints_nothing


class SignDocument(Protocol):
    def __call__(
        self, document: bytes, node: str, signer: Signer, *, signing_time: datetime
    ) -> bytes: ...


class VerifyOwn(Protocol):
    """Raises SigningBug ``sign.unverified`` unless what we signed is intact and ours."""

    def __call__(self, document: bytes, node: str, certificate: bytes) -> object: ...


class CertificateNotice(Protocol):
    """What to ask or tell before a certificate signs."""

    @property
    def code(self) -> str: ...

    @property
    def params(self) -> tuple[tuple[str, Param], ...]: ...


class CheckForUnit(Protocol):
    """Raises CertificateFault when the certificate may not sign for this MST at that time."""

    def __call__(
        self, info: CertificateInfo, tax_code: str, now: datetime
    ) -> Sequence[CertificateNotice]: ...


class OpenToken(Protocol):
    """``serial``: hex of the certificate; ``last_try``: the person said yes to a try after which
    the token may be locked."""

    def __call__(
        self, module: Path, pin: str, serial: str | None = None, *, last_try: bool = False
    ) -> AbstractContextManager[Signer]: ...


class SignedPdf(Protocol):
    @property
    def content(self) -> bytes: ...

    @property
    def timestamp_fault(self) -> str:
        """code of what kept a wished timestamp from it; empty when nothing did"""
        ...


class SignPdf(Protocol):
    """``timestamp_url``: of an authority (RFC 3161), or empty."""

    def __call__(
        self,
        content: bytes,
        signer: Signer,
        *,
        signing_time: datetime,
        timestamp_url: str,
        timestamp_required: bool,
    ) -> SignedPdf: ...


def _no_obstacle(_content: bytes) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRoom:
    """Tokens, certificates and signatures."""

    read_certificate: Callable[[bytes], CertificateInfo]
    check_for_unit: CheckForUnit
    sign_document: SignDocument
    verify_own: VerifyOwn
    verify_document: Callable[[bytes], Sequence[SignatureReport]]
    """every signature of one XML file and of the forms it carries; raises a DataFault when it is
    no signed XML"""
    list_tokens: Callable[[Path], Sequence[TokenSlot]]
    open_token: OpenToken
    open_key_file: Callable[[Path, str], AbstractContextManager[Signer]]
    """(PKCS#12 file, password)"""
    sign_pdf: SignPdf | None = None
    """None: attached papers go as they are"""
    pdf_obstacle: Callable[[bytes], str | None] = _no_obstacle
    """code of why a PDF cannot be signed (``pdf.*``), or None"""


class Drain(Protocol):
    def __call__(
        self,
        outbox: Outbox,
        gateway_for: Callable[[Destination], Gateway],
        judge: Judge,
        *,
        now: Callable[[], datetime],
        parcel_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
        paused: Callable[[], bool] = ...,
    ) -> Sequence[Settlement]: ...


class Notice(Protocol):
    """What a receipt says, before anyone believes it."""

    @property
    def unit_code(self) -> str: ...

    @property
    def period(self) -> str:
        """MM/yyyy"""
        ...

    @property
    def procedure(self) -> str: ...

    @property
    def transaction(self) -> str: ...

    @property
    def number(self) -> str:
        """số hồ sơ, or empty"""
        ...

    @property
    def sha256(self) -> str: ...


def _unknown_cost() -> Metered:
    return Metered.UNKNOWN


def _nothing_to_forgive(_destination: Destination) -> None:
    """Where no gateway is ever left in peace."""


def _no_mailbox(destination: Destination) -> Mailbox:
    raise UsageFault("inbox.no_mailbox", adapter=destination.adapter)


def _no_deadline(_procedure: str) -> Deadline | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingRoom:
    """Outbox, gateways and receipts."""

    drain: Drain
    gateway_for: Callable[[Destination], Gateway]
    judge: Judge
    read_notice: Callable[[bytes], Notice]
    """raises a DataFault when the file is no notice"""
    deadline_of: Callable[[str], Deadline | None] = _no_deadline
    """(procedure) → by when its result is due; None where that is not known"""
    mailbox_for: Callable[[Destination], Mailbox] = _no_mailbox
    """raises UsageFault ``inbox.no_mailbox`` where the way of sending has none"""
    forgive: Callable[[Destination], None] = _nothing_to_forgive
    """somebody wants this gateway tried now, however often it failed of late"""
    metered: MeteredNow = _unknown_cost
