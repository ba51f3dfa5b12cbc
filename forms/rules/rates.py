"""Rates of a group in a month, with the reliefs of the person (domain rules §1.1, §1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from forms.model import Period
from forms.rules.dated import RuleMissing, Source
from forms.rules.persons import Fund, Group, PersonMonth
from forms.rules.tables import series

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesOfMonth:
    """Per cent of the base by fund."""

    employer: Mapping[Fund, Decimal]
    employee: Mapping[Fund, Decimal]
    sources: tuple[Source, ...]

    def takes_part(self, fund: Fund) -> bool:
        return fund in self.employer or fund in self.employee


def group_rates(group: Group, month: Period) -> RatesOfMonth:
    """The group's own row. Raises RuleMissing where the group did not exist yet."""
    entry = series("rates", group.value).at(month)
    return RatesOfMonth(
        employer=by_fund(entry.value["employer"]),
        employee=by_fund(entry.value["employee"]),
        sources=(entry.source,),
    )


def by_fund(row: Mapping[str, str]) -> dict[Fund, Decimal]:
    return {Fund(name): Decimal(rate) for name, rate in row.items()}


def rates_of(person: PersonMonth) -> RatesOfMonth:
    """The group's rates with approved TNLĐ rate, disabled hire and pension eligibility applied."""
    rates = group_rates(person.group, person.month)
    for relief in (approved_tnld, disabled_hire, pension_eligible):
        rates = relief(person, rates)
    return rates


def approved_tnld(person: PersonMonth, rates: RatesOfMonth) -> RatesOfMonth:
    """The approved rate, where the law's own rate of the month is not lower still.

    Raises RuleMissing before the relief existed or for a rate that nobody may approve.
    """
    if person.tnld_rate is None or Fund.TNLD not in rates.employer:
        return rates
    rule = series("special", "tnld-approved").at(person.month)
    if person.tnld_rate != Decimal(rule.value):
        raise RuleMissing("rules.missing", rule="special/tnld-approved", month=person.month.wire)
    reduced = min(person.tnld_rate, rates.employer[Fund.TNLD])
    return with_employer(rates, Fund.TNLD, reduced, rule.source)


def disabled_hire(person: PersonMonth, rates: RatesOfMonth) -> RatesOfMonth:
    nth, rows = person.disabled_hire_month, series("special", "bhtn-disabled-hire")
    if nth is None or Fund.BHTN not in rates.employer or not rows.covers(person.month):
        return rates
    rule = rows.at(person.month)
    if not 1 <= nth <= rule.value["months"]:
        return rates
    return with_employer(rates, Fund.BHTN, Decimal(rule.value["employer"]), rule.source)


def pension_eligible(person: PersonMonth, rates: RatesOfMonth) -> RatesOfMonth:
    rows = series("special", "bhtn-pension-eligible")
    if not person.pension_eligible or not rows.covers(person.month):
        return rates
    return replace(
        rates,
        employer=without(rates.employer, Fund.BHTN),
        employee=without(rates.employee, Fund.BHTN),
        sources=(*rates.sources, rows.at(person.month).source),
    )


def with_employer(rates: RatesOfMonth, fund: Fund, rate: Decimal, source: Source) -> RatesOfMonth:
    changed = {**rates.employer, fund: rate}
    return replace(rates, employer=changed, sources=(*rates.sources, source))


def without(rates: Mapping[Fund, Decimal], fund: Fund) -> dict[Fund, Decimal]:
    return {name: rate for name, rate in rates.items() if name is not fund}
