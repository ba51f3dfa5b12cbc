"""A sheet's rows → clean draft rows with their lines kept, in one pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.excel.cleaned import Cleaned, Raw
from forms.excel.cleaning import clean_value, finding_of
from forms.excel.finding_log import FindingLog
from forms.excel.kinds import Kind
from forms.excel.layout import Column
from forms.excel.letters import to_letters
from forms.excel.matching import SheetMatch
from forms.excel.sheet_scan import CellIssue, Issues
from forms.findings import Finding, Severity
from forms.model import Row

Cells = Sequence[Raw]
Tick = Callable[[int], None]
"""called with the line reached, now and then"""

_TICK_EVERY = 500
_MEMORY = 4_096
"""cleaned values remembered per column: a list repeats itself"""
_DAYS_1904 = 1462
_DATE_KINDS = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.MONTH})
_SMALLEST_SERIAL = 3654
_NOTHING = frozenset({"", "0"})


@dataclass(slots=True)
class _ColumnReader:
    """Cleans one column and remembers what it has seen."""

    index: int
    """of the cell in the row as it is read"""
    column: Column
    letters: str
    from_1904: bool
    texts: dict[str, Cleaned]
    numbers: dict[float, Cleaned]

    def clean(self, raw: Raw) -> Cleaned:
        if raw.__class__ is str:
            known: dict[str, Cleaned] | dict[float, Cleaned] = self.texts
        elif raw.__class__ is float:
            known = self.numbers
        else:
            return clean_value(self.column.kind, raw)
        cleaned = known.get(raw)  # type: ignore[arg-type]  # chosen by the class just above
        if cleaned is None:
            if len(known) >= _MEMORY:
                known.clear()
            cleaned = known[raw] = clean_value(self.column.kind, self._shifted(raw))  # type: ignore[index]  # as above
        return cleaned

    def _shifted(self, raw: Raw) -> Raw:
        """A bare serial of a workbook that counts from 1904, as others count."""
        serial = self.from_1904 and isinstance(raw, float) and self.column.kind in _DATE_KINDS
        if serial and isinstance(raw, float) and _SMALLEST_SERIAL <= raw < 10**5:
            return raw + _DAYS_1904
        return raw


class SheetReader:
    """Turns the rows of one matched sheet into draft rows and findings."""

    def __init__(
        self, match: SheetMatch, *, first_column: int, from_1904: bool, log: FindingLog
    ) -> None:
        self._match = match
        self._log = log
        self._columns = [
            _ColumnReader(number - first_column, column, to_letters(number), from_1904, {}, {})
            for number, column in sorted(match.columns.items())
        ]
        keys = set(match.layout.identity)
        self._identity = [reader.index for reader in self._columns if reader.column.key in keys]
        first = match.layout.identity[0]
        self._leading = {n for n, column in match.columns.items() if column.key == first}
        self._by_number = {reader.index + first_column: reader for reader in self._columns}
        self.leftovers = 0

    def read(self, rows: Iterable[Cells], issues: Issues, tick: Tick) -> tuple[Row, ...]:
        """``rows`` begin at line 1. Leftover rows are counted in ``leftovers``, not returned."""
        start = self._match.first_data_line
        found: list[Row] = []
        for line, cells in enumerate(rows, start=1):
            if line < start:
                continue
            if line % _TICK_EVERY == 0:
                tick(line)
            troubles = issues.get(line, ()) if issues else ()
            if self._counts(cells, troubles):
                found.append(self._row(line, cells, troubles))
            elif any(cell != "" for cell in cells):
                self.leftovers += 1
        return tuple(found)

    def _counts(self, cells: Cells, troubles: Sequence[CellIssue]) -> bool:
        """A row is meant when it names somebody; formulas and lists leave the rest behind."""
        for index in self._identity:
            cell = cells[index]
            if cell != "" and cell != 0 and str(cell).strip() not in _NOTHING:
                return True
        return any(trouble.column in self._leading for trouble in troubles)

    def _row(self, line: int, cells: Cells, troubles: Sequence[CellIssue]) -> Row:
        values: dict[str, str] = {}
        for reader in self._columns:
            raw = cells[reader.index]
            if raw == "":
                continue
            cleaned = reader.clean(raw)
            if cleaned[0]:
                values[reader.column.key] = cleaned[0]
            if cleaned[1] or cleaned[2]:
                self._report(line, reader, raw, cleaned)
        for trouble in troubles:
            self._report_trouble(line, trouble)
        return Row(line, values)

    def _report(self, line: int, reader: _ColumnReader, raw: Raw, cleaned: Cleaned) -> None:
        for code in (cleaned.changed_code, cleaned.fault_code):
            if code:
                self._log.add(
                    finding_of(
                        code,
                        raw,
                        cleaned.value,
                        sheet=self._match.sheet,
                        row=line,
                        column=reader.letters,
                        field=reader.column.key,
                    )
                )

    def _report_trouble(self, line: int, trouble: CellIssue) -> None:
        reader = self._by_number.get(trouble.column)
        if reader is None:
            return
        self._log.add(
            Finding(
                code=trouble.issue.value,
                severity=Severity.INFO if reader.column.helper else Severity.ERROR,
                sheet=self._match.sheet,
                row=line,
                column=reader.letters,
                field=reader.column.key,
                params={"error": trouble.text},
            )
        )


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
