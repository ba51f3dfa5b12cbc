"""The people as a grid: typing, choosing, copying and pasting as in a spreadsheet."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.ui.roster.presenter import NAME
from desktop.ui.roster.table import WAITING, RosterModel
from desktop.ui.widgets.column_grid import ColumnGrid

Index = QModelIndex | QPersistentModelIndex


class RosterGrid(ColumnGrid):
    """Emits what the person wants; the view does it."""

    person_wanted = Signal(int)
    """number of the person"""

    def __init__(self, model: RosterModel) -> None:
        super().__init__(model, "ui.roster.grid", kept=NAME, corner_code="ui.roster.select_all")
        self.people = model
        self.frozen.doubleClicked.connect(self._name_pressed)
        self.verticalHeader().sectionDoubleClicked.connect(self._open)

    def _name_pressed(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._open(index.row())

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.people.ids):
            self.person_wanted.emit(self.people.ids[row])

    def chosen_people(self) -> list[int]:
        return [self.people.ids[row] for row in self.chosen_rows()]

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Return and control:
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def edit(self, index: Index, *rest: object) -> bool | None:  # type: ignore[override]  # Qt has two forms of it
        """A cell whose value is not there yet cannot be typed over: one would not see what."""
        if index.data() == WAITING:
            return False
        return super().edit(index, *rest)
