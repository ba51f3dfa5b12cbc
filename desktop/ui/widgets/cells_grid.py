"""A grid with the keys of a spreadsheet: choose, copy, cut, paste, fill down, empty."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme import colour
from desktop.ui.widgets.cell_look import CellPainter, Look, Looks
from desktop.ui.widgets.grid import CellDelegate, Grid

Index = QModelIndex | QPersistentModelIndex
Keys = QKeySequence.StandardKey
SELECTED = QStyle.StateFlag.State_Selected.value


class ChosenDelegate(CellDelegate):
    """Chosen cells are tinted, the current one is framed.

    A model that has ``look`` is asked once for all that is painted of a cell.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cells = CellPainter()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state.value & SELECTED)
        looks: Looks | None = getattr(index.model(), "look", None)
        if looks is None:
            covered = self._paint_styled(painter, option, index, chosen=chosen)
        else:
            look = looks(index.row(), index.column())
            covered = self._paint_look(painter, option, look, chosen=chosen)
        view = option.widget
        if isinstance(view, QAbstractItemView) and index == view.currentIndex():
            _frame(painter, option.rect, 2)
        elif chosen and covered:
            _frame(painter, option.rect, 1)  # a red or yellow cell covers the tint

    def _paint_styled(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, chosen: bool
    ) -> bool:
        """Whether the cell has a paper of its own."""
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        if chosen:
            painter.fillRect(option.rect, colour("chosen"))
        QStyledItemDelegate.paint(self, painter, option, index)
        return index.data(Qt.ItemDataRole.BackgroundRole) is not None

    def _paint_look(
        self, painter: QPainter, option: QStyleOptionViewItem, look: Look, *, chosen: bool
    ) -> bool:
        rect, paper = option.rect, look.paper
        if paper is not None or chosen:
            painter.fillRect(rect, paper or colour("chosen"))
        self._cells.paint(painter, rect, look, colour("ink"), option.font)
        return paper is not None


def _frame(painter: QPainter, cell: QRect, width: int) -> None:
    painter.save()
    painter.setPen(QPen(colour("accent"), width))
    painter.drawRect(cell.adjusted(1, 1, -1, -1))
    painter.restore()


class CellsGrid(Grid):
    """Emits what the person wants; the view does it."""

    copy_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    fill_wanted = Signal()
    """Ctrl+D: what stands in the topmost chosen row goes into those below"""
    empty_wanted = Signal()

    def __init__(self, model: QAbstractItemModel, name_code: str) -> None:
        super().__init__(model, name_code, cells=True)
        self.setItemDelegate(ChosenDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    # ---- what is chosen

    def _parts(self) -> Iterator[QItemSelectionRange]:
        """Whole ranges, for a hundred thousand rows can be chosen at once."""
        chosen = self.selectionModel().selection()
        return (chosen.at(place) for place in range(chosen.count()))

    def chosen_rows(self) -> list[int]:
        """Ascending."""
        rows: set[int] = set()
        for part in self._parts():
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def chosen_columns(self) -> list[int]:
        columns: set[int] = set()
        for part in self._parts():
            columns.update(range(part.left(), part.right() + 1))
        return sorted(columns)

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self.state() is QAbstractItemView.State.EditingState
        wanted = None if typing else self._wanted(event)
        if wanted is not None:
            wanted.emit()
        else:
            super().keyPressEvent(event)

    def _wanted(self, event: QKeyEvent) -> SignalInstance | None:
        """The signal of a key, if it has one."""
        by_keys = (
            (Keys.Copy, self.copy_wanted),
            (Keys.Cut, self.cut_wanted),
            (Keys.Paste, self.paste_wanted),
            (Keys.Delete, self.empty_wanted),
        )
        for keys, signal in by_keys:
            if event.matches(keys):
                return signal
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self.fill_wanted if control and event.key() == Qt.Key.Key_D else None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.after_editor(hint)

    def after_editor(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down, as in a spreadsheet."""
        here = self.currentIndex()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and here.isValid():
            below = here.siblingAtRow(here.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
