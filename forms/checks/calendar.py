"""Canonical dates and months (see ``forms.model``) as values that compare."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date
from functools import lru_cache
from typing import NamedTuple

_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})\Z", re.ASCII)
_MONTH = re.compile(r"(\d{2})/(\d{4})\Z", re.ASCII)
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)
_FIRST_YEAR = 1900


class Month(NamedTuple):
    year: int
    month: int


class Span(NamedTuple):
    """The days on which somebody may have been born, as far as it is known."""

    first: date
    last: date


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """From ``dd/MM/yyyy``; None for anything else."""
    parts = _DAY.match(text)
    if parts is None:
        return None
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def month(text: str) -> Month | None:
    """From ``MM/yyyy``; None for anything else."""
    parts = _MONTH.match(text)
    if parts is None or not 1 <= int(parts[1]) <= 12:
        return None
    return Month(int(parts[2]), int(parts[1]))


@lru_cache(maxsize=4096)
def birth(text: str) -> Span | None:
    """From ``dd/MM/yyyy``, ``MM/yyyy`` or ``yyyy``, not before 1900."""
    if exact := day(text):
        span = Span(exact, exact)
    elif known := month(text):
        span = Span(_first(known), _last(known))
    elif _YEAR.match(text) and int(text):
        span = Span(date(int(text), 1, 1), date(int(text), 12, 31))
    else:
        return None
    return span if span.first.year >= _FIRST_YEAR else None


def years_after(start: date, years: int) -> date:
    """The birthday ``years`` later; 29 February becomes 1 March."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February, or beyond the last year there is
        return date(start.year + years, 3, 1) if start.year + years <= MAXYEAR else date.max


def last_day(of: Month) -> date:
    return _last(of)


def _first(of: Month) -> date:
    return date(of.year, of.month, 1)


def _last(of: Month) -> date:
    return date(of.year, of.month, monthrange(of.year, of.month)[1])
