"""A field in two columns, one for men and one for women: “Năm sinh: Nam | Nữ”, or crosses.

The column that is filled says the sex; a birth date stands in it, or a cross. ``ngay_sinh.nam``
with ``ngay_sinh.nu`` give both fields, ``gioi_tinh.nam`` with ``gioi_tinh.nu`` the sex alone;
``gioi_tinh.nu`` by itself is a column with a cross for every woman.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from forms.excel.clean_text import tidy
from resources import read_text

BIRTH, SEX = "ngay_sinh", "gioi_tinh"
MEN, WOMEN = ".nam", ".nu"
BIRTH_MEN, BIRTH_WOMEN = BIRTH + MEN, BIRTH + WOMEN
SEX_MEN, SEX_WOMEN = SEX + MEN, SEX + WOMEN
HALVES = (BIRTH_MEN, BIRTH_WOMEN, SEX_MEN, SEX_WOMEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """Two columns of a sheet, by number from 1. ``birth``: dates stand in them, else crosses."""

    men: int
    women: int
    birth: bool


def whole_of(half: str) -> str:
    """``ngay_sinh.nam`` → ``ngay_sinh``."""
    return half.removesuffix(MEN).removesuffix(WOMEN)


@cache
def half_words() -> Mapping[str, frozenset[str]]:
    """``.nam`` and ``.nu`` → what such a column is headed, in small letters."""
    table = _table()["words"]
    return {MEN: frozenset(table["nam"]), WOMEN: frozenset(table["nu"])}


def half_said(title: str) -> str:
    """``.nam`` or ``.nu`` for a heading that is this word alone; empty for any other."""
    word = tidy(title).casefold()
    return next((half for half, words in half_words().items() if word in words), "")


def half_titles(lang: str = "vi") -> Mapping[str, str]:
    """Key of a half → what it is called."""
    return {half: _table()[half][f"title_{lang}"] for half in HALVES}


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(read_text("columns/halves.toml"))
