"""Which row is which person: pure, over the whole roster of a unit at once.

A row is a known person by mã số BHXH; else by citizen id; else by name (without diacritics) and
birth. A weaker sign never joins two people whose stronger numbers differ.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from desktop.store.folding import folded
from forms.model import Period, Row

COEFFICIENT_UP_TO = 100
"""a wage of at most this is a coefficient, not đồng (wire format §2.1, row 6)"""

Sign = tuple[str, ...]

_AMOUNT = re.compile(r"\d{1,15}\Z", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}\.\d*[1-9]\Z", re.ASCII)
"""canonical decimals never end with a zero; ``12.500`` was typed and not understood"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person as stored; ``id`` is None for one that is new."""

    id: int | None
    name: str
    birth: str
    sex: str
    citizen_id: str
    social_number: str
    job: str
    wage: int | None
    coefficient: str | None
    last_movement: str
    last_period: str
    """``YYYY-MM``"""


@dataclass(slots=True)
class Roster:
    """The people of one unit, found by any of their signs. Holds changes until they are taken."""

    entries: list[Entry] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    """places in ``entries``"""
    _places: dict[Sign, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Iterable[Entry]) -> "Roster":
        roster = cls()
        for entry in stored:
            roster._keep(len(roster.entries), entry)
        return roster

    def merge(self, rows: Iterable[Row], period: Period) -> int:
        """Takes the rows in, the later over the earlier. Returns how many were people."""
        people = 0
        for row in rows:
            if row.get("ho_ten").strip():
                self._merge(read_entry(row, period))
                people += 1
        return people

    def added(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.id is None]

    def refreshed(self) -> list[Entry]:
        """Stored people that now differ."""
        return [self.entries[at] for at in sorted(self.changed) if self.entries[at].id is not None]

    def _merge(self, new: Entry) -> None:
        place = self._find(new)
        if place is None:
            self._keep(len(self.entries), new)
            return
        merged = joined(self.entries[place], new)
        if merged != self.entries[place]:
            self.changed.add(place)
            self._keep(place, merged)

    def _find(self, new: Entry) -> int | None:
        for sign in signs(new):
            for place in self._places.get(sign, ()):
                if may_be_same(self.entries[place], new, sign[0]):
                    return place
        return None

    def _keep(self, place: int, entry: Entry) -> None:
        if place == len(self.entries):
            self.entries.append(entry)
        else:
            self.entries[place] = entry
        for sign in places_of(entry):
            places = self._places.setdefault(sign, [])
            if place not in places[-1:]:
                places.append(place)


def signs(new: Entry) -> Iterator[Sign]:
    """Under what an earlier entry of the same person may stand, the strongest first."""
    yield "social_number", new.social_number
    yield "citizen_id", new.citizen_id
    lacking = "social_number" if new.social_number else "citizen_id" if new.citizen_id else ""
    yield "name", lacking, folded(new.name), new.birth


def places_of(entry: Entry) -> Iterator[Sign]:
    """Under what an entry is kept; by name also under each number that it lacks.

    A row with a number, when no entry has that number, can only be an entry that lacks it.
    """
    name = folded(entry.name), entry.birth
    yield "name", "", *name
    for key, number in (
        ("social_number", entry.social_number),
        ("citizen_id", entry.citizen_id),
    ):
        yield (key, number) if number else ("name", key, *name)


def may_be_same(old: Entry, new: Entry, kind: str) -> bool:
    """No number stronger than the ``kind`` of sign stands against it.

    Since August 2025 the citizen id may stand for the mã số BHXH: that is no contradiction.
    """
    if kind == "social_number":
        return True
    if kind == "citizen_id":
        numbers = {old.social_number, new.social_number, ""} - {"", new.citizen_id}
        return len(numbers) <= 1
    return not _differ(old.social_number, new.social_number) and not _differ(
        old.citizen_id, new.citizen_id
    )


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def joined(old: Entry, new: Entry) -> Entry:
    """The newer words over the older; an empty cell takes nothing away."""
    paid = new if new.wage is not None or new.coefficient is not None else old
    return replace(
        old,
        name=new.name,
        birth=new.birth or old.birth,
        sex=new.sex or old.sex,
        citizen_id=new.citizen_id or old.citizen_id,
        social_number=new.social_number or old.social_number,
        job=new.job or old.job,
        wage=paid.wage,
        coefficient=paid.coefficient,
        last_movement=new.last_movement or old.last_movement,
        last_period=new.last_period,
    )


def read_entry(row: Row, period: Period) -> Entry:
    wage, coefficient = read_pay(row.get("tien_luong"))
    return Entry(
        id=None,
        name=row.get("ho_ten"),
        birth=row.get("ngay_sinh"),
        sex=row.get("gioi_tinh"),
        citizen_id=row.get("cccd"),
        social_number=row.get("ma_so_bhxh"),
        job=row.get("chuc_vu"),
        wage=wage,
        coefficient=coefficient,
        last_movement=row.get("phuong_an"),
        last_period=period.iso,
    )


def read_pay(text: str) -> tuple[int | None, str | None]:
    """(đồng, coefficient): one of them, or none where the cell could not be understood."""
    if _AMOUNT.match(text):
        amount = int(text)
        return (None, text) if 0 < amount <= COEFFICIENT_UP_TO else (amount, None)
    if _DECIMAL.match(text) and Decimal(text) <= COEFFICIENT_UP_TO:
        return None, text
    return None, None
