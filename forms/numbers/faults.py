"""Why a number is not one. The number itself is never part of the message."""

from collections.abc import Callable
from typing import ClassVar


class NumberFault(ValueError):
    """``code`` says what is wrong; it is a word of this room, not one a person reads."""

    code: ClassVar[str] = "format"

    def __init__(self) -> None:
        super().__init__(self.code)


class WrongFormat(NumberFault):
    """Characters that such a number cannot have."""


class WrongLength(NumberFault):
    """Too many or too few characters."""

    code = "length"


class WrongPart(NumberFault):
    """A part that means something (year, province, office) holds what cannot be."""

    code = "part"


class WrongCheckDigit(NumberFault):
    """Every character is possible, but they do not belong together: a slip of the finger."""

    code = "check_digit"


def holds(validate: Callable[[str], str], number: str) -> bool:
    """Whether ``validate`` takes the number."""
    try:
        validate(number)
    except NumberFault:
        return False
    return True
