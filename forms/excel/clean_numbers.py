"""Money, wages, coefficients and percentages: plain digits, a dot before decimals.

Typed text may group thousands by dots, commas or spaces and use either as decimal sign. Where
both readings make sense (``12.500`` as a wage), nothing is guessed. Amounts in words have one
reading (``12,5 triệu``, ``12tr5``, ``500k``): they are written out in đồng, with a warning;
``12.500 triệu`` has two and is refused. ``1.25E+7`` as text has lost digits: only a proposal.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from forms.excel.clean_text import number_text, refused, settled, tidy
from forms.excel.cleaned import (
    AMBIGUOUS_NUMBER,
    DIGITS_LOST,
    EMPTY,
    MONEY_FRACTION,
    MONEY_WORDS,
    NOT_A_NUMBER,
    PERCENT_FRACTION,
    Cleaned,
    Raw,
)

_UNIT = re.compile(
    r"\s*(?:vnđ|vnd|đồng|đ|₫)\.?(?:\s*/\s*tháng)?\Z|\A(?:vnđ|vnd|đ|₫)\s*(?=[0-9])", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"([0-9]{1,5})(?:[.,]([0-9]{1,2}))?\s*(triệu|trieu|tr|nghìn|ngàn|nghin|ngan|k)\.?\s*([0-9]?)\Z",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}\Z", re.IGNORECASE)
_PER_CENT = re.compile(r"\s*%\Z")
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}\Z")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3}){0,4}\Z")
_DECIMAL = re.compile(r"([+-]?[0-9]{1,15})[.,]([0-9]{1,15})\Z")
_BOTH_SIGNS = re.compile(
    r"([+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){1,4}(?=,)|(?:,[0-9]{3}){1,4}(?=\.)))[.,]([0-9]{1,2})\Z"
)
_SEPARATORS = re.compile(r"[.,' ]")
_LARGEST_COEFFICIENT = 100
"""the portal takes a wage up to this for a coefficient (wire format §2.1)"""
_NOISE = 0.0005
"""what computing in binary leaves behind, in đồng"""
_MOST = 10**15


class _Refused(Exception):
    """Carries the code of why a number was not understood."""


def clean_money(raw: Raw) -> Cleaned:
    """Whole đồng."""
    return _written_out(raw) or _clean(raw, _money)


def clean_wage(raw: Raw) -> Cleaned:
    """Whole đồng, or a coefficient with decimals up to 100."""
    return _written_out(raw) or _clean(raw, _wage)


def clean_coefficient(raw: Raw) -> Cleaned:
    """A number with any decimals."""
    return _clean(raw, _decimal)


def clean_percent(raw: Raw) -> Cleaned:
    """Per cent without the sign. A value between 0 and 1 may be a share: it gets a warning."""
    if isinstance(raw, str):
        cleaned = _clean(raw, lambda value: _decimal(_PER_CENT.sub("", str(value))))
    else:
        cleaned = _clean(raw, _decimal)
    if cleaned.fault_code is None and cleaned.value.startswith("0."):
        share = _canonical(Decimal(cleaned.value) * 100)
        return cleaned._replace(fault_code=PERCENT_FRACTION, proposed=share)
    return cleaned


def _written_out(raw: Raw) -> Cleaned | None:
    if not isinstance(raw, str):
        return None
    text = _UNIT.sub("", tidy(raw))
    if _EXPONENT.match(text):
        return Cleaned(tidy(raw), None, DIGITS_LOST, _without_exponent(text))
    parts = _IN_WORDS.match(text)
    if parts is None or (parts[2] and parts[4]):
        return None
    unit = 1_000_000 if parts[3].casefold().startswith("t") else 1_000
    amount = Decimal(f"{parts[1]}.{parts[2] or parts[4] or 0}") * unit
    return Cleaned(str(int(amount)), MONEY_WORDS)


def _without_exponent(text: str) -> str:
    amount = Decimal(text.upper().replace(",", "."))
    return str(int(amount)) if amount < _MOST and amount == int(amount) else ""


def _clean(raw: Raw, read: Callable[[str | float], str]) -> Cleaned:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return refused(raw, NOT_A_NUMBER)
    try:
        if not isinstance(raw, str):
            return settled(raw, read(_in_range(raw)))
        text = _UNIT.sub("", tidy(raw))
        return settled(raw, read(text)) if text else EMPTY
    except _Refused as refusal:
        result = refused(raw, str(refusal))
        return result if isinstance(raw, str) else result._replace(value=_not_grouped(result.value))


def _in_range(number: float) -> float:
    if not -_MOST < number < _MOST:
        raise _Refused(NOT_A_NUMBER)
    return number


def _not_grouped(text: str) -> str:
    """``333.333`` of a number cell must not look like grouped thousands."""
    return f"{text}0" if _GROUPED.match(text) else text


def _money(value: str | float) -> str:
    if not isinstance(value, str):
        whole = round(value)
        if abs(value - whole) >= _NOISE:
            raise _Refused(MONEY_FRACTION)
        return str(whole)
    if _PLAIN.match(value) or _GROUPED.match(value):
        return _whole(value)
    parts = _DECIMAL.match(value) or _BOTH_SIGNS.match(value)
    if parts is None:
        raise _Refused(NOT_A_NUMBER)
    if parts[2].strip("0"):
        raise _Refused(MONEY_FRACTION)
    return _whole(parts[1])


def _wage(value: str | float) -> str:
    if not isinstance(value, str):
        return _decimal(value) if abs(value) <= _LARGEST_COEFFICIENT else _money(value)
    if _may_be_either(value):
        raise _Refused(AMBIGUOUS_NUMBER)
    parts = _DECIMAL.match(value)
    if parts and abs(int(parts[1])) < _LARGEST_COEFFICIENT:
        return _decimal(value)
    return _money(value)


def _may_be_either(text: str) -> bool:
    """``12.500`` may be a coefficient, or đồng; our own decimals never end with a zero."""
    parts = _DECIMAL.match(text)
    if parts is None or len(parts[2]) != 3 or abs(int(parts[1])) >= _LARGEST_COEFFICIENT:
        return False
    return "," in text or text.endswith("0")


def _decimal(value: str | float) -> str:
    if not isinstance(value, str):
        return _canonical(Decimal(number_text(round(value, 6))))
    if parts := _DECIMAL.match(value) or _BOTH_SIGNS.match(value):
        return _canonical(Decimal(f"{_SEPARATORS.sub('', parts[1])}.{parts[2]}"))
    if _PLAIN.match(value) or _GROUPED.match(value):
        return _whole(value)
    raise _Refused(NOT_A_NUMBER)


def _whole(text: str) -> str:
    return str(int(_SEPARATORS.sub("", text)))


def _canonical(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
