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
    proposed: str = ""
    """what was probably meant, where the program does not write it by itself"""


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

NOTHING_SAID = "clean.nothing_said"
ERROR_TEXT = "clean.error_text"
OLD_FONT = "clean.old_font"
OLD_FONT_QUESTION = "clean.old_font_question"
LOOK_ALIKE = "clean.look_alike"
LETTER_FOR_DIGIT = "clean.letter_for_digit"
LETTERS_LOST = "clean.letters_lost"
NAME_IN_CAPITALS = "clean.name_in_capitals"
NAME_IN_SMALL = "clean.name_in_small"
MONTH_FIRST = "clean.month_first"
DAY_OR_MONTH = "clean.day_or_month"
DAY_OR_MONTH_MIXED = "clean.day_or_month_mixed"
DATE_NUMBER = "clean.date_number"
MONEY_WORDS = "clean.money_words"
BLANK_IS_MALE = "clean.blank_is_male"
NO_CROSS = "clean.no_cross"

_SEVERITIES = {
    NOTHING_SAID: Severity.INFO,
    OLD_FONT: Severity.INFO,
    OLD_FONT_QUESTION: Severity.WARNING,
    LOOK_ALIKE: Severity.INFO,
    NAME_IN_CAPITALS: Severity.INFO,
    NAME_IN_SMALL: Severity.INFO,
    MONTH_FIRST: Severity.WARNING,
    DAY_OR_MONTH_MIXED: Severity.WARNING,
    DATE_NUMBER: Severity.WARNING,
    MONEY_WORDS: Severity.WARNING,
    BLANK_IS_MALE: Severity.INFO,
    NO_CROSS: Severity.WARNING,
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
