"""Which rows say nothing new of somebody who is known: told by comparing texts, by column.

Whoever is not sure says so: a row that is not told here may still say nothing new
(``forms.roster.taking_in`` decides), but one that is told never says anything.
"""

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import NamedTuple

from forms.model import Period
from forms.packed import Block
from forms.roster.arrivals import is_plain, stay, zip_rows
from forms.roster.lines import LineReader, since_column, value_column
from forms.roster.model import Track
from forms.roster.taking_in import HOMES, LAST_MOVEMENT, LAST_PERIOD, begins_by

_ALLOWANCE = "phu_cap_"
Cells = Sequence[str]


class _Plan(NamedTuple):
    """How rows are held against lines of one reader."""

    stored: Callable[[Cells], tuple[str, ...]]
    said: Sequence[tuple[str, ...]]
    """of every row, what must be stored"""
    allowances: tuple[bool, ...]
    """whether an empty text takes away what is stored"""
    homeless: Sequence[bool]
    """of every row, whether it says what no line of the reader has"""
    since: tuple[int, ...]
    stays: dict[str, tuple[tuple[int, str], ...] | None]
    """phương án → place and text of each part of the participation; None: no line has it"""


class Repeats:
    """``columns``: as for ``taken_in``."""

    def __init__(self, block: Block, period: Period, columns: Collection[str]) -> None:
        self._count = len(block)
        self._moves = block.column("phuong_an")
        self._days = [begins_by(text, period).isoformat() for text in block.column("tu_thang")]
        self._sure = not {LAST_MOVEMENT, LAST_PERIOD} & block.columns.keys()
        said = {key: column for key, column in block.columns.items() if key in HOMES}
        none = ("",) * self._count
        said |= {key: none for key in columns if _is_allowance(key) and key not in said}
        own = {key: column for key, column in said.items() if HOMES[key] is None}
        own |= {LAST_MOVEMENT: self._moves, LAST_PERIOD: (period.wire,) * self._count}
        tracked = {value_column(HOMES[key], key): column for key, column in said.items()}
        self._said = {True: {**tracked, **own}, False: own}
        """plain or not → column → texts"""
        self._plans: dict[tuple[bool, tuple[str, ...]], _Plan] = {}

    def nothing_new(self, row: int, reader: LineReader, cells: Cells) -> bool:
        """Of the person whose line it is; ``row``: place in the block. Without a household."""
        if not self._sure:
            return False
        move = self._moves[row]
        key = is_plain(move), reader.columns
        plan = self._plans.get(key) or self._planned(key, reader)
        said, stored = plan.said[row], plan.stored(cells)
        if said != stored and not _adds_nothing(said, stored, plan.allowances):
            return False
        day = self._days[row]
        for place in plan.since:
            if cells[place] > day:
                return False
        return not plan.homeless[row] and _stays(plan, move, reader, cells)

    def _planned(self, key: tuple[bool, tuple[str, ...]], reader: LineReader) -> _Plan:
        plain, columns = self._said[key[0]], reader.places
        there = [one for one in plain if one in columns]
        absent = [plain[one] for one in plain if one not in columns]
        since = map(since_column, Track) if key[0] else ()
        plan = _Plan(
            stored=_getter([columns[one] for one in there]),
            said=zip_rows([plain[one] for one in there]) or [()] * self._count,
            allowances=tuple("/" + _ALLOWANCE in one for one in there),
            homeless=[any(row) for row in zip_rows(absent)] or [False] * self._count,
            since=tuple(columns[one] for one in since if one in columns),
            stays={},
        )
        self._plans[key] = plan
        return plan


def _is_allowance(key: str) -> bool:
    return key.startswith(_ALLOWANCE) and key in HOMES


def _getter(places: Sequence[int]) -> Callable[[Cells], tuple[str, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: tuple(cells[place] for place in places)


def _adds_nothing(said: Cells, stored: Cells, allowances: Sequence[bool]) -> bool:
    """Empty texts say nothing, but for an allowance, which they may take away."""
    return all(
        new == old or not (new or is_allowance)
        for new, old, is_allowance in zip(said, stored, allowances, strict=True)
    )


def _stays(plan: _Plan, move: str, reader: LineReader, cells: Cells) -> bool:
    if move not in plan.stays:
        plan.stays[move] = _places_of_stay(move, reader)
    places = plan.stays[move]
    return places is not None and all(cells[place] == text for place, text in places)


def _places_of_stay(move: str, reader: LineReader) -> tuple[tuple[int, str], ...] | None:
    said = {value_column(Track.THAM_GIA, key): text for key, text in stay(move).items()}
    if any(text and column not in reader.places for column, text in said.items()):
        return None
    places = reader.places
    return tuple((places[column], text) for column, text in said.items() if column in places)
