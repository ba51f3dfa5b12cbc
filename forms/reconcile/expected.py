"""What our own roster says of a month: neutral values, so that comparing stays pure.

A month of a person is a ``PersonMonth`` for the rule engine, or the bases as they were declared.
What was reported is told apart, so that a difference can be traced to it: what the month would
be without it, what begins only later, what changes earlier months.
"""

from dataclasses import dataclass, replace

from forms.model import Period
from forms.rules.persons import Group, PersonMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredBases:
    """Bases as declared, after caps and floors, đồng; 0: not taking part in the fund."""

    group: Group
    month: Period
    bhxh: int = 0
    bhyt: int = 0
    bhtn: int = 0
    tnld: int = 0


Month = PersonMonth | DeclaredBases


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A phương án reported in the month that changes the month itself."""

    code: str
    since: Period
    before: Month | None
    """the month as it would be without it; None: not taking part"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Reported already, but beginning after the month."""

    code: str
    since: Period
    after: Month | None
    """the month as it would be had it begun already; None: not taking part"""


@dataclass(frozen=True, slots=True)
class MonthChange:
    """One earlier month before and after; None: not taking part."""

    before: Month | None
    after: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """Earlier months changed by a report of this month: truy thu, hoàn trả. Oldest first."""

    code: str
    changes: tuple[MonthChange, ...]

    @property
    def first(self) -> Period:
        return month_of(self.changes[0])

    @property
    def last(self) -> Period:
        return month_of(self.changes[-1])

    def __post_init__(self) -> None:
        months = [month_of(change) for change in self.changes]
        if not months or months != sorted(set(months)):
            raise ValueError("arrears need months, each once, oldest first")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One person of our roster in the month."""

    key: str
    """mã số BHXH, or whatever the roster knows the person by"""
    name: str
    birth: str = ""
    also: tuple[str, ...] = ()
    """other numbers of the same person, such as the personal number"""
    now: Month | None
    """None: not taking part, or no more"""
    movement: Movement | None = None
    coming: Coming | None = None
    arrears: tuple[Arrears, ...] = ()


def moved(month: Month | None, to: Period) -> Month | None:
    """The same person and wage under the rules of another month."""
    return None if month is None else replace(month, month=to)


def month_of(change: MonthChange) -> Period:
    """Raises ValueError for a change without a month on either side."""
    known = change.after or change.before
    if known is None:
        raise ValueError("a change of nothing into nothing")
    return known.month


def by_coefficient(month: Month | None) -> bool:
    """Only then may a base itself be rounded."""
    return isinstance(month, PersonMonth) and month.coefficient is not None


def changed_months(
    *, first: Period, last: Period, after: Month | None, before: Month | None = None
) -> tuple[MonthChange, ...]:
    """The same change in every month from ``first`` to ``last``."""
    months = (first.plus(n) for n in range(_span(first, last)))
    return tuple(MonthChange(moved(before, month), moved(after, month)) for month in months)


def _span(first: Period, last: Period) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1
