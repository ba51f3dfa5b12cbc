"""The use cases as the window and the command line see them.

``desktop.compose`` hands out one ``Services``.

Every call may raise a ``resources.faults.Fault``; bad data comes back as findings instead.
Calls are synchronous; the window runs them off its own thread.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.services.carry_api import CarryApi
from desktop.services.home import HomeApi
from desktop.services.imported import Imported as Imported
from desktop.services.inbox_api import InboxApi
from desktop.services.months_api import MonthsApi
from desktop.services.outbox_api import OutboxApi
from desktop.services.paper_settings import PaperSettings
from desktop.services.ports import JournalEntry, Person, StoredFile
from desktop.services.progress import Progress as Progress
from desktop.services.reconciled import Reconciled as Reconciled
from desktop.services.rooms import PrintedForm
from desktop.services.roster_api import RosterApi
from desktop.services.secrets_api import SecretsApi
from desktop.services.signing_batch import SignedBatch, Stopped, never
from desktop.services.token_api import TokenDeskApi
from desktop.services.trust_api import TrustApi
from desktop.services.upkeep import UpkeepApi
from desktop.services.workbooks_api import WorkbooksApi
from forms.findings import Finding
from forms.model import Dossier, Draft, Period, Row, Unit
from resources.faults import DataFault, Param
from signing.model import CertificateInfo, SignatureReport, TokenSlot
from signing.ports import Signer
from sync.model import Destination, Parcel, Settlement
from sync.ports import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """``files`` is empty when ``findings`` hold an error."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something a person must be told that stops nothing; its words are looked up at the screen."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSummary:
    """What a person must know before the PIN."""

    dossier: Dossier
    unit: Unit
    procedure_name: str
    forms: tuple[str, ...]
    """file names in order, the envelope last"""
    people: int
    movements: tuple[tuple[str, int], ...]
    """phương án → number of rows"""
    total_wage: int
    """đồng, over rows paid by amount"""
    unproven: tuple[Remark, ...] = ()
    """forms among these whose electronic format could not be confirmed"""
    papers: tuple[Remark, ...] = ()
    """attached papers that will go unsigned, and why"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedFile:
    file: Path
    signatures: tuple[SignatureReport, ...]
    fault: str | None = None
    """code of ``resources/messages`` when nothing can be said of signatures in it"""
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A receipt that was taken in by hand and matched to its dossier."""

    dossier: Dossier
    verified: bool


class Services(Protocol):
    """Everything the program can do."""

    @property
    def months(self) -> MonthsApi:
        """The month's movements."""
        ...

    @property
    def workbooks(self) -> WorkbooksApi:
        """Lists of any layout."""
        ...

    @property
    def roster(self) -> RosterApi:
        """People over time, by unit."""
        ...

    @property
    def token_desk(self) -> TokenDeskApi:
        """Drivers and tokens of this computer: found, watched, explained."""
        ...

    @property
    def secrets(self) -> SecretsApi:
        """What the key store keeps for gateways and proxies."""
        ...

    @property
    def trust(self) -> TrustApi:
        """Roots and issuers that certificates are led to."""
        ...

    @property
    def home(self) -> HomeApi:
        """What must be done now."""
        ...

    @property
    def carry(self) -> CarryApi:
        """Out of this program: for another program, for another computer."""
        ...

    @property
    def outbox(self) -> OutboxApi:
        """Pausing the outbox; what the agency owes by when."""
        ...

    @property
    def inbox(self) -> InboxApi:
        """What the agency wrote: notices, results, statements."""
        ...

    @property
    def upkeep(self) -> UpkeepApi:
        """Copies of the data, and how old the rules are."""
        ...

    practice: bool
    """practice mode: shown on every screen"""
    default_destination: Destination | None
    """where parcels go when nobody says otherwise"""

    # units
    def add_unit(self, unit: Unit) -> None: ...
    def change_unit(self, unit: Unit) -> None:
        """The unit of the same code from now on."""
        ...

    def wrong_in(self, unit: Unit) -> Sequence[DataFault]:
        """``unit.bad_…`` of every field that is wrong; nothing is stored."""
        ...

    def units(self) -> Sequence[Unit]: ...
    def unit(self, code: str) -> Unit: ...

    # import, roster, declaration
    def import_workbook(
        self,
        workbook: Path,
        *,
        unit_code: str,
        period: Period,
        layout: str = "auto",
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported: ...
    def people(
        self, unit_code: str, words: str = "", *, limit: int = 200, offset: int = 0
    ) -> Sequence[Person]: ...
    def count_people(self, unit_code: str, words: str = "") -> int: ...
    def dossiers(self, unit_code: str | None = None) -> Sequence[Dossier]: ...
    def dossier(self, dossier_id: str) -> Dossier: ...
    def draft(self, dossier_id: str) -> Draft: ...
    def findings(self, dossier_id: str) -> Sequence[Finding]: ...
    def files(self, dossier_id: str) -> Sequence[StoredFile]: ...
    def journal(self, dossier_id: str) -> Sequence[JournalEntry]: ...
    def change_rows(self, dossier_id: str, part: str, rows: Sequence[Row]) -> Sequence[Finding]:
        """Replaces the draft rows of the same lines, all of them or none; cleans and checks again.

        A dossier that was built goes back to draft; a signed or sent one refuses.
        """
        ...

    def check(self, dossier_id: str, progress: Progress | None = None) -> Sequence[Finding]: ...
    def error_workbook(
        self, dossier_id: str, workbook: Path, out: Path, progress: Progress | None = None
    ) -> Path:
        """A copy of the user's own workbook at ``out`` with today's findings marked in it."""
        ...

    def build(
        self,
        *,
        unit_code: str,
        period: Period,
        procedure: str = "600",
        attachments: Sequence[Path] = (),
        out: Path | None = None,
        progress: Progress | None = None,
    ) -> Built: ...

    def print_forms(
        self, dossier_id: str, *, form: str = "", progress: Progress | None = None
    ) -> Sequence[PrintedForm]:
        """The forms on paper, as PDF, in the order of the envelope; ``form``: one of them;
        ``progress``: pages written, and all.

        Raises UsageFault ``dossier.unknown``, ``print.*``.
        """
        ...

    # signing
    def tokens(self, module: Path) -> Sequence[TokenSlot]:
        """Slots, tokens and certificates, without a PIN where the driver allows."""
        ...

    def key_file_certificate(self, key_file: Path, password: str) -> CertificateInfo: ...
    def open_token(
        self, module: Path, pin: str, serial: str | None = None, *, last_try: bool = False
    ) -> AbstractContextManager[Signer]:
        """One login for everything signed inside the block. ``serial``: hex of the certificate.

        ``pin`` is empty where it is typed on the device. ``last_try``: a wrong PIN may lock the
        token now, and the person said yes to that.
        """
        ...

    def open_key_file(self, key_file: Path, password: str) -> AbstractContextManager[Signer]: ...
    @property
    def paper_settings(self) -> PaperSettings:
        """How attached papers are signed."""
        ...

    @paper_settings.setter
    def paper_settings(self, settings: PaperSettings) -> None: ...

    def sign_summary(self, dossier_id: str) -> SignSummary: ...
    def check_certificate(self, dossier_id: str, certificate: CertificateInfo) -> Sequence[Remark]:
        """Before the PIN: what to ask or tell before it signs (another branch, soon to expire …).

        Raises CertificateFault when it may not sign for this unit or now.
        """
        ...

    def check_signer(self, dossier_id: str, signer: Signer) -> Sequence[Remark]:
        """As ``check_certificate``, for a key that is open already and has signed nothing yet."""
        ...

    def sign(self, dossier_id: str, signer: Signer, progress: Progress | None = None) -> Dossier:
        """Signs each form, then the envelope; verifies each before anything is stored."""
        ...

    def sign_batch(
        self,
        dossier_ids: Sequence[str],
        signer: Signer,
        progress: Progress | None = None,
        stopped: Stopped = never,
    ) -> SignedBatch:
        """One login for several dossiers, in their order, up to the first that fails, or until
        the person stops between two."""
        ...

    def verify(
        self, files: Sequence[Path], *, online: bool = False, progress: Progress | None = None
    ) -> Sequence[VerifiedFile]:
        """XML and PDF. ``online``: the issuers are asked whether they revoked the certificates;
        ``progress``: files done, of how many."""
        ...

    # sending
    def enqueue(self, dossier_id: str, destination: Destination | None = None) -> Parcel:
        """Marks the dossier and puts its parcel into the outbox in one transaction.

        A dossier that is in the outbox already is left as it is (send again = go on).
        """
        ...

    def drain(
        self,
        dossier_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
    ) -> Sequence[Settlement]:
        """One round over the outbox: every due parcel, some at the same time, unless it is paused;
        or at once the one of this dossier. ``progress``: of all together; ``watch``: of each."""
        ...

    def parcels(self) -> Sequence[Parcel]: ...
    def receipt(self, dossier_id: str) -> bytes | None: ...

    # carrying by hand
    def export(
        self, dossier_id: str, out: Path, progress: Progress | None = None
    ) -> Sequence[Path]: ...
    def take_receipt(self, receipt: Path) -> Taken: ...

    # the agency's notices
    def reconcile(
        self,
        files: Sequence[Path],
        *,
        unit_code: str,
        period: Period,
        month_before: Path | None = None,
    ) -> Reconciled:
        """C12-TS and D09-TS of one month against the dossiers filed here. Stores nothing."""
        ...

    def now(self) -> datetime: ...
