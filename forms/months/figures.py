"""A month in figures: how many take part, what they earn, what is owed by fund."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.model import Period
from forms.months.model import Values
from forms.months.pay import Unknown, by_fund, number
from forms.rules.persons import Fund

STATE = "dang_tham_gia"
ACTIVE, LEAVE = "active", "leave:"
WAGE = ("tien_luong", "phu_cap_luong", "phu_cap_bo_sung")
COEFFICIENT_BELOW = 100
"""a wage up to this is a coefficient, not đồng"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """đồng throughout; computed from what the roster says, not what the agency billed."""

    period: Period
    people: int
    """taking part and working"""
    on_leave: int
    wages: int
    """quỹ lương of those working and paid by amount"""
    funds: Mapping[Fund, int]
    """both payers together"""
    unknown: int
    """people whose contribution could not be computed; they are in no sum"""

    @property
    def total(self) -> int:
        return sum(self.funds.values())


def figures(period: Period, people: Iterable[Values], *, region: int) -> MonthFigures:
    """``people``: flat values of everybody at the end of the month. ``region``: of the unit."""
    funds: Counter[Fund] = Counter()
    working = on_leave = wages = unknown = 0
    for values in people:
        state = values.get(STATE, "")
        leave = state.removeprefix(LEAVE) if state.startswith(LEAVE) else ""
        if state != ACTIVE and not leave:
            continue
        working, on_leave = working + (not leave), on_leave + bool(leave)
        wages += 0 if leave else _pay(values)
        try:
            funds.update(by_fund(values, period, leave=leave, region=region))
        except Unknown:
            unknown += 1
    return MonthFigures(
        period=period,
        people=working,
        on_leave=on_leave,
        wages=wages,
        funds=dict(funds),
        unknown=unknown,
    )


def _pay(values: Values) -> int:
    amounts = [number(values.get(key, "")) or 0 for key in WAGE]
    return int(sum(amounts)) if amounts[0] > COEFFICIENT_BELOW else 0
