"""Số hồ sơ ``nnnnn/yyyy/ccccc``: running number, year, agency. Given only on reception.

Source: portal reply 085, February 2026.

>>> validate(" 00001 / 2026 / 07900 ")
'00001/2026/07900'
>>> is_valid("1/2026/07900"), is_valid("00001/1926/07900")
(False, False)
>>> agency("00001/2026/07900"), format("00001/2026/07900")
('07900', '00001/2026/07900')
"""

import re

from forms.numbers.faults import WrongFormat, WrongPart, holds

_SHAPE = re.compile(r"[0-9]{5}/([0-9]{4})/(?:[0-9]{3}|[0-9]{5})\Z")
_FIRST_YEAR, _LAST_YEAR = 2000, 2999


def compact(number: str) -> str:
    return "".join(number.split())


def validate(number: str) -> str:
    """The clean form. Raises WrongFormat, WrongPart."""
    clean = compact(number)
    parts = _SHAPE.match(clean)
    if parts is None:
        raise WrongFormat
    if not _FIRST_YEAR <= int(parts[1]) <= _LAST_YEAR:
        raise WrongPart
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def agency(clean: str) -> str:
    return clean.rpartition("/")[2]


def format(clean: str) -> str:
    return clean
