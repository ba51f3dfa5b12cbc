"""Working days of a month: the unit's week less the public holidays of Vietnam."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

from forms.model import Period

WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as ``date.weekday`` counts"""


@cache
def holidays_of(year: int) -> HolidayBase:
    return country_holidays("VN", years=year)


def working_days(month: Period, rest_days: Collection[int] = WEEKEND) -> int:
    """Days of the month that are neither weekly rest days nor public holidays.

    A public holiday is paid, but it is no working day of the unit's calendar.
    """
    length = (month.last_day - month.first_day).days + 1
    days = [month.first_day + timedelta(days=offset) for offset in range(length)]
    free = holidays_of(month.year)
    return sum(day.weekday() not in rest_days and day not in free for day in days)
