"""A name in two columns: họ đệm and tên, or one title over both."""

from collections.abc import Sequence
from typing import Protocol

from forms.excel.cleaned import Raw
from forms.excel.guess.synonyms import Meaning
from forms.excel.headings import Path

_SAYS_SO = 0.8
_WHOLE = 0.95
_BY_PLACE = 0.9
_MOSTLY = 0.8


class NameColumn(Protocol):
    """What is asked of a column."""

    @property
    def number(self) -> int: ...
    @property
    def path(self) -> Path: ...
    @property
    def values(self) -> tuple[Raw, ...]: ...
    @property
    def said(self) -> Meaning: ...
    @property
    def looks(self) -> Meaning: ...


def joined_name(columns: Sequence[NameColumn]) -> dict[int, float]:
    """Numbers of the two columns, family name first → how surely; empty where there is none."""
    whole = _surest(columns, "ho_ten", _WHOLE)
    if whole is not None:
        after = next((each for each in columns if each.number == whole.number + 1), None)
        if after is not None and _goes_on(whole, after):
            return {whole.number: _BY_PLACE, after.number: _BY_PLACE}
        return {}
    family, given = _surest(columns, "ho_ten:1", _SAYS_SO), _surest(columns, "ho_ten:2", _SAYS_SO)
    if family is None or given is None or family.number == given.number:
        return {}
    return {
        family.number: family.said["ho_ten:1"],
        given.number: given.said["ho_ten:2"],
    }


def _surest(columns: Sequence[NameColumn], part: str, least: float) -> NameColumn | None:
    fitting = [each for each in columns if each.said.get(part, 0.0) >= least]
    return max(fitting, key=lambda each: (each.said[part], -each.number), default=None)


def _goes_on(whole: NameColumn, after: NameColumn) -> bool:
    """Under the same title, or none, single words stand that look like nothing else."""
    if after.path not in ((), whole.path) or not after.values or after.looks:
        return False
    single = [isinstance(value, str) and _is_word(value) for value in after.values]
    return sum(single) >= _MOSTLY * len(single)


def _is_word(value: str) -> bool:
    return len(value.split()) == 1 and value.strip().isalpha()
