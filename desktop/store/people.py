"""The roster in brief, as one list of people: searched without diacritics."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.ports import Person
from desktop.services.roster_api import RosterQuery
from desktop.store.roster import read_pay
from desktop.store.roster_look import Look
from desktop.store.session import Session
from forms.model import Period
from forms.roster.model import Values
from forms.roster.taking_in import LAST_MOVEMENT, LAST_PERIOD


@dataclass(frozen=True, slots=True)
class SqlPeople:
    session: Session

    def search(
        self, unit_code: str, words: str = "", limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        """In the order in which they first came."""
        found = Look(self.session).ids(RosterQuery(unit_code=unit_code, words=words))
        ids = found[offset : offset + limit]
        rows = Look(self.session).rows(unit_code, ids, None)
        return [in_brief(row.id, row.values) for row in rows]

    def count(self, unit_code: str, words: str = "") -> int:
        return Look(self.session).count(RosterQuery(unit_code=unit_code, words=words))


def in_brief(person_id: int, values: Values) -> Person:
    """``values``: the newest, flat."""
    wage, coefficient = read_pay(values.get("tien_luong", ""))
    return Person(
        id=person_id,
        name=values.get("ho_ten", ""),
        birth=values.get("ngay_sinh", ""),
        sex=values.get("gioi_tinh", ""),
        citizen_id=values.get("cccd", ""),
        social_number=values.get("ma_so_bhxh", ""),
        job=values.get("chuc_vu", ""),
        wage=wage,
        coefficient=coefficient,
        last_movement=values.get(LAST_MOVEMENT, ""),
        last_period=Period.parse(values[LAST_PERIOD]),
    )
