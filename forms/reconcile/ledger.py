"""Months of people → bases and money by column, by the rule engine, with the rows used.

Shares are rounded at person × fund × payer (domain rules §2.6); the agency sums its own
roundings, so that a few đồng of difference are explained and never "mended".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.model import Period
from forms.reconcile.expected import DeclaredBases, Month
from forms.reconcile.notice import FUNDS, Column
from forms.rules.contribution import KIND_OF, contribute
from forms.rules.dated import Source
from forms.rules.money import half_up, percent_of
from forms.rules.persons import BHXH_FUNDS, Fund, Group, PersonMonth
from forms.rules.rates import RatesOfMonth, group_rates, rates_of

_FUND_COLUMNS = {fund: Column(fund.value) for fund in Fund}


@dataclass(frozen=True, slots=True)
class Stand:
    """One person in one month, by column; a column is left out when the fund is not due."""

    bases: Mapping[Column, int]
    """wage base, đồng"""
    due: Mapping[Column, int]
    """employer and employee together, đồng"""
    sources: tuple[Source, ...]


NOBODY = Stand({}, {}, ())


class Ledger:
    """Remembers what it computed: many people have the same month."""

    def __init__(self) -> None:
        self._known: dict[Month, Stand] = {}

    def stand(self, month: Month | None) -> Stand:
        """Raises RuleMissing where no rule is in force for group or month."""
        if month is None:
            return NOBODY
        if month not in self._known:
            self._known[month] = (
                _computed(month) if isinstance(month, PersonMonth) else _declared(month)
            )
        return self._known[month]

    def at_bases(self, month: Month | None, bases: Mapping[Column, int], period: Period) -> Stand:
        """The same person on other bases (joint columns), by the person's own rates.

        Somebody unknown is taken for an ordinary employee. Raises RuleMissing.
        """
        ours = self.stand(month)
        rates = _rates(month, period)
        by_base: dict[Fund, int] = {}
        by_due: dict[Fund, int] = {}
        for fund in filter(rates.takes_part, Fund):
            column = _FUND_COLUMNS[fund]
            joint = Column.BHXH if fund in BHXH_FUNDS else column
            base = bases.get(joint, 0)
            if base and base == ours.bases.get(joint):
                if column in ours.due:
                    by_base[fund], by_due[fund] = ours.bases[column], ours.due[column]
            elif base:
                by_base[fund], by_due[fund] = base, _due(base, fund, rates)
        return _by_column(by_base, by_due, rates.sources)


def _rates(month: Month | None, period: Period) -> RatesOfMonth:
    if isinstance(month, PersonMonth):
        return rates_of(month)
    return group_rates(month.group if month else Group.STANDARD, period)


def _due(base: int, fund: Fund, rates: RatesOfMonth) -> int:
    """Both shares, each rounded, đồng."""
    payers = (rates.employer, rates.employee)
    return sum(half_up(percent_of(base, payer.get(fund, Decimal(0)))) for payer in payers)


def _computed(person: PersonMonth) -> Stand:
    found = contribute(person)
    funds = {fund for shares in found.exact.values() for fund in shares}
    due = {fund: found.share("employer", fund) + found.share("employee", fund) for fund in funds}
    bases = {fund: half_up(found.bases[KIND_OF[fund]].amount) for fund in funds}
    return _by_column(bases, due, found.sources)


def _declared(month: DeclaredBases) -> Stand:
    rates = group_rates(month.group, month.month)
    bases = {fund: base for fund in Fund if (base := _declared_base(month, fund))}
    taken = {fund: base for fund, base in bases.items() if rates.takes_part(fund)}
    due = {fund: _due(base, fund, rates) for fund, base in taken.items()}
    return _by_column(taken, due, rates.sources)


def _declared_base(month: DeclaredBases, fund: Fund) -> int:
    by_fund = {Fund.BHYT: month.bhyt, Fund.BHTN: month.bhtn, Fund.TNLD: month.tnld}
    return by_fund.get(fund, month.bhxh)


def _by_column(
    bases: Mapping[Fund, int], due: Mapping[Fund, int], sources: tuple[Source, ...]
) -> Stand:
    """Single funds, and the joint column of the two BHXH funds."""
    joint = [fund for fund in FUNDS[Column.BHXH] if fund in bases]
    by_base = {_FUND_COLUMNS[fund]: base for fund, base in bases.items()}
    by_due = {_FUND_COLUMNS[fund]: amount for fund, amount in due.items()}
    if joint:
        by_base[Column.BHXH] = max(bases[fund] for fund in joint)
        by_due[Column.BHXH] = sum(due[fund] for fund in joint)
    return Stand(by_base, by_due, sources)


def sources_of(stands: Iterable[Stand]) -> tuple[Source, ...]:
    """Every row used, once."""
    tuples = dict.fromkeys(stand.sources for stand in stands)
    return tuple(dict.fromkeys(source for found in tuples for source in found))
