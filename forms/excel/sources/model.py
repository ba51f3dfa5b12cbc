"""A workbook of any kind as its readers see it: sheets, rows by line, and facts by place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from forms.excel.cleaned import Raw
from forms.excel.sniff import BookKind
from forms.excel.sources.facts import Issues, Merged, SheetFacts
from forms.findings import Finding
from resources.faults import DataFault


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


@contextmanager
def damage_named() -> Iterator[None]:
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


class Sheet:
    """One sheet laid out. Lines and columns are 1-based and always those of the file."""

    def __init__(self, name: str, cells: CalamineSheet, facts: SheetFacts) -> None:
        self.name = name
        self._cells = cells
        self._facts = facts

    def rows(self) -> Iterator[Sequence[Raw]]:
        """From line 1 on, empty lines too; the first cell stands in ``first_column``."""
        cells: Iterator[Sequence[Raw]] = self._cells.iter_rows()
        return cells

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


class Source:
    """The sheets of one workbook, each judged before it is laid out, and only once."""

    def __init__(self, opened: Opened, findings: tuple[Finding, ...] = ()) -> None:
        self._opened: Opened | None = opened
        with damage_named():
            self._book: CalamineWorkbook | None = CalamineWorkbook.from_filelike(
                BytesIO(opened.content)
            )
        self._loaded: dict[str, Sheet] = {}
        self.kind = opened.kind
        self.sheets: Mapping[str, SheetEntry] = {entry.name: entry for entry in opened.sheets}
        self.from_1904 = opened.from_1904
        self.findings = findings

    def load(self, name: str) -> Sheet:
        """Raises DataFault ``workbook.broken`` and as the facts of the sheet do."""
        if name not in self._loaded:
            if self._opened is None or self._book is None:
                raise ValueError("the source was settled before this sheet was loaded")
            facts = self._opened.facts(name)
            if not self.sheets.keys() - self._loaded.keys() - {name}:
                self._opened = None  # every sheet is judged: before the last is laid out
            with damage_named():
                self._loaded[name] = Sheet(name, self._book.get_sheet_by_name(name), facts)
        return self._loaded[name]

    def settle(self, *names: str) -> None:
        """Keeps these sheets alone and lets the file itself go, to spare the memory."""
        self._loaded = {name: self.load(name) for name in names}
        if self._book is not None:
            self._book.close()
        self._book = self._opened = None
