"""A sheet's rows → clean draft rows with their lines kept, in one pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import getitem, itemgetter
from typing import cast

from forms.excel.cleaned import NO_CROSS, Cleaned, Raw
from forms.excel.cleaning import finding_of
from forms.excel.column_reader import ColumnReader, Told
from forms.excel.finding_log import FindingLog
from forms.excel.letters import to_letters
from forms.excel.matching import SheetMatch
from forms.excel.old_fonts import OldFont
from forms.excel.row_filter import RowFilter
from forms.excel.sheet_scan import CellIssue, Issues
from forms.findings import Finding, Severity
from forms.model import Row
from forms.packed import PackedBuilder

Cells = Sequence[Raw]
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
        self._pick = _picker([reader.index for reader in self._columns])
        self._by_number = {reader.index + first_column: reader for reader in self._columns}

    @property
    def leftovers(self) -> int:
        """How many rows held something, but nobody."""
        return self._filter.leftovers

    def read(self, rows: Iterable[Cells], issues: Issues, tick: Tick) -> Sequence[Row]:
        """``rows`` begin at line 1. Rows that name nobody are told of, not returned."""
        start = self._match.first_data_line
        found = PackedBuilder([reader.column.key for reader in self._columns])
        for line, cells in enumerate(rows, start=1):
            if line < start:
                continue
            if line % _TICK_EVERY == 0:
                tick(line)
            troubles = issues.get(line, ()) if issues else ()
            if self._filter.keeps(line, cells, troubles):
                found.add(line, self._values(line, cells, troubles))
        self._tell_at_the_end(len(found))
        return found.done()

    def _values(self, line: int, cells: Cells, troubles: Sequence[CellIssue]) -> Sequence[str]:
        raws = self._pick(cells)
        if bool in set(map(type, raws)):
            values = list(map(_read_one, self._columns, raws))
        else:
            values = list(map(getitem, self._columns, raws))
        kinds = list(map(type, values))
        place = -1
        for _ in range(kinds.count(Told)):
            place = kinds.index(Told, place + 1)
            self._tell(line, self._columns[place], cast(Told, values[place]))
        for trouble in troubles:
            self._tell_trouble(line, trouble)
        if self._filter.stands_below_signature(cells):
            self._log.add(self._finding(_BELOW_SIGNATURE, Severity.WARNING, line))
        return values

    def _tell(self, line: int, reader: ColumnReader, told: Told) -> None:
        if told.doubts:
            reader.doubts.hold(line, (str(told.raw), told, told.doubts))
        for code in filter(None, (told.cleaned.changed_code, told.cleaned.fault_code)):
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


def _picker(indexes: Sequence[int]) -> Callable[[Cells], Sequence[Raw]]:
    """The cells of the columns that are read, in the columns' order."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda cells: [cells[index] for index in indexes]


def _read_one(reader: ColumnReader, raw: Raw) -> str:
    """``True`` is never taken for a remembered 1."""
    return reader.read(raw) if raw.__class__ is bool else reader[raw]


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
