"""The months in which floors, caps or rates change."""

from functools import cache, lru_cache

from forms.model import Period
from forms.rules.tables import table

_TABLES = ("base_salary", "limits", "rates", "regional_minimum")


@cache
def turns() -> tuple[Period, ...]:
    """First months of all rows that a contribution is computed by, oldest first."""
    found = (entry for name in _TABLES for rows in table(name).values() for entry in rows.entries)
    return tuple(sorted({entry.valid_from for entry in found}))


@lru_cache(maxsize=1024)
def months_to_look_at(first: Period, last: Period) -> tuple[Period, ...]:
    """``first``, and every later month up to ``last`` in which something changes."""
    return (first, *(month for month in turns() if first < month <= last))
