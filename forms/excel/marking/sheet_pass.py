"""One pass over a worksheet that finds where it must change: marked cells, missing ones, the note
drawing, the view.

The whole sheet is never held, and of a row without marks nothing is looked at but its end.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from forms.excel.expat import feed, local_name, new_parser
from forms.excel.letters import to_letters, to_number
from forms.excel.marking.marks import Cell, Mark
from forms.excel.marking.spans import with_attribute, without_attribute
from forms.excel.marking.streams import Edit
from forms.findings import Severity
from resources.faults import DataFault

Style = Callable[[int, Severity], int]
"""(format of a cell, severity) → the format that looks the same but for its colour"""

_TRUE = frozenset({"1", "true"})
_BEHIND_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):"""
    rb"""\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)
_MERGED_WORD = b"mergeCell "
_LONGEST_MERGED = 256
_PIECE = 64 * 1024


@dataclass(slots=True, kw_only=True)
class SheetEdits:
    """What one pass found."""

    edits: list[Edit] = field(default_factory=list)
    drawing: str | None = None
    """relation id of the drawing that holds the notes, where the sheet has one"""
    drawing_at: int = 0
    """where it goes otherwise"""
    prefix: str = ""


class _Seen(Exception):
    """Nothing more is wanted of this sheet."""


def merged_ranges(chunks: Iterable[bytes]) -> list[tuple[Cell, Cell]]:
    """First and last cell of each merged range."""
    found = []
    tail = b""
    for chunk in chunks:
        held = tail + chunk
        if _MERGED_WORD in held:
            found += [_range(match) for match in _MERGED.finditer(held)]
        tail = held[-_LONGEST_MERGED:]
        tail = tail[tail.rfind(b"<") :] if b"<" in tail else b""
    return found


def _range(match: re.Match[bytes]) -> tuple[Cell, Cell]:
    first, top, last, bottom = (each.decode() for each in match.groups())
    return (int(top), to_number(first)), (int(bottom), to_number(last))


def deselect(chunks: Iterable[bytes]) -> list[Edit]:
    """The edits by which a sheet is no longer the chosen one."""
    walk = SheetWalk({}, lambda base, _severity: base, only_view=True)
    with suppress(_Seen):  # the view stands at the beginning
        walk.run(chunks)
    return walk.found.edits


def sheet_edits(chunks: Iterable[bytes], marks: Mapping[Cell, Mark], style: Style) -> SheetEdits:
    """Raises DataFault ``workbook.broken`` or ``workbook.entities``."""
    walk = SheetWalk(marks, style)
    walk.run(chunks)
    return walk.found


class SheetWalk:
    """The handlers of the parser."""

    def __init__(
        self, marks: Mapping[Cell, Mark], style: Style, *, only_view: bool = False
    ) -> None:
        rows: dict[int, dict[int, Severity]] = {}
        for row, column in sorted(marks):
            rows.setdefault(row, {})[column] = marks[row, column].severity
        self.found = SheetEdits()
        self._rows = rows
        self._waiting = deque(rows)
        self._style = style
        self._only_view = only_view
        self._parser = new_parser()
        self._depth = 0
        self._section = ""
        self._columns: list[tuple[int, int, int]] = []
        self._data_at = 0
        self._line = 0
        self._row: _Row | None = None
        self._row_name = ""

    def run(self, chunks: Iterable[bytes]) -> None:
        self._watch()
        feed(self._parser, (piece for chunk in chunks for piece in _pieces(chunk)))

    def _watch(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 4:
            if self._row is not None:
                self._start_cell(local_name(name), attributes)
        elif self._depth == 3:
            self._start_inside(local_name(name), attributes)
        elif self._depth == 2:
            self._start_section(name, attributes)
        elif self._depth == 1:
            self.found.prefix = name[: -len(local_name(name))]

    def _start_section(self, name: str, attributes: Mapping[str, str]) -> None:
        self._section = local_name(name)
        if self._section == "sheetData":
            if self._only_view:
                raise _Seen
            self._data_at = self._parser.CurrentByteIndex
            self._row_name = f"{self.found.prefix}row"
        elif self._section == "legacyDrawing":
            self.found.drawing = _by_local_name(attributes, "id")
        elif self._section in _BEHIND_DRAWING and not self.found.drawing_at and self._data_at:
            self.found.drawing_at = self._parser.CurrentByteIndex

    def _start_inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._section == "sheetData":
            self._start_row(attributes)
        elif name == "sheetView" and attributes.get("tabSelected", "") in _TRUE:
            retag = partial(without_attribute, name="tabSelected")
            self.found.edits.append(Edit(self._parser.CurrentByteIndex, retag=retag))
        elif name == "col" and "style" in attributes:
            span = (_whole(attributes.get("min")), _whole(attributes.get("max")))
            self._columns.append((*span, _whole(attributes["style"])))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        self._line = _whole(attributes.get("r"), self._line + 1)
        self._add_rows(at, before=self._line)
        if self._waiting and self._waiting[0] == self._line:
            self._waiting.popleft()
            own = attributes.get("customFormat", "") in _TRUE
            style = _whole(attributes.get("s")) if own else None
            self._row = _Row(at=at, waiting=dict(self._rows[self._line]), style=style)
        else:
            self._parser.StartElementHandler = None
            self._parser.EndElementHandler = self._skip

    def _skip(self, name: str) -> None:
        if name == self._row_name:
            self._depth -= 1
            self._watch()

    def _add_rows(self, at: int, *, before: int | None) -> None:
        """Marked rows that the sheet does not have."""
        while self._waiting and (before is None or self._waiting[0] < before):
            line = self._waiting.popleft()
            cells = self._cells(line, self._rows[line], None)
            self.found.edits.append(Edit(at, before=self._row_xml(line, cells)))

    def _row_xml(self, line: int, cells: bytes) -> bytes:
        name = self._row_name.encode()
        return b'<%b r="%d">%b</%b>' % (name, line, cells, name)

    def _cells(self, line: int, waiting: Mapping[int, Severity], style: int | None) -> bytes:
        """Empty cells in the format of their row or column, marked."""
        return b"".join(
            b'<%bc r="%b%d" s="%d"/>'
            % (
                self.found.prefix.encode(),
                to_letters(column).encode(),
                line,
                self._style(self._usual(column) if style is None else style, severity),
            )
            for column, severity in waiting.items()
        )

    def _usual(self, column: int) -> int:
        spans = (style for first, last, style in self._columns if first <= column <= last)
        return next(spans, 0)

    def _start_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        row = self._row
        if row is None or name != "c":
            return
        at = self._parser.CurrentByteIndex
        row.column = _column(attributes.get("r"), row.column + 1)
        earlier = {column: row.waiting.pop(column) for column in row.before()}
        if earlier:
            cells = self._cells(self._line, earlier, row.style)
            self.found.edits.append(Edit(at, before=cells))
        severity = row.waiting.pop(row.column, None)
        if severity is not None:
            style = str(self._style(_whole(attributes.get("s")), severity))
            retag = partial(with_attribute, name="s", value=style)
            self.found.edits.append(Edit(at, retag=retag))

    def _end(self, _name: str) -> None:
        if self._depth == 3 and self._row is not None:
            self._end_row(self._row)
        elif self._depth == 2:
            if self._section == "sheetData":
                self._end_data()
            self._section = ""
        elif self._depth == 1 and not self.found.drawing_at:
            self.found.drawing_at = self._parser.CurrentByteIndex
        self._depth -= 1

    def _end_row(self, row: "_Row") -> None:
        if row.waiting:
            cells = self._cells(self._line, row.waiting, row.style)
            self._put_at_end(row.at, cells, filled=row.column > 0, name=self._row_name)
        self._row = None

    def _end_data(self) -> None:
        if self._waiting:
            rows = b"".join(
                self._row_xml(line, self._cells(line, self._rows[line], None))
                for line in self._waiting
            )
            self._waiting.clear()
            name = f"{self.found.prefix}sheetData"
            self._put_at_end(self._data_at, rows, filled=self._line > 0, name=name)

    def _put_at_end(self, opened: int, content: bytes, *, filled: bool, name: str) -> None:
        """An element without children may be one tag alone, which is opened then."""
        if filled:
            self.found.edits.append(Edit(self._parser.CurrentByteIndex, before=content))
        else:
            self.found.edits.append(Edit(opened, retag=partial(_opened, content, name.encode())))


@dataclass(slots=True, kw_only=True)
class _Row:
    """A row with marks, while it is read."""

    at: int
    waiting: dict[int, Severity]
    style: int | None
    column: int = 0

    def before(self) -> list[int]:
        return [column for column in self.waiting if column < self.column]


def _opened(content: bytes, name: bytes, tag: bytes) -> bytes:
    if tag.endswith(b"/>"):
        return tag[:-2].rstrip() + b">" + content + b"</" + name + b">"
    return tag + content


def _pieces(chunk: bytes) -> Iterable[bytes]:
    return (chunk[at : at + _PIECE] for at in range(0, len(chunk), _PIECE))


def _by_local_name(attributes: Mapping[str, str], name: str) -> str | None:
    return next((text for key, text in attributes.items() if local_name(key) == name), None)


def _whole(text: str | None, usual: int = 0) -> int:
    if text is None:
        return usual
    try:
        return int(text)
    except ValueError as error:
        raise DataFault("workbook.broken") from error


def _column(place: str | None, usual: int) -> int:
    letters = "" if place is None else place.strip("$").rstrip("0123456789$").upper()
    return to_number(letters) if letters.isascii() and letters.isalpha() else usual
