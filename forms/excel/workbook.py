"""The front door: a workbook file → draft and findings."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.excel import layout as layouts
from forms.excel.by_sex import SplitBySex, ToldBySex
from forms.excel.cleaned import Raw
from forms.excel.finding_log import FindingLog
from forms.excel.layout import AUTO, Layout
from forms.excel.limits import LIMITS, Limits
from forms.excel.mapped import joined, split_of
from forms.excel.mapping import ColumnMapping
from forms.excel.matching import SheetMatch
from forms.excel.reader import SheetReader, heading_findings
from forms.excel.recognise import Recognised
from forms.excel.sources.model import Sheet, Source, across
from forms.excel.sources.opening import open_source
from forms.excel.understood import by_itself, by_mapping, recognised
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Row, Section
from forms.packed import CHUNK_ROWS, blocks_of
from forms.quiet import collector_waiting
from resources.faults import DataFault

_LINES_NAMED = 5
Progress = Callable[[int, int], None]
"""called with (lines read, lines in all); raising from it cancels the work"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    draft: Draft
    findings: tuple[Finding, ...]


def read_workbook(
    path: Path,
    *,
    layout: str = AUTO,
    mapping: ColumnMapping | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> ReadResult:
    """Reads an .xlsx, .xlsm, .xls, .xlsb or .ods file in one of the known layouts, or by a
    mapping of its columns. A list of no known layout is read by itself only when
    ``forms.excel.sure`` says so.

    Bad cells come back as findings. Raises DataFault ``workbook.*`` when the file cannot be
    used or holds nobody, DataFault ``layout.unknown`` when it has no known layout, UsageFault
    ``layout.not_known`` for a layout code that does not exist, DataFault ``columns.unconfirmed``
    for a list whose columns a person must confirm, DataFault ``mapping.*`` for a mapping that does
    not fit, and SurroundingsFault ``workbook.cannot_read`` or ``workbook.no_permission``.
    """
    candidates = _candidates(layout)
    with collector_waiting():
        source = open_source(path, limits)
        found = (
            by_mapping(source, mapping)
            if mapping is not None
            else recognised(source, candidates) or by_itself(source, asked=layout)
        )
        if found is None:
            raise _unknown(candidates)
        source.settle(*(match.sheet for match in found.matches))
        return _read(path, source, found, progress or _no_progress)


def _no_progress(_done: int, _total: int) -> None:
    """Nobody is watching."""


def _candidates(code: str) -> tuple[Layout, ...]:
    codes = layouts.known_codes() if code == AUTO else (code,)
    return tuple(layouts.load(each) for each in codes)


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
    source: Source,
    found: Recognised,
    progress: Progress,
) -> ReadResult:
    log, matches = FindingLog(), found.matches
    for finding in (*source.findings, *found.findings):
        log.add(finding)
    total = sum(source.load(match.sheet).last_line for match in matches)
    sections: list[Section] = []
    done = 0
    for match in matches:
        sections.append(_read_sheet(source, match, log, done, total, progress))
        done += source.load(match.sheet).last_line
        progress(done, total)
    _refuse_nobody(sections)
    draft = Draft(found.layout.code, path.name, tuple(sections))
    return ReadResult(draft=draft, findings=log.all())


def _read_sheet(
    source: Source, match: SheetMatch, log: FindingLog, done: int, total: int, progress: Progress
) -> Section:
    sheet = source.load(match.sheet)
    for finding in heading_findings(match):
        log.add(finding)
    split = split_of(match, sheet.first_column)
    reader = SheetReader(
        match,
        first_column=sheet.first_column,
        from_1904=source.from_1904,
        log=ToldBySex(log, split) if split else log,
    )
    rows = reader.read_across(
        _blocks(sheet, match, split),
        sheet.issues,
        lambda line: progress(done + line, total),
    )
    for finding in split.empty(match.sheet, rows) if split else ():
        log.add(finding)
    if reader.leftovers:
        log.add(_leftovers(match, reader.leftovers))
    if sheet.hidden_rows and (hidden := _hidden_of(rows, sheet.hidden_rows)):
        log.add(_hidden(match, hidden))
    return Section(match.layout.part, match.sheet, match.letters, rows)


def _blocks(
    sheet: Sheet, match: SheetMatch, split: SplitBySex | None
) -> Iterator[Sequence[Sequence[Raw]]]:
    """From the first data line on, by column."""
    if split is None and not match.joined:
        return sheet.across(match.first_data_line, CHUNK_ROWS)
    rows = joined(sheet.rows(), match, sheet.first_column, split)
    return across(rows, match.first_data_line, CHUNK_ROWS)


def _leftovers(match: SheetMatch, count: int) -> Finding:
    return Finding(
        code="workbook.leftover_rows",
        severity=Severity.INFO,
        sheet=match.sheet,
        params={"count": count},
    )


def _hidden_of(rows: Sequence[Row], hidden: Container[int]) -> list[int]:
    return [line for block in blocks_of(rows) for line in block.lines if line in hidden]


def _hidden(match: SheetMatch, lines: Sequence[int]) -> Finding:
    """A filter left on hides people whom the declaration would still name."""
    first = ", ".join(map(str, lines[:_LINES_NAMED])) + (" …" if len(lines) > _LINES_NAMED else "")
    return Finding(
        code="source.hidden_rows",
        severity=Severity.INFO,
        sheet=match.sheet,
        row=lines[0],
        params={"count": len(lines), "lines": first},
    )


def _refuse_nobody(sections: Sequence[Section]) -> None:
    """A list of nobody declares nothing, and must not take the place of an earlier list."""
    people = next(section for section in sections if section.part is Part.LAO_DONG)
    if not people.rows:
        raise DataFault("workbook.no_rows", sheet=people.sheet)
