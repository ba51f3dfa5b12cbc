"""Letters of the fonts from before Unicode: TCVN3 (.VnTime …) and VNI (VNI-Times …).

Pure tables, both ways; whether a text is in such letters at all is judged in
``old_fonts_evidence``. Sources: TCVN 5712:1993 (VN3); the VNI-Windows table.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from resources import read_text

NEUTRAL = "‘’“”–…"
"""signs that a spreadsheet program puts in whatever the font"""


_TWO_CAPITALS = re.compile(r"[A-Z]\S*[A-Z]")
"""in every word whose plain letters are two capitals or more"""


class OldFont(StrEnum):
    """How a text was written down."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


def decoded(text: str, font: OldFont) -> str | None:
    """The text that was meant, or None when it holds a letter that such a font does not have."""
    return _from_tcvn3(text) if font is OldFont.TCVN3 else _from_vni(text)


def encoded(text: str, font: OldFont) -> str | None:
    """How the text stands in a cell of such a font; None when it cannot be written so.

    TCVN3 has no capitals with a tone: they become small letters, as typed with a font in capitals.
    """
    letters = _back(font)
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        found = letter if _is_neutral(letter) else letters.get(letter)
        if found is None:
            return None
        out.append(found)
    return "".join(out)


def _from_tcvn3(text: str) -> str | None:
    if not _tcvn3_text().fullmatch(text):
        return None
    return _name_case(_same_case(text, text.translate(_tcvn3_letters())))


def _same_case(before: str, after: str) -> str:
    """A word typed in a font of capitals: its plain letters are capitals, the others look so."""
    if not _TWO_CAPITALS.search(before):
        return after
    words = zip(re.split(r"(\s+)", before), re.split(r"(\s+)", after), strict=False)
    return "".join(_capital_word(old, new) for old, new in words)


def _capital_word(old: str, new: str) -> str:
    plain = [letter for letter in old if letter.isascii() and letter.isalpha()]
    capitals = len(plain) > 1 and all(letter.isupper() for letter in plain)
    return new.upper() if capitals else new


def _name_case(text: str) -> str:
    """``Xã ứng Hòa`` → ``Xã Ứng Hòa``: the font had no capital of that letter."""
    words = text.split(" ")
    others = [word for word in words if word[:1].isascii()]
    if not others or not all(word[:1].isupper() for word in others):
        return text
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _from_vni(text: str) -> str | None:
    if not _vni_text().fullmatch(text):
        return None
    table = _vni()
    return _vni_letters().sub(lambda found: table[found[0]], text)


@cache
def _tcvn3() -> Mapping[str, str]:
    table = tomllib.loads(read_text("letters/tcvn3.toml"))["letters"]
    return {chr(int(code, 16)): letter for code, letter in table.items()}


@cache
def _vni() -> Mapping[str, str]:
    """Small, capital, and a capital with its sign left small."""
    found = tomllib.loads(read_text("letters/vni.toml"))
    table: dict[str, str] = {}
    for before, after in (*found["alone"].items(), *found["pairs"].items()):
        table[before] = after
        table[before.upper()] = after.upper()
        table[before[0].upper() + before[1:]] = after.upper()
    return table


@cache
def _tcvn3_text() -> re.Pattern[str]:
    letters = re.escape("".join(_tcvn3()))
    return re.compile(f"[\\x00-\\x7f{NEUTRAL}{letters}]*")


@cache
def _tcvn3_letters() -> Mapping[int, str]:
    """For ``str.translate``; neutral signs stay what they are."""
    return {ord(old): new for old, new in _tcvn3().items() if not _is_neutral(old)}


@cache
def _vni_text() -> re.Pattern[str]:
    """What can be read from left to right without a step back."""
    return re.compile(f"(?:{_vni_letters().pattern}|[\x00-\x7f{NEUTRAL}])*+")


@cache
def _vni_letters() -> re.Pattern[str]:
    """A letter with its sign behind it goes before a letter alone."""
    longest_first = sorted(_vni(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _back(font: OldFont) -> Mapping[str, str]:
    if font is OldFont.VNI:
        return {after: before for before, after in _vni().items() if _one_case(before)}
    back = {after: before for before, after in _tcvn3().items()}
    for after, before in tuple(back.items()):
        back.setdefault(after.upper(), before)
    return back


def _is_neutral(letter: str) -> bool:
    return letter.isascii() or letter in NEUTRAL


def _one_case(text: str) -> bool:
    return text in (text.lower(), text.upper())
