"""What is owed for a person in a month, and what a movement changes in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from forms.checks.identity import is_foreigner
from forms.model import Period, Row
from forms.months.data import rule
from forms.months.model import Cost, Values
from forms.rules.contribution import contribute
from forms.rules.dated import RuleMissing, Source
from forms.rules.money import half_up
from forms.rules.persons import CoefficientPay, Fund, Group, Leave, PersonMonth

_REGIONS = (1, 2, 3, 4)
_LARGEST = 10**15
_LEAVES = {"TS": Leave.MATERNITY, "OF": Leave.SICK, "KL": Leave.UNPAID}
_FLAGS = {
    "bhxh": frozenset({Fund.HTTT, Fund.ODTS}),
    "bhyt": frozenset({Fund.BHYT}),
    "bhtn": frozenset({Fund.BHTN}),
    "tnld": frozenset({Fund.TNLD}),
}
EVERY_FUND = frozenset(Fund)
BHYT_ALONE = frozenset({Fund.BHYT})


class Unknown(Exception):
    """It cannot be computed; ``code`` of ``resources/messages`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Owed:
    """Whole đồng."""

    employer: int
    employee: int
    sources: tuple[Source, ...]

    def __sub__(self, other: "Owed") -> "Owed":
        return Owed(
            self.employer - other.employer,
            self.employee - other.employee,
            (*self.sources, *other.sources),
        )


NOTHING = Owed(0, 0, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A person in a month: on leave (phương án) or working. No values: not taking part."""

    values: Values | None
    leave: str = ""


ABSENT = Side(values=None)


@lru_cache(maxsize=8192)
def number(text: str) -> Decimal | None:
    """None for what is no amount."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < _LARGEST else None


def difference(
    before: Side,
    after: Side,
    months: Iterable[Period],
    *,
    region: int | None,
    funds: frozenset[Fund] = EVERY_FUND,
) -> Cost:
    """Summed over the months; unknown with its reason where one of them cannot be computed."""
    try:
        found = [
            _owed_by(after, month, region, funds) - _owed_by(before, month, region, funds)
            for month in months
        ]
    except Unknown as unknown:
        return Cost(employer=0, employee=0, unknown=unknown.code)
    return Cost(
        employer=sum(each.employer for each in found),
        employee=sum(each.employee for each in found),
        sources=tuple(dict.fromkeys(source for each in found for source in each.sources)),
    )


def _owed_by(side: Side, month: Period, region: int | None, funds: frozenset[Fund]) -> Owed:
    if side.values is None:
        return NOTHING
    person = _person(side.values, month, side.leave)
    taken = funds & _taken(side.values)
    regions = (region,) if region else _regions_of(side.values)
    found = {_owed(replace(person, region=each), taken) for each in regions}
    if len({(each.employer, each.employee) for each in found}) > 1:
        raise Unknown("months.cost.region")
    return found.pop()


def _regions_of(values: Values) -> tuple[int, ...]:
    said = values.get("ma_vung_ltt", "").lstrip("0")
    return (int(said),) if said in {"1", "2", "3", "4"} else _REGIONS


def _taken(values: Values) -> frozenset[Fund]:
    out = (funds for flag, funds in _FLAGS.items() if values.get(flag) == "0")
    return EVERY_FUND.difference(*out)


def _person(values: Values, month: Period, leave: str) -> PersonMonth:
    wage = number(values.get("tien_luong", ""))
    if not wage:
        raise Unknown("months.cost.wage")
    extra = _sum(values, ("phu_cap_luong", "phu_cap_bo_sung"))
    by_scale = wage <= rule("coefficient-at-most", month).value
    return PersonMonth(
        group=Group.FOREIGN if is_foreigner(Row(0, values)) else Group.STANDARD,
        month=month,
        region=1,
        wage=0 if by_scale else half_up(wage),
        allowance=half_up(extra),
        coefficient=_scale(values, wage) if by_scale else None,
        leave=_LEAVES.get(leave),
    )


def _scale(values: Values, wage: Decimal) -> CoefficientPay:
    return CoefficientPay(
        scale=wage,
        position=_sum(values, ("phu_cap_cv",)),
        seniority=_sum(values, ("phu_cap_tnvk",)),
        trade=_sum(values, ("phu_cap_tn_nghe",)),
    )


def _sum(values: Values, keys: Sequence[str]) -> Decimal:
    total = Decimal(0)
    for text in filter(None, (values.get(key, "") for key in keys)):
        amount = number(text)
        if amount is None:
            raise Unknown("months.cost.allowance")
        total += amount
    return total


def by_fund(values: Values, month: Period, *, leave: str, region: int) -> Mapping[Fund, int]:
    """Of both payers together, đồng. Raises Unknown where it cannot be computed."""
    taken = _taken(values)
    regions = _regions_of(values)
    own = regions[0] if len(regions) == 1 else region
    return _shares(replace(_person(values, month, leave), region=own), taken)


@lru_cache(maxsize=8192)
def _shares(person: PersonMonth, funds: frozenset[Fund]) -> Mapping[Fund, int]:
    try:
        found = contribute(person)
    except RuleMissing:
        raise Unknown("months.cost.rule") from None
    return {fund: found.share("employer", fund) + found.share("employee", fund) for fund in funds}


@lru_cache(maxsize=8192)
def _owed(person: PersonMonth, funds: frozenset[Fund]) -> Owed:
    try:
        found = contribute(person)
    except RuleMissing:
        raise Unknown("months.cost.rule") from None
    return Owed(
        employer=sum(found.share("employer", fund) for fund in funds),
        employee=sum(found.share("employee", fund) for fund in funds),
        sources=found.sources,
    )
