"""Truy thu since 2025-07-01: retro wage rise, missed months, HTTT make-up (domain rules §4.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms.model import Period
from forms.rules.contribution import Contribution, contribute, unique
from forms.rules.dated import Source
from forms.rules.deadlines import due_date, retro_free_until, suspension_make_up
from forms.rules.late import LateAmount, late
from forms.rules.persons import PersonMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthArrear:
    """What one month owes, both payers and all funds, đồng."""

    month: Period
    principal: int
    late: LateAmount | None = None
    """where every month has its own deadline"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """Principal by month, interest, and to when it is free."""

    months: tuple[MonthArrear, ...]
    free_until: date | None
    days: int
    interest: int
    sources: tuple[Source, ...]

    @property
    def principal(self) -> int:
        return sum(each.principal for each in self.months)

    @property
    def total(self) -> int:
        return self.principal + self.interest


def months_between(first: Period, last: Period) -> Sequence[Period]:
    """Both ends included; empty when they are the wrong way round."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first.plus(offset) for offset in range(count)]


def wage_rise(
    person: PersonMonth, *, new_wage: int, last: Period, decision: date, paid: date
) -> Arrears:
    """A rise with retro effect from ``person.month`` (at the old wage) to ``last``.

    Each month at its own rates and caps; free of interest to the end of the month after the
    decision (NĐ 158/2025/NĐ-CP, Điều 8 khoản 2 a).
    """
    rows, sources = [], list[Source]()
    for month in months_between(person.month, last):
        old = contribute(replace(person, month=month))
        new = contribute(replace(person, month=month, wage=new_wage))
        rows.append(MonthArrear(month=month, principal=new.principal - old.principal))
        sources += [*old.sources, *new.sources]
    free = retro_free_until(decision)
    owed = late(sum(row.principal for row in rows), due=free.day, paid=paid)
    return Arrears(
        months=tuple(rows),
        free_until=free.day,
        days=owed.days,
        interest=owed.amount,
        sources=unique((free.source, *owed.sources, *sources)),
    )


def missed_months(people: Iterable[PersonMonth], *, paid: date) -> Arrears:
    """Months never declared: all funds, interest per month from its own due date."""
    rows, sources = [], list[Source]()
    for person in people:
        owed = contribute(person)
        deadline = due_date(person.month)
        interest = late(owed.principal, due=deadline.day, paid=paid)
        rows.append(MonthArrear(month=person.month, principal=owed.principal, late=interest))
        sources += [*owed.sources, deadline.source, *interest.sources]
    return Arrears(
        months=tuple(rows),
        free_until=None,
        days=max((row.late.days for row in rows if row.late), default=0),
        interest=sum(row.late.amount for row in rows if row.late),
        sources=unique(sources),
    )


def make_up(suspended: Sequence[Contribution], *, paid: date) -> Arrears:
    """HTTT of a suspension, owed together when it ends (NĐ 158/2025/NĐ-CP, Điều 10)."""
    by_month: dict[Period, int] = {}
    for each in suspended:
        month = each.person.month
        by_month[month] = by_month.get(month, 0) + each.deferred
    deadline = suspension_make_up(max(by_month))
    owed = late(sum(by_month.values()), due=deadline.day, paid=paid)
    rows = [MonthArrear(month=month, principal=by_month[month]) for month in sorted(by_month)]
    return Arrears(
        months=tuple(rows),
        free_until=deadline.day,
        days=owed.days,
        interest=owed.amount,
        sources=unique((deadline.source, *owed.sources)),
    )
