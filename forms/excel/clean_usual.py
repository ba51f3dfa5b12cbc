"""Cells that stand in canonical form already, told quickly.

Only a shorter way to the answer of ``clean_value``: None wherever there is anything to look at.
A whole column is told by few looks at all its cells put together.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from forms.excel.clean_nothing import says_nothing
from forms.excel.cleaned import Raw
from forms.excel.kinds import Kind

_LARGEST_EXACT = 1e15
_LARGEST_COEFFICIENT = 100
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_WORD = f"[A-Za-z0-9,.()/{_MARKED}{_MARKED.upper()}'-]+"
_OWN_WORDS = re.compile(rf"{_WORD}(?: {_WORD})*\Z")
_LONGEST_NOTHING = 12
"""no word that says nothing is longer"""
_UNICODE_ONLY = re.compile("[^\x00-\xff]")


def _digits(*lengths: int) -> Callable[[Raw], str | None]:
    def usual(raw: Raw) -> str | None:
        if raw.__class__ is not str or len(raw) not in lengths:
            return None
        return raw if raw.isascii() and raw.isdigit() else None

    return usual


def _amount(raw: Raw) -> str | None:
    if raw.__class__ is not float or not _LARGEST_COEFFICIENT < raw < _LARGEST_EXACT:
        return None
    return str(int(raw)) if raw.is_integer() else None


def _phone(raw: Raw) -> str | None:
    found = _digits(10)(raw)
    return found if found and found[0] == "0" else None


def _text(raw: Raw) -> str | None:
    """Words in our own letters, put together, one space apart, surely in Unicode."""
    if raw.__class__ is not str or not _OWN_WORDS.match(raw):
        return None
    if not raw.isascii() and not _UNICODE_ONLY.search(raw):
        return None
    return None if says_nothing(Kind.TEXT, raw) else raw


def _name(raw: Raw) -> str | None:
    found = _text(raw)
    return None if found is None or found.isupper() or found.islower() else found


USUAL: Mapping[Kind, Callable[[Raw], str | None]] = {
    Kind.SOCIAL_NUMBER: _digits(10, 12),
    Kind.CITIZEN_ID: _digits(12),
    Kind.HOUSEHOLD: _digits(10),
    Kind.CODE_2: _digits(2),
    Kind.CODE_5: _digits(5),
    Kind.PHONE: _phone,
    Kind.MONEY: _amount,
    Kind.WAGE: _amount,
    Kind.TEXT: _text,
    Kind.NAME: _name,
}

UsualColumn = Callable[[type, Sequence[Raw]], Sequence[str] | None]
"""asked with the one type that all cells have; gives their values"""


def _digit_column(*lengths: int) -> UsualColumn:
    allowed = frozenset(lengths)

    def usual(kind: type, raws: Sequence[Raw]) -> Sequence[str] | None:
        if kind is not str:
            return None
        texts = cast(Sequence[str], raws)
        if not allowed.issuperset(map(len, texts)):
            return None
        whole = "".join(texts)
        return texts if whole.isascii() and whole.isdigit() else None

    return usual


def _phone_column(kind: type, raws: Sequence[Raw]) -> Sequence[str] | None:
    found = _digit_column(10)(kind, raws)
    return found if found and f" {' '.join(found)}".count(" 0") == len(found) else None


def _text_column(kind: type, raws: Sequence[Raw]) -> Sequence[str] | None:
    """Running numbers, or texts such as addresses of mail: ASCII, long, without blanks."""
    if kind is float:
        return _whole_numbers(cast(Sequence[float], raws))
    if kind is not str:
        return None
    texts = cast(Sequence[str], raws)
    whole = "".join(texts)
    plain = whole.isascii() and whole.isprintable() and " " not in whole and "#" not in whole
    return texts if plain and min(map(len, texts)) > _LONGEST_NOTHING else None


def _code_column(kind: type, raws: Sequence[Raw]) -> Sequence[str] | None:
    return _whole_numbers(cast(Sequence[float], raws)) if kind is float else None


def _whole_numbers(numbers: Sequence[float]) -> Sequence[str] | None:
    if not (min(numbers) >= 0 and max(numbers) < _LARGEST_EXACT):
        return None
    try:
        whole = list(map(int, numbers))
    except ValueError:
        return None
    return list(map(str, whole)) if whole == list(numbers) else None


USUAL_COLUMN: Mapping[Kind, UsualColumn] = {
    Kind.SOCIAL_NUMBER: _digit_column(10, 12),
    Kind.CITIZEN_ID: _digit_column(12),
    Kind.HOUSEHOLD: _digit_column(10),
    Kind.CODE_2: _digit_column(2),
    Kind.CODE_5: _digit_column(5),
    Kind.PHONE: _phone_column,
    Kind.TEXT: _text_column,
    Kind.CODE: _code_column,
}
