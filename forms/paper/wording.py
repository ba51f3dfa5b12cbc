"""The few words that we add to a printed form ourselves. Forms are Vietnamese, whoever reads."""

import tomllib
from functools import cache

from resources import read_text


def page_words(number: int, pages: int) -> str:
    """``Trang 2/7``"""
    return _words("page").format(page=number, pages=pages)


def plain_note() -> str:
    """What a form that is not in its official layout says of itself."""
    return _words("plain")


@cache
def _words(name: str) -> str:
    return str(tomllib.loads(read_text("paper/words.toml"))[name])
