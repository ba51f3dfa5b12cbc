"""The rate of contribution against the rates of the group and month (domain rules §1)."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from forms.checks.law.ages import past_age
from forms.checks.law.case import Case, number
from forms.checks.law.contracts import main_contract
from forms.checks.law.legal import cited
from forms.checks.law.shown import percent, plain
from forms.checks.problem import Problem, Setting
from forms.model import Period
from forms.movements import Kind
from forms.rules.dated import Source
from forms.rules.persons import Fund, Group
from forms.rules.rates import RatesOfMonth, group_rates
from forms.rules.tables import series

_KEY = "ty_le_dong"
_PARTLY = frozenset({Kind.FUND, Kind.MONEY})
"""movements of one fund have the rate of that fund"""
_NOT_PAYING = frozenset({Kind.LEAVE, Kind.DECREASE})


class Rate(NamedTuple):
    total: Decimal
    """per cent, both payers, all funds"""
    others: frozenset[Decimal]
    """also right, with an approval or for somebody newly hired who is disabled"""
    bhtn: Decimal
    sources: tuple[Source, ...]


def rates(case: Case, setting: Setting) -> Iterator[Problem]:
    """Raises RuleMissing for months in which there was no rate for such a person."""
    del setting
    stated = number(case.row.get(_KEY))
    if stated is None or case.moved is None or case.start is None or not _full(case):
        return
    if stated < 1 and (stated or case.moved.kind in _NOT_PAYING):
        return  # a share instead of a per cent is told when the cell is read
    group = Group.FOREIGN if case.foreigner else Group.STANDARD
    if not _right(case, stated, _rate(group, case.start)):
        yield _differs(stated, _rate(group, case.start), case.start)
        return
    if not (case.whole and case.row.get("den_thang")):
        return
    for month in case.months[1:]:
        if not _right(case, stated, _rate(group, month)):
            yield _changes(_rate(group, month), month)
            return


def _full(case: Case) -> bool:
    moved = case.moved
    return (
        moved is not None
        and moved.kind not in _PARTLY
        and (moved.kind is not Kind.RETRO or moved.whole)
    )


def _right(case: Case, stated: Decimal, rate: Rate) -> bool:
    if stated == rate.total or stated in rate.others:
        return True
    return stated == rate.total - rate.bhtn and _without_bhtn(case)


def _without_bhtn(case: Case) -> bool:
    """People who may draw a pension, and contracts too short for BHTN."""
    assert case.start is not None  # noqa: S101 - asked for only with a month
    contract = main_contract(case.contracts)
    shortest = series("special", "contract-months").at(case.start).value["bhtn"]
    if contract is not None and contract.shorter_than(shortest):
        return True
    return past_age(case) is not None


def _differs(stated: Decimal, rate: Rate, month: Period) -> Problem:
    params = {
        "stated": percent(stated),
        "expected": percent(rate.total),
        "month": month.wire,
        "proposed": plain(rate.total),
    }
    return Problem("law.rate_differs", _KEY, {**params, **cited(*rate.sources)})


def _changes(rate: Rate, month: Period) -> Problem:
    params = {"expected": percent(rate.total), "month": month.wire}
    return Problem("law.rate_changes", _KEY, {**params, **cited(*rate.sources)})


@lru_cache(maxsize=1024)
def _rate(group: Group, month: Period) -> Rate:
    found = group_rates(group, month)
    total = sum((*found.employer.values(), *found.employee.values()), Decimal(0))
    reliefs = {total - less for less in (_approved(found, month), _disabled(found, month))}
    bhtn = found.employer.get(Fund.BHTN, Decimal(0)) + found.employee.get(Fund.BHTN, Decimal(0))
    return Rate(total, frozenset(reliefs - {total}), bhtn, found.sources)


def _approved(found: RatesOfMonth, month: Period) -> Decimal:
    """How much less a unit with the approved TNLĐ rate pays."""
    rows = series("special", "tnld-approved")
    if not rows.covers(month):
        return Decimal(0)
    return max(
        Decimal(0), found.employer.get(Fund.TNLD, Decimal(0)) - Decimal(rows.at(month).value)
    )


def _disabled(found: RatesOfMonth, month: Period) -> Decimal:
    rows = series("special", "bhtn-disabled-hire")
    if not rows.covers(month):
        return Decimal(0)
    reduced = Decimal(rows.at(month).value["employer"])
    return found.employer.get(Fund.BHTN, reduced) - reduced
