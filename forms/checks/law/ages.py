"""Retirement age in the first month of a row (domain rules §8.1)."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from forms.checks.law.case import Case
from forms.checks.law.legal import cited
from forms.checks.problem import Problem, Setting
from forms.model import Period
from forms.movements import Kind
from forms.rules.dated import RuleMissing, Source
from forms.rules.retirement import retirement
from forms.rules.tables import series

_KEY = "ngay_sinh"
_KINDS = frozenset({Kind.INCREASE, Kind.RETURN, Kind.ADJUSTMENT})
_SOME_AGE = 50
"""nobody reaches the age before it, whatever the year; spares the tables"""


class Reached(NamedTuple):
    month: Period
    """the month in which the age was reached, or the latest in which it can have been"""
    source: Source


def ages(case: Case, setting: Setting) -> Iterator[Problem]:
    """Somebody past the age may draw a pension; then BHTN is not due (since 2026-01)."""
    del setting
    if case.moved is None or case.moved.kind not in _KINDS:
        return
    reached = past_age(case)
    if reached is None:
        if _undecided(case):
            yield Problem("law.not_checkable.age", _KEY)
        return
    assert case.start is not None  # noqa: S101 - nobody is past an age in no month
    rows = series("special", "bhtn-pension-eligible")
    sources = [reached.source]
    if rows.covers(case.start):
        sources.append(rows.at(case.start).source)
    code = "law.retired_no_bhtn" if len(sources) > 1 else "law.past_retirement_age"
    yield Problem(code, _KEY, {"reached": reached.month.wire, **cited(*sources)})


def past_age(case: Case) -> Reached | None:
    """When the age was reached, if that was surely before the first month of the row."""
    if case.birth is None or case.sex is None or case.start is None:
        return None
    return _before(case.sex, case.birth.last, case.start)


def _undecided(case: Case) -> bool:
    """A birth date without day and month may lie on either side."""
    if case.birth is None or case.sex is None or case.start is None:
        return False
    return _before(case.sex, case.birth.first, case.start) is not None


def _before(sex: str, born: date, start: Period) -> Reached | None:
    if start.year - born.year < _SOME_AGE:
        return None
    reached = reaches(sex, Period.of(born))
    return reached if reached.month < start else None


@lru_cache(maxsize=4096)
def reaches(sex: str, born: Period) -> Reached:
    """Who was born before the table begins had reached the age when its first year did."""
    try:
        found = retirement(sex, born)
    except RuleMissing:
        found = retirement(sex, series("retirement_age", sex).entries[0].valid_from)
    return Reached(found.month, found.source)
