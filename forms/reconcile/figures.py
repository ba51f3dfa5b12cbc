"""Figures of a notice, as cell or text: whole đồng, people, days; per cents with decimals.

The agency writes thousands with dots, commas or spaces, less with a minus or in brackets, and
nothing as an empty cell or a dash. A fraction of a đồng is refused, never rounded.
"""

import math
import re
from decimal import Decimal

PER_CENT = "phan_tram"
_NOTHING = frozenset({"", "-", "–", "—"})
_UNIT = re.compile(r"(?:vnđ|vnd|đồng|đ|₫|%)\.?\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"\((.+)\)\Z")
_SIGN = re.compile(r"([+\-–−]?)\s*(.+)\Z")
_PLAIN = re.compile(r"([0-9]{1,15})(?:[.,]0{1,6})?\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3}){0,3}\Z")
_GROUPED_DECIMAL = re.compile(
    r"([0-9]{1,3}(?:(?:\.[0-9]{3}){1,4}(?=,)|(?:,[0-9]{3}){1,4}(?=\.)))[.,]0{1,6}\Z"
)
_DECIMAL = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?\Z")
_SEPARATORS = re.compile(r"[.,' ]")
_MOST = 10**15
_NOISE = 0.0005
"""what computing in binary leaves behind, in đồng"""


class UnreadableFigure(ValueError):
    """This is no figure of the kind that the line holds."""


def read_figure(raw: object, unit: str) -> int | Decimal | None:
    """None for an empty cell. Raises UnreadableFigure."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return _typed(" ".join(raw.split()), unit)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise UnreadableFigure
    return _number(raw, unit)


def _number(value: float, unit: str) -> int | Decimal:
    if not math.isfinite(value) or abs(value) >= _MOST:
        raise UnreadableFigure
    if unit == PER_CENT:
        return Decimal(str(value))
    if abs(value - round(value)) >= _NOISE:
        raise UnreadableFigure
    return round(value)


def _typed(text: str, unit: str) -> int | Decimal | None:
    text = _UNIT.sub("", text).strip()
    if text in _NOTHING:
        return None
    bracketed = _BRACKETS.match(text)
    parts = _SIGN.match(bracketed[1] if bracketed else text)
    if parts is None or (bracketed and parts[1]):
        raise UnreadableFigure
    size = _per_cent(parts[2]) if unit == PER_CENT else _whole(parts[2])
    return -size if bracketed or parts[1] not in ("", "+") else size


def _whole(text: str) -> int:
    if plain := _PLAIN.match(text):
        if not _GROUPED.match(text):
            return int(plain[1])
    elif both := _GROUPED_DECIMAL.match(text):
        return int(_SEPARATORS.sub("", both[1]))
    if _GROUPED.match(text):
        return int(_SEPARATORS.sub("", text))
    raise UnreadableFigure


def _per_cent(text: str) -> Decimal:
    parts = _DECIMAL.match(text)
    if parts is None:
        raise UnreadableFigure
    return Decimal(f"{parts[1]}.{parts[2] or 0}")
