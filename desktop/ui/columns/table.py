"""The Qt models of the columns and of the preview."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.services.workbooks_api import Preview
from desktop.ui.columns.lines import ColumnLine, Trust
from desktop.ui.columns.presenter import ColumnsPresenter
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon
from desktop.ui.widgets.field_choice import FieldChoice
from desktop.ui.widgets.lines_model import ROOT, Index, LinesModel

HEADS = (
    *("ui.columns.column", "ui.columns.heading", "ui.columns.samples"),
    *("ui.columns.field", "ui.columns.trust"),
)
COLUMN, HEADING, FIELD, TRUST = 0, 1, 3, 4
LOOKS = {
    Trust.SAID: "done",
    Trust.REMEMBERED: "done",
    Trust.SURE: "done",
    Trust.LIKELY: "warning",
    Trust.UNKNOWN: "question",
}
PAPER = {"changed": "cell_warning", "refused": "cell_error"}


Offered = tuple[tuple[str, str], ...]
"""(answer, words) of each line"""


class ColumnsModel(LinesModel[ColumnLine]):
    """Emits ``said`` (column, field key) when a person chose."""

    said = Signal(str, str)

    def __init__(self, presenter: ColumnsPresenter) -> None:
        super().__init__(HEADS, presenter.cells)
        self._presenter = presenter

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD else usual

    def decoration(self, line: ColumnLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == TRUST:
            return icon(LOOKS[line.trust])
        if role == Qt.ItemDataRole.DecorationRole and column == FIELD:
            return icon("down")
        if role == Qt.ItemDataRole.BackgroundRole and column == FIELD:
            return colour("cell_choice")
        if role == Qt.ItemDataRole.EditRole and column == FIELD:
            return line.answer
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line and role == Qt.ItemDataRole.ToolTipRole and index.column() == TRUST:
            return self._presenter.why(line) or super().data(index, role)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index)
        if line is None or role != Qt.ItemDataRole.EditRole or value == line.answer:
            return False
        self.said.emit(line.guess.column, str(value))
        return True

    def change(self, lines: tuple[ColumnLine, ...]) -> None:
        """The same columns, taken for something else: the place is kept."""
        self._lines = lines
        if lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(HEADS) - 1))


class FieldDelegate(QStyledItemDelegate):
    """The drop-down of all fields, found without diacritics. ``offered``: by column."""

    def __init__(self, offered: Callable[[str], Offered], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = offered

    def createEditor(self, parent: QWidget, _: QStyleOptionViewItem, index: Index) -> QWidget:
        made = FieldChoice("ui.columns.field", parent)
        column = str(index.sibling(index.row(), COLUMN).data())
        made.offer(self._offered(column), str(index.data(Qt.ItemDataRole.EditRole) or ""))
        made.picked.connect(lambda _: self._take(made))
        typing = made.lineEdit()
        if typing is not None:
            typing.selectAll()
        return made

    def _take(self, editor: FieldChoice) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Filled once, when it was made."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FieldChoice):
            model.setData(index, editor.value)


class PreviewModel(QAbstractTableModel):
    """The first rows as they will be taken."""

    def __init__(self, presenter: ColumnsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._preview = Preview(keys=(), rows=(), changed=(), refused=())
        self._heads: tuple[str, ...] = ()
        self._marks: Mapping[tuple[int, int], str] = {}

    def show(self, preview: Preview) -> None:
        self.beginResetModel()
        self._preview = preview
        self._heads = self._presenter.headings(preview)
        self._marks = self._presenter.marks(preview)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._preview.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        mark = self._marks.get((row, column))
        if role == Qt.ItemDataRole.DisplayRole:
            cells = self._preview.rows[row]
            value = cells[column] if column < len(cells) else ""
            return self._presenter.titles.shown(self._preview.keys[column], value)
        if role == Qt.ItemDataRole.BackgroundRole and mark:
            return colour(PAPER[mark])
        if role == Qt.ItemDataRole.DecorationRole and mark == "refused":
            return icon("error")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return tr(f"ui.columns.mark.{mark}") if mark else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return section + 1 if orientation == Qt.Orientation.Vertical else self._heads[section]
