"""One value against the type, the length and the code list that the form gives its field."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from forms.checks import calendar
from forms.checks.ended import ended, was_good
from forms.checks.problem import FindList, Problem
from forms.codes import CodeList
from forms.definition import Field, FieldType
from forms.numbers.text import are_digits

ValueCheck = Callable[[str], Iterator[Problem]]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_FORMER = "_cu"
_FIRST_SCHEME_YEAR = 1995
"""compulsory social insurance in its present form began on 1 January 1995"""
_OLDEST_DATE_YEAR = 1950
_YEARS_AHEAD = 10


class Sayings(NamedTuple):
    """What a type of field refuses."""

    accepts: Callable[[str], bool]
    code: str


def is_percent(text: str) -> bool:
    return bool(_NUMBER.match(text)) and float(text) <= 100


TYPES: Mapping[FieldType, Sayings] = {
    FieldType.DIGITS: Sayings(are_digits, "check.not_digits"),
    FieldType.MONEY: Sayings(are_digits, "check.not_money"),
    FieldType.DECIMAL: Sayings(lambda text: bool(_NUMBER.match(text)), "check.not_number"),
    FieldType.PERCENT: Sayings(is_percent, "check.not_percent"),
    FieldType.DATE: Sayings(lambda text: calendar.day(text) is not None, "check.not_date"),
    FieldType.PARTIAL_DATE: Sayings(
        lambda text: calendar.birth(text) is not None, "check.not_birth_date"
    ),
    FieldType.MONTH: Sayings(lambda text: calendar.month(text) is not None, "check.not_month"),
    FieldType.FLAG: Sayings(lambda text: text in ("0", "1"), "check.not_flag"),
}
"""text and codes have no shape of their own"""


def legal(key: str, value: str) -> Iterator[Problem]:
    """XML 1.0 cannot hold control characters and half characters, not even escaped."""
    if not value.isprintable() and _NOT_IN_XML.search(value):
        yield Problem("check.illegal_character", key)


def value_check(field: Field, *, find_list: FindList, filing_date: date) -> ValueCheck:
    """The checks of one field, compiled once; call it with each value that is not empty."""
    meaning = _meaning(field, find_list, filing_date)

    def check(value: str) -> Iterator[Problem]:
        if found := next(legal(field.key, value), None):
            yield found
            return
        if found := meaning(value):
            yield found
        elif field.max_length is not None and len(value) > field.max_length:
            sizes = {"length": len(value), "max": field.max_length}
            yield Problem("check.too_long", field.key, sizes)

    return check


Meaning = Callable[[str], Problem | None]


def _meaning(field: Field, find_list: FindList, filing_date: date) -> Meaning:
    if field.type is FieldType.CODE:
        return _in_list(field, find_list, filing_date)
    shape = TYPES.get(field.type)
    doubt = _doubt(field, filing_date)

    def meaning(value: str) -> Problem | None:
        if shape and not shape.accepts(value):
            return Problem(shape.code, field.key)
        return doubt(value)

    return meaning


def _doubt(field: Field, filing_date: date) -> Meaning:
    """What is a date or month, but hardly the one that was meant."""
    if field.type is FieldType.DATE:
        return lambda value: _far(field.key, value, filing_date)
    if field.type is FieldType.MONTH:
        return lambda value: _early(field.key, value)
    return lambda _value: None


def _far(key: str, value: str, filing_date: date) -> Problem | None:
    found = calendar.day(value)
    if found and not _OLDEST_DATE_YEAR <= found.year <= filing_date.year + _YEARS_AHEAD:
        return Problem("check.date_far", key, {"year": found.year})
    return None


def _early(key: str, value: str) -> Problem | None:
    found = calendar.month(value)
    if found and found.year < _FIRST_SCHEME_YEAR:
        return Problem("check.month_early", key)
    return None


def _in_list(field: Field, find_list: FindList, filing_date: date) -> Meaning:
    name = field.code_list or ""
    codes, former = find_list(name), find_list(name + _FORMER)

    def meaning(value: str) -> Problem | None:
        if codes is None or codes.contains(value):
            return None
        if was_good(value, former, filing_date):
            return None
        if past := ended(field.key, value, former, filing_date):
            return past
        return Problem(_stranger(codes), field.key, {"list_date": _shown(codes.date)})

    return meaning


def _stranger(codes: CodeList) -> str:
    return "check.unknown_code" if codes.complete else "check.unlisted_code"


def _shown(iso_month: str) -> str:
    year, _, number = iso_month.partition("-")
    return f"{number}/{year}"
