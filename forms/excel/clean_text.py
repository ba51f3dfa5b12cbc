"""Text of a cell as a person sees it, and tidied: NFC, no stray spaces, nothing invisible."""

import re
import unicodedata
from datetime import date, datetime, time

from forms.excel.cleaned import CHANGED, SPACES, Cleaned, Raw
from forms.excel.look_alikes import in_order

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn"})
_HAT = re.compile("[\u0302\u0306\u031b]")
"""a hat left beside its letter: the tone was written before it"""
_EXACT_DIGITS = 15
"""a spreadsheet keeps no more digits of a number than these"""


def shown(raw: Raw) -> str:
    """The text that stands for a cell on the screen of a spreadsheet program."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, (int, float)):
        return number_text(raw)
    if isinstance(raw, datetime):
        return f"{raw:%d/%m/}{raw.year:04}" + (f" {raw:%H:%M}" if raw.time() != time() else "")
    if isinstance(raw, date):
        return f"{raw:%d/%m/}{raw.year:04}"
    return f"{raw:%H:%M}" if isinstance(raw, time) else str(raw)


def number_text(number: float) -> str:
    """A number without an exponent or a needless ``.0``, as far as its digits are exact."""
    if isinstance(number, int) or (number.is_integer() and abs(number) < 10**_EXACT_DIGITS):
        return str(int(number))
    return f"{number:.{_EXACT_DIGITS}g}"


def tidy(text: str) -> str:
    """NFC; runs of any white space become one space; invisible letters go."""
    if text.isascii():
        return " ".join(text.split()) if text.isprintable() else _tidy_slowly(text)
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and not _HAT.search(text):
        return " ".join(text.split())
    return _tidy_slowly(text)


def _tidy_slowly(text: str) -> str:
    visible = "".join(
        letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE
    )
    return in_order(" ".join(visible.split()))


def settled(raw: Raw, value: str, code: str | None = None) -> Cleaned:
    """The result ``value``, with the code of what was changed if anything was."""
    before = shown(raw)
    if value == before:
        return Cleaned(value)
    if code is not None:
        return Cleaned(value, code)
    return Cleaned(value, SPACES if value == tidy(before) else CHANGED)


def refused(raw: Raw, fault_code: str) -> Cleaned:
    """What could not be understood stays as it was typed."""
    return Cleaned(tidy(shown(raw)), None, fault_code)


def clean_text(raw: Raw) -> Cleaned:
    """Plain text."""
    return settled(raw, tidy(shown(raw)))


def without_marks(text: str) -> str:
    """Small letters without Vietnamese marks, to compare words."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
