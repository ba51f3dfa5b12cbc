"""The base of each fund in a month: pay between floor and cap (domain rules §2.3)."""

from dataclasses import dataclass
from decimal import Decimal

from forms.model import Period
from forms.rules.dated import Entry, Source
from forms.rules.persons import Group, PersonMonth
from forms.rules.tables import series

KINDS = ("bhxh", "bhyt", "bhtn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Exact amount in đồng and which bound made it."""

    amount: Decimal
    bound: str | None
    """``cap``, ``floor`` or None"""
    sources: tuple[Source, ...]


def base_salary(month: Period) -> Entry[int]:
    """Lương cơ sở of a month, đồng."""
    return series("base_salary", "base_salary").at(month)


def amount_of(name: str, month: Period, region: int) -> tuple[int, tuple[Source, ...]]:
    """A named amount in đồng: base_salary, reference_level or regional_minimum."""
    if name == "regional_minimum":
        scale = series("regional_minimum", "regional_minimum").at(month)
        return scale.value[region - 1], (scale.source,)
    entry = series("base_salary", name).at(month)
    if isinstance(entry.value, str):  # the reference level while the base salary exists
        amount, sources = amount_of(entry.value, month, region)
        return amount, (entry.source, *sources)
    return entry.value, (entry.source,)


def bound(key: str, month: Period, region: int) -> tuple[Decimal, tuple[Source, ...]]:
    """A cap or floor of ``limits.toml`` in đồng."""
    rule = series("limits", key).at(month)
    amount, sources = amount_of(rule.value["of"], month, region)
    return Decimal(amount * rule.value["times"]), (rule.source, *sources)


def monthly_pay(person: PersonMonth) -> tuple[Decimal, tuple[Source, ...]]:
    """Pay by contract: coefficients valued at the month's base salary, or đồng."""
    if person.coefficient is None:
        return Decimal(person.wage + person.allowance), ()
    salary = base_salary(person.month)
    pay = person.coefficient.total * salary.value + person.allowance
    return pay, (salary.source,)


def between(kind: str, pay: Decimal, month: Period, region: int) -> Base:
    """Pay no lower than the floor and no higher than the cap of bhxh, bhyt or bhtn."""
    floor, floor_sources = bound(f"floor-{kind}", month, region)
    cap, cap_sources = bound(f"cap-{kind}", month, region)
    if pay > cap:
        return Base(amount=cap, bound="cap", sources=cap_sources)
    if pay < floor:
        return Base(amount=floor, bound="floor", sources=floor_sources)
    return Base(amount=pay, bound=None, sources=(*floor_sources[:1], *cap_sources[:1]))


def below_floor(person: PersonMonth, pay: Decimal) -> bool:
    """A part-time wage under the floor is not covered at all (Luật 41/2024/QH15, Điều 2)."""
    floor, _ = bound("floor-bhxh", person.month, person.region)
    return person.group is Group.PART_TIME and pay < floor


def bases(person: PersonMonth, pay: Decimal) -> dict[str, Base]:
    """Kind → base. BHYT of commune workers stands on the base salary itself."""
    found = {kind: between(kind, pay, person.month, person.region) for kind in KINDS}
    if person.group is Group.COMMUNE:
        amount, sources = bound("bhyt-base-commune", person.month, person.region)
        found["bhyt"] = Base(amount=amount, bound=None, sources=sources)
    return found
