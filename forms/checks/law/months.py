"""Past months: their own line, and money for paying late (domain rules §3.3, §8.3)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from forms.checks.law.case import Case
from forms.checks.law.legal import cited, rule
from forms.checks.law.shown import day, percent
from forms.checks.problem import Problem, Setting
from forms.model import Period
from forms.movements import Kind
from forms.rules.deadlines import due_date
from forms.rules.tables import series
from resources.faults import Param

_START, _INTEREST = "tu_thang", "tinh_lai"
_COMES = frozenset({Kind.INCREASE, Kind.RETURN})
_WAGE = "DC"
_ADDED = "AD"


def months(case: Case, setting: Setting) -> Iterator[Problem]:
    """Raises RuleMissing for months before the tables begin."""
    if case.moved is None or case.start is None or case.start >= setting.period:
        return
    if case.moved.kind in _COMES:
        entry = rule("past-months", setting.period)
        params = {"month": case.start.wire, "period": setting.period.wire}
        yield Problem("law.past_months", _START, {**params, **cited(entry.source)})
    if case.moved.code == _WAGE:
        yield _retro_wage(case.start, setting)
    elif case.moved.kind in _COMES or case.moved.code == _ADDED:
        yield from _late(case, case.start, setting.filing_date)


def _late(case: Case, start: Period, filed: date) -> Iterator[Problem]:
    """Said until the row is marked for it."""
    params = _interest(start, filed)
    if params is not None and case.row.get(_INTEREST) != "1":
        yield Problem("law.late_money", _INTEREST, params)


@lru_cache(maxsize=1024)
def _interest(start: Period, filed: date) -> Mapping[str, Param] | None:
    """None while the first month is not due yet."""
    due = due_date(start)
    if filed <= due.day:
        return None
    rows = series("special", "late-daily")
    entry = rows.at(max(Period.of(due.day), rows.entries[0].valid_from))
    return {
        "month": start.wire,
        "due": day(due.day),
        "percent": percent(Decimal(entry.value)),
        "proposed": "1",
        **cited(due.source, entry.source),
    }


def _retro_wage(start: Period, setting: Setting) -> Problem:
    entry = series("special", "retro-free-months").at(setting.period)
    params = {"month": start.wire, "period": setting.period.wire}
    return Problem("law.retro_wage", _START, {**params, **cited(entry.source)})
