"""Builds every object once and hands it on. The only module that knows all rooms."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.gateways import Adapters
from desktop.keystore import KeyStore
from desktop.logs import log_path, logging_into
from desktop.paper_room import print_draft, print_notices
from desktop.paths import data_folder
from desktop.practice.mode import Gateway as PracticeGateway
from desktop.practice.mode import PracticeMode
from desktop.services.all import AllServices
from desktop.services.api import Services
from desktop.services.carry_rooms import CarryRoom
from desktop.services.destinations import Destinations
from desktop.services.ports import Store
from desktop.services.progress import Progress
from desktop.services.receipts import ReceiptJudge, read_notice
from desktop.services.rooms import (
    FormsRoom,
    SendingRoom,
    SignedPdf,
    SigningRoom,
)
from desktop.services.roster_cases import RosterRoom
from desktop.services.upkeep import UpkeepApi
from desktop.services.workbook_cases import WorkbooksRoom
from desktop.store.mode import Mode
from desktop.store.opening import open_store
from desktop.token_room import token_room
from desktop.trust_room import LocalTrust
from desktop.upkeep_room import upkeep_of
from forms import catalog, render
from forms.checks import check
from forms.checks.dossier import check_dossier
from forms.checks.law import check_envelope
from forms.checks.law.legal import law_hash
from forms.cover import CoverSheet
from forms.excel.carried.carrying import carry_draft
from forms.excel.carried.providers import providers
from forms.excel.cleaning import clean_row, clean_value
from forms.excel.kinds import Kind
from forms.excel.notices import read_notices
from forms.excel.preview import first_rows, guess_columns_below, guess_workbook
from forms.excel.report import write_report
from forms.excel.template.writing import export_people, write_template
from forms.excel.workbook import read_workbook
from forms.findings import Finding
from forms.model import Draft, Period, Unit
from resources.messages import text
from resources.messages.tongue import Tongue, tongue_of
from signing.certificates import read_certificate
from signing.files import verify_file
from signing.key_file import open_key_file
from signing.ports import Signer
from signing.tokens import list_tokens, open_token
from signing.verify import verify_own
from signing.xmldsig import sign_document
from sync.line import Line
from sync.metered import metered
from sync.model import Destination
from sync.outbox import drain
from sync.ports import Gateway, Mailbox
from sync.timestamping import TimestampAuthority

MAIN_LIST = "D02-TS"
"""the list of movements, which workbooks of other programs hold"""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The program, opened over one data folder."""

    services: Services
    data: Path
    practice: bool
    lang: str
    log: Path
    tongue: Tongue
    """the language that the use cases speak; the window may change it"""
    gateway: PracticeMode | None
    """of practice: the officer's step, the month's statements; None where filing is real"""


@contextmanager
def compose(*, data: Path | None, practice: bool, lang: str) -> Iterator[App]:
    """Opens the data folder (the user's own when ``data`` is None) and closes all at the end.

    Raises what opening the store raises.
    """
    folder = data_folder(practice=practice, override=data)
    with ExitStack() as closing:
        kind: Mode = "practice" if practice else "real"
        store = open_store(folder, mode=kind, now=now())
        log = closing.enter_context(logging_into(folder))
        mode = PracticeMode(folder, practice_gateway)
        closing.callback(mode.stop)
        trust = LocalTrust(data=folder, online=not practice)
        tongue = Tongue(lang)
        upkeep = upkeep_of(folder, log, now, mode=kind)
        services = build_services(store, mode, trust, upkeep, practice=practice, tongue=tongue)
        yield App(
            services=services,
            data=folder,
            practice=practice,
            lang=lang,
            log=log,
            tongue=tongue,
            gateway=mode if practice else None,
        )


def upkeep_alone(*, data: Path | None, practice: bool) -> UpkeepApi:
    """Copies of data that cannot be opened."""
    folder = data_folder(practice=practice, override=data)
    kind: Mode = "practice" if practice else "real"
    return upkeep_of(folder, log_path(folder), now, mode=kind)


def build_services(
    store: Store,
    mode: PracticeMode,
    trust: LocalTrust,
    upkeep: UpkeepApi,
    *,
    practice: bool,
    tongue: Tongue,
) -> AllServices:
    """Every use case over the real rooms."""
    return AllServices(
        store=store,
        forms=forms_room(tongue),
        signing=signing_room(trust),
        roster=roster_room(tongue),
        workbooks=WorkbooksRoom(
            guess=guess_workbook, guess_below=guess_columns_below, first_rows=first_rows
        ),
        sending=sending_room(gateways(mode if practice else None)),
        tokens=token_room(tongue, trust),
        trust=trust,
        carry=carry_room(tongue),
        destinations=Destinations(
            store=store, practice=practice, practice_gateway=mode.destination
        ),
        upkeep=upkeep,
        words=partial(_words, tongue),
        clock=now,
        locker=KeyStore(),
    )


def now() -> datetime:
    return datetime.now(UTC)


def forms_room(lang: str | Tongue) -> FormsRoom:
    tongue = tongue_of(lang)
    return FormsRoom(
        read_workbook=read_workbook,
        write_report=partial(_write_report, tongue),
        clean_row=clean_row,
        check=check,
        check_dossier=check_dossier,
        forms_of=_forms_of,
        check_package=_check_package,
        rules_hash=law_hash,
        render_forms=render.render_forms,
        render_envelope=render.render_envelope,
        attachment=render.attachment,
        unproven=_unproven,
        read_notices=read_notices,
        procedure_name=partial(_procedure_name, tongue),
        print_draft=print_draft,
        print_notices=print_notices,
    )


def roster_room(lang: str | Tongue) -> RosterRoom:
    return RosterRoom(
        clean=_clean_value,
        write=export_people,
        write_template=partial(_write_template, tongue_of(lang)),
    )


def carry_room(lang: str | Tongue) -> CarryRoom:
    return CarryRoom(
        providers=tuple(providers()),
        draft=partial(_carry_draft, tongue_of(lang)),
        lists_movements=_lists_movements,
        cover=_cover,
        open_envelope=render.open_envelope,
        wire_code=lambda code: catalog.procedure(code).wire_code,
    )


def signing_room(trust: LocalTrust) -> SigningRoom:
    return SigningRoom(
        read_certificate=read_certificate,
        check_for_unit=trust.check_for_unit,
        sign_document=sign_document,
        verify_own=verify_own,
        verify_document=verify_file,
        list_tokens=list_tokens,
        open_token=open_token,
        open_key_file=open_key_file,
        sign_pdf=_sign_pdf,
        pdf_obstacle=_pdf_obstacle,
    )


class Ways(Protocol):
    """How a destination is reached."""

    def gateway(self, destination: Destination) -> Gateway: ...

    def mailbox(self, destination: Destination) -> Mailbox: ...

    def forgive(self, destination: Destination) -> None: ...


def sending_room(ways: Ways) -> SendingRoom:
    return SendingRoom(
        drain=drain,
        gateway_for=ways.gateway,
        mailbox_for=ways.mailbox,
        forgive=ways.forgive,
        metered=metered,
        judge=ReceiptJudge(),
        read_notice=read_notice,
        deadline_of=lambda code: catalog.procedure(code).deadline,
    )


def practice_gateway(folder: Path, port: int) -> PracticeGateway:
    """Its web server is loaded for practice alone."""
    from desktop.practice.gateway import PracticeGateway as Real

    return Real(folder, port=port)


@dataclass(frozen=True, slots=True)
class PracticeWays:
    """Our own adapter alone, found where the gateway runs now."""

    line: Line
    practice: PracticeMode

    def gateway(self, destination: Destination) -> Gateway:
        return self.line.gateway(self.practice.reachable(destination))

    def mailbox(self, destination: Destination) -> Mailbox:
        return self.line.mailbox(self.practice.reachable(destination))

    def forgive(self, destination: Destination) -> None:
        self.line.hosts.forgive(self.practice.reachable(destination).url)


def gateways(practice: PracticeMode | None) -> Ways:
    """Every adapter that is there; in practice mode that of practice."""
    keys = KeyStore()
    line = Line(secrets=keys, logins=keys)
    return Adapters(line) if practice is None else PracticeWays(line, practice)


def _pdf_obstacle(content: bytes) -> str | None:
    """The library for PDFs takes a second to load: only where there is one."""
    from signing.pdf import pdf_obstacle

    return pdf_obstacle(content)


def _sign_pdf(
    content: bytes,
    signer: Signer,
    *,
    signing_time: datetime,
    timestamp_url: str,
    timestamp_required: bool,
) -> SignedPdf:
    from signing.pdf import sign_pdf
    from signing.timestamp import Timestamping

    ask = TimestampAuthority(url=timestamp_url, logins=KeyStore()).ask
    wished = Timestamping(ask=ask, required=timestamp_required) if timestamp_url else None
    return sign_pdf(content, signer, signing_time=signing_time, timestamping=wished)


def _cover(sheet: CoverSheet) -> bytes:
    """The library that writes PDF is loaded only where one is wanted."""
    from forms.cover_pdf import cover_pdf

    return cover_pdf(sheet)


def _carry_draft(
    tongue: Tongue, draft: Draft, provider: str, folder: Path
) -> tuple[Path, tuple[Finding, ...]]:
    return carry_draft(draft, provider, folder, lang=tongue.lang)


def _lists_movements(procedure: str) -> bool:
    return any(form.code == MAIN_LIST for form in catalog.procedure(procedure).forms)


def _clean_value(kind: str, text: str) -> tuple[str, str | None]:
    cleaned = clean_value(Kind(kind), text)
    return cleaned.value, cleaned.fault_code


def _forms_of(draft: Draft, procedure: str, filing_date: date) -> tuple[str, ...]:
    listed = catalog.forms_of(procedure, filing_date=filing_date)
    definitions = (version.definition for version in listed)
    return tuple(definition.code for definition in definitions if definition.has_rows_of(draft))


def _unproven(procedure: str, codes: Sequence[str], filing_date: date) -> tuple[str, ...]:
    every = dict.fromkeys((*codes, catalog.procedure(procedure).envelope))
    return tuple(code for code in every if catalog.form(code, filing_date=filing_date).unproven)


def _check_package(
    package: bytes,
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    forms: Sequence[str],
) -> tuple[Finding, ...]:
    return check_envelope(
        render.open_envelope(package),
        unit=unit,
        period=period,
        procedure=catalog.procedure(procedure).wire_code,
        filing_date=filing_date,
        forms=forms,
    )


def _words(tongue: Tongue, code: str, params: Mapping[str, str | int]) -> str:
    return text(code, tongue.lang, **params)


def _write_report(
    tongue: Tongue,
    source: Path,
    findings: Sequence[Finding],
    out: Path,
    progress: Progress | None = None,
) -> None:
    def sentence(finding: Finding) -> str:
        return text(finding.code, tongue.lang, **finding.params)

    write_report(source, findings, out, words=sentence, lang=tongue.lang, progress=progress)


def _write_template(tongue: Tongue, out: Path) -> None:
    write_template(out, lang=tongue.lang)


def _procedure_name(tongue: Tongue, code: str) -> str:
    procedure = catalog.procedure(code)
    return procedure.name_en if tongue.lang == "en" else procedure.name_vi
