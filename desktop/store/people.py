"""The roster at rest: merged in bulk, searched without diacritics."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from desktop.services.ports import Person
from desktop.store.folding import folded, like_pattern
from desktop.store.roster import Entry, Roster
from desktop.store.session import Session
from desktop.store.tables import person
from desktop.store.units import SqlUnits
from forms.model import Draft, Part, Period

SEARCHED = (person.c.name_folded, person.c.social_number, person.c.citizen_id)
_COLUMNS = [person.c[field.name] for field in fields(Entry)]


@dataclass(frozen=True, slots=True)
class SqlPeople:
    session: Session

    def merge(self, unit_code: str, draft: Draft, period: Period) -> int:
        """Raises UsageFault ``unit.unknown``. Reads the unit's roster once, writes in bulk."""
        SqlUnits(self.session).get(unit_code)
        stored = self.session.rows(
            select(*_COLUMNS).where(person.c.unit_code == unit_code).order_by(person.c.id)
        )
        roster = Roster.of(Entry(**row) for row in stored)
        people = roster.merge(draft.rows(Part.LAO_DONG), period)
        added = [{**_values(entry), "unit_code": unit_code} for entry in roster.added()]
        self.session.change_many(insert(person), added)
        refreshed = [{**_values(entry), "at_id": entry.id} for entry in roster.refreshed()]
        self.session.change_many(update(person).where(person.c.id == bindparam("at_id")), refreshed)
        return people

    def search(
        self, unit_code: str, words: str = "", limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        """In the order in which they first came."""
        found = self.session.rows(
            select(*_COLUMNS)
            .where(_matching(unit_code, words))
            .order_by(person.c.id)
            .limit(limit)
            .offset(offset)
        )
        return [_read(row) for row in found]

    def count(self, unit_code: str, words: str = "") -> int:
        counted = select(func.count()).select_from(person).where(_matching(unit_code, words))
        return int(self.session.value(counted))


def _matching(unit_code: str, words: str) -> ColumnElement[bool]:
    """Every word stands somewhere in the name or a number."""
    patterns = [like_pattern(word) for word in folded(words).split()]
    return and_(
        person.c.unit_code == unit_code,
        *(or_(*(column.like(pattern, escape="\\") for column in SEARCHED)) for pattern in patterns),
    )


def _values(entry: Entry) -> dict[str, Any]:
    values = asdict(entry)
    del values["id"]
    return {**values, "name_folded": folded(entry.name)}


def _read(row: RowMapping) -> Person:
    return Person(**{**row, "last_period": Period.parse(row["last_period"])})
