"""The one part of an .ods that holds all sheets, walked before the reading library sees it.

A cell or a row may say that it repeats itself a million times; here it is counted, not laid out.
Source: OpenDocument 1.3, part 3, §9.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from forms.excel.expat import feed, new_parser
from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.facts import FactsLog, Issue, SheetFacts
from resources.faults import DataFault

_MOST_REPEATS = 1 << 24
_MOST_HIDDEN = 1_048_576
_NOT_SHOWN = frozenset({"collapse", "filter"})
_OUTSIDE = frozenset(
    {"office:scripts", "table:dde-link", "table:table-source", "table:cell-range-source"}
)
_SCRIPT = frozenset({"script:event-listener", "office:script"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsSheet:
    name: str
    visible: bool
    facts: SheetFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsBook:
    sheets: tuple[OdsSheet, ...]
    from_1904: bool
    reaches_out: bool


@dataclass(slots=True)
class _Row:
    number: int
    repeats: int
    column: int = 0
    filled: int = 0
    """the last column with anything in it"""


def read_open_document(chunks: Iterable[bytes], limits: Limits = LIMITS) -> OdsBook:
    """Walks ``content.xml``. Raises DataFault ``workbook.sheet_too_big``,
    ``workbook.text_too_long``, ``workbook.entities`` and ``workbook.broken``."""
    walk = _Walk(limits=limits)
    walk.run(chunks)
    return OdsBook(
        sheets=tuple(walk.sheets), from_1904=walk.from_1904, reaches_out=walk.reaches_out
    )


@dataclass(slots=True, kw_only=True)
class _Walk:
    limits: Limits
    sheets: list[OdsSheet] = field(default_factory=list)
    from_1904: bool = False
    reaches_out: bool = False
    parser: XMLParserType = field(default_factory=new_parser)
    shown: dict[str, bool] = field(default_factory=dict)
    style: str = ""
    log: FactsLog | None = None
    name: str = ""
    visible: bool = True
    row: _Row = field(default_factory=lambda: _Row(0, 0))
    next_column: int = 1
    cell: Mapping[str, str] = field(default_factory=dict)
    cell_from: int = 0
    has_text: bool = False
    is_error: bool = False
    error: str = ""
    cells: int = 0
    depth: int = 0
    """of tables within tables: only the outermost is a sheet"""

    def run(self, chunks: Iterable[bytes]) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        feed(self.parser, chunks)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self.begin_cell(attributes)
            case "text:p":
                self.begin_text()
            case "table:table-row":
                self.begin_row(attributes)
            case "table:table-column":
                self.begin_column(attributes)
            case "table:table":
                self.begin_table(attributes)
            case "style:style":
                self.style = attributes.get("style:name", "")
            case "style:table-properties":
                self.shown[self.style] = attributes.get("table:display", "true") != "false"
            case "table:null-date":
                self.from_1904 = attributes.get("table:date-value", "").startswith("1904")
            case _ if name in _OUTSIDE or name in _SCRIPT:
                self.reaches_out = self.reaches_out or name != "office:scripts"

    def end(self, name: str) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self.end_cell()
            case "table:table-row":
                self.end_row()
            case "table:table":
                self.end_table()
            case "text:p":
                self.parser.CharacterDataHandler = None

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > 1:
            raise DataFault("workbook.broken")
        self.name = attributes.get("table:name", "")
        self.visible = self.shown.get(attributes.get("table:style-name", ""), True)
        self.log = FactsLog(sheet=self.name, limits=self.limits)
        self.row = _Row(1, 0)
        self.next_column = 1

    def end_table(self) -> None:
        self.depth -= 1
        if self.log is None:
            return
        self.cells += self.log.last_row * self.log.last_column
        if self.cells > self.limits.cells:
            raise DataFault("workbook.sheet_too_big", sheet=self.name, cell="A1")
        self.sheets.append(OdsSheet(name=self.name, visible=self.visible, facts=self.log.facts()))
        self.log = None

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        repeats = _repeats(attributes, "table:number-columns-repeated")
        if self.log and attributes.get("table:visibility") in _NOT_SHOWN:
            self.log.hide_columns(self.next_column, self.next_column + repeats - 1)
        self.next_column += repeats

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        repeats = _repeats(attributes, "table:number-rows-repeated")
        self.row = _Row(self.row.number + self.row.repeats, repeats)
        if self.log and attributes.get("table:visibility") in _NOT_SHOWN:
            for number in range(self.row.number, self.row.number + min(repeats, _MOST_HIDDEN)):
                self.log.hide_row(number)

    def end_row(self) -> None:
        if self.log and self.row.filled:
            self.log.reach(self.row.number + self.row.repeats - 1, self.row.filled)

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.cell = attributes
        self.cell_from = self.parser.CurrentByteIndex
        self.has_text = False
        self.is_error = attributes.get("calcext:value-type") == "error"
        self.error = ""

    def begin_text(self) -> None:
        self.has_text = True
        if self.is_error:
            self.parser.CharacterDataHandler = self.add_error

    def add_error(self, text: str) -> None:
        self.error = (self.error + text)[:20]

    def end_cell(self) -> None:
        cell, row, log = self.cell, self.row, self.log
        repeats = _repeats(cell, "table:number-columns-repeated") if len(cell) else 1
        column, row.column = row.column + 1, row.column + repeats
        if log is None or not (self.has_text or _says_something(cell)):
            return
        row.filled = row.column
        log.reach(row.number, row.filled)
        length = self.parser.CurrentByteIndex - self.cell_from
        if length > self.limits.string_bytes:
            raise DataFault("workbook.text_too_long")
        log.weigh(length * repeats * row.repeats)
        self.note(cell, column, log)

    def note(self, cell: Mapping[str, str], column: int, log: FactsLog) -> None:
        row = self.row.number
        if self.is_error:
            log.note(Issue.ERROR, row, column, self.error)
        elif "table:formula" in cell and "office:value-type" not in cell:
            log.note(Issue.NO_VALUE, row, column, "")
        if "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell:
            wide = _repeats(cell, "table:number-columns-spanned")
            high = _repeats(cell, "table:number-rows-spanned")
            log.merge(row, column, row + high - 1, column + wide - 1)


def _says_something(cell: Mapping[str, str]) -> bool:
    return "office:value-type" in cell or "table:formula" in cell


def _repeats(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise DataFault("workbook.broken")
    number = int(text)
    if not 0 < number <= _MOST_REPEATS:
        raise DataFault("workbook.broken")
    return number
