"""Rows of plain cells cut apart: by a pattern for any row, or faster by what rows before had.

No pattern ever goes back over what it took: what does not fit at once is no row, and stands in
the answer between the rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from forms.excel.letters import to_letters

_HEAD = rb'<row r="([1-9]\d{0,6})"([^<>/]*+)'
_TAIL = b"</row>"
_VALUE = b"([0-9.E-]++)"
_ANY_CELL = rb'(?><c r="%s\1"([^<>/]*+)(?:><v>' + _VALUE + rb"</v></c>|/>|></c>)|)"
"""with a number, a shared string or nothing; or no cell"""
_OF_ROW = 3
"""what stands before it, its line, its attributes"""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Cells below each other: the attributes of each, None where there is no cell; and what is
    written in it, None where nothing is."""

    attributes: list[bytes]
    values: list[bytes]


@dataclass(frozen=True, slots=True)
class Alike:
    """Cells below each other, all with these attributes; no values where nothing is in any."""

    attributes: bytes
    values: list[bytes]


@dataclass(frozen=True, slots=True)
class Cut:
    """Some rows: line and attributes of each, and their cells by column number."""

    lines: list[bytes]
    attributes: list[bytes]
    columns: Mapping[int, Mixed | Alike]


class Look(NamedTuple):
    """What all cells of a column have in common."""

    attributes: bytes | None
    filled: bool


ABSENT, MIXED = Look(None, False), Look(None, True)
"""no cells at all; nothing in common"""
Looks = tuple[Look, ...]
"""by column"""


def cut(piece: bytes, width: int) -> Cut | None:
    """Rows of at most ``width`` cells; None where anything else stands in ``piece``."""
    return _cut(piece, _any_row(width), (MIXED,) * width)


def cut_like(piece: bytes, looks: Looks) -> Cut | None:
    """The same where all rows look like this; None where one does not, or where it is no gain."""
    if not any(look.attributes is not None for look in looks):
        return None
    return _cut(piece, _row_like(looks), looks)


def looks_of(found: Cut, *, but_first: int = 0) -> Looks:
    """What rows that were cut by ``cut`` have in common. ``but_first``: so many are passed over."""
    return tuple(
        _look(set(cells.attributes[but_first:]), cells.values[but_first:])
        for cells in found.columns.values()
        if isinstance(cells, Mixed)
    )


def in_common(one: Looks, other: Looks) -> Looks:
    """Of two kinds of rows of one width."""
    return tuple(mine if mine == theirs else MIXED for mine, theirs in zip(one, other, strict=True))


def _look(attributes: set[bytes], values: Sequence[bytes | None]) -> Look:
    if len(attributes) != 1:
        return MIXED
    its: bytes | None = attributes.pop()
    empty = values.count(None)
    if its is None:
        return ABSENT
    return Look(its, not empty) if empty in (0, len(values)) else MIXED


def _cut(piece: bytes, row: re.Pattern[bytes], looks: Looks) -> Cut | None:
    found: list[bytes] = row.split(piece)
    stride = row.groups + 1
    if b"".join(found[::stride]).strip():
        return None
    return Cut(found[1::stride], found[2::stride], dict(_columns(found, stride, looks)))


def _columns(found: list[bytes], stride: int, looks: Looks) -> Iterator[tuple[int, Mixed | Alike]]:
    at = _OF_ROW
    for number, look in enumerate(looks, start=1):
        if look is MIXED:
            yield number, Mixed(found[at::stride], found[at + 1 :: stride])
            at += 2
        elif look.attributes is not None:
            yield number, Alike(look.attributes, found[at::stride] if look.filled else [])
            at += look.filled


@cache
def _any_row(width: int) -> re.Pattern[bytes]:
    cells = b"".join(_ANY_CELL % to_letters(at).encode() for at in range(1, width + 1))
    return re.compile(_HEAD + b"(?:/>|>" + cells + _TAIL + b")")


@lru_cache(maxsize=16)
def _row_like(looks: Looks) -> re.Pattern[bytes]:
    cells = b"".join(_cell(to_letters(at).encode(), look) for at, look in enumerate(looks, start=1))
    return re.compile(_HEAD + b">" + cells + _TAIL)


def _cell(letters: bytes, look: Look) -> bytes:
    if look is MIXED:
        return _ANY_CELL % letters
    if look.attributes is None:
        return b""
    inside = b"><v>" + _VALUE + b"</v></c>" if look.filled else b"(?:/>|></c>)"
    return rb'<c r="%s\1"%s%s' % (letters, re.escape(look.attributes), inside)
