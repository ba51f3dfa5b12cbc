"""What the spreadsheet keys do, on any grid whose rows and columns have names of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.ui.cells import Cell, Editable, emptied, filled_down, landed
from desktop.ui.texts import tr
from desktop.ui.widgets.cells_grid import CellsGrid


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What a grid's positions stand for, and who does the work."""

    lines: Callable[[], Sequence[int]]
    """line or person of every row"""
    keys: Callable[[], Sequence[str]]
    """field key of every column"""
    editable: Editable
    copy: Callable[[], None]
    change: Callable[[Sequence[Cell], str], None]
    """(cells, what is to be said besides)"""
    tell: Callable[[str, str, str], None]
    """(look, title, text)"""


class CellWork:
    """Joins the keys of one grid with its work."""

    def __init__(self, grid: CellsGrid, spread: Spread) -> None:
        self._grid, self._spread = grid, spread
        grid.copy_wanted.connect(spread.copy)
        grid.cut_wanted.connect(self.cut)
        grid.paste_wanted.connect(self.paste)
        grid.fill_wanted.connect(self.fill_down)
        grid.empty_wanted.connect(self.empty)

    def cut(self) -> None:
        self._spread.copy()
        self.empty()

    def empty(self) -> None:
        lines, keys = self._chosen()
        self._change(emptied(lines, keys, self._spread.editable))

    def fill_down(self) -> None:
        rows, columns = self._grid.chosen_rows(), self._grid.chosen_columns()
        if len(rows) > 1:
            lines, keys = self._chosen()
            model, edit = self._grid.model(), Qt.ItemDataRole.EditRole
            first = [str(model.index(rows[0], column).data(edit) or "") for column in columns]
            self._change(filled_down(first, lines[1:], keys, self._spread.editable))

    def paste(self) -> None:
        rows, columns = self._grid.chosen_rows(), self._grid.chosen_columns()
        if not rows:
            return
        pasted = landed(
            QGuiApplication.clipboard().text(),
            self._spread.lines()[rows[0] :],
            self._spread.keys()[columns[0] :],
            editable=self._spread.editable,
            tall=len(rows),
            wide=len(columns),
        )
        beyond = tr("ui.roster.paste_beyond", count=pasted.beyond) if pasted.beyond else ""
        if pasted.cells:
            self._spread.change(pasted.cells, beyond)
        elif beyond:
            self._spread.tell("warning", tr("ui.roster.paste_nothing"), beyond)

    def _chosen(self) -> tuple[Sequence[int], Sequence[str]]:
        lines, keys = self._spread.lines(), self._spread.keys()
        return (
            [lines[row] for row in self._grid.chosen_rows()],
            [keys[column] for column in self._grid.chosen_columns()],
        )

    def _change(self, cells: Sequence[Cell]) -> None:
        if cells:
            self._spread.change(cells, "")
