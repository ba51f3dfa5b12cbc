"""The same person on several rows: twice the same, two names, two numbers."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from forms.checks import calendar
from forms.checks.calendar import Month
from forms.checks.problem import Placed, Problem
from forms.model import Draft, Part, Row
from resources.faults import Param

_LISTED = (Part.LAO_DONG, Part.PHU_LUC)
_SHORTEST_NUMBER = 8
"""shorter texts in a number's place (a dash, "không có") are nobody's number"""


class Seen(NamedTuple):
    part: Part
    row: Row


def name_key(name: str) -> tuple[str, ...]:
    """Equal for two spellings of one name: capitals and the place of the tone do not count."""
    words = unicodedata.normalize("NFD", name.casefold()).split()
    return tuple("".join(sorted(word)) for word in words)


def same_row_twice(draft: Draft) -> Iterator[Placed]:
    """Same person, movement and months; or the same movement for months that overlap."""
    earlier: dict[tuple[str, str], list[Row]] = {}
    for row in draft.rows(Part.LAO_DONG):
        keys = [(number, row.get("phuong_an")) for number in numbers_of(row)]
        before = [other for key in keys for other in earlier.get(key, ())]
        problem = next(_clashes(row, before), None)
        if problem is not None:
            yield Placed(Part.LAO_DONG, row.line, problem)
        for key in keys:
            earlier.setdefault(key, []).append(row)


def _clashes(row: Row, before: list[Row]) -> Iterator[Problem]:
    for other in before:
        if _months(row) == _months(other):
            yield Problem("check.duplicate_row", "ho_ten", {"line": other.line})
    for other in before:
        if _overlap(row, other):
            yield Problem("check.overlapping_rows", "tu_thang", {"line": other.line})


def _months(row: Row) -> tuple[str, str]:
    return row.get("tu_thang"), row.get("den_thang")


def _overlap(row: Row, other: Row) -> bool:
    """A row without an end is taken for its first month alone."""
    one, two = _range(row), _range(other)
    return bool(one and two and one[0] <= two[1] and two[0] <= one[1])


def _range(row: Row) -> tuple[Month, Month] | None:
    start = calendar.month(row.get("tu_thang"))
    return (start, calendar.month(row.get("den_thang")) or start) if start else None


def one_number_two_names(draft: Draft) -> Iterator[Placed]:
    """Household rows are held against the people they belong to as well."""
    owners: dict[str, Seen] = {}
    for part in _LISTED:
        for row in draft.rows(part):
            if not row.get("ho_ten"):
                continue
            for number in numbers_of(row):
                owner = owners.setdefault(number, Seen(part, row))
                if not _same_name(owner.row, row):
                    yield Placed(part, row.line, _named_otherwise(draft, owner))
                    break


def _same_name(one: Row, two: Row) -> bool:
    names = one.get("ho_ten"), two.get("ho_ten")
    return names[0] == names[1] or name_key(names[0]) == name_key(names[1])


def _named_otherwise(draft: Draft, owner: Seen) -> Problem:
    section = draft.section(owner.part)
    place: dict[str, Param] = {"line": owner.row.line, "sheet": section.sheet if section else ""}
    return Problem("check.name_differs", "ho_ten", place)


def one_citizen_two_numbers(draft: Draft) -> Iterator[Placed]:
    """Somebody who has two BHXH numbers must have them merged (gộp sổ)."""
    owners: dict[str, Row] = {}
    for row in draft.rows(Part.LAO_DONG):
        citizen, social = row.get("cccd"), row.get("ma_so_bhxh")
        if not (is_number(citizen) and social):
            continue
        owner = owners.setdefault(citizen, row)
        if owner.get("ma_so_bhxh") != social:
            problem = Problem("check.two_numbers", "ma_so_bhxh", {"line": owner.line})
            yield Placed(Part.LAO_DONG, row.line, problem)


def numbers_of(row: Row) -> tuple[str, ...]:
    """The numbers by which somebody is known, each once."""
    return tuple({n: None for n in (row.get("ma_so_bhxh"), row.get("cccd")) if is_number(n)})


def is_number(text: str) -> bool:
    """Whether it can be somebody's number at all."""
    return len(text) >= _SHORTEST_NUMBER and text.isascii() and text.isalnum()


CHECKS = (same_row_twice, one_number_two_names, one_citizen_two_numbers)
