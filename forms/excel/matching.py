"""Which sheet of a workbook is which sheet of a layout, and where its columns stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.excel.clean_text import without_marks
from forms.excel.layout import Column, SheetLayout
from forms.excel.letters import to_letters

HEADER_SEARCH_ROWS = 15
_FEWEST_NAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMatch:
    """A sheet of the layout found in a workbook; lines and columns are 1-based."""

    layout: SheetLayout
    sheet: str
    header_line: int
    columns: Mapping[int, Column]
    """column number → column of the layout"""
    absent: tuple[Column, ...]
    extra: Mapping[int, str]
    """column number → a technical name that the layout does not have"""

    @property
    def first_data_line(self) -> int:
        return self.header_line + self.layout.first_data_row - self.layout.header_row

    @property
    def letters(self) -> dict[str, str]:
        """Field key → column letters."""
        return {column.key: to_letters(number) for number, column in self.columns.items()}


def folded(name: object) -> str:
    """A heading for comparison: without marks, case, spaces and signs."""
    return "".join(letter for letter in without_marks(str(name)) if letter.isalnum())


def find_header(
    layout: SheetLayout, sheet: str, rows: Iterable[Sequence[object]], first_column: int
) -> SheetMatch | None:
    """The best line of technical names among ``rows``, which begin at line 1.

    ``first_column``: 1-based number of the first cell of every row. None when no row holds at
    least half of the needed names.
    """
    wanted = {folded(column.name) for column in layout.named}
    needed = {folded(column.name) for column in layout.named if column.needed}
    best: tuple[int, int, Sequence[object]] | None = None
    for line, cells in enumerate(rows, start=1):
        names = {folded(cell) for cell in cells}
        enough = max(_FEWEST_NAMES, (len(needed) + 1) // 2)
        score = len(names & wanted)
        if len(names & needed) >= enough and (best is None or score > best[0]):
            best = (score, line, cells)
    if best is None:
        return None
    return _match(layout, sheet, best[1], best[2], first_column)


def _match(
    layout: SheetLayout, sheet: str, line: int, cells: Sequence[object], first_column: int
) -> SheetMatch:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells, start=first_column):
        if name := folded(cell):
            places[name].append(number)
    columns, absent = _place(layout, places)
    extra = {
        number: str(cells[number - first_column]).strip()
        for numbers in places.values()
        for number in numbers
        if number not in columns
    }
    return SheetMatch(
        layout=layout, sheet=sheet, header_line=line, columns=columns, absent=absent, extra=extra
    )


def _place(
    layout: SheetLayout, places: Mapping[str, Sequence[int]]
) -> tuple[dict[int, Column], tuple[Column, ...]]:
    """The n-th column of a name takes the n-th place where that name stands."""
    columns: dict[int, Column] = {}
    absent: list[Column] = []
    seen: Counter[str] = Counter()
    for column in layout.named:
        name = folded(column.name)
        found = places.get(name, ())
        if seen[name] < len(found):
            columns[found[seen[name]]] = column
        else:
            absent.append(column)
        seen[name] += 1
    return columns, tuple(absent)
