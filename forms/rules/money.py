"""Đồng and per cent: exact inside, rounded once per amount.

No legal rule for rounding was found; half-up to whole đồng agrees with the printed sample of
QĐ 595/QĐ-BHXH, form D02a (1.045.453,5 → 1.045.454).
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def half_up(amount: Decimal) -> int:
    """Whole đồng, half up."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_of(amount: Decimal | int, percent: Decimal) -> Decimal:
    """Exact ``percent`` % of an amount."""
    return Decimal(amount) * percent / HUNDRED


def cut(value: Decimal, decimals: int) -> Decimal:
    """Truncated, never rounded."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_DOWN)
