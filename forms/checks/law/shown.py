"""Figures as a Vietnamese reader writes them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def money(amount: Decimal | int) -> str:
    """``12.500.000``, in whole đồng."""
    whole = Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole:,}".replace(",", ".")


def day(of: date) -> str:
    """``dd/MM/yyyy``."""
    return f"{of.day:02}/{of.month:02}/{of.year:04}"


def percent(rate: Decimal) -> str:
    """``31,5``: no needless zeros, a comma."""
    return plain(rate).replace(".", ",")


def plain(rate: Decimal) -> str:
    """``31.5``, as it stands in a draft."""
    return f"{rate.normalize():f}"
