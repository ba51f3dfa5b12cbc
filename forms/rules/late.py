"""Money paid late: per day since 2025-07, by the month before (domain rules §3.4–3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.model import Period
from forms.rules.dated import Source
from forms.rules.money import cut, half_up, percent_of
from forms.rules.tables import series


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAmount:
    """Interest in đồng over so many days."""

    principal: int
    days: int
    rate: Decimal
    """per cent of the principal a day"""
    amount: int
    sources: tuple[Source, ...]

    @property
    def total(self) -> int:
        return self.principal + self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLateAmount:
    """The monthly formula: ``amount = base × k``."""

    k_percent: Decimal
    """four decimals of a per cent, cut"""
    base: int
    amount: int
    sources: tuple[Source, ...]


def late(principal: int, *, due: date, paid: date) -> LateAmount:
    """Days from the day after the deadline to the day of payment, that day included.

    Days before 2025-07-01 are not counted: they fall under the monthly formula.
    """
    rows = series("special", "late-daily")
    rule = rows.at(max(Period.of(due), rows.entries[0].valid_from))
    sources: tuple[Source, ...] = (rule.source,)
    start = due
    if due < rows.entries[0].valid_from.first_day:
        start = rows.entries[0].valid_from.plus(-1).last_day
        start = max(start, due)
        sources = (*sources, series("special", "late-before-daily").at(Period.of(due)).source)
    days = max(0, (paid - start).days)
    return LateAmount(
        principal=principal,
        days=days,
        rate=Decimal(rule.value),
        amount=half_up(percent_of(principal, Decimal(rule.value)) * days),
        sources=sources,
    )


def monthly_k(year_rate: Decimal, month: Period) -> tuple[Decimal, Source]:
    """k of a month in per cent from the yearly rate in per cent."""
    rule = series("special", "late-monthly").at(month)
    k = cut(rule.value["times"] * year_rate / 12, rule.value["decimals"])
    return k, rule.source


def late_old(owed: int, *, not_overdue: int, year_rate: Decimal, month: Period) -> OldLateAmount:
    """Interest of one month on what is overdue (QĐ 595/QĐ-BHXH, Điều 37)."""
    k, source = monthly_k(year_rate, month)
    base = max(0, owed - not_overdue)
    amount = half_up(percent_of(base, k))
    return OldLateAmount(k_percent=k, base=base, amount=amount, sources=(source,))


@dataclass(frozen=True, slots=True, kw_only=True)
class OldArrear:
    """Money owed for one month and its interest under the old rule."""

    month: Period
    principal: int
    months: int
    interest: int


def old_arrears(
    owed: Sequence[tuple[Period, int]], *, computed: Period, k_percent: Decimal
) -> tuple[tuple[OldArrear, ...], Source]:
    """N = (month of computing − month owed) − 1 (QĐ 595/QĐ-BHXH, Điều 38)."""
    rule = series("special", "old-arrears").at(computed)
    rows = []
    for month, principal in owed:
        apart = (computed.year - month.year) * 12 + computed.month - month.month
        count = max(0, apart - rule.value)
        interest = half_up(percent_of(principal, k_percent) * count)
        rows.append(OldArrear(month=month, principal=principal, months=count, interest=interest))
    return tuple(rows), rule.source
