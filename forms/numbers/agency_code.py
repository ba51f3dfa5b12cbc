"""Mã cơ quan BHXH: 3 digits (province) or 5 (province and office). Source: portal and formats §4.

>>> validate(" 07900 ")
'07900'
>>> is_valid("079"), is_valid("0790")
(True, False)
>>> format("07900")
'07900'
"""

from forms.numbers.faults import holds
from forms.numbers.text import need_digits, without_separators


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 3 or 5 digits. Raises WrongFormat, WrongLength."""
    return need_digits(compact(number), 3, 5)


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return clean
