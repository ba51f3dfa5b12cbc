"""One row of the main list, understood once for all checks of the law.

What is not understood here is None: the checks of single fields have said so already.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from forms.checks import calendar
from forms.checks.calendar import Span
from forms.checks.identity import is_foreigner
from forms.checks.law.contracts import (
    FIRST_YEAR,
    LAST_YEAR,
    Contract,
    believable,
    contracts,
)
from forms.checks.law.turns import months_to_look_at
from forms.checks.people import numbers_of
from forms.checks.problem import Setting
from forms.model import Period, Row
from forms.movements import Kind, Movement, movement
from forms.rules.bases import base_salary
from forms.rules.persons import CoefficientPay

_LARGEST_COEFFICIENT = 15
"""the highest step of the state's scales is 13"""
_SMALLEST_WAGE = 100_000
"""between the two stands neither a coefficient nor a month's wage; said by other checks"""
_TOO_MUCH = 10**15
"""longer than the form takes"""
_SEXES = {"1": "M", "0": "F"}
_REGIONS = {"01": 1, "02": 2, "03": 3, "04": 4}


@dataclass(frozen=True, slots=True)
class Pay:
    """Wage and allowances of a month, đồng, or coefficients of the base salary."""

    amount: Decimal
    coefficient: CoefficientPay | None = None

    def at(self, month: Period) -> Decimal:
        """Raises RuleMissing where there was no base salary."""
        if self.coefficient is None:
            return self.amount
        return self.coefficient.total * Decimal(base_salary(month).value) + self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the row says."""

    row: Row
    numbers: tuple[str, ...]
    """by which the person is known"""
    moved: Movement | None
    start: Period | None
    """từ tháng"""
    last: Period | None
    """đến tháng, or the period when it is open"""
    region: int
    pay: Pay | None
    birth: Span | None
    sex: str | None
    """``M`` or ``F``"""
    foreigner: bool
    contracts: tuple[Contract, ...]

    @property
    def whole(self) -> bool:
        """Whether the wage is declared as the base of all funds."""
        return self.moved is not None and self.moved.whole

    @property
    def comes(self) -> bool:
        return self.moved is not None and self.moved.kind is Kind.INCREASE

    @property
    def months(self) -> tuple[Period, ...]:
        """The first month, and every later one of the row in which the law changes."""
        if self.start is None or self.last is None:
            return ()
        return months_to_look_at(self.start, self.last)


def understand(row: Row, setting: Setting) -> Case:
    start = period(row.get("tu_thang"))
    return Case(
        row=row,
        numbers=numbers_of(row),
        moved=movement(row.get("phuong_an")),
        start=start,
        last=period(row.get("den_thang")) or max(setting.period, start or setting.period),
        region=_REGIONS.get(row.get("ma_vung_ltt"), setting.unit.region),
        pay=_pay(row),
        birth=_birth(row),
        sex=_SEXES.get(row.get("gioi_tinh")),
        foreigner=is_foreigner(row),
        contracts=contracts(row),
    )


@lru_cache(maxsize=1024)
def period(text: str) -> Period | None:
    found = calendar.month(text)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return Period(found.year, found.month)


def _birth(row: Row) -> Span | None:
    found = calendar.birth(row.get("ngay_sinh"))
    return found if found and believable(found.last) else None


_ALLOWANCES = ("phu_cap_luong", "phu_cap_bo_sung")
_OF_A_SCALE = ("phu_cap_cv", "phu_cap_tnvk", "phu_cap_tn_nghe")


def _pay(row: Row) -> Pay | None:
    """Repeats itself from row to row."""
    return _understood_pay(*(row.get(key) for key in ("tien_luong", *_ALLOWANCES, *_OF_A_SCALE)))


@lru_cache(maxsize=4096)
def _understood_pay(text: str, *others: str) -> Pay | None:
    wage, zero = number(text), Decimal(0)
    if not wage or _LARGEST_COEFFICIENT < wage < _SMALLEST_WAGE:
        return None
    wage_more, also, position, seniority, trade = (number(each) or zero for each in others)
    extra = wage_more + also
    if wage > _LARGEST_COEFFICIENT:
        return Pay(wage + extra)
    scale = CoefficientPay(scale=wage, position=position, seniority=seniority, trade=trade)
    return Pay(extra, scale)


def number(text: str) -> Decimal | None:
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and 0 <= found < _TOO_MUCH else None
