"""Movement (phương án), months, death and wage of one row."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from forms.checks import calendar
from forms.checks.problem import Get, Problem, Setting
from forms.checks.relation import relation

_KINDS = "phuong_an_theo_loai"
_LEAVES_FOR_GOOD = "GH"
_MATERNITY = "TS"
_MALE = "1"
_LARGEST_COEFFICIENT = 100
"""a wage up to this is taken for a coefficient (portal and formats §1.6)"""
_LARGEST_REAL_COEFFICIENT = 15
"""the highest step of the state's scales is 13"""
_SMALLEST_REAL_WAGE = 100_000
"""below this an amount was most likely typed in thousands"""


@relation("phuong_an", "loai", lists=(_KINDS,), needs=("phuong_an", "loai"))
def movement_under_kind(get: Get, setting: Setting) -> Iterator[Problem]:
    """Tables of two vendors differ; what stands only in the older one is doubtful."""
    kind, movement = get("loai"), get("phuong_an")
    kinds, movements = setting.find_list(_KINDS), setting.find_list("phuong_an")
    if not (kind and movement and kinds) or (movements and not movements.contains(movement)):
        return
    entry = kinds.entry(f"{kind}-{movement}")
    if entry is None:
        yield Problem("check.movement_kind", "phuong_an", {"kind": kind, "movement": movement})
    elif entry.more["current"] == "no":
        yield Problem("check.movement_kind_old", "phuong_an", {"kind": kind, "movement": movement})


@relation("phuong_an", "gioi_tinh", needs=("phuong_an", "gioi_tinh"))
def maternity_of_a_man(get: Get, setting: Setting) -> Iterator[Problem]:
    """Possible (adoption, a father in the mother's place), but rare."""
    del setting
    if get("phuong_an") == _MATERNITY and get("gioi_tinh") == _MALE:
        yield Problem("check.movement_sex", "phuong_an")


@relation("tu_thang", "den_thang", needs=("tu_thang", "den_thang"))
def months_in_order(get: Get, setting: Setting) -> Iterator[Problem]:
    del setting
    start, end = calendar.month(get("tu_thang")), calendar.month(get("den_thang"))
    if start and end and end < start:
        yield Problem("check.month_order", "den_thang")


@relation("tu_thang", needs=("tu_thang",))
def not_ahead_of_the_period(get: Get, setting: Setting) -> Iterator[Problem]:
    start = calendar.month(get("tu_thang"))
    if start and start > (setting.period.year, setting.period.month):
        yield Problem("check.month_after_period", "tu_thang", {"period": setting.period.wire})


@relation("ngay_chet", "phuong_an", "ngay_sinh", needs=("ngay_chet",))
def death(get: Get, setting: Setting) -> Iterator[Problem]:
    died = calendar.day(get("ngay_chet"))
    if died is None:
        return
    born = calendar.birth(get("ngay_sinh"))
    if died > setting.filing_date:
        yield Problem("check.death_in_future", "ngay_chet")
    elif born and died < born.first:
        yield Problem("check.death_before_birth", "ngay_chet")
    if get("phuong_an") not in ("", _LEAVES_FOR_GOOD):
        yield Problem("check.death_movement", "ngay_chet")


@relation("ma_so_bhxh", "da_co_so", needs=("da_co_so",), views={"ma_so_bhxh": bool})
def book_has_a_number(get: Get, setting: Setting) -> Iterator[Problem]:
    del setting
    if get("da_co_so") == "1" and not get("ma_so_bhxh"):
        yield Problem("check.book_without_number", "ma_so_bhxh")


@relation("tien_luong", needs=("tien_luong",))
def wage(get: Get, setting: Setting) -> Iterator[Problem]:
    del setting
    amount = _number(get("tien_luong"))
    if amount is None:
        return
    if amount == 0:
        yield Problem("check.wage_zero", "tien_luong")
    elif _LARGEST_COEFFICIENT < amount < _SMALLEST_REAL_WAGE:
        yield Problem("check.wage_small", "tien_luong")
    elif _LARGEST_REAL_COEFFICIENT < amount <= _LARGEST_COEFFICIENT:
        yield Problem("check.coefficient_large", "tien_luong")


@relation("tien_luong", "phu_cap_cv", "phu_cap_tnvk", "phu_cap_tn_nghe", needs=("tien_luong",))
def allowances_of_coefficients(get: Get, setting: Setting) -> Iterator[Problem]:
    """The portal closes these three columns for people paid by amount."""
    del setting
    amount = _number(get("tien_luong"))
    if amount is None or amount <= _LARGEST_COEFFICIENT:
        return
    for key in ("phu_cap_cv", "phu_cap_tnvk", "phu_cap_tn_nghe"):
        if _number(get(key)):
            yield Problem("check.allowance_without_coefficient", key)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


RELATIONS = (
    movement_under_kind,
    maternity_of_a_man,
    months_in_order,
    not_ahead_of_the_period,
    death,
    book_has_a_number,
    wage,
    allowances_of_coefficients,
)
