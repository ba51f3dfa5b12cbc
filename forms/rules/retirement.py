"""Retirement age in ordinary conditions (BLLĐ 2019 Điều 169; NĐ 135/2020/NĐ-CP, Phụ lục I)."""

import calendar
from dataclasses import dataclass
from datetime import date

from forms.model import Period
from forms.rules.dated import Source
from forms.rules.tables import series


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """When a person reaches the age, and the first month of a pension."""

    age_years: int
    age_months: int
    month: Period
    """the month in which the age is reached"""
    day: date | None
    """the day, when the day of birth is known"""
    first_pension_month: Period
    source: Source


def retirement(sex: str, born: Period, day_of_birth: int | None = None) -> Retirement:
    """``sex``: ``M`` or ``F``. Raises RuleMissing for births before the table begins."""
    rule = series("retirement_age", sex).at(born)
    years, months = rule.value
    reached = born.plus(years * 12 + months)
    return Retirement(
        age_years=years,
        age_months=months,
        month=reached,
        day=same_day(reached, day_of_birth),
        first_pension_month=reached.next(),
        source=rule.source,
    )


def same_day(month: Period, day: int | None) -> date | None:
    """That day of the month, or its last where the month is shorter."""
    if day is None:
        return None
    return date(month.year, month.month, min(day, calendar.monthrange(month.year, month.month)[1]))


def past_retirement_at(sex: str, born: Period, day_of_birth: int | None, moment: date) -> bool:
    """Whether the age was reached when a contract was signed."""
    when = retirement(sex, born, day_of_birth)
    return moment >= (when.day or when.month.first_day)
