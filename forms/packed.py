"""Rows of a list held small: 100,000 rows of 45 columns in some ten megabytes.

A chunk holds some hundred rows, by column, as compressed JSON; it is unpacked when one of its
rows is asked for. The bytes of a chunk are what a store keeps of it::

    {"lines": [5, 6, …], "columns": {"ho_ten": "An⌦Bình⌦…", "loai": "1", …}}

The values of a column are one text, which is read several times faster than a list; ⌦ is the
control character DEL. A column that says the same in every row of the chunk stands there once.
"""

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import overload

from forms.model import Row

CHUNK_ROWS = 500
_BETWEEN = "\x7f"
"""between the values of a column; a column in whose values it stands is a list instead"""
_FAST = 1
"""zlib's quickest level"""
_KEPT = 16_000
"""so many rows of a list that was just made are kept unpacked as well: who made it reads it next,
and texts that stand in many rows are one object there"""
_UNPACKED = 4
"""so many chunks are kept unpacked for who reads here and there"""


@dataclass(frozen=True)
class Block:
    """Some rows unpacked: their lines, and of every key one value for each of them."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    """field key → values, empty where a row has none"""

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, key: str) -> Sequence[str]:
        """Of a key that need not be there: empty texts then."""
        found = self.columns.get(key)
        return found if found is not None else ("",) * len(self.lines)

    def only(self, keys: Sequence[str]) -> "Block":
        """Those of these columns that are there."""
        return Block(self.lines, {key: self.columns[key] for key in keys if key in self.columns})

    def row(self, position: int) -> Row:
        values = ((key, column[position]) for key, column in self.columns.items())
        return Row(self.lines[position], {key: value for key, value in values if value})

    def at(self, positions: Sequence[int]) -> "Block":
        """Some of its rows."""
        columns = {
            key: [column[position] for position in positions]
            for key, column in self.columns.items()
        }
        return Block([self.lines[position] for position in positions], columns)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """In their order, without the empty values."""
        keys = tuple(self.columns)
        if not keys:
            return tuple(Row(line, {}) for line in self.lines)
        across = zip(*self.columns.values(), strict=True)
        return tuple(
            Row(line, {key: value for key, value in zip(keys, values, strict=True) if value})
            for line, values in zip(self.lines, across, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows packed; ``block``: the same rows as they were, where they are still at hand."""

    count: int
    content: bytes
    block: Block | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, block: Block, *, keep: bool = False) -> "Chunk":
        packed = {
            "lines": list(block.lines),
            "columns": {key: _short(column) for key, column in block.columns.items()},
        }
        text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
        content = zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)
        return cls(len(block), content, block if keep else None)

    def unpack(self, keys: Sequence[str] | None = None) -> Block:
        """All columns, or those of ``keys`` that are there."""
        if self.block is not None:
            return self.block if keys is None else self.block.only(keys)
        text = zlib.decompress(self.content).decode("utf-8", "surrogatepass")
        packed = json.loads(text)
        lines = packed["lines"]
        columns = packed["columns"]
        wanted = columns if keys is None else [key for key in keys if key in columns]
        return Block(lines, {key: _long(columns[key], len(lines)) for key in wanted})


def _short(column: Sequence[str]) -> str | list[str]:
    first = column[0]
    same = column[-1] == first and column.count(first) == len(column)
    said = first if same else _BETWEEN.join(column)
    cuts = said.count(_BETWEEN)
    return said if cuts in (0, len(column) - 1) and _BETWEEN not in first else list(column)


def _long(found: str | list[str], count: int) -> list[str]:
    if not isinstance(found, str):
        return found
    values = found.split(_BETWEEN)
    return values if len(values) == count else values * count


@dataclass(slots=True, eq=False)
class PackedRows(Sequence[Row]):
    """Rows in their order; equal to any sequence of equal rows. Never changed once made."""

    chunks: tuple[Chunk, ...] = ()
    starts: tuple[int, ...] = field(init=False)
    """position of each chunk's first row"""
    _count: int = field(init=False)
    _open: dict[int, Block] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        starts, count = [], 0
        for chunk in self.chunks:
            starts.append(count)
            count += chunk.count
        self.starts, self._count = tuple(starts), count

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "PackedRows":
        """Packs rows of any kind."""
        return cls(tuple(Chunk.of(block) for block in blocks_of(rows)))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        position = index + len(self) if index < 0 else index
        if not 0 <= position < len(self):
            raise IndexError(index)
        number = self._chunk_of(position)
        return self._block(number).rows[position - self.starts[number]]

    def __iter__(self) -> Iterator[Row]:
        for block in self.blocks():
            yield from block.rows

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedRows) and self.chunks == other.chunks:
            return True
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        if len(self) != len(other):
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as rows and their mappings have none

    def __repr__(self) -> str:
        """Nobody's data in a traceback."""
        return f"<{len(self)} packed rows>"

    def blocks(self) -> Iterator[Block]:
        """One after the other; none is kept."""
        for chunk in self.chunks:
            yield chunk.unpack()

    def with_row(self, position: int, row: Row) -> "PackedRows":
        """Another row in one place; all other chunks are the same objects."""
        number = self._chunk_of(position)
        rows = list(self._block(number).rows)
        rows[position - self.starts[number]] = row
        fresh = Chunk.of(_block(rows))
        return PackedRows((*self.chunks[:number], fresh, *self.chunks[number + 1 :]))

    def _chunk_of(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _block(self, number: int) -> Block:
        block = self._open.get(number)
        if block is None:
            while len(self._open) >= _UNPACKED:
                del self._open[next(iter(self._open))]
            block = self._open[number] = self.chunks[number].unpack()
        return block


class PackedBuilder:
    """Takes the rows of a list, one by one or many at once.

    ``keys``: field keys in the order in which ``add`` gets the values.
    """

    def __init__(self, keys: Sequence[str], *, chunk_rows: int = CHUNK_ROWS) -> None:
        if len(set(keys)) != len(keys):
            raise ValueError("a key stands twice")
        self._keys = tuple(keys)
        self._chunk_rows = chunk_rows
        self._lines: list[int] = []
        self._columns: list[list[str]] = [[] for _ in self._keys]
        self._chunks: list[Chunk] = []

    def __len__(self) -> int:
        """Rows taken so far."""
        return sum(chunk.count for chunk in self._chunks) + len(self._lines)

    def add(self, line: int, values: Sequence[str]) -> None:
        """``values``: one for each key, empty where the row has none."""
        self.add_block((line,), [(value,) for value in values])

    def add_block(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        """``columns``: for each key the values of all these rows."""
        if not self._lines and len(lines) == self._chunk_rows:
            self._close_chunk(lines, columns)
            return
        for at in self._cuts(len(lines)):
            self._lines.extend(lines[at])
            for mine, column in zip(self._columns, columns, strict=True):
                mine.extend(column[at])
            if len(self._lines) == self._chunk_rows:
                self._close_rest()

    def done(self) -> PackedRows:
        """Every row that was taken."""
        self._close_rest()
        return PackedRows(tuple(self._chunks))

    def _cuts(self, count: int) -> Iterator[slice]:
        """Where rows must be cut, so that every chunk becomes full."""
        at = 0
        while at < count:
            until = at + self._chunk_rows - len(self._lines)
            yield slice(at, until)
            at = until

    def _close_rest(self) -> None:
        if self._lines:
            self._close_chunk(self._lines, self._columns)
            self._lines, self._columns = [], [[] for _ in self._keys]

    def _close_chunk(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        named = zip(self._keys, columns, strict=True)
        filled = {key: column for key, column in named if any(column)}
        keep = len(self._chunks) * self._chunk_rows < _KEPT
        self._chunks.append(Chunk.of(Block(lines, filled), keep=keep))


def blocks_of(rows: Iterable[Row], *, chunk_rows: int = CHUNK_ROWS) -> Iterator[Block]:
    """Rows of any kind, some at a time."""
    if isinstance(rows, PackedRows):
        yield from rows.blocks()
        return
    left = iter(rows)
    while some := list(islice(left, chunk_rows)):
        yield _block(some)


def _block(rows: Sequence[Row]) -> Block:
    keys = dict.fromkeys(key for row in rows for key, value in row.values.items() if value)
    columns = {key: [row.values.get(key, "") for row in rows] for key in keys}
    return Block([row.line for row in rows], columns)


def picked(rows: Sequence[Row], positions: Sequence[int], keys: Sequence[str]) -> Iterator[Row]:
    """The rows in these places, which are in order, with these values alone."""
    if not isinstance(rows, PackedRows):
        for position in positions:
            values = rows[position].values
            yield Row(rows[position].line, {key: values[key] for key in keys if values.get(key)})
        return
    start, place = 0, 0
    for chunk in rows.chunks:
        wanted = []
        while place < len(positions) and positions[place] < start + chunk.count:
            wanted.append(positions[place] - start)
            place += 1
        if wanted:
            yield from chunk.unpack(keys).at(wanted).rows
        start += chunk.count


def column_values(rows: Iterable[Row], *keys: str) -> Iterator[tuple[str, ...]]:
    """The values of some fields, row by row."""
    packed = rows.chunks if isinstance(rows, PackedRows) else ()
    blocks = (chunk.unpack(keys) for chunk in packed) if packed else blocks_of(rows)
    for block in blocks:
        yield from zip(*(block.column(key) for key in keys), strict=True)


def outline(rows: Sequence[Row]) -> tuple[tuple[int, ...], frozenset[str]]:
    """The line of every row, and the keys that any row has a value of."""
    lines: list[int] = []
    filled: set[str] = set()
    for block in rows.blocks() if isinstance(rows, PackedRows) else blocks_of(rows):
        lines.extend(block.lines)
        filled.update(key for key, column in block.columns.items() if any(column))
    return tuple(lines), frozenset(filled)


def place_of(rows: Sequence[Row], line: int) -> int | None:
    """Where the row of a line stands; None where there is none."""
    if not isinstance(rows, PackedRows):
        return next((place for place, row in enumerate(rows) if row.line == line), None)
    for start, chunk in zip(rows.starts, rows.chunks, strict=True):
        lines = chunk.unpack(()).lines
        if line in lines:
            return start + lines.index(line)
    return None


def with_row(rows: Sequence[Row], place: int, row: Row) -> Sequence[Row]:
    """Another row in one place."""
    if isinstance(rows, PackedRows):
        return rows.with_row(place, row)
    return (*rows[:place], row, *rows[place + 1 :])
