"""The rows of a draft against the people who are known: who becomes what. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.store.roster import Roster, Signs, read_signs
from forms.model import Draft, Part, Period, Row
from forms.roster.changes import with_household
from forms.roster.model import Employee, Values
from forms.roster.taking_in import is_assumed, taken_in


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each person with their rows, in the order in which the rows first name them."""

    known: Mapping[int, tuple[Row, ...]]
    new: tuple[tuple[Row, ...], ...]
    rows: int
    """how many rows were people"""


def people_rows(draft: Draft) -> list[tuple[Row, Signs]]:
    """Rows without a name are nobody."""
    rows = (row for row in draft.rows(Part.LAO_DONG) if row.get("ho_ten").strip())
    return [(row, read_signs(row)) for row in rows]


def assign(rows: Sequence[tuple[Row, Signs]], stored: Iterable[Signs]) -> Assigned:
    roster = Roster.of(stored)
    places: dict[int, list[Row]] = defaultdict(list)
    for row, signs in rows:
        places[roster.place(signs)].append(row)
    known: dict[int, tuple[Row, ...]] = {}
    new = []
    for place, found in places.items():
        person = roster.entries[place].id
        if person is None:
            new.append(tuple(found))
        else:
            known[person] = tuple(found)
    return Assigned(known=known, new=tuple(new), rows=len(rows))


@dataclass(frozen=True, slots=True)
class Merging:
    """What a draft of a period makes of a person."""

    period: Period
    columns: frozenset[str]
    members: Mapping[str, Sequence[Values]]
    """``stt`` of the person → members of the household"""
    starting: bool = False
    """a first list of people who take part already"""

    @classmethod
    def of(cls, draft: Draft, period: Period, *, starting: bool = False) -> "Merging":
        section = draft.section(Part.LAO_DONG)
        members: dict[str, list[Values]] = defaultdict(list)
        for row in draft.rows(Part.PHU_LUC):
            of = row.get("stt")
            members[of].append({key: text for key, text in row.values.items() if key != "stt"})
        members.pop("", None)
        columns = frozenset(section.columns if section else ())
        return cls(period, columns, members, starting)

    def __call__(self, person: Employee, rows: Iterable[Row]) -> Employee:
        for row in rows:
            person = taken_in(
                person, row, self.period, columns=self.columns, starting=self.starting
            )
            household = self.members.get(row.get("stt")) if self.members else None
            if household:
                person = with_household(person, household)
        return person

    def assumes(self, person: Employee, rows: Sequence[Row]) -> bool:
        """Whether it is the program alone that says that they take part."""
        return self.starting and bool(rows) and is_assumed(person, rows[0])
