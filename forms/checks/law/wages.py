"""Wage against floor, regional minimum and cap of its months (domain rules §2.3, §8.3)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from forms.checks.law.case import Case, Pay
from forms.checks.law.legal import cited, rule
from forms.checks.law.shown import money, percent
from forms.checks.problem import Problem, Setting
from forms.model import Period
from forms.rules.bases import amount_of, bound
from forms.rules.dated import RuleMissing, Source
from forms.rules.tables import series
from resources.faults import Param

_KEY = "tien_luong"
_MINIMUM = "regional_minimum"


class Level(NamedTuple):
    """An amount in đồng and the rows that say so."""

    amount: Decimal
    sources: tuple[Source, ...]


def wages(case: Case, setting: Setting) -> Iterator[Problem]:
    """The first month in which the wage is too low, and the first in which it is capped.

    Raises RuleMissing for months before the tables begin.
    """
    del setting
    pay = case.pay
    if not case.whole or pay is None:
        return
    low = (found for month in case.months if (found := _too_low(pay, month, case.region)))
    high = (found for month in case.months if (found := _capped(pay, month, case.region)))
    for found in (next(low, None), next(high, None)):
        if found is not None:
            yield found


def _too_low(pay: Pay, month: Period, region: int) -> Problem | None:
    amount = pay.at(month)
    floor, lowest = _floor(month, region), _minimum(month, region)
    if amount >= _highest_low(month, region):
        return None
    if pay.coefficient is not None and _of(month) == _MINIMUM:
        return None  # the state's scales are not held against the regional minimum
    if amount < floor.amount:
        return _low("law.wage_below_floor", amount, floor, month, region)
    if pay.coefficient is not None:
        return None
    if amount < lowest.amount:
        return _low("law.wage_below_minimum", amount, lowest, month, region)
    return _low("law.wage_below_trained", amount, _trained(month, region), month, region)


def _low(code: str, amount: Decimal, level: Level, month: Period, region: int) -> Problem:
    params: dict[str, Param] = {
        "pay": money(amount),
        "level": money(level.amount),
        "month": month.wire,
        "region": region,
    }
    if code == "law.wage_below_trained":
        params["percent"] = percent(Decimal(rule("trained-uplift", month).value))
    return Problem(code, _KEY, {**params, **cited(*level.sources)})


def _capped(pay: Pay, month: Period, region: int) -> Problem | None:
    amount = pay.at(month)
    bhxh, bhtn = _cap("bhxh", month, region), _cap("bhtn", month, region)
    if amount <= min(bhxh.amount, bhtn.amount):
        return None
    params: Mapping[str, Param] = {
        "pay": money(amount),
        "month": month.wire,
        "base_bhxh": money(min(amount, bhxh.amount)),
        "base_bhtn": money(min(amount, bhtn.amount)),
        "cap_bhxh": money(bhxh.amount),
        "cap_bhtn": money(bhtn.amount),
    }
    return Problem("law.wage_capped", _KEY, {**params, **cited(*bhxh.sources, *bhtn.sources)})


@lru_cache(maxsize=1024)
def _highest_low(month: Period, region: int) -> Decimal:
    """From this amount on nothing is too low."""
    levels = (_floor(month, region), _minimum(month, region), _trained(month, region))
    return max(level.amount for level in levels)


@lru_cache(maxsize=1024)
def _floor(month: Period, region: int) -> Level:
    return Level(*bound("floor-bhxh", month, region))


@lru_cache(maxsize=1024)
def _minimum(month: Period, region: int) -> Level:
    amount, sources = amount_of(_MINIMUM, month, region)
    return Level(Decimal(amount), sources)


@lru_cache(maxsize=1024)
def _trained(month: Period, region: int) -> Level:
    """The minimum for work that needs training; the minimum itself since the uplift ended."""
    lowest = _minimum(month, region)
    try:
        uplift = rule("trained-uplift", month)
    except RuleMissing:
        return lowest
    amount = lowest.amount * (100 + Decimal(uplift.value)) / 100
    return Level(amount, (*lowest.sources, uplift.source))


@lru_cache(maxsize=1024)
def _cap(kind: str, month: Period, region: int) -> Level:
    return Level(*bound(f"cap-{kind}", month, region))


def _of(month: Period) -> str:
    """What the floor is a multiple of."""
    return str(series("limits", "floor-bhxh").at(month).value["of"])
