"""What the reading library does not tell of an .xlsx sheet: its real extent, errors, formulas
without a result, and which rows and columns are hidden.

The bytes of a sheet go first through a filter that knows how every common program writes a cell.
Only a sheet that the filter does not recognise is walked element by element.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from forms.excel.letters import to_number
from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.facts import FactsLog, Issue, SheetFacts
from forms.excel.sources.xml_walk import Walk
from resources.faults import DataFault

_CELL = b"<c "
_FAR_OR_ODD_CELL = re.compile(
    rb'<c(?! r="[A-D]?[A-Z]\d{1,5}"| r="[A-D]?[A-Z]1[0-4]\d{4}"|[a-z]'
    rb'| r="[A-Z]{1,3}\d{1,7}"[^<>]*(?:/>|></c>))'
)
"""a cell with something in it beyond 130 columns or 149,999 rows, or not written as usual"""
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_SPACES = (b"\n", b"\r", b"\t")
_FORMULA = b"<f"
_EMPTY_FORMULA = re.compile(
    rb'<c (?![^>]* t="(?:str|e)")[^>]*><f[^>]*(?:/>|>[^<]*</f>)\s*(?:</c>|<v\s*/>|<v[^>]*></v>)'
)
_ERROR = b' t="e"'
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]* t="e"[^<>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?'
    rb"(?:<v>([^<&]{0,100})</v>)?</c>"
)
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = b" hidden="
_HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^<>]* hidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<col [^<>]* hidden="(?:1|true)"[^<>]*>')
_SHOWN = re.compile(rb' hidden="(?:0|false)"')
_SPAN = re.compile(rb' (min|max)="(\d{1,5})"')
_STRING_VALUE = re.compile(rb' t="s"[^<>]*><v>\s*(\d{1,9})\s*</v>')
_ENDS = (b"</c>", b"</row>", b"</sheetData>")
_SHORTEST_CELL = len(b'<c r="A1" t="s"><v>0</v></c>')
_LONGEST_PIECE = 8 * 1024 * 1024


class _NotPlain(Exception):
    """The sheet is not written as every common program writes it."""


def scan_sheet(
    chunks: Callable[[], Iterable[bytes]],
    *,
    sheet: str,
    limits: Limits = LIMITS,
    string_sizes: Sequence[int] = (),
) -> SheetFacts:
    """The facts of a sheet. ``chunks`` gives its bytes from the start, each time it is called.

    ``string_sizes``: bytes of each shared string. Raises DataFault
    ``workbook.sheet_too_big`` for a cell so far out that laying out the sheet would exhaust
    memory, ``workbook.text_too_long``, ``workbook.entities`` and ``workbook.broken``.
    """
    try:
        log = FactsLog(sheet=sheet, limits=limits)
        filter_ = _Filter(log, string_sizes, max(string_sizes, default=0))
        for piece in _whole_cells(chunks()):
            filter_.look(piece)
        return log.facts()
    except _NotPlain:
        log = FactsLog(sheet=sheet, limits=limits)
        Walk(log=log, string_sizes=string_sizes).run(chunks())
        return log.facts()


@dataclass(frozen=True, slots=True)
class _Filter:
    log: FactsLog
    string_sizes: Sequence[int]
    longest: int

    def look(self, piece: bytes) -> None:
        """Raises _NotPlain for whatever is not surely understood.

        A letter that is nowhere in it is looked for much faster than a word.
        """
        self._recognise(piece)
        if b"e" in piece:
            self._errors(piece)
            self._hidden(piece)
        if b"f" in piece and _FORMULA in piece:
            self._formulas(piece)
        self._weigh(piece)

    def _weigh(self, piece: bytes) -> None:
        """Roughly at first; string by string only where that would be too much."""
        most = len(piece) // _SHORTEST_CELL * self.longest
        if self.log.text_bytes + most < self.log.limits.text_bytes // 2:
            self.log.weigh(most)
        else:
            used = Counter(map(int, _STRING_VALUE.findall(piece)))
            self.log.weigh_used(used, self.string_sizes)

    def _recognise(self, piece: bytes) -> None:
        odd = (
            b"\0" in piece
            or (b"'" in piece and b"='" in piece)
            or (b":" in piece and _PREFIXED.search(piece))
            or (any(space in piece for space in _SPACES) and _is_spread(piece))
            or _FAR_OR_ODD_CELL.search(piece)
        )
        if odd:
            raise _NotPlain

    def _errors(self, piece: bytes) -> None:
        if _ERROR not in piece:
            return
        cells = _ERROR_CELL.findall(piece)
        if len(cells) != piece.count(_ERROR):
            raise _NotPlain
        for letters, row, text in cells:
            self.log.note(Issue.ERROR, int(row), to_number(letters.decode()), text.decode("ascii"))

    def _formulas(self, piece: bytes) -> None:
        for cell in _EMPTY_FORMULA.findall(piece):
            place = _PLACE.match(cell)
            if place is None:
                raise _NotPlain
            self.log.note(Issue.NO_VALUE, int(place[2]), to_number(place[1].decode()), "")

    def _hidden(self, piece: bytes) -> None:
        if _HIDDEN not in piece:
            return
        rows, columns = _HIDDEN_ROW.findall(piece), _HIDDEN_COLUMNS.findall(piece)
        known = len(rows) + len(columns) + len(_SHOWN.findall(piece))
        if known != piece.count(_HIDDEN):
            raise _NotPlain
        for row in rows:
            self.log.hide_row(int(row))
        for column in columns:
            span = dict(_SPAN.findall(column))
            self.log.hide_columns(int(span.get(b"min", 1)), int(span.get(b"max", 0)))


def _is_spread(piece: bytes) -> bool:
    """White space inside a row's or a cell's tag or between its elements."""
    return _SPREAD.search(piece) is not None


_SPREAD = re.compile(rb"<(?:c|row)[\t\r\n]|<(?:c|row|v|f|is) [^<>]*[\t\r\n]|</[fv]>[\t\r\n]")


def _whole_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut only where a row, a cell or at least an element begins."""
    rest = b""
    for chunk in chunks:
        piece = rest + chunk
        cut = _cut(piece)
        if len(piece) - cut > _LONGEST_PIECE:
            raise DataFault("workbook.text_too_long")
        rest = piece[cut:]
        yield piece[:cut]
    yield rest


def _cut(piece: bytes) -> int:
    begun = max(piece.rfind(_CELL), piece.rfind(b"<row"))
    if begun >= 0 and all(piece.find(end, begun) < 0 for end in _ENDS):
        return begun
    return max(piece.rfind(b"<"), 0)
