"""A heading as words that can be compared: no marks, no signs, abbreviations written out."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from forms.excel.clean_text import without_marks
from resources import read_text

Words = tuple[str, ...]
_WORD = re.compile(r"[a-z0-9#]+")
_BRACKETS = re.compile(r"[\[(][^\])]*[\])]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    words: Mapping[str, Words]
    pairs: Mapping[Words, Words]
    idle: tuple[Words, ...]
    """say nothing of the field, longest first"""


@cache
def abbreviations() -> Abbreviations:
    table = tomllib.loads(read_text("columns/abbreviations.toml"))
    idle = sorted((_plain(each) for each in table["idle"]["words"]), key=len, reverse=True)
    return Abbreviations(
        words={short: _plain(whole) for short, whole in table["words"].items()},
        pairs={_plain(short): _plain(whole) for short, whole in table["pairs"].items()},
        idle=tuple(idle),
    )


@lru_cache(maxsize=8_192)
def words_of(heading: str) -> Words:
    """``T.Lương & HSL`` → tien luong va he so luong."""
    plain = list(_plain(heading.replace("&", " va ").replace("+", " va ")))
    known, found = abbreviations(), list[str]()
    while plain:
        if whole := known.pairs.get(tuple(plain[:2])):
            found += whole
            del plain[:2]
        else:
            word = plain.pop(0)
            found += known.words.get(word, (word,))
    return tuple(found)


def without_idle(words: Words) -> Words:
    """Without the words that say nothing, unless nothing else is left."""
    left = words
    for idle in abbreviations().idle:
        left = _cut(left, idle)
    left = tuple(word for word in left if not word.isdecimal())
    return left or words


def without_brackets(heading: str) -> str:
    """``Lương (VNĐ)`` → ``Lương``."""
    return _BRACKETS.sub(" ", heading).strip()


def _plain(text: str) -> Words:
    return tuple(_WORD.findall(without_marks(text)))


def _cut(words: Words, idle: Words) -> Words:
    for at in range(len(words) - len(idle) + 1):
        if words[at : at + len(idle)] == idle:
            return _cut(words[:at] + words[at + len(idle) :], idle)
    return words
