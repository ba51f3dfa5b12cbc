"""An .xlsx sheet of plain cells, taken row by row: numbers and shared strings as usually written.

The reading library lays a sheet out whole, each shared string as often as it is used. Here the
rows are cut by patterns (``row_cut``) and kept as they are written, some hundred at a time; what a
shared string or a formatted number means the library is asked once for each (``plain_values``). A
sheet with anything else in it, such as formulas, errors or texts of its own, is left to the
library.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress

from forms.excel.letters import to_number
from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.facts import FactsLog, SheetFacts
from forms.excel.sources.row_cut import (
    Alike,
    Cut,
    Looks,
    Mixed,
    cut,
    cut_like,
    in_common,
    looks_of,
)

_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_MOST_COLUMNS, _MOST_ROWS = 130, 149_999
_LONGEST_EDGE = 4 * 1024 * 1024
"""what stands before and behind the rows"""
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})\d')
_ATTRIBUTES = re.compile(rb'(?: s="(\d{1,5})")?(?: t="([sn])")?\Z')
_ROW_ATTRIBUTES = re.compile(rb'(?: [A-Za-z0-9:]+="[^"&]*")*\Z')
_HIDDEN_ROW = re.compile(rb' hidden="(?:1|true)"')
_SHOWN_ROW = re.compile(rb' hidden="(?:0|false)"')
_COLUMN = re.compile(rb"<col [^<>]*>")
_SPAN = re.compile(rb' (min|max)="(\d{1,5})"')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/>')
_ODD_EDGE = re.compile(
    rb"<!|\0|=\s*'|<\w+:(?:c|row|cols?|mergeCells?)[\s/>]|<(?:c|row|sheetData)[\s/>]"
)
_NUMBERS = re.compile(rb"(?:-?[0-9]+(?:\.[0-9]+)?(?:E-?[0-9]{1,3})?(?:,|\Z)|,)*\Z")
_BETWEEN = b","


class NotPlain(Exception):
    """Left to the library."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How a cell is written: ``number`` of its format, and whether its value is a shared string.

    There is one object for each, so that they are compared and looked up as objects.
    """

    number: int
    shared: bool


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """The cells of a column in some rows: one style for all, or one for each of them."""

    styles: Style | Sequence[Style]
    written: bytes
    """values one after the other, with a comma between; empty where a cell has none"""

    def values(self) -> list[bytes]:
        return self.written.split(_BETWEEN)


@dataclass(frozen=True, slots=True)
class PlainBlock:
    """Some rows: their lines, and by column number the columns that hold anything."""

    lines: Sequence[int]
    columns: dict[int, PlainColumn]


@dataclass(slots=True, kw_only=True)
class PlainSheet:
    """All cells of a sheet. Lines and columns are 1-based."""

    blocks: list[PlainBlock]
    facts: SheetFacts
    first_column: int
    last_column: int
    last_line: int
    styles: frozenset[Style]


def plain_sheet(
    chunks: Iterable[bytes],
    *,
    sheet: str,
    limits: Limits = LIMITS,
    string_sizes: Sequence[int] = (),
) -> PlainSheet:
    """The sheet. Raises NotPlain when it is not surely understood to the last byte, and DataFault
    as ``chunks`` do and ``workbook.text_too_long``."""
    log = FactsLog(sheet=sheet, limits=limits)
    longest = max(string_sizes, default=0)
    scan = _Scan(log=log, string_sizes=string_sizes, longest=longest)
    scan.run(chunks)
    return scan.done()


@dataclass(slots=True, kw_only=True)
class _Scan:
    log: FactsLog
    string_sizes: Sequence[int]
    longest: int
    blocks: list[PlainBlock] = field(default_factory=list)
    styles: dict[bytes, Style] = field(default_factory=dict)
    width: int = 1
    looks: Looks = ()
    """of the rows so far"""
    last_line: int = 0
    """as far as the rows came"""

    def run(self, chunks: Iterable[bytes]) -> None:
        pieces = _rows_apart(chunks)
        self._head(next(pieces))
        tail = b""
        for piece in pieces:
            if tail:
                raise NotPlain
            if piece.startswith(_END):
                tail = piece
            else:
                self._take(piece)
        self._tail(tail)

    def done(self) -> PlainSheet:
        held = [(block, number) for block in self.blocks for number in block.columns]
        if not held:
            raise NotPlain
        numbers = [number for _block, number in held]
        return PlainSheet(
            blocks=self.blocks,
            facts=self.log.facts(),
            first_column=min(numbers),
            last_column=max(numbers),
            last_line=_last_filled(self.blocks),
            styles=frozenset(self.styles.values()),
        )

    def _weigh(self, written: bytes) -> None:
        """Roughly at first; string by string only where that would be too much."""
        most = (written.count(_BETWEEN) + 1) * self.longest
        if self.log.text_bytes + most < self.log.limits.text_bytes // 2:
            self.log.weigh(most)
            return
        used = Counter(int(value) for value in written.split(_BETWEEN) if value.isdigit())
        self.log.weigh_used(used, self.string_sizes)

    def _take(self, piece: bytes) -> None:
        found = self._split(piece)
        lines = array("L", map(int, found.lines))
        self._check_lines(lines)
        self._row_attributes(lines, found.attributes)
        columns: dict[int, PlainColumn] = {}
        for number, cells in found.columns.items():
            if (column := self._column(cells)) is not None:
                columns[number] = column
        self.blocks.append(PlainBlock(lines, columns))

    def _split(self, piece: bytes) -> Cut:
        """As the rows before were, if these are so; the first rows may be headings."""
        if (alike := cut_like(piece, self.looks)) is not None:
            return alike
        found = cut(piece, self.width)
        if found is None:
            self._widen(piece)
            found = cut(piece, self.width)
        if found is None:
            raise NotPlain
        if len(self.looks) == self.width:
            self.looks = in_common(self.looks, looks_of(found))
        else:
            self.looks = looks_of(found, but_first=len(found.lines) // 2)
        return found

    def _widen(self, piece: bytes) -> None:
        letters = set(_PLACE.findall(piece))
        widest = max((to_number(each.decode()) for each in letters), default=0)
        if not self.width < widest <= _MOST_COLUMNS:
            raise NotPlain
        self.width = widest

    def _check_lines(self, lines: Sequence[int]) -> None:
        """They go downwards, and no further than the sheet may be laid out."""
        rising = list(lines)
        limits = self.log.limits
        most = min(_MOST_ROWS, limits.rows, limits.cells // self.width)
        if sorted(set(rising)) != rising or not self.last_line < rising[0] <= rising[-1] <= most:
            raise NotPlain
        self.last_line = rising[-1]

    def _row_attributes(self, lines: Sequence[int], found: Sequence[bytes]) -> None:
        hidden = set()
        for attributes in set(found):
            if not _ROW_ATTRIBUTES.match(attributes):
                raise NotPlain
            if _HIDDEN_ROW.search(attributes):
                hidden.add(attributes)
            elif b"hidden" in attributes and not _SHOWN_ROW.search(attributes):
                raise NotPlain
        if hidden:
            for line, attributes in zip(lines, found, strict=True):
                if attributes in hidden:
                    self.log.hide_row(line)

    def _column(self, cells: Mixed | Alike) -> PlainColumn | None:
        if isinstance(cells, Mixed):
            return self._of_each(cells.attributes, cells.values)
        style = self._known({cells.attributes})[cells.attributes]
        return self._alike(style, _BETWEEN.join(cells.values)) if cells.values else None

    def _of_each(self, attributes: list[bytes], values: list[bytes]) -> PlainColumn | None:
        known = self._known(set(attributes))
        try:
            written = _BETWEEN.join(values)
        except TypeError:  # a cell without a value is None
            return self._with_gaps(known, attributes, values)
        if len(known) == 1:
            return self._alike(next(iter(known.values())), written)
        return self._mixed(known, attributes, values)

    def _with_gaps(
        self, known: Mapping[bytes, Style], attributes: list[bytes], values: list[bytes]
    ) -> PlainColumn | None:
        used = {known[each] for each in set(compress(attributes, values))}
        if not used:
            return None
        filled = [value or b"" for value in values]
        if len(used) == 1:
            return self._alike(used.pop(), _BETWEEN.join(filled))
        return self._mixed(known, attributes, filled)

    def _alike(self, style: Style, written: bytes) -> PlainColumn:
        self._check(style, written)
        return PlainColumn(style, written)

    def _mixed(
        self, known: Mapping[bytes, Style], attributes: list[bytes], values: list[bytes]
    ) -> PlainColumn:
        styles = [known[each] for each in attributes]
        for style in set(styles):
            pairs = zip(values, styles, strict=True)
            mine = [value for value, its in pairs if value and its is style]
            self._check(style, _BETWEEN.join(mine))
        return PlainColumn(styles, _BETWEEN.join(values))

    def _check(self, style: Style, written: bytes) -> None:
        """What is no number is left to the library, and so is a string by anything but digits."""
        if style.shared:
            self._weigh(written)
        whole = written.replace(_BETWEEN, b"")
        if not whole or whole.isdigit():
            return
        if style.shared or not _NUMBERS.match(written):
            raise NotPlain

    def _known(self, different: set[bytes]) -> dict[bytes, Style]:
        found = {}
        for attributes in different:
            written = attributes or b""
            if written not in self.styles:
                self.styles[written] = _style(written)
            found[attributes] = self.styles[written]
        return found

    def _head(self, head: bytes) -> None:
        _check_edge(head)
        for column in _COLUMN.findall(head):
            if b"hidden" not in column or _SHOWN_ROW.search(column):
                continue
            span = dict(_SPAN.findall(column))
            if not _HIDDEN_ROW.search(column) or len(span) != 2:
                raise NotPlain
            self.log.hide_columns(int(span[b"min"]), int(span[b"max"]))

    def _tail(self, tail: bytes) -> None:
        if not tail.startswith(_END) or not tail.rstrip().endswith(b"</worksheet>"):
            raise NotPlain
        _check_edge(tail.replace(_END, b"", 1))
        merged = _MERGED.findall(tail)
        if len(merged) != tail.count(b"<mergeCell ") + tail.count(b"<mergeCell>"):
            raise NotPlain
        for left, top, right, bottom in merged:
            first, last = to_number(left.decode()), to_number(right.decode())
            self.log.merge(int(top), first, int(bottom), last)


def _check_edge(edge: bytes) -> None:
    if len(edge) > _LONGEST_EDGE or _ODD_EDGE.search(edge.replace(_BEGIN, b"", 1)):
        raise NotPlain


def _style(attributes: bytes) -> Style:
    parts = _ATTRIBUTES.match(attributes)
    if parts is None:
        raise NotPlain
    return _one_style(int(parts[1] or 0), parts[2] == b"s")


@cache
def _one_style(number: int, shared: bool) -> Style:
    """Equal styles are one object."""
    return Style(number, shared)


def _last_filled(blocks: Sequence[PlainBlock]) -> int:
    """The last line with a value; behind it may be rows that have a format alone."""
    for block in reversed(blocks):
        filled = [_last_value(column.values()) for column in block.columns.values()]
        if filled:
            return block.lines[max(filled)]
    return 0


def _last_value(values: Sequence[bytes]) -> int:
    return max(place for place, value in enumerate(values) if value)


def _rows_apart(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What stands before the rows, whole rows, and from the end of the rows on."""
    rest, begun = b"", False
    for chunk in chunks:
        rest += chunk
        if not begun and (at := rest.find(_BEGIN)) >= 0:
            yield rest[: at + len(_BEGIN)]
            rest, begun = rest[at + len(_BEGIN) :], True
        if begun and (cut := rest.rfind(_ROW_END) + len(_ROW_END)) >= len(_ROW_END):
            yield rest[:cut]
            rest = rest[cut:].lstrip()
        if len(rest) > _LONGEST_EDGE:
            raise NotPlain
    end = rest.find(_END)
    if not begun or end < 0:
        raise NotPlain
    if end:
        yield rest[:end]
    yield rest[end:]
