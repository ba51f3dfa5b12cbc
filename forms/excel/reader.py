"""A sheet's rows → clean draft rows with their lines kept, in one pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter

from forms.excel.cleaned import NO_CROSS, Cleaned, Raw
from forms.excel.cleaning import finding_of
from forms.excel.column_reader import ColumnReader, Told
from forms.excel.finding_log import FindingLog
from forms.excel.letters import to_letters
from forms.excel.matching import SheetMatch
from forms.excel.old_fonts import OldFont
from forms.excel.row_filter import RowFilter
from forms.excel.sheet_scan import CellIssue, Issues
from forms.excel.sources.model import across
from forms.findings import Finding, Severity
from forms.model import Row
from forms.packed import CHUNK_ROWS, PackedBuilder

Cells = Sequence[Raw]
Across = Sequence[Sequence[Raw]]
"""cells of some rows by column"""
Tick = Callable[[int], None]
"""called with the line reached, now and then"""

_TICK_EVERY = 500
_BELOW_SIGNATURE = "rows.below_signature"


class SheetReader:
    """Turns the rows of one matched sheet into draft rows and findings."""

    def __init__(
        self, match: SheetMatch, *, first_column: int, from_1904: bool, log: FindingLog
    ) -> None:
        self._match = match
        self._log = log
        self._columns = [
            ColumnReader(
                index=number - first_column,
                column=column,
                letters=to_letters(number),
                from_1904=from_1904,
            )
            for number, column in sorted(match.columns.items())
        ]
        self._filter = RowFilter(match, self._columns)
        self._by_number = {reader.index + first_column: reader for reader in self._columns}

    @property
    def leftovers(self) -> int:
        """How many rows held something, but nobody."""
        return self._filter.leftovers

    def read(self, rows: Iterable[Cells], issues: Issues, tick: Tick) -> Sequence[Row]:
        """``rows`` begin at line 1. Rows that name nobody are told of, not returned."""
        return self.read_across(across(rows, self._match.first_data_line, CHUNK_ROWS), issues, tick)

    def read_across(self, blocks: Iterable[Across], issues: Issues, tick: Tick) -> Sequence[Row]:
        """The same with the rows from the first data line on by column, some at a time."""
        line = self._match.first_data_line
        found = PackedBuilder([reader.column.key for reader in self._columns])
        for block in blocks:
            following = line + len(block[0])
            _tick(range(line, following), tick)
            self._read_block(range(line, following), block, issues, found)
            line = following
        self._tell_at_the_end(len(found))
        return found.done()

    def _read_block(
        self, all_lines: range, block: Across, issues: Issues, found: PackedBuilder
    ) -> None:
        """Column by column; row by row only where it is not sure that each is somebody."""
        lines: Sequence[int] = all_lines
        below: Sequence[int] = ()
        if not self._filter.keeps_all(block):
            lines, below = self._kept(all_lines, block, issues)
            places = [line - all_lines.start for line in lines]
            block = [[column[place] for place in places] for column in block]
        if lines:
            columns = [reader.clean(block[reader.index]) for reader in self._columns]
            self._tell_block(lines, columns, issues, below)
            found.add_block(lines, list(map(_texts, self._columns, columns)))

    def _kept(self, lines: range, block: Across, issues: Issues) -> tuple[list[int], list[int]]:
        """Lines that name somebody, and those of them that may be who signed."""
        kept: list[int] = []
        below: list[int] = []
        for line, cells in zip(lines, zip(*block, strict=True), strict=True):
            if self._filter.keeps(line, cells, issues.get(line, ())):
                kept.append(line)
                if self._filter.stands_below_signature(cells):
                    below.append(line)
        return kept, below

    def _tell_block(
        self,
        lines: Sequence[int],
        columns: Sequence[Sequence[str]],
        issues: Issues,
        below: Sequence[int],
    ) -> None:
        """Line by line, and from left to right in each."""
        tells = [
            (line, place, partial(self._tell, line, reader, told))
            for place, (reader, column) in enumerate(zip(self._columns, columns, strict=True))
            if reader.tells
            for line, told in self._told(reader, lines, column)
        ]
        if issues:
            place = len(columns)
            tells += [
                (line, place, partial(self._tell_trouble, line, trouble))
                for line in lines
                for trouble in issues.get(line, ())
            ]
        for line in below:
            finding = self._finding(_BELOW_SIGNATURE, Severity.WARNING, line)
            tells.append((line, len(columns) + 1, partial(self._log.add, finding)))
        for _line, _place, tell in sorted(tells, key=itemgetter(0, 1)):
            tell()

    def _told(
        self, reader: ColumnReader, lines: Sequence[int], column: Sequence[str]
    ) -> list[tuple[int, Told]]:
        """What there is to tell of the cells of a column; what is doubtful is held back."""
        if Told not in set(map(type, column)):
            return []
        found = [
            (line, text) for line, text in zip(lines, column, strict=True) if text.__class__ is Told
        ]
        doubtful = [(line, each.doubtful) for line, each in found if each.doubtful]
        if doubtful:
            reader.doubts.hold(*zip(*doubtful, strict=True))
        return [(line, each) for line, each in found if each.codes]

    def _tell(self, line: int, reader: ColumnReader, told: Told) -> None:
        for code in told.codes:
            self._report(line, reader, code, told.raw, told.cleaned)

    def _report(
        self, line: int, reader: ColumnReader, code: str, raw: Raw, cleaned: Cleaned
    ) -> None:
        self._log.add(
            finding_of(
                code,
                raw,
                cleaned,
                sheet=self._match.sheet,
                row=line,
                column=reader.letters,
                field=reader.column.key,
            )
        )

    def _tell_trouble(self, line: int, trouble: CellIssue) -> None:
        reader = self._by_number.get(trouble.column)
        if reader is None:
            return
        severity = Severity.INFO if reader.column.helper else Severity.ERROR
        self._log.add(
            self._finding(trouble.issue.value, severity, line, reader, error=trouble.text)
        )

    def _tell_at_the_end(self, people: int) -> None:
        """What only all of the sheet can say."""
        fonts: frozenset[OldFont] = frozenset().union(*(each.fonts for each in self._columns))
        for reader in self._columns:
            self._settle(reader, fonts)
            if reader.is_women_cross and people and not reader.crosses:
                self._log.add(self._finding(NO_CROSS, Severity.WARNING, None, reader))
        for finding in self._filter.findings():
            self._log.add(finding)

    def _settle(self, reader: ColumnReader, fonts: frozenset[OldFont]) -> None:
        def ask(line: int, code: str, before: str, cleaned: Cleaned) -> None:
            self._report(line, reader, code, before, cleaned)

        reader.doubts.settle(fonts, ask)

    def _finding(
        self,
        code: str,
        severity: Severity,
        line: int | None,
        reader: ColumnReader | None = None,
        **params: str,
    ) -> Finding:
        return Finding(
            code=code,
            severity=severity,
            sheet=self._match.sheet,
            row=line,
            column=reader.letters if reader else None,
            field=reader.column.key if reader else None,
            params=params,
        )


def _texts(reader: ColumnReader, column: Sequence[str]) -> Sequence[str]:
    """Without what is to be told of them."""
    return list(map(str, column)) if reader.tells else column


def _tick(lines: range, tick: Tick) -> None:
    """Called before the lines are read."""
    for line in range(-(-lines.start // _TICK_EVERY) * _TICK_EVERY, lines.stop, _TICK_EVERY):
        tick(line)


def heading_findings(match: SheetMatch) -> Iterable[Finding]:
    """What is wrong with the line of technical names."""
    needed = [column for column in match.absent if column.needed]
    others = [column for column in match.absent if not column.needed]
    for column in needed:
        params: Mapping[str, str] = {"name": column.name, "title": column.title}
        yield _heading("layout.column_missing", Severity.ERROR, match, params, field=column.key)
    if others:
        names = ", ".join(column.name for column in others)
        yield _heading("layout.columns_absent", Severity.INFO, match, {"names": names})
    for number, name in sorted(match.extra.items()):
        yield _heading(
            "layout.column_extra", Severity.INFO, match, {"name": name}, column=to_letters(number)
        )


def _heading(
    code: str,
    severity: Severity,
    match: SheetMatch,
    params: Mapping[str, str],
    *,
    column: str | None = None,
    field: str | None = None,
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        sheet=match.sheet,
        row=match.header_line,
        column=column,
        field=field,
        params=dict(params),
    )
