"""Mã số thuế (MST): 10 digits; a branch 10 digits, dash, 001–999; a person 12 digits.

The tenth digit checks the nine before it: weights 31, 29, 23, 19, 17, 13, 7, 5, 3, then
10 − (sum mod 11); a result of 10 is never given out. A person's code is the số định danh since
1 July 2025. Source: number formats §4, rule of the tax authority.

>>> validate("9900000016")
'9900000016'
>>> validate("9900000016001")
'9900000016-001'
>>> is_valid("9900000017"), is_valid("9900000016-000"), is_valid("079185000001")
(False, False, True)
>>> format("9900000016-001")
'9900000016-001'
"""

from forms.numbers import citizen_id
from forms.numbers.faults import WrongCheckDigit, WrongPart, holds
from forms.numbers.text import need_digits, without_separators

LENGTH = 10
BRANCH_LENGTH = 13
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def compact(number: str) -> str:
    """Digits alone, but a dash before the branch."""
    digits = without_separators(number)
    if len(digits) == BRANCH_LENGTH:
        return f"{digits[:LENGTH]}-{digits[LENGTH:]}"
    return digits


def check_digit(first_nine: str) -> int | None:
    """None when no code begins with these nine digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True))
    digit = 10 - total % 11
    return digit if digit < 10 else None


def validate(number: str) -> str:
    """The clean form. Raises WrongFormat, WrongLength, WrongPart, WrongCheckDigit."""
    clean = compact(number)
    digits = need_digits(clean.replace("-", ""), LENGTH, BRANCH_LENGTH, citizen_id.LENGTH)
    if len(digits) == citizen_id.LENGTH:
        return citizen_id.validate(digits)
    if digits[LENGTH:] == "000":
        raise WrongPart
    if check_digit(digits[:9]) != int(digits[9]):
        raise WrongCheckDigit
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return clean
