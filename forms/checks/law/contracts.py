"""The contract columns of a row: indefinite, fixed-term, other (under a month, probation)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from forms.checks import calendar
from forms.model import Row

FIRST_YEAR, LAST_YEAR = 1900, 2500


class Sort(StrEnum):
    INDEFINITE = "indefinite"
    FIXED = "fixed"
    OTHER = "other"


_COLUMNS = (
    (Sort.INDEFINITE, "hdld_tu_ngay", ""),
    (Sort.FIXED, "hdld_xdth_tu_ngay", "hdld_xdth_den_ngay"),
    (Sort.OTHER, "hdld_khac_tu_ngay", "hdld_khac_den_ngay"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract as declared."""

    sort: Sort
    start: date
    end: date | None
    """the last day, that day included"""
    key: str
    """field of its first day"""
    end_key: str

    def shorter_than(self, months: int) -> bool:
        """From the 1st to the last day of a month is one month. An open end is never short."""
        if self.end is None:
            return False
        return self.end + timedelta(days=1) < _months_later(self.start, months)


def contracts(row: Row) -> tuple[Contract, ...]:
    """Those with a first day, in the order of the columns."""
    return _contracts(tuple((row.get(key), row.get(end)) for _sort, key, end in _COLUMNS))


@lru_cache(maxsize=4096)
def _contracts(days: tuple[tuple[str, str], ...]) -> tuple[Contract, ...]:
    """First and last day by column."""
    found = []
    for (sort, key, end_key), (first, last) in zip(_COLUMNS, days, strict=True):
        start = believable(calendar.day(first))
        if start is not None:
            end = believable(calendar.day(last)) if end_key else None
            found.append(Contract(sort=sort, start=start, end=end, key=key, end_key=end_key))
    return tuple(found)


def believable(day: date | None) -> date | None:
    """None for a year that can only be a slip; other checks have said so."""
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def main_contract(found: tuple[Contract, ...]) -> Contract | None:
    """The one that makes somebody an insured employee: the latest that is not "other"."""
    proper = [contract for contract in found if contract.sort is not Sort.OTHER]
    return max(proper, key=lambda contract: contract.start) if proper else None


def _months_later(start: date, months: int) -> date:
    count = start.year * 12 + start.month - 1 + months
    year, month = count // 12, count % 12 + 1
    try:
        return start.replace(year=year, month=month)
    except ValueError:  # no such day in that month: its first day after
        return date(year + month // 12, month % 12 + 1, 1)
