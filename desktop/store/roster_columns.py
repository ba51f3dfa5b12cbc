"""The newest lines of a unit's people by column: to find, filter and sort 100,000 in a moment.

A block holds those of ``BLOCK`` numbers in a row, by id; each of its columns is one compressed
text, which stands there only where somebody has a value. Beside the columns of the lines there are
the ids and the names as they are searched.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select

from desktop.store.column_blobs import packed, unpacked
from desktop.store.folding import folded
from desktop.store.session import Session
from desktop.store.tables import roster_column
from forms.roster.lines import Line

BLOCK = 512
IDS, NAME = "#", "#ho_ten"
NUMBERS = ("ma_so_bhxh", "cccd")
"""that people are searched by, beside their names"""
_BETWEEN = "\0"
"""between people: no text of a cell holds it, and no word that is looked for"""
_KEPT_BLOCKS, _KEPT_COLUMNS = 512, 5
"""so many blocks of so few columns are kept unpacked: somebody types on"""

Columns = Mapping[str, Sequence[str]]
Cells = Mapping[int, Mapping[str, str]]
"""id → column → text"""
_STORED = ("unit_code", "block", "key", "content")
_DELETE = delete(roster_column).where(
    roster_column.c.unit_code == bindparam("at_unit"),
    roster_column.c.block == bindparam("at_block"),
    roster_column.c.key == bindparam("at_key"),
)


@dataclass(frozen=True)
class Block:
    """Some people; ``columns`` holds those that were asked for and are there."""

    ids: Sequence[int]
    columns: Columns

    def column(self, key: str) -> Sequence[str]:
        """Empty texts where nobody has a value."""
        found = self.columns.get(key)
        return found if found is not None else ("",) * len(self.ids)

    @cached_property
    def lines(self) -> tuple[str, Sequence[str]]:
        """Names and numbers as they are searched: all in one text, and of each person."""
        each = zip(*map(self.column, (NAME, *NUMBERS)), strict=True)
        whole = _BETWEEN.join(map("\n".join, each)).lower()
        return whole, whole.split(_BETWEEN)


_EMPTY = Block((), {})


def searched(line: Line) -> dict[str, str]:
    """The line with what is made of it to search by."""
    return {**line, NAME: folded(line["ho_ten"])} if "ho_ten" in line else dict(line)


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """Of one unit."""

    session: Session
    unit_code: str

    def blocks(self, keys: Collection[str] | None = None) -> Iterator[Block]:
        """By id; all columns, or those of ``keys``."""
        wanted = self._select(keys)
        for _, rows in groupby(self.session.stream(wanted), itemgetter(0)):
            yield _read({key: content for _, key, content in rows})

    def _block(self, number: int, keys: Collection[str] | None = None) -> Block:
        wanted = self._select(keys).where(roster_column.c.block == number)
        rows = self.session.tuples(wanted)
        return _read({key: content for _, key, content in rows}) if rows else _EMPTY

    def _select(self, keys: Collection[str] | None) -> Select[Any]:
        columns = roster_column.c
        wanted = select(columns.block, columns.key, columns.content)
        wanted = wanted.where(columns.unit_code == self.unit_code).order_by(columns.block)
        return wanted if keys is None else wanted.where(columns.key.in_([IDS, *keys]))

    def change(self, cells: Cells, gone: Collection[int] = ()) -> None:
        """``cells``: the columns that changed, of somebody new the whole line."""
        touched: dict[int, dict[int, Mapping[str, str]]] = defaultdict(dict)
        for one, changed in cells.items():
            touched[one // BLOCK][one] = changed
        left: dict[int, set[int]] = defaultdict(set)
        for one in gone:
            left[one // BLOCK].add(one)
        for number in sorted({*touched, *left}):
            self._change_block(number, touched[number], left[number])

    def _change_block(self, number: int, cells: Cells, gone: Collection[int]) -> None:
        keys = {key for changed in cells.values() for key in changed}
        before = self._block(number, keys)
        ids = sorted({*before.ids, *cells}.difference(gone))
        if ids != list(before.ids):
            before = self._block(number)
        if cells.keys() <= set(before.ids):
            columns = _without(before, gone)
            keys_left = keys
        else:
            columns, keys_left = {}, {*before.columns, *keys}
        columns.update({key: _changed(before, key, ids, cells) for key in keys_left})
        self._write(number, ids, columns, replaced=before.columns)

    def add(self, ids: Sequence[int], columns: Columns) -> None:
        """People who are all new, by id."""
        start, last = 0, self._last_block()
        while start < len(ids):
            number = ids[start] // BLOCK
            end = bisect_left(ids, (number + 1) * BLOCK, start)
            some = {key: column[start:end] for key, column in columns.items()}
            if number > last:
                self._insert(number, ids[start:end], some)
            else:
                self._add_to_block(number, ids[start:end], some)
            start = end

    def _last_block(self) -> int:
        of_unit = roster_column.c.unit_code == self.unit_code
        last = self.session.value(select(func.max(roster_column.c.block)).where(of_unit))
        return -1 if last is None else int(last)

    def _add_to_block(self, number: int, ids: Sequence[int], columns: Columns) -> None:
        before = self._block(number)
        if before.ids and before.ids[-1] > ids[0]:
            rows = zip(*columns.values(), strict=True)
            lines = (dict(zip(columns, row, strict=True)) for row in rows)
            self._change_block(number, dict(zip(ids, lines, strict=True)), frozenset())
            return
        none = ("",) * len(ids)
        both = {
            key: [*before.column(key), *columns.get(key, none)]
            for key in {**before.columns, **columns}
        }
        self._write(number, [*before.ids, *ids], both, replaced=before.columns)

    def _write(
        self, number: int, ids: Sequence[int], columns: Columns, *, replaced: Iterable[str]
    ) -> None:
        place = {"at_unit": self.unit_code, "at_block": number}
        self.session.change_many(_DELETE, [{**place, "at_key": key} for key in {*replaced, IDS}])
        if ids:
            self._insert(number, ids, columns)

    def _insert(self, number: int, ids: Sequence[int], columns: Columns) -> None:
        filled = {key: column for key, column in columns.items() if any(column)}
        filled[IDS] = list(map(str, ids))
        lines = [(self.unit_code, number, key, packed(column)) for key, column in filled.items()]
        self.session.insert_many(roster_column, _STORED, lines)


def _without(before: Block, gone: Collection[int]) -> dict[str, Sequence[str]]:
    """Its columns without somebody."""
    if not gone:
        return dict(before.columns)
    stays = [one not in gone for one in before.ids]
    return {key: list(compress(column, stays)) for key, column in before.columns.items()}


def _changed(before: Block, key: str, ids: Sequence[int], cells: Cells) -> list[str]:
    texts = dict(zip(before.ids, before.column(key), strict=True))
    for one, changed in cells.items():
        if key in changed:
            texts[one] = changed[key]
    return [texts.get(one, "") for one in ids]


def _read(contents: dict[str, bytes]) -> Block:
    """What is read again and again is known by its bytes, and so is never out of date."""
    few = len(contents) <= _KEPT_COLUMNS
    return _known(tuple(contents.items())) if few else _unpack(contents)


@lru_cache(_KEPT_BLOCKS)
def _known(contents: tuple[tuple[str, bytes], ...]) -> Block:
    return _unpack(dict(contents))


def _unpack(contents: dict[str, bytes]) -> Block:
    """No two ids are the same, so that one that stands there once is the only one."""
    ids = list(map(int, unpacked(contents.pop(IDS), 1)))
    return Block(ids, {key: unpacked(one, len(ids)) for key, one in contents.items()})
