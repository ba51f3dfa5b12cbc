"""Which rows of a sheet are somebody, and a list of those that are not."""

from collections.abc import Iterator, Sequence
from typing import cast

from forms.excel.clean_nothing import says_nothing
from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.column_reader import ColumnReader
from forms.excel.kinds import Kind
from forms.excel.layout import Column
from forms.excel.matching import SheetMatch
from forms.excel.row_kinds import RowKind, folded_cell, row_kind
from forms.excel.sheet_scan import CellIssue
from forms.findings import Finding, Severity

_NUMBERS = frozenset({Kind.SOCIAL_NUMBER, Kind.CITIZEN_ID})
_SHORTEST_NUMBER = 8
_SMALLEST_NUMBER = 10_000_000
_FIRST_LINES = 5
_NOTHING = frozenset({"", "0"})


class RowFilter:
    """Looks at every row of one sheet, in their order."""

    def __init__(self, match: SheetMatch, columns: Sequence[ColumnReader]) -> None:
        identity = frozenset(match.layout.identity)
        self._sheet = match.sheet
        self._identity = [reader.index for reader in columns if reader.column.key in identity]
        self._numbers = [
            reader.index
            for reader in columns
            if reader.column.key in identity and reader.column.kind in _NUMBERS
        ]
        first = match.layout.identity[0]
        self._leading = {n for n, column in match.columns.items() if column.key == first}
        self._headings = {reader.index: _said(reader.column) for reader in columns}
        self._skipped: dict[RowKind, list[int]] = {}
        self._blanks: list[int] = []
        self._below_signature = False
        self.leftovers = 0

    def keeps(self, line: int, cells: Sequence[Raw], troubles: Sequence[CellIssue]) -> bool:
        """A row is meant when it names somebody; what else it is, is written down."""
        if self._has_number(cells) or self._is_somebody(line, cells, troubles):
            self._tell_blanks()
            return True
        return False

    def keeps_all(self, columns: Sequence[Sequence[Raw]]) -> bool:
        """Whether every row of some has somebody's number, told by one look at each column.

        ``columns``: the cells of these rows by place. False where it takes a look at each row.
        """
        if any(_all_numbers(columns[index]) for index in self._numbers):
            self._tell_blanks()
            return True
        return False

    def stands_below_signature(self, cells: Sequence[Raw]) -> bool:
        """Whether a row that is kept may be the name of who signed."""
        return self._below_signature and not self._has_number(cells)

    def findings(self) -> Iterator[Finding]:
        """One for each kind of row that was skipped: how many, and the first of them."""
        for kind, lines in self._skipped.items():
            first = ", ".join(map(str, lines[:_FIRST_LINES]))
            more = ", …" if len(lines) > _FIRST_LINES else ""
            yield Finding(
                code=kind.value,
                severity=Severity.INFO,
                sheet=self._sheet,
                row=lines[0],
                params={"count": len(lines), "lines": first + more},
            )

    def _tell_blanks(self) -> None:
        """Blank rows count only where somebody stands below them."""
        if self._blanks:
            self._skipped.setdefault(RowKind.BLANK, []).extend(self._blanks)
            self._blanks.clear()

    def _has_number(self, cells: Sequence[Raw]) -> bool:
        for index in self._numbers:
            cell = cells[index]
            if cell.__class__ is str:
                if len(cell) >= _SHORTEST_NUMBER and cell[-1].isdigit():
                    return True
            elif cell.__class__ is float and cell >= _SMALLEST_NUMBER:
                return True
        return False

    def _is_somebody(self, line: int, cells: Sequence[Raw], troubles: Sequence[CellIssue]) -> bool:
        if any(trouble.column in self._leading for trouble in troubles):
            return True
        if cells.count("") == len(cells):
            self._blanks.append(line)
            return False
        kind = row_kind(cells, numbers=self._numbers, headings=self._headings)
        if kind is not None:
            self._skipped.setdefault(kind, []).append(line)
            self._below_signature |= kind is RowKind.SIGNATURE
            return False
        if any(_says_something(cells[index]) for index in self._identity):
            return True
        self.leftovers += 1
        return False


def _all_numbers(cells: Sequence[Raw]) -> bool:
    if set(map(type, cells)) != {str}:
        return False
    texts = cast(Sequence[str], cells)
    return min(map(len, texts)) >= _SHORTEST_NUMBER and "".join(texts).isdigit()


def _said(column: Column) -> frozenset[str]:
    """What the heading of a column may say."""
    return frozenset(filter(None, (folded_cell(column.name), folded_cell(column.title))))


def _says_something(cell: Raw) -> bool:
    if cell == "" or cell == 0:
        return False
    text = tidy(shown(cell))
    return text not in _NOTHING and not says_nothing(Kind.TEXT, text)
