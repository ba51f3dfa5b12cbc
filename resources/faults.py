"""The closed vocabulary in which every room says that work could not be done.

Bad data is never an exception: it is a list of findings. A fault means that the
work itself stopped. It carries a code, whose words stand in ``resources/messages``,
and parameters for the placeholders. Parameters never hold a PIN, a person's name
or a person's number, so that a fault may be logged as it is.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

Param = str | int


class Sort(StrEnum):
    """Whose turn it is after a fault."""

    MEND = "mend"
    """the user can mend it"""
    RETRY = "retry"
    """nothing is wrong with the data: try again later"""
    BUG = "bug"
    """our mistake"""


class Fault(Exception):
    """The work stopped. ``code`` is a key of ``resources/messages``."""

    sort: ClassVar[Sort] = Sort.BUG
    exit_code: ClassVar[int] = 4

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Param] = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code


class DataFault(Fault):
    """The file or data given cannot be used as it is."""

    sort = Sort.MEND
    exit_code = 1


class UsageFault(Fault):
    """Something was asked for that does not exist or cannot be asked now."""

    sort = Sort.MEND
    exit_code = 2


class SurroundingsFault(Fault):
    """Token, network, disk or database failed; the same call may succeed later."""

    sort = Sort.RETRY
    exit_code = 3


class TokenFault(Fault):
    """The token or certificate refuses; the user must act before the next try."""

    sort = Sort.MEND
    exit_code = 3
