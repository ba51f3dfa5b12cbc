"""Mã đơn vị: 7 capitals and digits given by the agency, or the 10-digit enterprise code.

Source: the portal in February 2026 (7 characters); công văn 1804/BHXH-QLT (4/8/2025) makes the
enterprise code (10 digits, with the check digit of the MST) the identification.

>>> validate("zz0001z")
'ZZ0001Z'
>>> is_valid("9900000016"), is_valid("9900000017"), is_valid("ZZ001")
(True, False, False)
>>> format("ZZ0001Z")
'ZZ0001Z'
"""

from forms.numbers import tax_code
from forms.numbers.faults import WrongFormat, WrongLength, holds
from forms.numbers.text import without_separators

LENGTH = 7


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean form. Raises WrongFormat, WrongLength, WrongCheckDigit."""
    clean = compact(number)
    if not (clean.isascii() and clean.isalnum()):
        raise WrongFormat
    if len(clean) == LENGTH:
        return clean
    if len(clean) != tax_code.LENGTH:
        raise WrongLength
    return tax_code.validate(clean)


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return clean
