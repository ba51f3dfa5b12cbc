"""What the reading library does not tell of a sheet: its real extent, errors, empty formulas.

The bytes of a sheet go first through a filter that knows how every common program writes a cell.
Only what the filter does not recognise, or finds worth a look, is walked element by element.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.parsers.expat import XMLParserType

from forms.excel.expat import feed, local_name, new_parser
from forms.excel.letters import to_letters, to_number
from forms.excel.limits import LIMITS, Limits
from resources.faults import DataFault

_CELL = b"<c "
_USUAL_CELL = re.compile(
    rb'<c r="(?:[A-Z]|[A-D][A-Z])(?:[1-9][0-9]{0,4}|1[0-4][0-9]{4})"',
)
"""within 130 columns and 149,999 rows: never above the limit of cells"""
_UNUSUAL = re.compile(rb"<(?:c[\t\r\n/>]|[A-Za-z_][\w.\-]*:(?:c|row)[\s/>])|'e'")
_FORMULA = b"<f"
_EMPTY_FORMULA = re.compile(
    rb'<c (?![^>]* t="str")[^>]*><f[^>]*(?:/>|>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v[^>]*></v>)'
)
_ERROR = b' t="e"'
_LONGEST_PIECE = 8 * 1024 * 1024
_MOST_ISSUES = 50_000
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")


class Issue(Enum):
    """Why a cell gives no value; the values are codes of findings."""

    ERROR = "cell.error"
    NO_VALUE = "cell.no_value"


@dataclass(frozen=True, slots=True)
class CellIssue:
    issue: Issue
    column: int
    """1-based"""
    text: str
    """the error value, such as ``#REF!``"""


Issues = Mapping[int, list[CellIssue]]
"""by 1-based row"""


def scan(chunks: Callable[[], Iterable[bytes]], *, sheet: str, limits: Limits = LIMITS) -> Issues:
    """The cells without a usable value. ``chunks`` gives the bytes of the sheet from the start.

    Raises DataFault ``workbook.sheet_too_big`` for a cell so far out that laying out the sheet
    would exhaust memory, and ``workbook.broken``.
    """
    if _is_plain(chunks()):
        return {}
    walk = _Walk(sheet=sheet, limits=limits)
    walk.run(chunks())
    return walk.issues


def _is_plain(chunks: Iterable[bytes]) -> bool:
    """Every cell is written the usual way, near enough, and holds a value."""
    return all(_is_plain_piece(piece) for piece in _whole_cells(chunks))


def _is_plain_piece(piece: bytes) -> bool:
    return (
        b"\0" not in piece
        and piece.count(_CELL) == len(_USUAL_CELL.findall(piece))
        and _ERROR not in piece
        and not _UNUSUAL.search(piece)
        and not (_FORMULA in piece and _EMPTY_FORMULA.search(piece))
    )


def _whole_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut only where a cell or at least an element begins."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = max(piece.rfind(_CELL if _CELL in piece else b"<"), 0)
        if len(piece) - cut > _LONGEST_PIECE:
            raise DataFault("workbook.text_too_long")
        rest = piece[cut:]
        yield piece[:cut]
    yield rest


@dataclass(slots=True)
class _Walk:
    """One pass over all elements of a sheet."""

    sheet: str
    limits: Limits
    issues: dict[int, list[CellIssue]] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    kind: str = ""
    has_formula: bool = False
    has_value: bool = False
    text: str = ""
    noted: int = 0
    parser: XMLParserType = field(default_factory=new_parser)

    def run(self, chunks: Iterable[bytes]) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.buffer_text = True
        feed(self.parser, chunks)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local_name(name):
            case "c":
                self.begin_cell(attributes)
            case "row":
                self.begin_row(attributes)
            case "v" | "is":
                self.has_value = True
                self.parser.CharacterDataHandler = self.add_text
            case "f":
                self.has_formula = True

    def end(self, name: str) -> None:
        match local_name(name):
            case "v" | "is":
                self.parser.CharacterDataHandler = None
            case "c":
                self.end_cell()

    def add_text(self, text: str) -> None:
        if len(self.text) < 100:
            self.text += text

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r", "")
        self.row = int(given) if given.isdecimal() and len(given) < 9 else self.row + 1
        self.column = 0

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.match(attributes.get("r", ""))
        self.column = to_number(place[1].upper()) if place else self.column + 1
        self.row = int(place[2]) if place else self.row
        self.kind = attributes.get("t", "")
        self.has_formula = self.has_value = False
        self.text = ""

    def end_cell(self) -> None:
        if self.has_value:
            self.check_extent()
        if self.kind == "e":
            self.note(Issue.ERROR)
        elif self.has_formula and not self.text and not (self.kind == "str" and self.has_value):
            self.note(Issue.NO_VALUE)

    def check_extent(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if (
            self.last_row > self.limits.rows
            or self.last_column > self.limits.columns
            or self.last_row * self.last_column > self.limits.cells
        ):
            cell = f"{to_letters(self.column)}{self.row}"
            raise DataFault("workbook.sheet_too_big", sheet=self.sheet, cell=cell)

    def note(self, issue: Issue) -> None:
        self.noted += 1
        if self.noted <= _MOST_ISSUES:
            found = CellIssue(issue, self.column, self.text)
            self.issues.setdefault(self.row, []).append(found)
