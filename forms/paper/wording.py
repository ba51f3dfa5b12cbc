"""The few words that we add to a printed form ourselves. Forms are Vietnamese, whoever reads."""

import tomllib
from functools import cache

from forms.model import Period, Unit
from resources import read_text


def page_words(number: int, pages: int) -> str:
    """``Trang 2/7``"""
    return _words("page").format(page=number, pages=pages)


def unit_words(unit: Unit, period: Period) -> str:
    """Whose form it is, for layouts that have no place of their own for it."""
    return _words("unit").format(name=unit.name, code=unit.code, period=period.wire)


def practice_note() -> str:
    """What stands on every page that is printed in practice mode."""
    return _words("practice")


def likely_note() -> str:
    """What a form says of itself whose look is not proven in every line."""
    return _words("likely")


def plain_note() -> str:
    """What a form that is not in its official layout says of itself."""
    return _words("plain")


@cache
def _words(name: str) -> str:
    return str(tomllib.loads(read_text("paper/words.toml"))[name])
