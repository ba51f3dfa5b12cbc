"""From which month a coming or leaving counts (domain rules §3.2), and by when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from forms.checks import calendar as days
from forms.checks.law.contracts import believable, contracts, main_contract
from forms.checks.law.legal import rule as law_rule
from forms.model import Period, Row
from forms.months.data import rule
from forms.months.model import Values
from forms.rules.dated import RuleMissing, Source
from forms.rules.deadlines import due_date, registration, retro_free_until
from forms.rules.tables import series
from forms.rules.working_days import WEEKEND, holidays_of


@dataclass(frozen=True, slots=True)
class Due:
    day: date
    source: Source


def month(text: str) -> Period | None:
    found = days.month(text)
    return Period(found.year, found.month) if found and 1900 <= found.year <= 2999 else None


def first_day(values: Values) -> date | None:
    """Of the contract that makes somebody an insured employee."""
    contract = main_contract(contracts(Row(0, values)))
    return contract.start if contract else None


def last_day(values: Values) -> date | None:
    """Of a contract that ends; an open contract beside it goes on."""
    contract = main_contract(contracts(Row(0, values)))
    return contract.end if contract else None


def death(values: Values) -> date | None:
    return believable(days.day(values.get("ngay_chet", "")))


def contract_months_short(values: Values) -> int | None:
    """The number of months below which the contract falls, None for a longer or unknown one."""
    contract = main_contract(contracts(Row(0, values)))
    if contract is None:
        return None
    try:
        months: int = rule("short-contract", Period.of(contract.start)).value
    except RuleMissing:
        return None
    return months if contract.shorter_than(months) else None


def not_covered(values: Values) -> int | None:
    """Months that a contract must have to be covered at all, where it has fewer."""
    contract = main_contract(contracts(Row(0, values)))
    if contract is None:
        return None
    months: int = series("special", "contract-months").at(Period.of(contract.start)).value["bhxh"]
    return months if contract.shorter_than(months) else None


def counts_from(start: date) -> Period:
    """The month of the start, or the next where too few days of it are left."""
    own = Period.of(start)
    lost = _working_days(own.first_day, start - timedelta(days=1))
    return own.next() if lost >= _limit(own) else own


def gone_from(last: date) -> Period:
    """The first month that is no longer due."""
    own = Period.of(last)
    lost = _working_days(last + timedelta(days=1), own.last_day)
    return own if lost >= _limit(own) else own.next()


def _limit(month: Period) -> int:
    limit: int = series("special", "unpaid-days").at(month).value
    return limit


def _working_days(first: date, last: date) -> int:
    length = max((last - first).days + 1, 0)
    every = (first + timedelta(days=n) for n in range(length))
    free = holidays_of(first.year)
    return sum(day.weekday() not in WEEKEND and day not in free for day in every)


def registration_due(start: date) -> Due | None:
    """30 days from when the person becomes subject; None before the rule that is known."""
    try:
        found = registration(start)
    except RuleMissing:
        return None
    return Due(found.last_good_day, found.source)


def money_due(period: Period) -> Due:
    """No day is set for reporting a change: when the month's money is due, and why that is said."""
    source = rule("report-by-due-date", period).source
    return Due(due_date(period).day, source)


def retro_due(period: Period) -> Due:
    """To when a wage rise that reaches back is free of interest, decided in the period."""
    try:
        found = retro_free_until(period.first_day)
    except RuleMissing:
        return money_due(period)
    return Due(found.day, found.source)


def clinic_due(period: Period, today: date | None) -> Due:
    """The last day for changing the clinic, in this quarter or the next."""
    start = Period(period.year, (period.month - 1) // 3 * 3 + 1)
    entry = law_rule("hospital-change-days", period)
    last = start.first_day + timedelta(days=entry.value - 1)
    if last < (today or period.first_day):
        last = start.plus(3).first_day + timedelta(days=entry.value - 1)
    return Due(last, entry.source)
