"""Cells that say in words that there is nothing, and errors of formulas pasted as text."""

import tomllib
from functools import cache

from forms.excel.clean_text import without_marks
from forms.excel.kinds import Kind
from resources import read_text

_LONGEST = 12
_WORDS = frozenset({Kind.TEXT, Kind.NAME})


def says_nothing(kind: Kind, text: str) -> bool:
    """``text`` is tidied. ``không`` alone is a word in a column of text, nothing elsewhere."""
    if len(text) > _LONGEST or text[0] not in _beginnings():
        return False
    word = without_marks(text)
    return word in _words("nothing") or (kind not in _WORDS and word in _words("nothing_but_text"))


def is_error(text: str) -> bool:
    """``text`` is tidied: what a formula left when it failed, copied as text."""
    return text.startswith("#") and text.casefold() in _words("errors")


@cache
def _beginnings() -> frozenset[str]:
    """Most cells are told by their first letter not to be such a word."""
    found = {word[0] for table in ("nothing", "nothing_but_text") for word in _words(table)}
    return frozenset(found | {letter.upper() for letter in found})


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(tomllib.loads(read_text("letters/words.toml"))[table])
