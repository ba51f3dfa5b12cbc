"""What a check says: a code about one field, without place and without words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from forms.codes import CodeList, UnknownCodeList, code_list
from forms.model import Part, Period, Unit
from resources.faults import Param

Get = Callable[[str], str]
"""the value of a field in the row at hand; empty when it is empty or not declared"""

FindList = Callable[[str], CodeList | None]

_NOTHING: Mapping[str, Param] = MappingProxyType({})


class Problem(NamedTuple):
    """One code of ``forms.checks.severities`` about one field."""

    code: str
    key: str
    params: Mapping[str, Param] = _NOTHING


class Placed(NamedTuple):
    """A problem that only a look at several rows can see."""

    part: Part
    line: int | None
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rows are held against."""

    unit: Unit
    period: Period
    filing_date: date
    find_list: FindList


def find_list(name: str) -> CodeList | None:
    """The shipped code list, or None when there is none of this name."""
    try:
        return code_list(name)
    except UnknownCodeList:
        return None
