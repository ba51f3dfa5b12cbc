"""Which row of a draft is which person of a unit."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.store.folding import folded
from desktop.store.roster import Roster, Signs
from desktop.store.roster_columns import NAME, RosterColumns
from forms.model import Row
from forms.packed import column_values

_SIGNS = ("ho_ten", "ngay_sinh", "cccd", "ma_so_bhxh")
_NOBODY = -1
_FEW = 3
"""a roster of more than so many times the rows is searched for them alone"""


@dataclass(frozen=True, slots=True)
class Places:
    """Known people stand in the first places, new ones behind them as the rows first name them."""

    of_row: Sequence[int]
    """by row; negative where it names nobody"""
    known: Sequence[int]
    """ids, by place"""
    new: int
    """how many are new"""

    @property
    def rows(self) -> int:
        """How many rows were people."""
        return len(self.of_row) - self.of_row.count(_NOBODY)

    def several(self) -> dict[int, int]:
        """Place → how many rows, of those who stand in more than one."""
        return {place: n for place, n in Counter(self.of_row).items() if n > 1 and place >= 0}


def find_places(rows: Sequence[Row], columns: RosterColumns, people: int) -> Places:
    """``people``: how many the unit has."""
    signs = list(_signs(rows))
    wanted = _Wanted.of(signs) if people > _FEW * len(rows) else None
    stored = [one for one in _stored(columns) if wanted is None or wanted.asks_for(one)]
    known = [entry.id or 0 for entry in stored]
    if are_strangers(signs, stored):
        everybody = range(len(known), len(known) + len(signs))
        return Places(array("l", everybody), known, len(signs))
    by_name = any(one and not (one.citizen_id or one.social_number) for one in signs)
    roster = Roster.of(stored, by_name=by_name)
    of_row = array("l", (roster.place(one) if one else _NOBODY for one in signs))
    return Places(of_row, known, len(roster.entries) - len(known))


def are_strangers(signs: Sequence[Signs | None], stored: Sequence[Signs]) -> bool:
    """Whether each row is surely somebody else whom nobody knows: told by their numbers alone."""
    everybody = [*stored, *signs]
    socials = {one.social_number for one in everybody if one}
    citizens = {one.citizen_id for one in everybody if one}
    none_twice = len(socials) == len(citizens) == len(everybody)
    return none_twice and "" not in socials and "" not in citizens


def _signs(rows: Sequence[Row]) -> Iterator[Signs | None]:
    """Row by row; without a name it is nobody."""
    for name, *others in column_values(rows, *_SIGNS):
        yield Signs(None, folded(name), *others) if name.strip() else None


def _stored(columns: RosterColumns) -> Iterator[Signs]:
    keys = (NAME, *_SIGNS[1:])
    for block in columns.blocks(keys):
        yield from map(Signs._make, zip(block.ids, *map(block.column, keys), strict=True))


@dataclass(frozen=True, slots=True)
class _Wanted:
    names: frozenset[str]
    citizens: frozenset[str]
    socials: frozenset[str]

    @classmethod
    def of(cls, signs: Sequence[Signs | None]) -> "_Wanted":
        people = [one for one in signs if one]
        return cls(
            frozenset(one.name for one in people),
            frozenset(one.citizen_id for one in people if one.citizen_id),
            frozenset(one.social_number for one in people if one.social_number),
        )

    def asks_for(self, one: Signs) -> bool:
        return (
            one.social_number in self.socials
            or one.citizen_id in self.citizens
            or one.name in self.names
        )
