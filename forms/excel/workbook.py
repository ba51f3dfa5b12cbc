"""The front door: a workbook file → draft and findings."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from forms.excel import layout as layouts
from forms.excel.archive import Archive
from forms.excel.finding_log import FindingLog
from forms.excel.guard import open_workbook
from forms.excel.layout import AUTO, Layout, SheetLayout
from forms.excel.limits import LIMITS, Limits
from forms.excel.matching import HEADER_SEARCH_ROWS, SheetMatch, find_header, folded
from forms.excel.parts import Parts, read_parts
from forms.excel.reader import Cells, SheetReader, heading_findings
from forms.excel.sheet_scan import Issues, scan
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Section
from resources.faults import DataFault

Progress = Callable[[int, int], None]
"""called with (lines read, lines in all); raising from it cancels the work"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    draft: Draft
    findings: tuple[Finding, ...]


def read_workbook(
    path: Path, *, layout: str = AUTO, progress: Progress | None = None, limits: Limits = LIMITS
) -> ReadResult:
    """Reads an .xlsx or .xlsm file in one of the known layouts.

    Bad cells come back as findings. Raises DataFault ``workbook.*`` when the file cannot be
    used or holds nobody, DataFault ``layout.unknown`` when it has no known layout, UsageFault
    ``layout.not_known`` for a layout code that does not exist, and SurroundingsFault
    ``workbook.cannot_read`` or ``workbook.no_permission``.
    """
    candidates = _candidates(layout)
    archive = open_workbook(path, limits)
    parts = read_parts(archive)
    with _opened(archive) as book:
        source = _Source(book, archive, parts, limits)
        chosen, matches = _recognise(source, candidates)
        return _read(path, source, chosen, matches, progress or _no_progress)


def _opened(archive: Archive) -> CalamineWorkbook:
    with _damage_named():
        return CalamineWorkbook.from_filelike(BytesIO(archive.content))


@contextmanager
def _damage_named() -> Iterator[None]:
    """Whatever the reading library says about a damaged file becomes one fault."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        raise DataFault("workbook.broken") from error
    except BaseException as error:
        # a panic inside the library is no Exception and its class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise DataFault("workbook.broken") from error


def _no_progress(_done: int, _total: int) -> None:
    """Nobody is watching."""


def _candidates(code: str) -> tuple[Layout, ...]:
    codes = layouts.known_codes() if code == AUTO else (code,)
    return tuple(layouts.load(each) for each in codes)


class _Source:
    """The sheets of one workbook, each scanned before it is laid out, and only once."""

    def __init__(
        self, book: CalamineWorkbook, archive: Archive, parts: Parts, limits: Limits
    ) -> None:
        self._book = book
        self._archive = archive
        self._limits = limits
        self._loaded: dict[str, tuple[CalamineSheet, Issues]] = {}
        self.parts = parts

    def load(self, name: str) -> tuple[CalamineSheet, Issues]:
        if name not in self._loaded:
            part = self.parts.sheets[name]
            issues = scan(lambda: self._archive.chunks(part), sheet=name, limits=self._limits)
            with _damage_named():
                self._loaded[name] = (self._book.get_sheet_by_name(name), issues)
        return self._loaded[name]

    def match(self, layout: SheetLayout, name: str) -> SheetMatch | None:
        sheet, _ = self.load(name)
        top: Iterator[Cells] = islice(sheet.iter_rows(), HEADER_SEARCH_ROWS)
        return find_header(layout, name, top, first_column(sheet))


def first_column(sheet: CalamineSheet) -> int:
    """1-based number of the first cell in each row that the library gives."""
    return sheet.start[1] + 1 if sheet.start else 1


def _recognise(
    source: _Source, candidates: Sequence[Layout]
) -> tuple[Layout, tuple[SheetMatch, ...]]:
    for layout in candidates:
        matches = tuple(filter(None, (_find_sheet(source, sheet) for sheet in layout.sheets)))
        found = {match.layout.part for match in matches}
        if all(sheet.part in found for sheet in layout.sheets if sheet.required):
            return layout, matches
    raise _unknown(candidates)


def _find_sheet(source: _Source, layout: SheetLayout) -> SheetMatch | None:
    """By its name first; a required sheet may have been renamed."""
    names = list(source.parts.sheets)
    same = [name for name in names if folded(name) == folded(layout.name)]
    others = [name for name in names if name not in same] if layout.required else []
    for name in (*same, *others):
        if match := source.match(layout, name):
            return match
    return None


def _unknown(candidates: Sequence[Layout]) -> DataFault:
    sheets = [sheet for layout in candidates for sheet in layout.sheets if sheet.required]
    return DataFault(
        "layout.unknown",
        sheets=", ".join(f"“{sheet.name}”" for sheet in sheets),
        names=", ".join(column.name for sheet in sheets for column in sheet.named if column.needed),
        layouts=", ".join(layout.title_vi for layout in candidates),
    )


def _read(
    path: Path,
    source: _Source,
    layout: Layout,
    matches: Sequence[SheetMatch],
    progress: Progress,
) -> ReadResult:
    log = FindingLog()
    total = sum(source.load(match.sheet)[0].total_height + 1 for match in matches)
    sections: list[Section] = []
    done = 0
    for match in matches:
        sections.append(_read_sheet(source, match, log, done, total, progress))
        done += source.load(match.sheet)[0].total_height + 1
        progress(done, total)
    _refuse_nobody(sections)
    draft = Draft(layout.code, path.name, tuple(sections))
    return ReadResult(draft=draft, findings=log.all())


def _read_sheet(
    source: _Source, match: SheetMatch, log: FindingLog, done: int, total: int, progress: Progress
) -> Section:
    sheet, issues = source.load(match.sheet)
    for finding in heading_findings(match):
        log.add(finding)
    reader = SheetReader(
        match, first_column=first_column(sheet), from_1904=source.parts.from_1904, log=log
    )
    rows = reader.read(sheet.iter_rows(), issues, lambda line: progress(done + line, total))
    if reader.leftovers:
        log.add(_leftovers(match, reader.leftovers))
    return Section(match.layout.part, match.sheet, match.letters, rows)


def _leftovers(match: SheetMatch, count: int) -> Finding:
    return Finding(
        code="workbook.leftover_rows",
        severity=Severity.INFO,
        sheet=match.sheet,
        params={"count": count},
    )


def _refuse_nobody(sections: Sequence[Section]) -> None:
    """A list of nobody declares nothing, and must not take the place of an earlier list."""
    people = next(section for section in sections if section.part is Part.LAO_DONG)
    if not people.rows:
        raise DataFault("workbook.no_rows", sheet=people.sheet)
