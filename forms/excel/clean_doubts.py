"""Cells that read well as they are, yet may mean something else if their neighbours do.

``03/04/2020`` is the third of April, unless the column has ``04/15/2020``; ``Lê`` is Lê, unless
the sheet is in an old font. The cell stays as it is; where there is evidence, it is asked.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from forms.excel.clean_dates import is_day_first, month_first
from forms.excel.cleaned import (
    DAY_OR_MONTH,
    DAY_OR_MONTH_MIXED,
    MONTH_FIRST,
    OLD_FONT,
    OLD_FONT_QUESTION,
    Cleaned,
    Raw,
)
from forms.excel.kinds import Kind
from forms.excel.old_fonts import OldFont
from forms.excel.old_fonts_evidence import may_read_otherwise, old_reading, other_readings

_DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE})
_WORDS = frozenset({Kind.TEXT, Kind.NAME})


class Doubt(NamedTuple):
    """What a cell may mean instead, if ``font`` is in use (None: if months come first)."""

    font: OldFont | None
    proposed: str


DoubtfulCell = tuple[str, str, tuple[Doubt, ...]]
"""what stood there, how it was read, what it may mean"""


OLD_FONT_MAYBE = (Doubt(None, ""),)
"""of a text that may be in an old font: what it means is worked out where one is in use"""


class Signs(NamedTuple):
    """What one cell says of its neighbours."""

    font: OldFont | None = None
    month_first: bool = False
    day_first: bool = False


NO_SIGNS = Signs()


def doubts_of(kind: Kind, raw: Raw, cleaned: Cleaned) -> tuple[Doubt, ...]:
    """What the cell may mean instead, or ``OLD_FONT_MAYBE``."""
    if not isinstance(raw, str):
        return ()
    if kind in _DATES and cleaned.fault_code is None:
        other = month_first(raw)
        return (Doubt(None, other),) if other else ()
    if kind in _WORDS and cleaned.changed_code != OLD_FONT:
        return OLD_FONT_MAYBE if may_read_otherwise(raw) else ()
    return ()


def signs_of(kind: Kind, raw: Raw, cleaned: Cleaned) -> Signs:
    """What the cell says of how its neighbours are written."""
    if not isinstance(raw, str):
        return NO_SIGNS
    if kind in _DATES:
        found = cleaned.changed_code == MONTH_FIRST
        return Signs(None, found, is_day_first(raw)) if found or is_day_first(raw) else NO_SIGNS
    reading = old_reading(raw) if cleaned.changed_code == OLD_FONT else None
    return Signs(reading[1]) if reading else NO_SIGNS


@dataclass(slots=True)
class ColumnDoubts:
    """The doubtful cells of one column, by line, until all of the sheet has been read."""

    month_first: bool = False
    day_first: bool = False
    lines: "array[int]" = field(default_factory=lambda: array("L"))
    cells: list[DoubtfulCell] = field(default_factory=list)

    def hold(self, lines: Iterable[int], cells: Iterable[DoubtfulCell]) -> None:
        """``cells``: one for each of the lines."""
        self.lines.extend(lines)
        self.cells.extend(cells)

    def take(self, signs: Signs) -> None:
        self.month_first = self.month_first or signs.month_first
        self.day_first = self.day_first or signs.day_first

    def settle(
        self, fonts: frozenset[OldFont], ask: Callable[[int, str, str, Cleaned], None]
    ) -> None:
        """Asks what the evidence makes doubtful: ``ask(line, code, before, cleaned)``."""
        if not (self.month_first or fonts):
            return
        for line, (before, value, doubts) in zip(self.lines, self.cells, strict=True):
            for doubt in _worked_out(before, doubts, fonts):
                if code := self._code(doubt, fonts):
                    ask(line, code, before, Cleaned(value, None, code, doubt.proposed))
                    break

    def _code(self, doubt: Doubt, fonts: frozenset[OldFont]) -> str | None:
        if doubt.font is not None:
            return OLD_FONT_QUESTION if doubt.font in fonts else None
        if not self.month_first:
            return None
        return DAY_OR_MONTH_MIXED if self.day_first else DAY_OR_MONTH


def _worked_out(
    before: str, doubts: tuple[Doubt, ...], fonts: frozenset[OldFont]
) -> tuple[Doubt, ...]:
    if doubts is not OLD_FONT_MAYBE:
        return doubts
    readings = other_readings(before) if fonts else []
    return tuple(Doubt(font, meant) for meant, font in readings)
