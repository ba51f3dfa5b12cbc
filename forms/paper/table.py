"""Lists on paper: headings on every page, rows that wrap, a row that is longer than a page torn."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from typing import NamedTuple

from forms.paper.document import Mark, Stroke, Text
from forms.paper.faces import Face
from forms.paper.flow import LEADING, wrapped
from forms.paper.fonts import face_for, printable, width_of
from forms.paper.headings import Heading
from forms.paper.layout import Align, Frame, RowTable, TableColumn, Total
from forms.paper.sheets import Sheets
from forms.paper.shown import amount

_RISE = 0.84
_SIDE = 1.6
"""between a cell's frame and its text, left and right"""
_ABOVE = 2.2
_SMALLEST = 5.0
"""size down to which a number shrinks to stay whole"""
_STEP = 0.25


class PaperRow(NamedTuple):
    """A row of a list, told twice."""

    shown: Mapping[str, str]
    """key → as a person reads it"""
    raw: Mapping[str, str]
    """key → as declared"""


def opening_height(frame: Frame, table: RowTable) -> float:
    """What a list begins with: its headings and two lines."""
    writer = _Writer(Sheets(frame), table)
    return table.before + writer.opening


class _Set(NamedTuple):
    """The text of one cell, set in lines."""

    lines: list[str]
    face: Face
    size: float


def put_table(
    sheets: Sheets, table: RowTable, rows: Sequence[PaperRow], *, ending: float = 0
) -> None:
    """``ending``: height of what must not stand on a page without the last line."""
    lines = _lines(table, rows)
    writer = _Writer(sheets, table)
    writer.begin(ending if len(lines) == 1 else 0)
    for number, (texts, face) in enumerate(lines, 1):
        writer.row(texts, face, ending if number == len(lines) else 0)
    writer.end()


def _lines(table: RowTable, rows: Sequence[PaperRow]) -> list[tuple[list[str], Face]]:
    """Rows, or empty ones, and the total."""
    texts = [[_text(column, row) for column in table.columns] for row in rows]
    blank = [[""] * len(table.columns)] * table.blank
    lines = [(line, Face.REGULAR) for line in texts or blank]
    if table.total:
        lines.append((_total_line(table, table.total, rows), Face.BOLD))
    return lines


def _text(column: TableColumn, row: PaperRow) -> str:
    if not column.also:
        return row.shown.get(column.key, "")
    values = (row.shown.get(key, "") for key in (column.key, *column.also))
    return ", ".join(value for value in values if value)


class _Writer:
    def __init__(self, sheets: Sheets, table: RowTable) -> None:
        self._sheets, self._table = sheets, table
        share = sheets.frame.inner / sum(column.width for column in table.columns)
        widths = (column.width * share for column in table.columns)
        self._edges = list(accumulate(widths, initial=sheets.frame.left))
        self._inner = [
            right - left - 2 * _SIDE
            for left, right in zip(self._edges, self._edges[1:], strict=False)
        ]
        self._heading = Heading(table.columns, self._edges, table.heading_size)
        self._lead = table.size * LEADING
        self._body_top = 0.0
        self._known: list[dict[tuple[str, Face], _Set]] = [{} for _ in table.columns]

    def begin(self, ending: float) -> None:
        self._sheets.y += 0 if self._sheets.is_fresh else self._table.before
        self._sheets.need(self.opening + ending)
        self._put_heading()

    @property
    def opening(self) -> float:
        """Height of the headings and two lines."""
        return self._heading.height + 2 * self._height(1)

    def row(self, texts: Sequence[str], face: Face, ending: float) -> None:
        cells = [self._cell(place, text, face) for place, text in enumerate(texts)]
        while cells:
            count = max(len(cell.lines) for cell in cells)
            if self._goes_on_the_next(self._height(count) + ending) or self._goes_on_the_next(
                self._height(count)
            ):
                self._turn()
            fits = max(1, min(count, self._lines_in(self._sheets.room)))
            self._put_row([cell._replace(lines=cell.lines[:fits]) for cell in cells], fits)
            cells = [cell._replace(lines=cell.lines[fits:]) for cell in cells]
            if not any(cell.lines for cell in cells):
                return
            self._turn()

    def _goes_on_the_next(self, height: float) -> bool:
        """It finds no room here, and there it does."""
        return self._sheets.room < height <= self._fresh_room

    def end(self) -> None:
        self._put_sides()

    @property
    def _fresh_room(self) -> float:
        return self._sheets.whole - self._heading.height

    def _height(self, lines: int) -> float:
        return lines * self._lead + 2 * _ABOVE

    def _lines_in(self, room: float) -> int:
        return int((room - 2 * _ABOVE + 0.01) / self._lead)

    def _turn(self) -> None:
        self._put_sides()
        self._sheets.turn()
        self._put_heading()

    def _put_heading(self) -> None:
        self._sheets.put(self._heading.marks(self._sheets.y))
        self._sheets.y += self._heading.height
        self._body_top = self._sheets.y

    def _put_sides(self) -> None:
        top, bottom = self._body_top, self._sheets.y
        self._sheets.put(Stroke(x, top, x, bottom) for x in self._edges)

    def _put_row(self, cells: Sequence[_Set], lines: int) -> None:
        top, height = self._sheets.y, self._height(lines)
        for place, cell in enumerate(cells):
            self._sheets.put(self._marks(place, cell, top, height))
        self._sheets.y = top + height
        self._sheets.put((Stroke(self._edges[0], top + height, self._edges[-1], top + height),))

    def _marks(self, place: int, cell: _Set, top: float, height: float) -> Iterator[Mark]:
        align = self._table.columns[place].align
        y = top + (height - len(cell.lines) * self._lead) / 2 + self._table.size * _RISE
        left, room = self._edges[place] + _SIDE, self._inner[place]
        for number, line in enumerate(cell.lines):
            if not line:
                continue
            shift = 0.0
            if align is not Align.LEFT:
                free = room - width_of(line, cell.face, cell.size)
                shift = free / 2 if align is Align.CENTER else free
            yield Text(left + shift, y + number * self._lead, line, cell.face, cell.size)

    def _cell(self, place: int, text: str, face: Face) -> _Set:
        known = self._known[place]
        found = known.get((text, face))
        if found is None:
            found = known[(text, face)] = self._set(place, printable(text), face)
        return found

    def _set(self, place: int, text: str, face: Face) -> _Set:
        """A word, or a number, that is a little too wide is set smaller rather than torn."""
        face, size, room = face_for(text, face), self._table.size, self._inner[place]
        longest = max(width_of(word, face, 1.0) for word in text.split(" "))
        while longest * size > room and size - _STEP >= _SMALLEST:
            size -= _STEP
        if longest * size > room:
            size = self._table.size
        return _Set(wrapped(text, face=face, size=size, width=room), face, size)


def _total_line(table: RowTable, total: Total, rows: Sequence[PaperRow]) -> list[str]:
    sums = {key: _sum([row.raw.get(key, "") for row in rows]) for key in total.of}
    said = {total.under: total.label, **sums}
    return [said.get(column.key, "") for column in table.columns]


def _sum(values: Sequence[str]) -> str:
    """Nothing where one of the values is no amount: a wrong sum is worse than none."""
    try:
        amounts = [Decimal(value) for value in values if value]
    except InvalidOperation:
        return ""
    return amount(str(sum(amounts))) if amounts else ""
