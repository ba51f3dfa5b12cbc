"""What every column of a sheet is taken for, and what follows when a person says one. No Qt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from forms.excel.guess.columns import kind_of
from forms.excel.halves import (
    BIRTH,
    BIRTH_MEN,
    BIRTH_WOMEN,
    HALVES,
    SEX,
    SEX_MEN,
    SEX_WOMEN,
)
from forms.excel.kinds import Kind
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess

SURE, LIKELY = 0.85, 0.5
NOT_TAKEN = ""
JOIN = "+"
"""before a field: joined to the columns that are it already"""
_WITH = {BIRTH_MEN: BIRTH_WOMEN, BIRTH_WOMEN: BIRTH_MEN, SEX_MEN: SEX_WOMEN}
"""half → the one that must stand beside it; a cross for every woman stands alone"""
_BY_BIRTH, _BY_SEX = frozenset({BIRTH_MEN, BIRTH_WOMEN}), frozenset({SEX_MEN, SEX_WOMEN})
_AGAINST = {
    BIRTH: _BY_BIRTH,
    SEX: _BY_BIRTH | _BY_SEX,
    **dict.fromkeys(_BY_BIRTH, frozenset({BIRTH, SEX}) | _BY_SEX),
    **dict.fromkeys(_BY_SEX, frozenset({SEX}) | _BY_BIRTH),
}
"""field → others that say the same, so that only one of them can be taken"""


class Trust(StrEnum):
    """How sure a column's field is."""

    SAID = "said"
    """by the person, just now"""
    REMEMBERED = "remembered"
    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as it is understood now; ``field`` empty: not taken."""

    guess: ColumnGuess
    field: str
    said: bool = False
    part: int = 0
    """its place among the columns that are joined to one field, from 1; 0: it stands alone"""

    @property
    def answer(self) -> str:
        """What the person would have said to come to this."""
        return JOIN + self.field if self.part > 1 else self.field

    @property
    def trust(self) -> Trust:
        if self.said:
            return Trust.SAID
        if self.guess.why.endswith("remembered"):
            return Trust.REMEMBERED
        if not self.field:
            return Trust.UNKNOWN
        if self.guess.confidence >= SURE:
            return Trust.SURE
        return Trust.LIKELY if self.guess.confidence >= LIKELY else Trust.UNKNOWN


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet with what every column of it is taken for."""

    sheet: SheetGuess
    lines: tuple[ColumnLine, ...]

    @property
    def header_row(self) -> int:
        return self.sheet.header_row

    @property
    def mapping(self) -> ColumnMapping:
        """Columns of one field in the order in which they are joined."""
        waiting: dict[str, list[str]] = {}
        for line in sorted(self.lines, key=lambda line: line.part):
            waiting.setdefault(line.field, []).append(line.guess.column)
        return ColumnMapping(
            sheet=self.sheet.sheet,
            header_row=self.sheet.header_row,
            first_data_row=self.sheet.first_data_row,
            columns={waiting[line.field].pop(0): line.field for line in self.lines if line.field},
        )

    @property
    def rows(self) -> int:
        """How many people will be read, as far as is known."""
        return self.sheet.rows

    @property
    def is_remembered(self) -> bool:
        return any(line.trust is Trust.REMEMBERED for line in self.lines)


def in_parts(lines: Iterable[ColumnLine]) -> tuple[ColumnLine, ...]:
    """Columns of one field numbered in the order in which they stand or were said."""
    known = list(lines)
    count = Counter(line.field for line in known if line.field)
    order = {id(line): at for at, line in enumerate(sorted(known, key=lambda line: line.part))}
    return tuple(
        _numbered(line, known, order) if count[line.field] > 1 else _alone(line) for line in known
    )


def _alone(line: ColumnLine) -> ColumnLine:
    return replace(line, part=0) if line.part else line


def _numbered(line: ColumnLine, known: Sequence[ColumnLine], order: dict[int, int]) -> ColumnLine:
    same = [each for each in known if each.field == line.field]
    before = sum(order[id(each)] < order[id(line)] for each in same)
    return replace(line, part=before + 1)


def say(chosen: Chosen, column: str, field: str, *, join: bool = False) -> Chosen:
    """The person says what a column is; another column of that field is no longer taken, unless
    they are joined, nor one that says the same."""
    lines = [_after(line, column, field, join=join) for line in chosen.lines]
    return replace(chosen, lines=in_parts(lines))


def _after(line: ColumnLine, column: str, field: str, *, join: bool) -> ColumnLine:
    if line.guess.column == column:
        return replace(line, field=field, said=True, part=_LAST if join else 0)
    same = bool(field) and line.field == field and not join
    if same or line.field in _AGAINST.get(field, ()):
        return replace(line, field=NOT_TAKEN, said=True)
    return line


_LAST = 1_000


def joinable(chosen: Chosen, column: str) -> Iterator[str]:
    """Fields of text that other columns are: this one can be joined to them."""
    others = (line.field for line in chosen.lines if line.guess.column != column)
    for key in dict.fromkeys(others):
        if key and key not in HALVES and kind_of(key) is Kind.TEXT:
            yield key


def other_halves(taken: Iterable[str]) -> list[str]:
    """What must stand beside the columns of men or women that are there alone."""
    there = set(taken)
    return [other for half, other in _WITH.items() if half in there and other not in there]
