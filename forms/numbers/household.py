"""Mã số hộ gia đình: 10 digits, no check digit known. Source: portal 090, import workbook in use.

>>> validate("9900 000 123")
'9900000123'
>>> is_valid("123")
False
>>> format("9900000123")
'9900 000 123'
"""

from forms.numbers.faults import holds
from forms.numbers.text import grouped, need_digits, without_separators

LENGTH = 10


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 10 digits. Raises WrongFormat, WrongLength."""
    return need_digits(compact(number), LENGTH)


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return grouped(clean, 4, 3, 3)
