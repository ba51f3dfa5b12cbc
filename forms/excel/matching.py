"""Which sheet of a workbook is which sheet of a layout, and where its columns stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forms.excel.clean_text import without_marks
from forms.excel.cleaned import Raw
from forms.excel.halves import Halves
from forms.excel.headings import heading_paths
from forms.excel.layout import BETWEEN, Column, Match, SheetLayout
from forms.excel.letters import to_letters
from forms.excel.number_row import is_number_row
from forms.excel.sources.facts import Merged

HEADER_SEARCH_ROWS = 40
_FEWEST_NAMES = 2
_TITLES_WANTED = 0.8
"""of the titles of a printed form; a list of one's own shares some of them"""


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
    """column number → a heading that the layout does not have"""
    unread: Mapping[int, Column]
    """column number → column that the layout knows and does not read"""
    first_data_line: int
    joined: Mapping[int, tuple[int, ...]]
    """column number → the numbers whose cells are joined into it, in their order"""
    halves: Halves | None = None
    """the columns of men and women, where there are two"""

    @property
    def letters(self) -> dict[str, str]:
        """Field key → column letters."""
        return {column.key: to_letters(number) for number, column in self.columns.items()}

    @property
    def known(self) -> int:
        """How many columns of the workbook the layout knows."""
        return len(self.columns) + len(self.unread)


def folded(name: object) -> str:
    """A heading for comparison: without marks, case, spaces and signs."""
    return _folded(str(name))


@lru_cache(maxsize=8_192)
def _folded(name: str) -> str:
    return "".join(letter for letter in without_marks(name) if letter.isalnum())


def _compared(layout: SheetLayout, name: str) -> str:
    """A technical name is one word without marks: “Mã số BHXH” heads a list of one's own."""
    word = name.strip()
    if layout.match is Match.NAMES and (not word.isascii() or len(word.split()) != 1):
        return ""
    return folded(word)


def find_header(
    layout: SheetLayout,
    sheet: str,
    rows: Iterable[Sequence[Raw]],
    first_column: int,
    merged: Sequence[Merged] = (),
) -> SheetMatch | None:
    """The best heading of the layout among ``rows``, which begin at line 1.

    ``first_column``: 1-based number of the first cell of every row. None when no row holds at
    least half of the needed names, or four fifths of the titles of a layout known by titles.
    """
    top = list(rows)
    said = _said_of(layout)
    found = (_at(layout, said, top, line, first_column, merged) for line in range(1, len(top) + 1))
    fitting = [heading for heading in found if heading is not None]
    if not fitting:
        return None
    return _match(layout, sheet, max(fitting, key=lambda heading: heading.score), top)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """The heading whose last line is ``line``: column number → what is compared, as it stands."""

    line: int
    names: Mapping[int, str]
    score: int


_Said = tuple[frozenset[str], ...]
"""for each column what it may be called, as it is compared"""


def _at(
    layout: SheetLayout,
    said: tuple[_Said, _Said],
    top: Sequence[Sequence[Raw]],
    line: int,
    first_column: int,
    merged: Sequence[Merged],
) -> _Heading | None:
    names = _names_at(layout, top, line, first_column, merged)
    present = {_compared(layout, name) for name in names.values()}
    wanted, needed = said
    score = _said_in(present, wanted)
    if layout.match is Match.TITLES:
        fits = score >= _TITLES_WANTED * len(wanted)
    else:
        fits = _said_in(present, needed) >= max(_FEWEST_NAMES, (len(needed) + 1) // 2)
    return _Heading(line=line, names=names, score=score) if fits else None


def _said_of(layout: SheetLayout) -> tuple[_Said, _Said]:
    """Of the columns that have a name, and of the needed ones among those known by it."""
    wanted = (column for column in layout.columns if column.name)
    needed = (column for column in layout.named if column.needed)
    return tuple(map(_said, wanted)), tuple(map(_said, needed))


def _said(column: Column) -> frozenset[str]:
    return frozenset(map(folded, column.names))


def _said_in(present: set[str], columns: _Said) -> int:
    return sum(not names.isdisjoint(present) for names in columns)


def _names_at(
    layout: SheetLayout,
    top: Sequence[Sequence[Raw]],
    line: int,
    first_column: int,
    merged: Sequence[Merged],
) -> dict[int, str]:
    if layout.match is Match.NAMES:
        return {at: str(cell) for at, cell in enumerate(top[line - 1], first_column)}
    first = max(line - layout.heading_rows + 1, 1)
    paths = heading_paths(
        top[first - 1 : line], first_line=first, first_column=first_column, merged=merged
    )
    return {at: BETWEEN.join(path) for at, path in enumerate(paths, first_column)}


def _match(
    layout: SheetLayout, sheet: str, heading: _Heading, top: Sequence[Sequence[Raw]]
) -> SheetMatch:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, name in heading.names.items():
        if compared := _compared(layout, name):
            places[compared].append(number)
    placed, absent = _place(layout, places)
    columns = {number: column for number, column in placed.items() if column.key}
    extra = {
        number: name.strip()
        for number, name in heading.names.items()
        if number not in placed and folded(name)
    }
    return SheetMatch(
        layout=layout,
        sheet=sheet,
        header_line=heading.line,
        columns=columns,
        absent=absent,
        extra=extra,
        unread={number: column for number, column in placed.items() if not column.key},
        first_data_line=_first_data_line(layout, heading.line, top),
        joined={},
    )


def _first_data_line(layout: SheetLayout, header_line: int, top: Sequence[Sequence[Raw]]) -> int:
    """As far below the heading as in the layout; a row of column numbers may have been left out."""
    if layout.match is Match.NAMES:
        return header_line + layout.first_data_row - layout.header_row
    below = header_line + 1
    numbered = len(top) >= below and is_number_row(top[below - 1])
    return below + numbered


def _place(
    layout: SheetLayout, places: Mapping[str, Sequence[int]]
) -> tuple[dict[int, Column], tuple[Column, ...]]:
    """The n-th column of a name takes the n-th place where that name stands."""
    placed: dict[int, Column] = {}
    absent: list[Column] = []
    seen: Counter[str] = Counter()
    for column in layout.columns:
        found = next((name for name in map(folded, column.names) if name in places), "")
        if column.name and seen[found] < len(places.get(found, ())):
            placed[places[found][seen[found]]] = column
            seen[found] += 1
        elif column.key:
            absent.append(column)
    return placed, tuple(absent)
