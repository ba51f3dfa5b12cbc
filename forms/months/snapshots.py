"""A month's list as a snapshot: from a draft that was read, or from the roster."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from forms.codes import fold
from forms.model import Draft, Part, Period
from forms.months.model import PersonState, Place, Snapshot, Values

_OF_MEMBER = "stt"
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_MONTH_FIRST = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[-_. ](?:nam )?(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class RowPlaces(Mapping[str, Place]):
    """Field key → the cell of one row; cells are made when asked for."""

    sheet: str
    row: int
    columns: Mapping[str, str]

    def __getitem__(self, key: str) -> Place:
        return Place(self.sheet, self.row, self.columns[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class RosterPlaces(Mapping[str, Place]):
    """Fields kept in the program have no cell."""

    keys_known: Values

    def __getitem__(self, key: str) -> Place:
        del key
        return Place()

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_known)

    def __len__(self) -> int:
        return len(self.keys_known)


def from_draft(draft: Draft) -> Snapshot:
    """Everybody of the main list in its order, each with the members of the household."""
    section = draft.section(Part.LAO_DONG)
    if section is None:
        return Snapshot(name=draft.source, people=())
    households = _households(draft)
    people = tuple(
        PersonState(
            values=row.values,
            household=tuple(households.get(row.get(_OF_MEMBER), ())),
            places=RowPlaces(section.sheet, row.line, section.columns),
        )
        for row in section.rows
    )
    return Snapshot(name=draft.source, people=people)


def from_roster(name: str, people: Iterable[tuple[int, Values, tuple[Values, ...]]]) -> Snapshot:
    """``people``: (id, flat values, household)."""
    states = (
        PersonState(
            values=values, household=household, places=RosterPlaces(values), roster_id=number
        )
        for number, values, household in people
    )
    return Snapshot(name=name, people=tuple(states))


def month_in_name(name: str) -> Period | None:
    """The month that a file's name speaks of, such as ``luong 10-2026.xlsx``; None: none."""
    said = fold(name)
    if found := _YEAR_FIRST.search(said):
        return Period(int(found[1]), int(found[2]))
    if found := _MONTH_FIRST.search(said):
        return Period(int(found[2]), int(found[1]))
    return None


def _households(draft: Draft) -> Mapping[str, list[Values]]:
    members: defaultdict[str, list[Values]] = defaultdict(list)
    for row in draft.rows(Part.PHU_LUC):
        own = {key: text for key, text in row.values.items() if key != _OF_MEMBER}
        members[row.get(_OF_MEMBER)].append(own)
    members.pop("", None)
    return members
