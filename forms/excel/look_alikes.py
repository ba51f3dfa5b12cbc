"""Letters of other scripts that look like ours, and letters typed for digits."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache

from resources import read_text

_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_HATS = frozenset("\u0302\u0306\u031b")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def in_our_letters(text: str, *, alone: bool = False) -> str:
    """The text with look-alikes replaced, or as it is where that would be a guess.

    A text wholly in another script is somebody's language, not a slip: nothing is replaced
    unless ``alone`` says that the column holds codes.
    """
    if not _suspects().search(text):
        return text
    narrow = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    table = _letters()
    changed = "".join(table.get(letter, letter) for letter in narrow)
    if changed == narrow:
        return narrow
    ours = any(_is_ours(letter) for letter in narrow)
    foreign = any(_is_foreign(letter) for letter in changed)
    return changed if (ours or alone) and not foreign else narrow


def digits_proposed(text: str) -> str | None:
    """The number that was probably meant by ``O79195…`` or ``l2345``; None without such letters.

    Only ever a proposal: a wrong digit is another person.
    """
    table = _digits()
    meant = "".join(table.get(letter, letter) for letter in text)
    has_digits = any(letter.isdigit() for letter in text)
    left = any(letter.isalpha() for letter in meant)
    return meant if has_digits and meant != text and not left else None


def in_order(text: str) -> str:
    """Hat before tone in every letter that was put together: only so do they join (NFC)."""
    out: list[str] = []
    for letter in unicodedata.normalize("NFD", text):
        place = len(out)
        while letter in _HATS and place and out[place - 1] in _TONES:
            place -= 1
        out.insert(place, letter)
    return unicodedata.normalize("NFC", "".join(out))


def _is_ours(letter: str) -> bool:
    return letter.isalpha() and letter not in _letters() and not _is_foreign(letter)


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN")


@cache
def _suspects() -> re.Pattern[str]:
    return re.compile(f"[\uff01-\uff5e{''.join(_letters())}]")


@cache
def _letters() -> Mapping[str, str]:
    table: Mapping[str, str] = tomllib.loads(read_text("letters/look_alikes.toml"))["letters"]
    return table


@cache
def _digits() -> Mapping[str, str]:
    table: Mapping[str, str] = tomllib.loads(read_text("letters/look_alikes.toml"))["digits"]
    return table
