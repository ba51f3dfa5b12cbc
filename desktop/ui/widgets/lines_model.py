"""A small list of lines as a Qt table model; screens say what stands in each column."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.ui.texts import tr

Line = TypeVar("Line")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
FIELD_KEY = Qt.ItemDataRole.UserRole + 31
"""of a column's head: the key of its field, for whoever explains it"""


class LinesModel(QAbstractTableModel, Generic[Line]):
    """Column heads by code; cells by one function per line; tooltip = full text."""

    def __init__(
        self,
        heads: Sequence[str],
        cells: Callable[[Line], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._heads = heads
        self._cells = cells
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def line(self, index: Index) -> Line | None:
        row = index.row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cells(line)[index.column()]
        return self.decoration(line, index.column(), role)

    def decoration(self, line: Line, column: int, role: int) -> Any:
        """Icons and colours; a screen may say more."""

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(self._heads[section])
        return None
