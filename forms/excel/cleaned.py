"""What cleaning a cell yields, and how grave each of its codes is."""

from datetime import date, time, timedelta
from typing import NamedTuple

from forms.findings import Severity

Raw = str | float | int | bool | date | time | timedelta | None
"""a cell as the reader gives it (a datetime is a date)"""


class Cleaned(NamedTuple):
    """``value`` in canonical form, or as it was typed when ``fault_code`` says why not."""

    value: str
    changed_code: str | None = None
    """set when the value differs from what stands in the cell"""
    fault_code: str | None = None


EMPTY = Cleaned("")

CHANGED = "clean.changed"
SPACES = "clean.spaces"
LEADING_ZERO = "clean.leading_zero"
TWO_DIGIT_YEAR = "clean.two_digit_year"
MONTH_FROM_DATE = "clean.month_from_date"
PERCENT_FRACTION = "clean.percent_fraction"
NOT_A_DATE = "clean.not_a_date"
NOT_A_MONTH = "clean.not_a_month"
NOT_A_NUMBER = "clean.not_a_number"
AMBIGUOUS_NUMBER = "clean.ambiguous_number"
MONEY_FRACTION = "clean.money_fraction"
NOT_A_FLAG = "clean.not_a_flag"
NOT_A_SEX = "clean.not_a_sex"
NOT_DIGITS = "clean.not_digits"
DIGITS_LOST = "clean.digits_lost"

_SEVERITIES = {
    CHANGED: Severity.INFO,
    SPACES: Severity.INFO,
    LEADING_ZERO: Severity.INFO,
    TWO_DIGIT_YEAR: Severity.WARNING,
    MONTH_FROM_DATE: Severity.WARNING,
    PERCENT_FRACTION: Severity.WARNING,
}


def severity(code: str) -> Severity:
    """What is not known to be harmless is an error."""
    return _SEVERITIES.get(code, Severity.ERROR)
