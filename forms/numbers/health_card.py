"""Số thẻ BHYT: 15 characters, or the 10 digits that cards show since 2021 (the mã số BHXH).

15 characters: two letters of the subject, benefit level 1–5, two digits of the province, mã số
BHXH. Source: portal and formats §4.

>>> validate("dn 4 79 99 0000 0017")
'DN4799900000017'
>>> is_valid("9900000017"), is_valid("DN9799900000017")
(True, False)
>>> format("DN4799900000017"), social_number("DN4799900000017")
('DN 4 79 99 0000 0017', '9900000017')
"""

from forms.numbers.faults import WrongFormat, WrongLength, WrongPart, holds
from forms.numbers.text import are_digits, grouped, need_digits, without_separators

LENGTH = 15
SHORT_LENGTH = 10
_LEVELS = "12345"


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 15 or 10 characters. Raises WrongFormat, WrongLength, WrongPart."""
    clean = compact(number)
    if are_digits(clean):
        return need_digits(clean, SHORT_LENGTH)
    if len(clean) != LENGTH:
        raise WrongLength
    subject, rest = clean[:2], clean[2:]
    if not (subject.isascii() and subject.isalpha() and are_digits(rest)):
        raise WrongFormat
    if rest[0] not in _LEVELS:
        raise WrongPart
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def social_number(clean: str) -> str:
    """The mã số BHXH on the card."""
    return clean[-SHORT_LENGTH:]


def format(clean: str) -> str:
    if len(clean) == SHORT_LENGTH:
        return grouped(clean, 2, 4, 4)
    return grouped(clean, 2, 1, 2, 2, 4, 4)
