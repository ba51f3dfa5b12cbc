"""Which row is which person: pure, over what is stored under any of the rows' signs.

A row is a known person by mã số BHXH; else by citizen id; else by name (without diacritics) and
birth. A weaker sign never joins two people whose stronger numbers differ.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from desktop.store.folding import folded
from forms.model import Row

COEFFICIENT_UP_TO = 100
"""a wage of at most this is a coefficient, not đồng (wire format §2.1, row 6)"""

_AMOUNT = re.compile(r"\d{1,15}\Z", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}\.\d*[1-9]\Z", re.ASCII)
"""canonical decimals never end with a zero; ``12.500`` was typed and not understood"""


class Signs(NamedTuple):
    """By what a person is known; ``id`` is None for one that is new."""

    id: int | None
    name: str
    """without diacritics"""
    birth: str
    citizen_id: str
    social_number: str


@dataclass(slots=True)
class Roster:
    """People of one unit, found by any of their signs.

    ``by_name``: whether somebody without any number will be looked for; where nobody will be,
    those who have both numbers are not kept under their names.
    """

    by_name: bool = True
    entries: list[Signs] = field(default_factory=list)
    _places: dict[str, int | list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Iterable[Signs], *, by_name: bool = True) -> "Roster":
        roster = cls(by_name)
        for entry in stored:
            roster._keep(len(roster.entries), entry)
        return roster

    def place(self, new: Signs) -> int:
        """Where in ``entries`` the person stands; one whom nobody knows is put at the end."""
        place = self._find(new)
        if place is None:
            place = len(self.entries)
            self._keep(place, new)
        elif (both := joined(self.entries[place], new)) != self.entries[place]:
            self._keep(place, both)
        return place

    def _find(self, new: Signs) -> int | None:
        for kind, sign in signs(new):
            found = self._places.get(sign)
            if found is not None:
                for place in (found,) if isinstance(found, int) else found:
                    if may_be_same(self.entries[place], new, kind):
                        return place
        return None

    def _keep(self, place: int, entry: Signs) -> None:
        if place == len(self.entries):
            self.entries.append(entry)
        else:
            self.entries[place] = entry
        for sign in places_of(entry, by_name=self.by_name):
            found = self._places.setdefault(sign, place)
            if isinstance(found, list):
                if place != found[-1]:
                    found.append(place)
            elif place != found:
                self._places[sign] = [found, place]


def signs(new: Signs) -> Iterator[tuple[str, str]]:
    """(kind, sign): under what an earlier entry of the same person may stand, strongest first."""
    if new.social_number:
        yield "social_number", SOCIAL + new.social_number
    if new.citizen_id:
        yield "citizen_id", CITIZEN + new.citizen_id
    lacking = SOCIAL if new.social_number else CITIZEN if new.citizen_id else ""
    yield "name", _by_name(new, lacking)


def places_of(entry: Signs, *, by_name: bool) -> Iterator[str]:
    """Under what an entry is kept; by name also under each number that it lacks.

    A row with a number, when no entry has that number, can only be an entry that lacks it.
    """
    if by_name:
        yield _by_name(entry, "")
    for kind, number in ((SOCIAL, entry.social_number), (CITIZEN, entry.citizen_id)):
        yield kind + number if number else _by_name(entry, kind)


def _by_name(entry: Signs, lacking: str) -> str:
    return f"{lacking}{NAME}{entry.name}{NAME}{entry.birth}"


SOCIAL, CITIZEN, NAME = "s", "c", "\n"
"""before a sign of each kind; no folded name holds the last"""


def may_be_same(old: Signs, new: Signs, kind: str) -> bool:
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


def joined(old: Signs, new: Signs) -> Signs:
    """The newer words over the older; an empty cell takes nothing away."""
    return Signs(
        old.id,
        new.name,
        new.birth or old.birth,
        new.citizen_id or old.citizen_id,
        new.social_number or old.social_number,
    )


def read_signs(row: Row) -> Signs:
    """Of somebody who is not known yet."""
    return Signs(
        None,
        folded(row.get("ho_ten")),
        row.get("ngay_sinh"),
        row.get("cccd"),
        row.get("ma_so_bhxh"),
    )


def read_pay(text: str) -> tuple[int | None, str | None]:
    """(đồng, coefficient): one of them, or none where the cell could not be understood."""
    if _AMOUNT.match(text):
        amount = int(text)
        return (None, text) if 0 < amount <= COEFFICIENT_UP_TO else (amount, None)
    if _DECIMAL.match(text) and Decimal(text) <= COEFFICIENT_UP_TO:
        return None, text
    return None, None
