"""BHYT of households and supported people; a father's leave (Luật BHYT; Luật 41/2024 Điều 53)."""

from dataclasses import dataclass
from decimal import Decimal

from forms.model import Period
from forms.rules.bases import base_salary
from forms.rules.dated import Source
from forms.rules.money import half_up, percent_of
from forms.rules.tables import series


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthAmount:
    """What one person pays, đồng."""

    amount: int
    sources: tuple[Source, ...]


def household_member(nth: int, *, month: Period, months: int) -> HealthAmount:
    """The nth member (from 1) of a household for so many months."""
    tiers = series("household", "bhyt-household-tiers").at(month)
    share = Decimal(tiers.value[min(nth, len(tiers.value)) - 1])
    whole = full_amount(month, months)
    return HealthAmount(
        amount=half_up(percent_of(whole[0], share)), sources=(*whole[1], tiers.source)
    )


def near_poor(*, month: Period, months: int, local_support: Decimal = Decimal(0)) -> HealthAmount:
    """What is left after the State's and the province's support (``local_support`` in %)."""
    state = series("household", "bhyt-near-poor").at(month)
    left = Decimal(100) - Decimal(state.value) - local_support
    whole = full_amount(month, months)
    return HealthAmount(
        amount=half_up(percent_of(whole[0], left)), sources=(*whole[1], state.source)
    )


def full_amount(month: Period, months: int) -> tuple[Decimal, tuple[Source, ...]]:
    rate, salary = series("household", "bhyt-household").at(month), base_salary(month)
    monthly = percent_of(salary.value, Decimal(rate.value))
    return monthly * months, (rate.source, salary.source)


def paternity_days(month: Period, *, children: int = 1, surgery: bool = False) -> int:
    """Working days of leave: 5, or 7; twins 10, each further child 3 more; twins by surgery 14."""
    rule = series("household", "paternity-days").at(month).value
    if children == 1:
        return int(rule["surgery"] if surgery else rule["normal"])
    first_two = rule["twins_surgery"] if surgery else rule["twins"]
    return int(first_two + (children - 2) * rule["more"])
