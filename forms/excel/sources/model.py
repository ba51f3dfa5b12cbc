"""A workbook of any kind as its readers see it: sheets, rows by line, and facts by place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Protocol, runtime_checkable

from python_calamine import CalamineWorkbook

from forms.excel.cleaned import Raw
from forms.excel.sniff import BookKind
from forms.excel.sources.damage import damage_named
from forms.excel.sources.facts import Issues, Merged, SheetFacts
from forms.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A worksheet as the workbook lists it; charts and macro sheets are left out."""

    name: str
    visible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What one kind of workbook gives before the reading library has seen it."""

    kind: BookKind
    content: bytes
    """safe for the library"""
    sheets: tuple[SheetEntry, ...]
    from_1904: bool
    facts: Callable[[str], SheetFacts]
    """of the sheet of this name; raises DataFault when the sheet asks for too much"""
    reaches_out: bool
    """macros, links or queries to the outside are in it"""
    plain: "Callable[[str], tuple[Cells, SheetFacts] | None] | None" = None
    """the cells of the sheet of this name where the library need not lay it out, in kinds of
    workbook that have such sheets; raises as ``facts``"""


class Cells(Protocol):
    """A sheet as the reading library lays it out; places are 0-based."""

    def iter_rows(self) -> Iterator[Sequence[Raw]]: ...
    @property
    def start(self) -> tuple[int, int] | None: ...
    @property
    def end(self) -> tuple[int, int] | None: ...
    @property
    def merged_cell_ranges(self) -> Sequence[tuple[tuple[int, int], tuple[int, int]]] | None: ...


@runtime_checkable
class CellsAcross(Protocol):
    """A sheet that gives its cells by column as well, which spares turning them."""

    def across(self, first_line: int, most: int) -> Iterator[Sequence[Sequence[Raw]]]: ...


def across(
    rows: Iterable[Sequence[Raw]], first_line: int, most: int
) -> Iterator[Sequence[Sequence[Raw]]]:
    """``rows`` begin at line 1; their cells by column, ``most`` rows at a time."""
    rest = islice(rows, first_line - 1, None)
    while block := list(islice(rest, most)):
        yield list(zip(*block, strict=True))


class Sheet:
    """One sheet laid out. Lines and columns are 1-based and always those of the file."""

    def __init__(self, name: str, cells: Cells, facts: SheetFacts) -> None:
        self.name = name
        self._cells = cells
        self._facts = facts

    def rows(self) -> Iterator[Sequence[Raw]]:
        """From line 1 on, empty lines too; the first cell stands in ``first_column``."""
        cells: Iterator[Sequence[Raw]] = self._cells.iter_rows()
        return cells

    def across(self, first_line: int, most: int) -> Iterator[Sequence[Sequence[Raw]]]:
        """The cells of ``rows`` by column, from a line on, ``most`` lines at a time."""
        if isinstance(self._cells, CellsAcross):
            return self._cells.across(first_line, most)
        return across(self.rows(), first_line, most)

    @property
    def first_column(self) -> int:
        return self._cells.start[1] + 1 if self._cells.start else 1

    @property
    def last_line(self) -> int:
        """How many lines ``rows`` gives."""
        return self._cells.end[0] + 1 if self._cells.end else 0

    @property
    def issues(self) -> Issues:
        return self._facts.issues

    @property
    def hidden_rows(self) -> frozenset[int]:
        return self._facts.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self._facts.hidden_columns

    @property
    def merged(self) -> tuple[Merged, ...]:
        ranges = self._cells.merged_cell_ranges
        if ranges is None:
            return self._facts.merged
        return tuple(
            Merged(
                first_row=first[0] + 1,
                first_column=first[1] + 1,
                last_row=last[0] + 1,
                last_column=last[1] + 1,
            )
            for first, last in ranges
        )


def _library(opened: Opened) -> CalamineWorkbook:
    with damage_named():
        return CalamineWorkbook.from_filelike(BytesIO(opened.content))


class Source:
    """The sheets of one workbook, each judged before it is laid out, and only once."""

    def __init__(self, opened: Opened, findings: tuple[Finding, ...] = ()) -> None:
        self._opened: Opened | None = opened
        self._book = None if opened.plain else _library(opened)
        self._loaded: dict[str, Sheet] = {}
        self.kind = opened.kind
        self.sheets: Mapping[str, SheetEntry] = {entry.name: entry for entry in opened.sheets}
        self.from_1904 = opened.from_1904
        self.findings = findings

    def load(self, name: str) -> Sheet:
        """Raises DataFault ``workbook.broken`` and as the facts of the sheet do."""
        if name not in self._loaded:
            if self._opened is None:
                raise ValueError("the source was settled before this sheet was loaded")
            plain = self._opened.plain(name) if self._opened.plain else None
            self._loaded[name] = Sheet(name, *plain) if plain else self._laid_out(name)
        return self._loaded[name]

    def _laid_out(self, name: str) -> Sheet:
        """By the reading library, which is given the file only where it is needed."""
        opened = self._opened
        if opened is None:
            raise ValueError("the source was settled before this sheet was loaded")
        book = self._book = self._book or _library(opened)
        facts = opened.facts(name)
        del opened
        if not self.sheets.keys() - self._loaded.keys() - {name}:
            self._opened = None  # every sheet is judged: before the last is laid out
        with damage_named():
            return Sheet(name, book.get_sheet_by_name(name), facts)

    def settle(self, *names: str) -> None:
        """Keeps these sheets alone and lets the file itself go, to spare the memory."""
        self._loaded = {name: self.load(name) for name in names}
        if self._book is not None:
            self._book.close()
        self._book = self._opened = None
