"""Headings of several levels: which cell spans what, and how high every level is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from forms.paper.document import Mark, Stroke, Text
from forms.paper.faces import Face
from forms.paper.flow import LEADING, wrapped
from forms.paper.fonts import printable, width_of
from forms.paper.layout import TableColumn

_RISE = 0.84
_PAD = 2.0


class HeadingCell(NamedTuple):
    text: str
    column: int
    columns: int
    level: int
    levels: int


def heading_cells(columns: Sequence[TableColumn]) -> tuple[HeadingCell, ...]:
    """Neighbours with the same headings down to a level share a cell; the last goes to the
    bottom."""
    depth = max(len(column.heading) for column in columns)
    return tuple(
        cell for level in range(depth) for cell in _level(columns, level=level, depth=depth)
    )


def _level(columns: Sequence[TableColumn], *, level: int, depth: int) -> Iterator[HeadingCell]:
    begin = 0
    while begin < len(columns):
        path = columns[begin].heading
        end = begin + 1
        if len(path) > level + 1:
            while end < len(columns) and _shares(columns[end].heading, path, level):
                end += 1
        if len(path) > level:
            levels = 1 if len(path) > level + 1 else depth - level
            yield HeadingCell(path[level], begin, end - begin, level, levels)
        begin = end


def _shares(other: Sequence[str], path: Sequence[str], level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == path[: level + 1]


class Heading:
    """The headings of a table, ready to be drawn on every page."""

    def __init__(self, columns: Sequence[TableColumn], edges: Sequence[float], size: float) -> None:
        """``edges``: x of every column's left side, and of the last one's right side."""
        self._edges, self._size = edges, size
        self._numbers = [column.number for column in columns]
        self._cells = [(cell, self._lines(cell)) for cell in heading_cells(columns)]
        self._levels = self._heights()
        self._numbered = size * LEADING + 2 * _PAD if any(self._numbers) else 0.0

    @property
    def height(self) -> float:
        return sum(self._levels) + self._numbered

    def marks(self, top: float) -> Iterator[Mark]:
        for cell, lines in self._cells:
            upper = top + sum(self._levels[: cell.level])
            height = sum(self._levels[cell.level : cell.level + cell.levels])
            left, right = self._edges[cell.column], self._edges[cell.column + cell.columns]
            yield from _frame(left, upper, right, upper + height)
            text_top = upper + (height - len(lines) * self._size * LEADING) / 2
            yield from _centred(lines, left, right, text_top, self._size, Face.BOLD)
        yield from self._number_row(top + sum(self._levels))

    def _number_row(self, top: float) -> Iterator[Mark]:
        if not self._numbered:
            return
        for place, number in enumerate(self._numbers):
            left, right = self._edges[place], self._edges[place + 1]
            yield from _frame(left, top, right, top + self._numbered)
            yield from _centred([number], left, right, top + _PAD, self._size, Face.ITALIC)

    def _lines(self, cell: HeadingCell) -> list[str]:
        width = self._edges[cell.column + cell.columns] - self._edges[cell.column] - 2
        return wrapped(printable(cell.text), face=Face.BOLD, size=self._size, width=width)

    def _heights(self) -> list[float]:
        levels = [0.0] * max(cell.level + cell.levels for cell, _ in self._cells)
        for cell, lines in sorted(self._cells, key=lambda found: found[0].levels):
            wanted = len(lines) * self._size * LEADING + 2 * _PAD
            has = sum(levels[cell.level : cell.level + cell.levels])
            levels[cell.level + cell.levels - 1] += max(0.0, wanted - has)
        return levels


def _frame(left: float, top: float, right: float, bottom: float) -> Iterator[Mark]:
    yield Stroke(left, top, right, top)
    yield Stroke(left, bottom, right, bottom)
    yield Stroke(left, top, left, bottom)
    yield Stroke(right, top, right, bottom)


def _centred(
    lines: Sequence[str], left: float, right: float, top: float, size: float, face: Face
) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        start = (left + right - width_of(line, face, size)) / 2
        yield Text(start, top + number * size * LEADING + size * _RISE, line, face, size)
