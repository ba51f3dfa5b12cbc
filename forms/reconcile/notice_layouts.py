"""How the notices are laid out, as data: headings, groups, sums (``resources/layouts/notices``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from forms.catalog import versions
from forms.codes import fold
from forms.definition import Line
from forms.reconcile.notice import Layout
from resources import read_text

STATEMENT = "c12-ts"
PARTICIPANTS = "d09-ts"
_FORM = "C12-TS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """``line`` is ``plus`` less ``minus``; a decrease may be written with or without its sign."""

    line: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


def letters(text: object) -> str:
    """Letters and digits without marks and capitals, to compare words: ``ÔĐ, TS`` is ``odts``."""
    return "".join(sign for sign in fold(str(text)) if sign.isalnum())


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(read_text(f"layouts/notices/{name}.toml"))


@cache
def headings(name: str) -> Mapping[str, str]:
    """Heading in ``letters`` → key of the column."""
    return words(name, "headings")


@cache
def words(name: str, table: str) -> Mapping[str, str]:
    """Word in ``letters`` → what it stands for."""
    return {letters(word): key for key, found in _table(name)[table].items() for word in found}


@cache
def total_words() -> frozenset[str]:
    """How the last line of D09-TS begins."""
    return frozenset(letters(word) for word in _table(PARTICIPANTS)["total"]["words"])


@cache
def lines(layout: Layout) -> Mapping[str, Line]:
    """The lines of C12-TS by code, in their order; ``C.n`` stands for every payment."""
    version = next(v for v in versions(_FORM) if v.valid_from.isoformat() == layout.value)
    return {line.code: line for line in version.definition.lines}


@cache
def sums(layout: Layout) -> tuple[Sum, ...]:
    return tuple(
        Sum(line=row["line"], plus=tuple(row["plus"]), minus=tuple(row.get("minus", ())))
        for row in _table(STATEMENT)["sum"]
        if row["version"] == layout.value
    )


@cache
def without_total() -> frozenset[str]:
    """Lines of which Cộng need not be the sum of the funds."""
    return frozenset(_table(STATEMENT)["no_total"]["lines"])


def charges(code: str) -> tuple[str, ...]:
    """Lines of charges that may stand inside the line ``code``."""
    return tuple(_table(STATEMENT)["charges"].get(code, ()))
