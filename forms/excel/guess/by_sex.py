"""Two columns “Nam | Nữ” under a birth date or a sex, or one column “Nữ” with crosses."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from forms.excel.clean_nothing import says_nothing
from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value
from forms.excel.guess.joined_names import NameColumn
from forms.excel.halves import (
    BIRTH,
    BIRTH_MEN,
    BIRTH_WOMEN,
    HALVES,
    MEN,
    SEX,
    SEX_MEN,
    SEX_WOMEN,
    WOMEN,
    half_said,
)
from forms.excel.kinds import Kind

BIRTH_BY_SEX = "columns.birth_by_sex"
CROSS_BY_SEX = "columns.cross_by_sex"
WOMEN_CROSS = "columns.women_cross"
_LIKELY = 0.8
_MOSTLY = 0.8
_BY_VALUES = 0.75
"""the heading speaks of the one, the values of the other, or the heading of neither"""


class Half(NamedTuple):
    """What a column is taken for."""

    field: str
    sure: float
    why: str


def by_sex(columns: Sequence[NameColumn]) -> dict[int, Half]:
    """Number of a column → what it is; empty where there are none."""
    pair = _pair(columns)
    if pair is None:
        return _women_alone(columns)
    men, women = pair
    birth = _is_birth(men, women)
    if birth is None:
        return {}
    said = min(_said(men, MEN, birth=birth), _said(women, WOMEN, birth=birth))
    keys = (BIRTH_MEN, BIRTH_WOMEN) if birth else (SEX_MEN, SEX_WOMEN)
    why = BIRTH_BY_SEX if birth else CROSS_BY_SEX
    sure = said or _BY_VALUES
    return {
        column.number: Half(key, sure, why) for column, key in zip((men, women), keys, strict=True)
    }


def fields_given(found: Mapping[int, Half]) -> frozenset[str]:
    """What no other column needs to say."""
    keys = {half.field for half in found.values()}
    if BIRTH_MEN in keys:
        return frozenset({BIRTH, SEX})
    return frozenset({SEX}) if keys else frozenset()


def _pair(columns: Sequence[NameColumn]) -> tuple[NameColumn, NameColumn] | None:
    """A column of men and one of women, side by side."""
    all_men = {each.number: each for each in columns if _is_half(each, MEN)}
    for women in (each for each in columns if _is_half(each, WOMEN)):
        men = all_men.get(women.number - 1) or all_men.get(women.number + 1)
        if men:
            return men, women
    return None


def _is_half(column: NameColumn, half: str) -> bool:
    return bool(_said(column, half, birth=True) or _said(column, half, birth=False)) or (
        bool(column.path) and half_said(column.path[-1]) == half
    )


def _said(column: NameColumn, half: str, *, birth: bool) -> float:
    return column.said.get((BIRTH if birth else SEX) + half, 0.0)


def _is_birth(men: NameColumn, women: NameColumn) -> bool | None:
    """By the values; by the heading where they say nothing; None where neither does."""
    values = (*men.values, *women.values)
    if _share(values, _is_date) >= _MOSTLY:
        return True
    if _share(values, _is_cross) >= _MOSTLY:
        return False
    said = {birth: _said(men, MEN, birth=birth) for birth in (True, False)}
    return said[True] >= said[False] if any(said.values()) else None


def _women_alone(columns: Sequence[NameColumn]) -> dict[int, Half]:
    """Only where no column says the sex outright, and crosses stand in this one."""
    if any(each.said.get(SEX, 0.0) >= _LIKELY for each in columns):
        return {}
    for column in columns:
        said = _said(column, WOMEN, birth=False)
        if said >= _LIKELY and _share(column.values, _is_cross) >= _MOSTLY:
            return {column.number: Half(SEX_WOMEN, said, WOMEN_CROSS)}
    return {}


def _share(values: Sequence[Raw], looks: Callable[[Raw], bool]) -> float:
    telling = [value for value in values if not _is_filler(value)]
    return sum(map(looks, telling)) / len(telling) if telling else 0.0


def _is_filler(value: Raw) -> bool:
    """A dash or a nought in the half that is not the person's."""
    text = tidy(shown(value))
    return text in ("", "0") or says_nothing(Kind.PARTIAL_DATE, text)


def _is_date(value: Raw) -> bool:
    cleaned = clean_value(Kind.PARTIAL_DATE, value)
    return bool(cleaned.value) and cleaned.fault_code is None


def _is_cross(value: Raw) -> bool:
    return clean_value(Kind.FLAG, value).fault_code is None


def without_halves(said: Mapping[str, float]) -> dict[str, float]:
    """Half of a field is none by itself."""
    return {key: score for key, score in said.items() if key not in HALVES}
