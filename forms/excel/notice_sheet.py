"""The sheets of a notice workbook as grids of cells, opened as carefully as any workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.excel.cleaned import Raw
from forms.excel.letters import to_letters
from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.facts import Issues
from forms.excel.sources.opening import open_source
from forms.reconcile.notice import Place
from forms.reconcile.notice_layouts import letters

HEADER_SEARCH_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. Lines and columns are 1-based."""

    sheet: str
    rows: Sequence[Sequence[Raw]]
    first_column: int
    issues: Issues

    def cell(self, line: int, column: int) -> Raw:
        """None where nothing stands, or beyond the edge."""
        if not 1 <= line <= len(self.rows):
            return None
        cells, index = self.rows[line - 1], column - self.first_column
        found = cells[index] if 0 <= index < len(cells) else None
        return None if found == "" else found

    def is_broken(self, line: int, column: int) -> bool:
        """An error value, or a formula without a result."""
        return any(issue.column == column for issue in self.issues.get(line, ()))

    def place(self, line: int, column: int) -> Place:
        return Place(sheet=self.sheet, row=line, column=to_letters(column))

    def columns(self, line: int) -> range:
        """Numbers of the columns of a line."""
        width = len(self.rows[line - 1]) if 1 <= line <= len(self.rows) else 0
        return range(self.first_column, self.first_column + width)

    def text_above(self, line: int) -> str:
        """Everything above a line, in reading order: what the notice says of itself."""
        above = (cell for cells in self.rows[: line - 1] for cell in cells)
        return " ".join(cell for cell in above if isinstance(cell, str) and cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The line of headings of a table; lines and columns are 1-based."""

    line: int
    columns: Mapping[str, int]
    """key → column number; the leftmost where a heading stands twice"""


def read_grids(path: Path, *, limits: Limits = LIMITS) -> Iterator[Grid]:
    """Every sheet. Raises DataFault ``workbook.*`` and SurroundingsFault as opening does."""
    source = open_source(path, limits)
    for name in source.sheets:
        sheet = source.load(name)
        yield Grid(
            sheet=name,
            rows=list(sheet.rows()),
            first_column=sheet.first_column,
            issues=sheet.issues,
        )


def find_heading(grid: Grid, names: Mapping[str, str], needed: frozenset[str]) -> Heading | None:
    """The first line with all needed headings; a second line of headings may divide them.

    ``names``: heading in ``letters`` → key.
    """
    top = range(1, min(len(grid.rows), HEADER_SEARCH_ROWS) + 1)
    fits = (line for line in top if needed <= _heading(grid, line, names).columns.keys())
    first = next(fits, None)
    if first is None:
        return None
    # the line above the headings has them below it too, but undivided
    below = (_heading(grid, line, names) for line in (first, first + 1))
    whole = (heading for heading in below if needed <= heading.columns.keys())
    return max(whole, key=lambda heading: (len(heading.columns), heading.line))


def _heading(grid: Grid, line: int, names: Mapping[str, str]) -> Heading:
    """What stands under each heading of this line and the next; the lower one is narrower."""
    columns: dict[str, int] = {}
    width = max(len(grid.columns(at)) for at in (line, line + 1))
    for number in range(grid.first_column, grid.first_column + width):
        upper, lower = (_key(grid.cell(at, number), names) for at in (line, line + 1))
        if key := lower or upper:
            columns.setdefault(key, number)
    return Heading(line=line, columns=columns)


def _key(cell: Raw, names: Mapping[str, str]) -> str:
    return names.get(letters(cell), "") if isinstance(cell, str) else ""
