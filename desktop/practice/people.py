"""Invented people: names put together from words, numbers that agree with birth, sex and place."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from forms.codes import Entry, code_list
from forms.model import Period
from resources import read_text

_CENTURY_SEX = {(19, "1"): 0, (19, "0"): 1, (20, "1"): 2, (20, "0"): 3}
_STEP = 7919
"""prime to ten: counting by it meets every number once before it meets one again"""
_CITIZENS, _SOCIALS = 10**6, 10**8
_NEVER_ISSUED = ("09", "99")
"""no province has these codes, so no BHXH number of a person begins so"""
_LARGE_PROVINCES = ("79", "01", "75", "24", "31", "48")


@dataclass(frozen=True, slots=True)
class Places:
    """The communes, clinics and former codes of one province of today."""

    province: Entry
    communes: Sequence[Entry]
    hospitals: Sequence[Entry]
    former: Sequence[str]
    """two digits, as citizen ids begin with"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    """``1`` Nam, ``0`` Nữ"""
    birth: date
    citizen_id: str
    places: Places


@cache
def words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """``resources/practice/names.toml``."""
    return tomllib.loads(read_text("practice/names.toml"))


@cache
def provinces() -> tuple[Places, ...]:
    """Every province that has communes and clinics."""
    found = []
    for province in code_list("tinh").entries.values():
        here = province.code
        former = [e.code for e in code_list("tinh_cu").entries.values() if e.more["now"] == here]
        found.append(Places(province, _within("xa", here), _within("benh_vien", here), former))
    return tuple(place for place in found if place.communes and place.hospitals)


def _within(name: str, province: str) -> tuple[Entry, ...]:
    entries = code_list(name).entries.values()
    return tuple(entry for entry in entries if entry.more["province"] == province)


class Inventor:
    """Makes people, the same ones for the same seed; no number is given out twice."""

    def __init__(self, chance: random.Random, period: Period) -> None:
        self.chance = chance
        self._today = date(period.year, period.month, 1)
        self._citizens = chance.randrange(_CITIZENS)
        self._socials = chance.randrange(_SOCIALS)

    def person(self, *, ages: range, sex: str | None = None, family: str | None = None) -> Person:
        """Somebody of an age within ``ages`` (full years) at the start of the period."""
        sex = sex or self.chance.choice("01")
        birth = self._birth(self.chance.choice(ages))
        places = self._places()
        return Person(
            name=self.name(sex, family),
            sex=sex,
            birth=birth,
            citizen_id=self._citizen_id(birth, sex, places),
            places=places,
        )

    def name(self, sex: str, family: str | None = None) -> str:
        source = words()["male" if sex == "1" else "female"]
        family = family or self.chance.choice(words()["all"]["families"])
        first, second = self.chance.sample(source["given"], 2)
        return f"{family} {self.chance.choice(source['middle'])} {first} {second}"

    def social_number(self) -> str:
        self._socials = (self._socials + _STEP) % _SOCIALS
        return f"{self.chance.choice(_NEVER_ISSUED)}{self._socials:08}"

    def phone(self) -> str:
        return f"0900{self.chance.randrange(10**6):06}"

    def _birth(self, age: int) -> date:
        """Between the birthday just had and the one almost reached."""
        latest = self._today.replace(year=self._today.year - age)
        return latest - timedelta(days=self.chance.randrange(1, 360))

    def _places(self) -> Places:
        if self.chance.random() < 0.6:
            large = self.chance.choice(_LARGE_PROVINCES)
            return next(place for place in provinces() if place.province.code == large)
        return self.chance.choice(provinces())

    def _citizen_id(self, birth: date, sex: str, places: Places) -> str:
        self._citizens = (self._citizens + _STEP) % _CITIZENS
        century, year = divmod(birth.year, 100)
        former = self.chance.choice(places.former)
        return f"0{former}{_CENTURY_SEX[century, sex]}{year:02}{self._citizens:06}"
