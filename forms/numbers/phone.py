"""Vietnamese phone numbers: mobile 0[35789] and 8 digits, landline 02 and 9 digits.

``+84`` and ``0084`` stand for the leading 0. Source: portal and formats §4.

>>> validate("+84 90 000 0001")
'0900000001'
>>> is_valid("028 0000 0001"), is_valid("0123456789"), is_valid("900000001")
(True, False, False)
>>> format("0900000001")
'0900 000 001'
"""

from forms.numbers.faults import WrongLength, WrongPart, holds
from forms.numbers.text import grouped, need_digits, without_separators

_OTHER_FILLING = str.maketrans("", "", "()/")
_MOBILE_STARTS = frozenset("35789")
_MOBILE_LENGTH, _LANDLINE_LENGTH = 10, 11


def compact(number: str) -> str:
    clean = without_separators(number).translate(_OTHER_FILLING)
    for country in ("+84", "0084"):
        if clean.startswith(country):
            return "0" + clean[len(country) :].removeprefix("0")
    return clean


def validate(number: str) -> str:
    """The clean form beginning with 0. Raises WrongFormat, WrongLength, WrongPart."""
    clean = need_digits(compact(number), _MOBILE_LENGTH, _LANDLINE_LENGTH)
    if clean[0] != "0" or (clean[1] != "2" and clean[1] not in _MOBILE_STARTS):
        raise WrongPart
    if len(clean) != (_LANDLINE_LENGTH if clean[1] == "2" else _MOBILE_LENGTH):
        raise WrongLength
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return grouped(clean, 4, 3, len(clean) - 7)
