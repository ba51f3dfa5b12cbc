"""The Qt models of the month: the list of lines, and the row of one movement."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QFont

from desktop.ui.month.lines import Decisions, Head, Line, Verdict, lines_of
from desktop.ui.month.presenter import MonthPresenter
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon
from desktop.ui.widgets.lines_model import FIELD_KEY, ROOT, Index
from forms.months.model import Proposal, Proposed, Question

HEADS = (
    *("ui.month.verdict", "ui.month.person", "ui.month.kind"),
    *("ui.month.months", "ui.month.cost", "ui.month.deadline"),
)
KIND, COST, DEADLINE = 2, 4, 5


class MonthModel(QAbstractTableModel):
    """Lines of a proposal with what was decided of each."""

    def __init__(self, presenter: MonthPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.lines: tuple[Line, ...] = ()
        self.decisions: Decisions | None = None

    def show(self, proposal: Proposal | None) -> None:
        self.beginResetModel()
        self.decisions = Decisions(proposal) if proposal else None
        self.lines = lines_of(proposal) if proposal else ()
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def heads(self) -> list[int]:
        return [row for row, line in enumerate(self.lines) if isinstance(line, Head)]

    def asked(self) -> list[int]:
        return [row for row, line in enumerate(self.lines) if isinstance(line, Question)]

    def decided(self, row: int) -> None:
        """The verdict of this line may have changed."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The arrow keys pass over the heads."""
        if isinstance(self.line(index.row()), Head):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None or self.decisions is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._presenter.cells(line, self.decisions)[index.column()]
        if isinstance(line, Head):
            return _head_look(role)
        return self._look(line, index.column(), role, self.decisions)

    def _look(self, line: Question | Proposed, column: int, role: int, decisions: Decisions) -> Any:
        verdict = decisions.verdict(line)
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon(self._presenter.looks(verdict))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COST:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.BackgroundRole and verdict is Verdict.OPEN:
            return colour("cell_open")
        if role == Qt.ItemDataRole.ForegroundRole:
            if verdict is Verdict.REJECTED:
                return colour("faint")
            urgent = isinstance(line, Proposed) and self._presenter.is_urgent(line)
            return colour("late") if urgent and column == DEADLINE else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(HEADS[section])
        return None


def _head_look(role: int) -> Any:
    if role == Qt.ItemDataRole.BackgroundRole:
        return colour("group_head")
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    if role == Qt.ItemDataRole.ForegroundRole:
        return colour("ink")
    return None


class RowModel(QAbstractTableModel):
    """The row a movement becomes: (field, value), the value to be typed over."""

    def __init__(self, presenter: MonthPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._decisions: Decisions | None = None
        self.movement: Proposed | None = None
        self.keys: Sequence[str] = ()

    def show(self, movement: Proposed | None, decisions: Decisions | None) -> None:
        self.beginResetModel()
        self.movement, self._decisions = movement, decisions
        self.keys = self._presenter.keys(movement) if movement else ()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == 1 else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.movement is None or self._decisions is None:
            return None
        key = self.keys[index.row()]
        if role == FIELD_KEY:
            return key
        value = self._decisions.value(self.movement, key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            titles = self._presenter.titles
            return titles.title(key) if index.column() == 0 else titles.shown(key, value)
        if role == Qt.ItemDataRole.EditRole:
            return value
        changed = key in self._decisions.changes.get(self.movement.id, {})
        if role == Qt.ItemDataRole.BackgroundRole and changed and index.column() == 1:
            return colour("cell_warning")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if self.movement is None or self._decisions is None or role != Qt.ItemDataRole.EditRole:
            return False
        self._decisions.change(self.movement, self.keys[index.row()], str(value).strip())
        self.dataChanged.emit(self.index(index.row(), 0), index)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(("ui.month.row.field", "ui.month.row.value")[section])
        return None
