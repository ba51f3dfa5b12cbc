"""Cleans one column of a sheet and remembers what it has seen."""

from collections.abc import Sequence

from forms.excel.clean_dates import usual_date
from forms.excel.clean_doubts import (
    NO_SIGNS,
    ColumnDoubts,
    Doubt,
    DoubtfulCell,
    Signs,
    doubts_of,
    signs_of,
)
from forms.excel.clean_usual import USUAL, USUAL_COLUMN
from forms.excel.cleaned import BLANK_IS_MALE, Cleaned, Raw
from forms.excel.cleaning import clean_value, kind_of
from forms.excel.kinds import Kind
from forms.excel.layout import Column
from forms.excel.old_fonts import OldFont

_MEMORY = 4_096
"""cleaned values remembered per column: a list repeats itself"""
_DAYS_1904 = 1462
_DATE_KINDS = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.MONTH})
_DAYS = frozenset({Kind.DATE, Kind.PARTIAL_DATE})
_LAST_MONTH = "12"
_DAY_FIRST = Signs(None, False, True)
_SMALLEST_SERIAL = 3654


class Told(str):
    """The value of a cell of which there is something to tell."""

    __slots__ = ("cleaned", "codes", "doubtful", "raw")

    cleaned: Cleaned
    raw: Raw
    codes: tuple[str, ...]
    """of findings"""
    doubtful: DoubtfulCell | None

    @classmethod
    def of(cls, raw: Raw, cleaned: Cleaned, doubts: tuple[Doubt, ...] = ()) -> "Told":
        told = cls(cleaned.value)
        told.cleaned, told.raw = cleaned, raw
        told.codes = tuple(filter(None, (cleaned.changed_code, cleaned.fault_code)))
        told.doubtful = (str(raw), cleaned.value, doubts) if doubts else None
        return told


class ColumnReader(dict[Raw, str]):
    """Raw cell → its clean value, a ``Told`` where it differs or is doubtful.

    A dictionary, so that a cell seen before costs no call. ``True`` and ``1.0`` are the same key:
    only ``clean`` tells them apart.
    """

    def __init__(self, *, index: int, column: Column, letters: str, from_1904: bool) -> None:
        self.index = index
        """of the cell in the row as it is read"""
        self.column = column
        self.letters = letters
        self.doubts = ColumnDoubts()
        self.fonts: set[OldFont] = set()
        self.crosses = 0
        self._kind = kind_of(column.kind, column.key)
        self._usual = self._usual_day if self._kind in _DAYS else USUAL.get(self._kind)
        self._usual_column = USUAL_COLUMN.get(self._kind)
        self._from_1904 = from_1904 and self._kind in _DATE_KINDS
        self._blank = self._blank_value()
        self.tells = isinstance(self._blank, Told)
        """whether any value was a ``Told``"""
        super().__init__({"": self._blank})

    @property
    def is_women_cross(self) -> bool:
        return self._kind is Kind.SEX_X_NU

    def clean(self, raws: Sequence[Raw]) -> Sequence[str]:
        """The clean values of cells that stand below each other (at least one)."""
        kinds = set(map(type, raws))
        if bool in kinds:
            return [self.read(raw) if raw.__class__ is bool else self[raw] for raw in raws]
        if raws[0] == raws[-1] and raws.count(raws[0]) == len(raws):
            return [self[raws[0]]] * len(raws)
        if len(kinds) == 1 and self._usual_column and raws[0] not in self:
            found = self._usual_column(kinds.pop(), raws)
            if found is not None:
                return found
        return list(map(self.__getitem__, raws))

    def __missing__(self, raw: Raw) -> str:
        if len(self) >= _MEMORY:
            self.clear()
            self[""] = self._blank
        value = self._usual(raw) if self._usual else None
        if value is None:
            value = self.read(raw)
        self[raw] = value
        return value

    def _usual_day(self, raw: Raw) -> str | None:
        """A date as it should stand, with what it says of its neighbours."""
        day = usual_date(raw)
        if day is None or day[:2] == day[3:5]:
            return day
        if day[:2] > _LAST_MONTH:
            self.doubts.take(_DAY_FIRST)
            return day
        self.tells = True
        other = Doubt(None, f"{day[3:5]}/{day[:2]}/{day[6:]}")
        return Told.of(raw, Cleaned(day), (other,))

    def read(self, raw: Raw) -> str:
        """The clean value of a cell, without looking at what is remembered."""
        cleaned = clean_value(self._kind, self._shifted(raw))
        doubts = doubts_of(self._kind, raw, cleaned)
        self._take(signs_of(self._kind, raw, cleaned), cleaned)
        if doubts or cleaned.changed_code or cleaned.fault_code:
            self.tells = True
            return Told.of(raw, cleaned, doubts)
        return cleaned.value

    def _take(self, signs: Signs, cleaned: Cleaned) -> None:
        self.crosses += cleaned.value == "0"
        if signs is NO_SIGNS:
            return
        self.doubts.take(signs)
        if signs.font:
            self.fonts.add(signs.font)

    def _blank_value(self) -> str:
        """Nothing, but a man where only women have a cross."""
        if not self.is_women_cross:
            return ""
        return Told.of("", Cleaned("1", BLANK_IS_MALE))

    def _shifted(self, raw: Raw) -> Raw:
        """A bare serial of a workbook that counts from 1904, as others count."""
        if self._from_1904 and isinstance(raw, float) and _SMALLEST_SERIAL <= raw < 10**5:
            return raw + _DAYS_1904
        return raw
