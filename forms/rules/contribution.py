"""Contributions of one person in one month: base, rates, shares (domain rules §1, §2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.rules.bases import Base, base_salary, bases, below_floor, monthly_pay
from forms.rules.counting import MonthStatus, month_status
from forms.rules.dated import Source
from forms.rules.deadlines import due_date
from forms.rules.money import half_up, percent_of
from forms.rules.persons import BHXH_FUNDS, Fund, Group, PersonMonth
from forms.rules.rates import RatesOfMonth, rates_of
from forms.rules.tables import series

KIND_OF = {
    Fund.HTTT: "bhxh",
    Fund.ODTS: "bhxh",
    Fund.TNLD: "bhxh",
    Fund.BHYT: "bhyt",
    Fund.BHTN: "bhtn",
}
NOTHING = MonthStatus(due=frozenset(), sources=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Whole đồng by fund and payer, with every row that was used."""

    person: PersonMonth
    bases: Mapping[str, Base]
    """bhxh, bhyt, bhtn, tnld"""
    exact: Mapping[str, Mapping[Fund, Decimal]]
    """payer (``employer``, ``employee``) → fund → exact amount before rounding"""
    agency_bhyt: int
    deferred: int
    """HTTT of both sides that waits for the end of a suspension, đồng"""
    counts_bhxh: bool
    counts_bhtn: bool
    union_fee: int
    due: date
    sources: tuple[Source, ...]

    def share(self, payer: str, fund: Fund) -> int:
        """Rounded half-up at person × fund × payer."""
        return half_up(self.exact[payer].get(fund, Decimal(0)))

    def total(self, payer: str) -> int:
        return sum(self.share(payer, fund) for fund in Fund)

    @property
    def principal(self) -> int:
        """What employer and employee owe together, đồng."""
        return self.total("employer") + self.total("employee")


def contribute(person: PersonMonth, *, cycle: int = 1) -> Contribution:
    """Raises RuleMissing where no row is in force for the group or month."""
    rates = rates_of(person)
    pay, pay_sources = monthly_pay(person)
    status = NOTHING if below_floor(person, pay) else month_status(person)
    found = with_shares(bases(person, pay), status)
    fee, fee_sources = union_fee(person, found["bhxh"], status)
    deadline = due_date(person.month, cycle=cycle)
    grounds = (pay_sources, *(base.sources for base in found.values()), status.sources)
    return Contribution(
        person=person,
        bases=found,
        exact=exact_shares(found, rates, status.due),
        agency_bhyt=agency_share(person, status),
        deferred=deferred_share(found, rates, status),
        counts_bhxh=counts(BHXH_FUNDS, rates, status) or counted_unpaid(rates, status),
        counts_bhtn=counts(frozenset({Fund.BHTN}), rates, status),
        union_fee=fee,
        due=deadline.day,
        sources=unique((*rates.sources, *flat(grounds), *fee_sources, deadline.source)),
    )


def with_shares(found: Mapping[str, Base], status: MonthStatus) -> dict[str, Base]:
    """BHYT may stand on a part of the wage; TNLĐ stands on the BHXH base."""
    bhyt = found["bhyt"]
    reduced = Base(
        amount=percent_of(bhyt.amount, status.bhyt_share), bound=bhyt.bound, sources=bhyt.sources
    )
    return {**found, "bhyt": reduced, "tnld": found["bhxh"]}


def exact_shares(
    found: Mapping[str, Base], rates: RatesOfMonth, due: Iterable[Fund]
) -> dict[str, dict[Fund, Decimal]]:
    wanted = frozenset(due)
    return {
        payer: {
            fund: percent_of(found[KIND_OF[fund]].amount, rate)
            for fund, rate in by_fund.items()
            if fund in wanted
        }
        for payer, by_fund in (("employer", rates.employer), ("employee", rates.employee))
    }


def deferred_share(found: Mapping[str, Base], rates: RatesOfMonth, status: MonthStatus) -> int:
    waiting = exact_shares(found, rates, status.deferred)
    return sum(half_up(amount) for funds in waiting.values() for amount in funds.values())


def agency_share(person: PersonMonth, status: MonthStatus) -> int:
    if not status.agency_bhyt or person.group is Group.PENSIONER:
        return 0
    return half_up(percent_of(base_salary(person.month).value, status.agency_bhyt))


def counts(funds: frozenset[Fund], rates: RatesOfMonth, status: MonthStatus) -> bool:
    """A month counts when every fund that the group takes part in is due."""
    taken = {fund for fund in funds if rates.takes_part(fund)}
    return bool(taken) and taken <= status.due


def counted_unpaid(rates: RatesOfMonth, status: MonthStatus) -> bool:
    return status.counted_unpaid and any(rates.takes_part(fund) for fund in BHXH_FUNDS)


def union_fee(
    person: PersonMonth, base: Base, status: MonthStatus
) -> tuple[int, tuple[Source, ...]]:
    """KPCĐ of the employer, đồng; nothing before its first row or for other groups."""
    rows = series("special", "union-fee")
    if not rows.covers(person.month) or not status.due & BHXH_FUNDS:
        return 0, ()
    rule = rows.at(person.month)
    if person.group.value not in rule.value["groups"]:
        return 0, ()
    return half_up(percent_of(base.amount, Decimal(rule.value["percent"]))), (rule.source,)


def flat(groups: Iterable[Iterable[Source]]) -> tuple[Source, ...]:
    return tuple(source for group in groups for source in group)


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))
