"""Tables that behave alike: keyboard first, whole rows or single cells."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.theme import colour, scaled
from desktop.ui.widgets.basics import name

ROW_HEIGHT = 30
TWO_LINES = 46


def row_height() -> int:
    """px, of one line in the letters of now."""
    return scaled(ROW_HEIGHT)


def two_lines() -> int:
    return scaled(TWO_LINES)


class CellDelegate(QStyledItemDelegate):
    """Frames the current cell and keeps its colour, as Excel does.

    Fills an editor once: news from elsewhere must not overwrite what is being typed.
    """

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        super().paint(painter, option, index)
        if chosen:
            painter.save()
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)


class Grid(QTableView):
    """A read-only list by rows; with ``cells`` a grid whose cells can be typed over."""

    def __init__(self, model: QAbstractItemModel, name_code: str, *, cells: bool = False) -> None:
        super().__init__()
        self.setModel(model)
        name(self, name_code)
        self._cells = cells
        self._modest = 0
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if cells else behaviour.SelectRows)
        self.setEditTriggers(self._triggers())
        if cells:
            self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.verticalHeader().setVisible(cells)
        self.horizontalHeader().setHighlightSections(cells)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _triggers(self) -> QAbstractItemView.EditTrigger:
        kinds = QAbstractItemView.EditTrigger
        if not self._cells:
            return kinds.NoEditTriggers
        return kinds.DoubleClicked | kinds.EditKeyPressed | kinds.AnyKeyPressed

    def two_lines(self) -> None:
        """Every row has room for two lines: cheap for any number of rows."""
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(two_lines())

    def wrap_all(self) -> None:
        """Rows as high as their text; for short lists only."""
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def widths(self, *pixels: int, stretch: int | None = None) -> None:
        """Column widths in order; one column may take what is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(pixels):
            header.resizeSection(column, width)
        if stretch is not None:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def be_modest(self, pixels: int) -> None:
        """Wants no more height than this, and takes all that is left over."""
        self._modest = pixels

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width(), scaled(self._modest)) if self._modest else usual

    def finish_typing(self) -> None:
        """What stands in an open editor counts as entered."""
        editor = self.viewport().findChild(QLineEdit)
        if isinstance(editor, QLineEdit) and self.state() is self.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a cell as it does in Excel; in a list it activates the row."""
        typing = self.state() is QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not typing:
            here = self.currentIndex()
            if self._cells and here.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(here)
                return
        super().keyPressEvent(event)
