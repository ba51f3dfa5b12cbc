"""Every row in force in a month, for people who want to look the law up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.model import Period
from forms.rules.dated import Source
from forms.rules.persons import Group
from forms.rules.tables import names, table

BY_BIRTH = frozenset({"retirement_age"})
"""tables whose months are months of birth"""
BY_GROUP = "rates"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A value as it stands in the data."""

    value: Any
    valid_to: Period | None
    source: Source


def rows_in_force(month: Period, group: Group | None = None) -> tuple[RuleRow, ...]:
    """Rates of the group (of all groups without one) and all other rows of the month."""
    return tuple(_rows(month, group))


def _rows(month: Period, group: Group | None) -> Iterator[RuleRow]:
    for name in names():
        if name in BY_BIRTH:
            continue
        for key, found in table(name).items():
            wanted = name != BY_GROUP or group is None or key == group.value
            if wanted and found.covers(month):
                entry = found.at(month)
                yield RuleRow(value=entry.value, valid_to=entry.valid_to, source=entry.source)
