"""Identity numbers in the fields that hold them (``resources/checks/numbers.toml``)."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from forms.checks.problem import Problem
from forms.model import Row
from forms.numbers import citizen_id, household, phone, social_number
from forms.numbers.faults import NumberFault, WrongPart
from forms.numbers.text import are_digits
from resources import read_text

_PASSPORT = re.compile(r"[A-Z0-9]{5,15}\Z")
_OWN_COUNTRY = ("", "VN")
_FOREIGN_PEOPLE = "99"
"""the code that stands for a foreigner in the list of ethnic groups"""

NumberCheck = Callable[[str, str, Row], Problem | None]
"""(field key, value, its row)"""


def social(key: str, value: str, row: Row) -> Problem | None:
    """10 or 12 digits; anything else is refused by every receiver."""
    del row
    if social_number.is_valid(value):
        return None
    return Problem("check.social_number", key, {"length": len(value)})


def citizen(key: str, value: str, row: Row) -> Problem | None:
    """CCCD or CMND of a Vietnamese, CCCD or passport of anybody else."""
    if is_foreigner(row) and _PASSPORT.match(value):
        return None
    if not are_digits(value) and _PASSPORT.match(value):
        return Problem("check.citizen_id_passport", key)
    try:
        clean = citizen_id.validate(value)
    except WrongPart:
        return Problem("check.citizen_id_shape", key)
    except NumberFault:
        return Problem("check.citizen_id", key, {"length": len(value)})
    return Problem("check.citizen_id_old", key) if citizen_id.is_old(clean) else None


def is_foreigner(row: Row) -> bool:
    return row.get("quoc_tich") not in _OWN_COUNTRY or row.get("dan_toc") == _FOREIGN_PEOPLE


def telephone(key: str, value: str, row: Row) -> Problem | None:
    del row
    return None if phone.is_valid(value) else Problem("check.phone", key)


def family(key: str, value: str, row: Row) -> Problem | None:
    del row
    if household.is_valid(value):
        return None
    return Problem("check.household", key, {"length": len(value)})


_CHECKS: Mapping[str, NumberCheck] = {
    "social_number": social,
    "citizen_id": citizen,
    "phone": telephone,
    "household": family,
}


@cache
def number_checks() -> Mapping[str, NumberCheck]:
    """Field key → its check."""
    table = tomllib.loads(read_text("checks/numbers.toml"))
    return {key: _CHECKS[number] for number, keys in table.items() for key in keys}


def number_problems(row: Row, keys: Mapping[str, NumberCheck]) -> Iterator[Problem]:
    """For the fields ``keys`` that are filled."""
    for key, check in keys.items():
        value = row.get(key)
        if value and (problem := check(key, value, row)):
            yield problem
