"""All use cases behind one door. Delegation only: what is done stands in the modules beside."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.services.api import (
    Built,
    Imported,
    Progress,
    Reconciled,
    Remark,
    SignSummary,
    Taken,
    VerifiedFile,
)
from desktop.services.building import BuildForms
from desktop.services.carry_api import CarryApi
from desktop.services.carry_cases import CarryCases
from desktop.services.carry_rooms import CarryRoom
from desktop.services.carrying import ExportDossier
from desktop.services.checking import CheckDossier
from desktop.services.destinations import Destinations
from desktop.services.editing import ChangeRows
from desktop.services.error_book import WriteErrorWorkbook
from desktop.services.expecting import ExpectedFromDossiers
from desktop.services.home import HomeApi, HomeCases
from desktop.services.import_again import ImportRowsAgain
from desktop.services.importing import ImportWorkbook
from desktop.services.inbox_api import InboxApi
from desktop.services.inbox_cases import InboxCases
from desktop.services.known_keys import TokenKey
from desktop.services.letter_fetching import FetchLetters
from desktop.services.letter_keeping import KeepLetter, KeepReceipt
from desktop.services.letter_taking import TakeLetters
from desktop.services.month_lists import MonthLists
from desktop.services.months_api import MonthsApi
from desktop.services.months_cases import MonthsCases
from desktop.services.outbox_api import OutboxApi
from desktop.services.outbox_cases import OutboxCases
from desktop.services.paper_settings import PaperSettings
from desktop.services.paper_signing import PaperCases
from desktop.services.ports import Clock, JournalEntry, Person, Store, StoredFile
from desktop.services.printing import PrintForms
from desktop.services.queries import Queries
from desktop.services.receiving import TakeReceipt
from desktop.services.reconciling import ReconcileNotices
from desktop.services.rooms import FormsRoom, PrintedForm, SendingRoom, SigningRoom
from desktop.services.roster_api import RosterApi
from desktop.services.roster_cases import RosterCases, RosterRoom
from desktop.services.secrets_api import Locker, SecretCases, SecretsApi
from desktop.services.sending import DrainOutbox, EnqueueDossier
from desktop.services.signing_batch import SignBatch, SignedBatch, Stopped, never
from desktop.services.signing_cases import KeyFileSigner, SignDossier
from desktop.services.summary import SummariseForSigning
from desktop.services.token_api import TokenDeskApi
from desktop.services.token_cases import TokenCases, TokenRoom
from desktop.services.trust_api import TrustApi, TrustRoom
from desktop.services.unit_cases import UnitCases, faults_of
from desktop.services.upkeep import UpkeepApi
from desktop.services.verifying import TrustCases, VerifyFiles
from desktop.services.workbook_cases import WorkbookCases, WorkbooksRoom
from desktop.services.workbooks import Workbooks
from desktop.services.workbooks_api import WorkbooksApi
from forms.findings import Finding
from forms.model import Dossier, Draft, Period, Row, Unit
from resources.faults import DataFault
from signing.model import CertificateInfo, TokenSlot
from signing.ports import Signer
from sync.model import Destination, Parcel, Settlement
from sync.ports import Watch

Words = Callable[[str, Mapping[str, str | int]], str]


class AllServices:
    """``desktop.services.api.Services`` over the rooms it is given."""

    def __init__(
        self,
        *,
        store: Store,
        forms: FormsRoom,
        signing: SigningRoom,
        sending: SendingRoom,
        roster: RosterRoom,
        workbooks: WorkbooksRoom,
        tokens: TokenRoom,
        trust: TrustRoom,
        carry: CarryRoom,
        destinations: Destinations,
        upkeep: UpkeepApi,
        words: Words,
        clock: Clock,
        locker: Locker | None = None,
    ) -> None:
        self.upkeep, self.practice = upkeep, destinations.practice
        self._store, self._clock, self._signing = store, clock, signing
        self._destinations, self._words = destinations, words
        self.secrets: SecretsApi = SecretCases(locker)
        self._queries = Queries(store=store)
        self._units = UnitCases(store=store)
        self.roster: RosterApi = RosterCases(store=store, clock=clock, room=roster)
        mapped = WorkbookCases(store=store, forms=forms, clock=clock, room=workbooks)
        lists = MonthLists(forms=forms, columns=mapped.columns, remember=mapped.remember)
        self.months: MonthsApi = MonthsCases(store=store, forms=forms, clock=clock, lists=lists)
        self.home: HomeApi = HomeCases(store=store, months=self.months, clock=clock)
        again = ImportRowsAgain(store=store, forms=forms, clock=clock, columns=mapped.columns)
        self.workbooks: WorkbooksApi = Workbooks(mapped=mapped, again=again)
        self.token_desk: TokenDeskApi = TokenCases(store=store, room=tokens, clock=clock)
        self._open_declaring(forms)
        self._verify = VerifyFiles(signing=signing, trust=trust, clock=clock)
        self.trust: TrustApi = TrustCases(room=trust)
        self._open_signing(forms)
        self._open_sending(sending)
        self._open_carrying(carry, forms)
        self._open_inbox(sending, forms)

    def _open_declaring(self, forms: FormsRoom) -> None:
        store, clock = self._store, self._clock
        self._import = ImportWorkbook(store=store, forms=forms, clock=clock)
        self._change_rows = ChangeRows(store=store, forms=forms, clock=clock)
        self.check = CheckDossier(store=store, forms=forms, clock=clock)
        self.error_workbook = WriteErrorWorkbook(store=store, forms=forms)
        self._build = BuildForms(store=store, forms=forms, clock=clock)
        self._print = PrintForms(
            store=store, print_draft=forms.print_draft, clock=clock, practice=self.practice
        )
        self._reconcile = ReconcileNotices(
            read_workbook=forms.read_notices, expected=ExpectedFromDossiers(store)
        )

    def _open_signing(self, forms: FormsRoom) -> None:
        store, clock, signing = self._store, self._clock, self._signing
        self._summary = SummariseForSigning(store=store, forms=forms, clock=clock)
        self._sign = SignDossier(
            store=store, forms=forms, signing=signing, clock=clock, practice=self.practice
        )
        self._sign_batch = SignBatch(sign=self._sign)
        self._papers = PaperCases(store=store, signing=signing)

    def _open_sending(self, sending: SendingRoom) -> None:
        store, clock, destinations = self._store, self._clock, self._destinations
        self._enqueue = EnqueueDossier(store=store, destinations=destinations, clock=clock)
        self._drain = DrainOutbox(
            store=store, sending=sending, destinations=destinations, clock=clock
        )
        self.outbox: OutboxApi = OutboxCases(
            store=store,
            drain=self._drain,
            clock=clock,
            deadline_of=sending.deadline_of,
            metered_now=sending.metered,
        )
        self._keep = KeepLetter(store=store, clock=clock)
        self._take = TakeReceipt(
            store=store,
            sending=sending,
            keep=KeepReceipt(keep=self._keep, default=destinations.default),
            clock=clock,
            default=destinations.default,
        )

    def _open_inbox(self, sending: SendingRoom, forms: FormsRoom) -> None:
        store, keep, destinations = self._store, self._keep, self._destinations
        taking = TakeLetters(
            store=store, keep=keep, read_workbook=forms.read_notices, default=destinations.default
        )
        fetching = FetchLetters(
            store=store, keep=keep, destinations=destinations, mailbox_for=sending.mailbox_for
        )
        self.inbox: InboxApi = InboxCases(
            store=store,
            taking=taking,
            fetching=fetching,
            reconcile=self._reconcile,
            print_notices=forms.print_notices,
            clock=self._clock,
            practice=self.practice,
        )

    def _open_carrying(self, carry: CarryRoom, forms: FormsRoom) -> None:
        self.export = ExportDossier(
            store=self._store,
            words=self._words,
            cover=carry.cover,
            verify=self._signing.verify_document,
            printed=self._print.whatever,
            procedure_name=forms.procedure_name,
            clock=self._clock,
        )
        self.carry: CarryApi = CarryCases(
            store=self._store,
            room=carry,
            signing=self._signing,
            enqueue=self._enqueue,
            destinations=self._destinations,
            words=self._words,
            clock=self._clock,
        )

    @property
    def default_destination(self) -> Destination | None:
        return self._destinations.default()

    @default_destination.setter
    def default_destination(self, destination: Destination | None) -> None:
        self._destinations.set_default(destination)

    def add_unit(self, unit: Unit) -> None:
        self._units.add(unit)

    def change_unit(self, unit: Unit) -> None:
        self._units.change(unit)

    def wrong_in(self, unit: Unit) -> Sequence[DataFault]:
        return faults_of(unit)

    def units(self) -> Sequence[Unit]:
        return self._units.all()

    def unit(self, code: str) -> Unit:
        return self._units.get(code)

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
        return self._import(
            workbook,
            unit_code=unit_code,
            period=period,
            layout=layout,
            report=report,
            progress=progress,
        )

    def people(
        self, unit_code: str, words: str = "", *, limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        return self._queries.people(unit_code, words, limit, offset)

    def count_people(self, unit_code: str, words: str = "") -> int:
        return self._queries.count_people(unit_code, words)

    def dossiers(self, unit_code: str | None = None) -> Sequence[Dossier]:
        return self._queries.dossiers(unit_code)

    def dossier(self, dossier_id: str) -> Dossier:
        return self._queries.dossier(dossier_id)

    def draft(self, dossier_id: str) -> Draft:
        return self._queries.draft(dossier_id)

    def findings(self, dossier_id: str) -> Sequence[Finding]:
        return self._queries.findings(dossier_id)

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        return self._queries.files(dossier_id)

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]:
        return self._queries.journal(dossier_id)

    def change_rows(self, dossier_id: str, part: str, rows: Sequence[Row]) -> Sequence[Finding]:
        return self._change_rows(dossier_id, part, rows)

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
        return self._build(
            unit_code=unit_code,
            period=period,
            procedure=procedure,
            attachments=attachments,
            out=out,
            progress=progress,
        )

    def print_forms(
        self, dossier_id: str, *, form: str = "", progress: Progress | None = None
    ) -> Sequence[PrintedForm]:
        return self._print(dossier_id, form=form, progress=progress)

    def tokens(self, module: Path) -> Sequence[TokenSlot]:
        return self._signing.list_tokens(module)

    def key_file_certificate(self, key_file: Path, password: str) -> CertificateInfo:
        with self._signing.open_key_file(key_file, password) as signer:
            return self._signing.read_certificate(signer.certificate)

    @contextmanager
    def open_token(
        self, module: Path, pin: str, serial: str | None = None, *, last_try: bool = False
    ) -> Iterator[Signer]:
        with self._signing.open_token(module, pin, serial, last_try=last_try) as signer:
            yield TokenKey(signer, os.path.realpath(module))

    @contextmanager
    def open_key_file(self, key_file: Path, password: str) -> Iterator[Signer]:
        with self._signing.open_key_file(key_file, password) as signer:
            yield KeyFileSigner(signer)

    def sign_summary(self, dossier_id: str) -> SignSummary:
        return replace(self._summary(dossier_id), papers=self._papers.remarks(dossier_id))

    @property
    def paper_settings(self) -> PaperSettings:
        return self._papers.settings()

    @paper_settings.setter
    def paper_settings(self, settings: PaperSettings) -> None:
        self._papers.set_settings(settings)

    def check_certificate(self, dossier_id: str, certificate: CertificateInfo) -> Sequence[Remark]:
        return self._sign.check_certificate(dossier_id, certificate)

    def check_signer(self, dossier_id: str, signer: Signer) -> Sequence[Remark]:
        return self.check_certificate(
            dossier_id, self._signing.read_certificate(signer.certificate)
        )

    def sign(self, dossier_id: str, signer: Signer, progress: Progress | None = None) -> Dossier:
        return self._sign(dossier_id, signer, progress)

    def sign_batch(
        self,
        dossier_ids: Sequence[str],
        signer: Signer,
        progress: Progress | None = None,
        stopped: Stopped = never,
    ) -> SignedBatch:
        return self._sign_batch(dossier_ids, signer, progress, stopped)

    def verify(
        self, files: Sequence[Path], *, online: bool = False, progress: Progress | None = None
    ) -> Sequence[VerifiedFile]:
        return self._verify(files, online=online, progress=progress)

    def enqueue(self, dossier_id: str, destination: Destination | None = None) -> Parcel:
        return self._enqueue(dossier_id, destination)

    def drain(
        self,
        dossier_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
    ) -> Sequence[Settlement]:
        return self._drain(dossier_id, progress, watch)

    def parcels(self) -> Sequence[Parcel]:
        return self._queries.parcels()

    def receipt(self, dossier_id: str) -> bytes | None:
        return self._queries.receipt(dossier_id)

    def take_receipt(self, receipt: Path) -> Taken:
        return self._take(receipt)

    def reconcile(
        self,
        files: Sequence[Path],
        *,
        unit_code: str,
        period: Period,
        month_before: Path | None = None,
    ) -> Reconciled:
        known_as = (self._units.get(unit_code).tax_code,)
        return self._reconcile(
            *files,
            unit_code=unit_code,
            period=period,
            also_known_as=known_as,
            month_before=month_before,
        )

    def now(self) -> datetime:
        return self._clock()
