"""Which people pass the filters and in which order they stand. Pure; the same on every store.

Text is compared without diacritics and case, numbers and dates by their worth.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from desktop.services.roster_api import Filter, Test
from desktop.store.folding import folded
from forms.roster.fields import fields

NAME = "ho_ten"
Worth = tuple[int, Any, str]
"""sorts as it should; most fields hold few different texts, so it is remembered by text"""
Line = Sequence[Any]
"""id, then the texts of the asked fields, None where there is none"""

_NUMBERS = frozenset({"money", "wage", "coefficient", "percent"})
_DATES = frozenset({"date", "partial_date", "month"})
_DATE = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})\Z", re.ASCII)


def passing(lines: Sequence[Line], filters: Sequence[Filter]) -> Sequence[Line]:
    """``filters``: of the fields behind the id, in this order."""
    for place, one in enumerate(filters, 1):
        passes = _test(one)
        wanted = {text for text in {line[place] for line in lines} if passes(text or "")}
        lines = [line for line in lines if line[place] in wanted]
    return lines


def in_order(lines: Sequence[Line], sort: Sequence[tuple[str, bool]], *, first: int) -> list[int]:
    """Ids; ``lines`` come by id. Who has no value stands last either way."""
    ordered = list(lines)
    for at in reversed(range(len(sort))):
        key, ascending = sort[at]
        place = first + at
        filled = [line for line in ordered if line[place]]
        empty = [line for line in ordered if not line[place]]
        ranks = _ranks(key, {line[place] for line in filled})
        filled.sort(key=lambda line: ranks[line[place]], reverse=not ascending)
        ordered = [*filled, *empty]
    return [line[0] for line in ordered]


def _ranks(key: str, texts: set[str]) -> dict[str, int]:
    """How they sort, those of equal worth alike: numbers sort faster than worths."""
    if fields()[key].kind not in _NUMBERS | _DATES:
        words = {text: folded(text) for text in texts}
        place = {word: at for at, word in enumerate(sorted(set(words.values())))}
        return {text: place[word] for text, word in words.items()}
    worths = {text: worth_of(key, text) for text in texts}
    order = {worth: at for at, worth in enumerate(sorted(set(worths.values())))}
    return {text: order[worth] for text, worth in worths.items()}


def worth_of(key: str, text: str) -> Worth:
    """Numbers and dates first, by their worth; then what is none, as text."""
    kind = fields()[key].kind
    if kind in _NUMBERS and (number := _number(text)) is not None:
        return 0, number, ""
    if kind in _DATES and (day := _date(text)) is not None:
        return 0, day, ""
    return 1, 0, folded(text)


def _test(one: Filter) -> Callable[[str], bool]:
    wanted = folded(one.text)
    match one.test:
        case Test.EMPTY:
            return lambda text: not text
        case Test.FILLED:
            return bool
        case Test.CONTAINS:
            return lambda text: wanted in folded(text)
        case Test.EQUALS:
            worth = worth_of(one.key, one.text)
            return lambda text: worth_of(one.key, text) == worth
        case _:
            return _bound(one)


def _bound(one: Filter) -> Callable[[str], bool]:
    """An empty field is neither at least nor at most anything."""
    bound = worth_of(one.key, one.text)
    if one.test is Test.AT_LEAST:
        return lambda text: bool(text) and worth_of(one.key, text) >= bound
    return lambda text: bool(text) and worth_of(one.key, text) <= bound


@cache
def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _date(text: str) -> date | None:
    """``dd/MM/yyyy``; an incomplete one counts from its first day."""
    found = _DATE.match(text)
    if found is None:
        return None
    day, month, year = (int(part) if part else 1 for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
