"""Mã số BHXH: 10 digits, or since 1 August 2025 the 12-digit personal number in its place.

No check digit is known. Source: công văn 1804/BHXH-QLT (4/8/2025); the portal still used 10
digits in February 2026, so both count.

>>> validate("99 0000 0017")
'9900000017'
>>> is_valid("079185000001"), is_valid("99000001")
(True, False)
>>> format("9900000017")
'99 0000 0017'
"""

from forms.numbers import citizen_id
from forms.numbers.faults import holds
from forms.numbers.text import grouped, need_digits, without_separators

LENGTH = 10


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 10 or 12 digits. Raises WrongFormat, WrongLength, WrongPart."""
    clean = need_digits(compact(number), LENGTH, citizen_id.LENGTH)
    return clean if len(clean) == LENGTH else citizen_id.validate(clean)


def is_valid(number: str) -> bool:
    return holds(validate, number)


def format(clean: str) -> str:
    return grouped(clean, 2, 4, 4) if len(clean) == LENGTH else citizen_id.format(clean)
