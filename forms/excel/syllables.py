"""Whether a text may be Vietnamese: by the parts of its syllables, not by a list of words."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache

from resources import read_text

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONES_OF_STOPPED = "\u0301\u0323"
_VOWELS = "aăâeêioôơuưy"
_HATTED = "ăâêôơư"
_EITHER = frozenset({"oa", "oe", "uy"})
_BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~‘’“”–…]+")


def words_of(text: str) -> list[str]:
    """What stands between white space and the signs of a keyboard."""
    return [word for word in _BETWEEN.split(text) if word]


def is_plausible(text: str) -> bool:
    """Every word with a letter outside ASCII is a Vietnamese syllable."""
    return all(word.isascii() or is_syllable(word.casefold()) for word in words_of(text))


def is_syllable(word: str) -> bool:
    """``word`` in small letters (NFC): one syllable, with a tone where a tone may stand."""
    return word in _syllables()


@cache
def _syllables() -> frozenset[str]:
    parts = tomllib.loads(read_text("letters/syllables.toml"))
    stopped = tuple(parts["stopped"])
    rimes = {rime: tuple(_toned(rime, stopped)) for rime in parts["rimes"]}
    found = {
        f"{onset}{toned}" for onset in parts["onsets"] for all_ in rimes.values() for toned in all_
    }
    return frozenset(found)


def _toned(rime: str, stopped: tuple[str, ...]) -> Iterator[str]:
    """A rime with every tone it may have, the sign where people put it."""
    ends_stopped = rime.endswith(stopped)
    if not ends_stopped:
        yield rime
    for tone in _TONES_OF_STOPPED if ends_stopped else _TONES:
        for place in _places(rime):
            yield unicodedata.normalize("NFC", f"{rime[: place + 1]}{tone}{rime[place + 1 :]}")


def _places(rime: str) -> tuple[int, ...]:
    """Where a tone is written: ``hoà`` and ``hòa`` are both in use."""
    vowels = len(rime) - len(rime.lstrip(_VOWELS))
    hatted = [place for place in range(vowels) if rime[place] in _HATTED]
    if hatted:
        return (hatted[-1],)
    if vowels == 2 and len(rime) == vowels:
        return (0, 1) if rime in _EITHER else (0,)
    return (0,) if vowels == 1 else (1,)
