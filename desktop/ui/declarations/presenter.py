"""What the declaration screen shows and does. No Qt; the slow calls run off the UI thread."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from desktop.services.api import Built, Imported, Progress, Services
from desktop.ui.cells import Cell
from desktop.ui.declarations.edits import Edit, Edits
from desktop.ui.declarations.sheet import ORDER, Sheet, cell_of, sheets_of
from desktop.ui.declarations.viewing import Viewed, Viewing
from desktop.ui.partners import with_partners
from desktop.ui.texts import tr, words
from forms.excel.layout import load
from forms.findings import Finding, Severity
from forms.model import Dossier, DossierState, Draft, Part, Period, Section
from forms.packed import place_of as place_of_line
from resources.faults import Fault

Report = Callable[[int, int], None]
UNKNOWN_LAYOUT = frozenset({"layout.unknown", "columns.unconfirmed"})
OPEN = frozenset({DossierState.DRAFT, DossierState.CHECKED})
"""still ours to change"""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in words."""

    finding: Finding
    severity: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier as the screen holds it; findings the worst first, then as they stand."""

    dossier: Dossier
    draft: Draft
    findings: tuple[Finding, ...]
    newest: bool
    """building takes the newest draft of a unit and month, so only that one may be built"""
    workbook: Path | None
    """the workbook it came from, when it was imported since the program was opened"""
    sheets: Mapping[tuple[Part, bool], Sheet]
    """the lists as declared, by (list, every column or only the useful ones)"""
    views: Mapping[Part, Viewed]
    """the lists as they are looked at, with every column"""
    lines: tuple[FindingLine, ...]
    """the findings in words, in the same order"""

    @property
    def editable(self) -> bool:
        return self.dossier.state in OPEN

    def count(self, severity: Severity) -> int:
        return Counter(finding.severity for finding in self.findings)[severity]

    @property
    def errors(self) -> int:
        return self.count(Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Possible:
    """Which buttons may be pressed, which one comes next, and what to say of it."""

    check: bool
    report: bool
    build: bool
    undo: bool
    redo: bool
    next: str
    """``import``, ``mend``, ``old`` (a newer draft is there), ``build``, ``sign`` or ``send``"""
    help: str


@dataclass
class DeclarationsPresenter:
    services: Services
    viewing: Viewing = field(default_factory=Viewing)
    _workbooks: dict[str, Path] = field(default_factory=dict)
    """by dossier, since the program was opened"""

    @cached_property
    def edits(self) -> Edits:
        return Edits(self.services)

    # ---- off the UI thread

    def dossiers(self, unit_code: str) -> tuple[Dossier, ...]:
        return tuple(self.services.dossiers(unit_code)) if unit_code else ()

    def open(self, dossier_id: str) -> Opened:
        """Everything that takes long for a long list is made here, not on the UI thread."""
        dossier = self.services.dossier(dossier_id)
        draft = self.services.draft(dossier_id)
        findings = sorted_findings(self.services.findings(dossier_id))
        sheets = dict(self._sheets(dossier_id, draft, findings))
        whole = (sheet for (_, every), sheet in sheets.items() if every)
        return Opened(
            dossier=dossier,
            draft=draft,
            findings=findings,
            newest=self._is_newest(dossier),
            workbook=self._workbooks.get(dossier_id),
            sheets=sheets,
            views=self.viewing.views(dossier_id, whole),
            lines=tuple(finding_line(finding) for finding in findings),
        )

    def _sheets(
        self, dossier_id: str, draft: Draft, findings: tuple[Finding, ...]
    ) -> Iterator[tuple[tuple[Part, bool], Sheet]]:
        layout = load(draft.layout)
        for section in draft.sections:
            columns = layout.sheet(section.part)
            if columns is not None:
                changed = self.edits.changed(dossier_id, section.part)
                for every, sheet in sheets_of(section, columns, findings, changed):
                    yield (section.part, every), sheet

    def view(self, opened: Opened, part: Part) -> Viewed | None:
        """Narrowed and sorted as is wanted now, by the values of now."""
        sheet = opened.sheets.get((part, True))
        return self.viewing.view(opened.dossier.id, sheet, anew=True) if sheet else None

    def import_workbook(
        self, workbook: Path, unit_code: str, period: Period, report: Report
    ) -> Imported:
        imported = self.services.import_workbook(
            workbook, unit_code=unit_code, period=period, progress=report
        )
        if imported.dossier:
            self._workbooks[imported.dossier.id] = workbook
        return imported

    def change(self, dossier_id: str, part: Part, cells: Sequence[Cell]) -> Opened:
        """Cells typed over: stored, cleaned, checked; the dossier as it is then."""
        section = self.services.draft(dossier_id).section(part)
        self.edits.change(dossier_id, part, with_names(section, cells) if section else cells)
        return self.open(dossier_id)

    def undo(self, dossier_id: str) -> tuple[Edit | None, Opened]:
        return self.edits.undo(dossier_id), self.open(dossier_id)

    def redo(self, dossier_id: str) -> tuple[Edit | None, Opened]:
        return self.edits.redo(dossier_id), self.open(dossier_id)

    def check(self, dossier_id: str, progress: Progress) -> Opened:
        self.services.check(dossier_id, progress)
        return self.open(dossier_id)

    def build(
        self, opened: Opened, attachments: tuple[Path, ...] = (), progress: Progress | None = None
    ) -> tuple[Built, Opened]:
        dossier = opened.dossier
        built = self.services.build(
            unit_code=dossier.unit_code,
            period=dossier.period,
            procedure=dossier.procedure,
            attachments=attachments,
            progress=progress,
        )
        return built, self.open(built.dossier.id)

    def write_report(self, opened: Opened, workbook: Path, out: Path, progress: Progress) -> Path:
        """A copy of the person's own workbook with today's findings marked in it.

        Raises UsageFault ``error_book.over_source``: never written over the workbook itself.
        """
        return self.services.error_workbook(opened.dossier.id, workbook, out, progress)

    def _is_newest(self, dossier: Dossier) -> bool:
        same = (dossier.period, dossier.procedure)
        for other in self.services.dossiers(dossier.unit_code):
            if (other.period, other.procedure) == same and other.state in OPEN:
                return other.id == dossier.id
        return False

    def report_name(self, opened: Opened) -> str:
        """Offered as the name of the error workbook: macros stay in a file that may have them."""
        source = Path(opened.draft.source)
        ending = ".xlsm" if source.suffix.lower() == ".xlsm" else ".xlsx"
        return tr("ui.report.name", name=source.stem, ending=ending)

    def is_unknown(self, imported: Imported) -> bool:
        """A list of no known layout: its columns can be confirmed by the person."""
        return imported.dossier is None and any(
            finding.code in UNKNOWN_LAYOUT for finding in imported.findings
        )

    def wants_columns(self, error: BaseException) -> bool:
        """A list whose columns were guessed, which nobody has confirmed yet."""
        return isinstance(error, Fault) and error.code in UNKNOWN_LAYOUT

    # ---- decisions

    def possible(self, opened: Opened | None) -> Possible:
        if opened is None:
            return Possible(
                check=False,
                report=False,
                build=False,
                undo=False,
                redo=False,
                next="import",
                help=tr("ui.declarations.help.import"),
            )
        step, dossier_id = self._next_step(opened), opened.dossier.id
        return Possible(
            check=opened.editable,
            report=bool(opened.findings),
            build=step in {"build", "sign"} and opened.editable and opened.newest,
            undo=opened.editable and self.edits.can_undo(dossier_id),
            redo=opened.editable and self.edits.can_redo(dossier_id),
            next=step,
            help=self._help(opened, step),
        )

    def _next_step(self, opened: Opened) -> str:
        if not opened.editable:
            return "send"
        if opened.errors:
            return "mend"
        if not opened.newest:
            return "old"
        return "build" if opened.dossier.state is DossierState.DRAFT else "sign"

    def _help(self, opened: Opened, step: str) -> str:
        return tr(f"ui.declarations.help.{step}", errors=opened.errors)

    def sheet(self, opened: Opened, part: Part, *, whole: bool) -> Sheet | None:
        return opened.sheets.get((part, whole))

    def parts(self, opened: Opened) -> tuple[tuple[Part, str, int], ...]:
        """(list, name of its sheet, rows) of every list that has rows, the first always."""
        return tuple(
            (section.part, section.sheet, len(section.rows))
            for section in opened.draft.sections
            if section.rows or section.part is Part.LAO_DONG
        )

    def find(self, opened: Opened, finding: Finding) -> tuple[Part, int, str] | None:
        """The cell a finding speaks of: (list, line, field key)."""
        for section in opened.draft.sections:
            cell = cell_of(section, finding)
            sheet = opened.sheets.get((section.part, True))
            if cell and sheet and cell[0] in sheet.positions:
                return (section.part, *cell)
        return None

    def summary(self, opened: Opened) -> str:
        counts = {severity: opened.count(severity) for severity in ORDER}
        if not opened.findings:
            return tr("ui.findings.none")
        return tr(
            "ui.findings.summary",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
        )

    def imported_words(self, imported: Imported) -> tuple[str, str, str]:
        """(look, title, text) of the message after an import."""
        errors = sum(finding.severity is Severity.ERROR for finding in imported.findings)
        if imported.dossier is None:
            said = [finding_line(finding).text for finding in imported.findings[:5]]
            return "error", tr("ui.imported.nothing"), "\n".join(said)
        period = imported.dossier.period.wire
        title = tr("ui.imported.title", rows=imported.rows, people=imported.people, period=period)
        if errors:
            return "warning", title, tr("ui.imported.errors", errors=errors)
        return "done", title, tr("ui.imported.clean")


def with_names(section: Section, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, with the names of the codes among them, and the other way round."""

    def stored(line: int, key: str) -> str:
        place = place_of_line(section.rows, line)
        return section.rows[place].get(key) if place is not None else ""

    return with_partners(cells, section.part, section.columns, stored)


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The worst first; within that, down the sheet."""
    return tuple(sorted(findings, key=lambda each: (ORDER.index(each.severity), each.row or 0)))


def opened_dossier(opened: Opened | None) -> str:
    """Id of the dossier that is looked at; empty for none."""
    return opened.dossier.id if opened else ""


def finding_line(finding: Finding) -> FindingLine:
    return FindingLine(
        finding=finding,
        severity=tr(f"ui.severity.{finding.severity.value}"),
        text=words(finding.code, finding.params),
        place=place_of(finding),
    )


def place_of(finding: Finding) -> str:
    """Sheet, row and column as far as they are known."""
    parts = []
    if finding.sheet:
        parts.append(tr("ui.place.sheet", sheet=finding.sheet))
    if finding.row is not None:
        parts.append(tr("ui.place.row", row=finding.row))
    if finding.column:
        parts.append(tr("ui.place.column", column=finding.column))
    return ", ".join(parts)
