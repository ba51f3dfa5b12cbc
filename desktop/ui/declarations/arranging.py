"""A list narrowed and sorted for the eye; the rows of the form stay as they are. No Qt."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import overload

from desktop.services.roster_api import Filter, Test
from desktop.ui.declarations.sheet import RowState, Sheet
from desktop.ui.field_values import DATES, FIGURES, GridField
from desktop.ui.texts import tr
from forms.codes import fold
from forms.excel.coded import coded
from forms.excel.kinds import Kind
from forms.model import Row
from forms.packed import PackedRows

STATE = "row_state"
"""key by which rows are narrowed to those of a state; no field of a form"""
KEPT = 16_000
"""so many rows are held unpacked when they stand in another order"""
Order = Sequence[int]
"""positions in the form, in the order shown"""
Size = tuple[int, Decimal | tuple[int, ...] | str]
"""what a value is compared by: figures before dates before what is neither"""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """``sort``: (field key, ascending); None: as declared. All of the filters must hold."""

    sort: tuple[str, bool] | None = None
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sort or self.filters)

    def sorted_by(self, key: str) -> "Arrangement":
        """Asked again and again: up, then down, then as declared."""
        if self.sort is None or self.sort[0] != key:
            return replace(self, sort=(key, True))
        return replace(self, sort=(key, False) if self.sort[1] else None)


@dataclass(frozen=True)
class PickedRows(Sequence[Row]):
    """Some rows in another order, read where they are."""

    rows: Sequence[Row]
    order: Order

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return tuple(self.rows[place] for place in self.order[index])
        return self.rows[self.order[index]]


def fields_of(sheet: Sheet) -> Mapping[str, GridField]:
    """Every column of a whole sheet, and the state of the row, to narrow by."""
    codes = coded(sheet.part)
    states = tuple((state.value, tr(f"ui.sheet.state.{state.value}")) for state in RowState)
    title = tr("ui.sheet.state")
    found = {STATE: GridField(key=STATE, title=title, kind=Kind.TEXT, few=states)}
    for column in sheet.columns:
        list_ = codes[column.key].list if column.key in codes else None
        found[column.key] = GridField(
            key=column.key, title=column.title, kind=column.kind, code_list=list_
        )
    return found


def order_of(sheet: Sheet, arrangement: Arrangement) -> Order:
    """Which rows of a whole sheet are shown, in which order."""
    order: Order = range(len(sheet.lines))
    if arrangement.sort:
        order = _sorted(sheet, *arrangement.sort)
    for each in arrangement.filters:
        order = _narrowed(sheet, order, each)
    return order


def kept_order(sheet: Sheet, lines: Iterable[int]) -> Order | None:
    """The same lines in the same order again; None where one of them is gone."""
    found = [sheet.positions.get(line) for line in lines]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def arranged(sheet: Sheet, order: Order) -> Sheet:
    """The sheet with these rows; they are held where reading them from here and there is slow."""
    if isinstance(order, range):
        return sheet
    lines = [sheet.lines[place] for place in order]
    return replace(sheet, rows=_picked(sheet, order), lines=lines)


def _picked(sheet: Sheet, order: Order) -> Sequence[Row]:
    rows = sheet.rows
    ascending = all(before < after for before, after in pairwise(order))
    if ascending or not isinstance(rows, PackedRows):
        return PickedRows(rows, order)
    if len(rows) <= KEPT:
        return PickedRows(sheet.unpacked, order)
    return PackedRows.of(_in_order(rows, order))


def _in_order(rows: PackedRows, order: Order) -> Iterator[Row]:
    """Some thousand at a time: each chunk is unpacked once for them, however they lie."""
    for start in range(0, len(order), KEPT):
        some = order[start : start + KEPT]
        places = sorted(some)
        found = [rows[place] for place in places]
        yield from (found[bisect_left(places, place)] for place in some)


def _narrowed(sheet: Sheet, order: Order, by: Filter) -> Order:
    if by.key == STATE:
        return [place for place in order if _is_in_state(sheet, place, by)]
    kind = next((each.kind for each in sheet.columns if each.key == by.key), Kind.TEXT)
    holds, values = test_of(by, kind), sheet.values(by.key)
    passed = {value for value in set(values) if holds(value)}
    return [place for place in order if values[place] in passed]


def _is_in_state(sheet: Sheet, place: int, by: Filter) -> bool:
    states = sheet.states.get(sheet.lines[place], frozenset())
    if by.test in (Test.EMPTY, Test.FILLED):
        return bool(states) is (by.test is Test.FILLED)
    return by.text in states


def test_of(by: Filter, kind: Kind) -> Callable[[str], bool]:
    """Whether a stored value passes; texts are compared without marks and capitals."""
    wanted = fold(by.text)
    if by.test is Test.EMPTY:
        return lambda value: not value
    if by.test is Test.FILLED:
        return bool
    if by.test is Test.EQUALS:
        return lambda value: fold(value) == wanted
    if by.test is Test.CONTAINS:
        return lambda value: wanted in fold(value)
    least, bound = by.test is Test.AT_LEAST, size_of(by.text, kind)
    return lambda value: bool(value) and _reaches(size_of(value, kind), bound, least=least)


def _reaches(size: Size, bound: Size, *, least: bool) -> bool:
    """What is of another sort than the bound, such as a slip among dates, is neither."""
    if size[0] != bound[0]:
        return False
    mine, theirs = (size, bound) if least else (bound, size)
    return mine >= theirs


def _sorted(sheet: Sheet, key: str, ascending: bool) -> Order:
    """Equal ones as declared; empty ones last either way. Kept, for narrowing goes on from it."""
    known = sheet.sorted.get((key, ascending))
    if known is None:
        known = sheet.sorted[key, ascending] = _sort(sheet, key, ascending)
    return known


def _sort(sheet: Sheet, key: str, ascending: bool) -> Order:
    kind = next((each.kind for each in sheet.columns if each.key == key), Kind.TEXT)
    values = sheet.values(key)
    sizes = {value: size_of(value, kind) for value in set(values)}
    filled = [place for place, value in enumerate(values) if value]
    filled.sort(key=lambda place: sizes[values[place]], reverse=not ascending)
    return [*filled, *(place for place, value in enumerate(values) if not value)]


def size_of(value: str, kind: Kind) -> Size:
    """What a value is sorted by. Dates, partial ones too, by year, month and day."""
    if kind in FIGURES:
        try:
            return 0, Decimal(value)
        except InvalidOperation:
            return 2, fold(value)
    if kind in DATES:
        parts = value.split("/")
        if all(part.isdecimal() for part in parts):
            return 1, tuple(int(part) for part in reversed(parts))
    return 2, fold(value)
