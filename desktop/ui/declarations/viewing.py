"""How each list of the open draft is looked at: narrowed and sorted, and held so. No Qt.

Rows stay where they are while one types in them, as in a spreadsheet: a list is narrowed and
sorted anew only when that is asked for, or when its rows are others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.ui.declarations.arranging import Arrangement, Order, arranged, kept_order, order_of
from desktop.ui.declarations.sheet import Sheet
from forms.model import Part

USUAL = Arrangement()


@dataclass(frozen=True, slots=True)
class Viewed:
    """A list as it was arranged, with every column."""

    arrangement: Arrangement
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class _Kept:
    dossier_id: str
    arrangement: Arrangement
    rows: int
    """of the whole list"""
    lines: tuple[int, ...]


@dataclass
class Viewing:
    """``wanted`` is set by the screen and read where lists are made, off its thread."""

    wanted: dict[Part, Arrangement] = field(default_factory=dict)
    _kept: dict[Part, _Kept] = field(default_factory=dict)

    def arrangement(self, part: Part) -> Arrangement:
        return self.wanted.get(part, USUAL)

    def forget(self) -> None:
        """Another dossier: everything as declared."""
        self.wanted.clear()
        self._kept.clear()

    def views(self, dossier_id: str, sheets: Iterable[Sheet]) -> Mapping[Part, Viewed]:
        """Of whole sheets, in the order that was kept where there is one."""
        return {sheet.part: self.view(dossier_id, sheet) for sheet in sheets}

    def view(self, dossier_id: str, sheet: Sheet, *, anew: bool = False) -> Viewed:
        """``anew``: narrowed and sorted again by the values of now."""
        wanted = self.arrangement(sheet.part)
        order = None if anew else self._kept_order(dossier_id, sheet, wanted)
        if order is None:
            order = order_of(sheet, wanted)
        shown = arranged(sheet, order)
        lines = tuple(shown.lines)
        self._kept[sheet.part] = _Kept(dossier_id, wanted, len(sheet.lines), lines)
        return Viewed(wanted, shown)

    def _kept_order(self, dossier_id: str, sheet: Sheet, wanted: Arrangement) -> Order | None:
        kept = self._kept.get(sheet.part)
        if not wanted or kept is None:
            return None
        same = (kept.dossier_id, kept.arrangement, kept.rows)
        if same != (dossier_id, wanted, len(sheet.lines)):
            return None
        return kept_order(sheet, kept.lines)
