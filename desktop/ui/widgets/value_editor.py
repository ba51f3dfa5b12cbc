"""Typing into a cell: few values are a drop-down, codes are found by typing, the rest is text."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.code_choice import Choice, CodeField
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import name
from desktop.ui.widgets.cells_grid import ChosenDelegate

Index = QModelIndex | QPersistentModelIndex
LINES = 10
WIDTH = 340
"""px at least, of the list of codes"""
CHOICE = Qt.ItemDataRole.UserRole
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: LINES,
    Qt.Key.Key_PageUp: -LINES,
}


@runtime_checkable
class FewValues(Protocol):
    """A model of whose columns some have few values."""

    def few(self, column: int) -> tuple[tuple[str, str], ...]:
        """(value, words) where there are only few; empty where it is typed."""
        ...


@runtime_checkable
class CodeValues(Protocol):
    """A model of which some cells hold codes of long lists."""

    def codes(self, row: int, column: int) -> CodeField | None:
        """None where no codes of a long list stand."""
        ...


class CodeEdit(QLineEdit):
    """A line with the codes that fit what is typed below it. Emits ``picked`` after a click.

    The list never takes the keyboard: Tab and Enter do in the cell what they always do.
    """

    picked = Signal()

    def __init__(self, field: CodeField, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._choice: Choice | None = None
        self.list = QListWidget(parent.window())
        name(self.list, "ui.grid.codes")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        self.list.itemClicked.connect(self._clicked)
        self.textEdited.connect(self._typed)
        self.destroyed.connect(self.list.deleteLater)

    @property
    def value(self) -> str:
        """What is to be written: the line pointed at, else what was typed means."""
        if self._choice is not None:
            return self._field.written(self._choice)
        return self._field.settled(self.text())

    def _typed(self, text: str) -> None:
        self._choice = None
        self._offer(text)

    def _offer(self, text: str) -> None:
        self.list.clear()
        for choice in self._field.offers(text):
            item = QListWidgetItem(choice.words)
            item.setData(CHOICE, choice)
            self.list.addItem(item)
        self.list.setVisible(bool(self.list.count()))
        self._place_list()
        meant = self._field.settled(text)
        alone = [row for row in range(self.list.count()) if self._written(row) == meant]
        self._point(alone[0] if alone and text.strip() else -1)

    def _written(self, row: int) -> str:
        return self._field.written(self.list.item(row).data(CHOICE))

    def _point(self, row: int) -> None:
        """What is pointed at is what Tab takes, and what a screen reader says."""
        self.list.setCurrentRow(row)
        said = self.list.item(row).text() if row >= 0 else ""
        self.setAccessibleDescription(said)

    def _place_list(self) -> None:
        """Below the cell, above it where there is no room."""
        window = self.window()
        high = self.list.sizeHintForRow(0) * min(LINES, max(1, self.list.count())) + 6
        wide = min(max(scaled(WIDTH), self.width()), window.width())
        where = self.mapTo(window, QPoint(0, self.height()))
        if where.y() + high > window.height():
            where.setY(max(0, where.y() - self.height() - high))
        left = max(0, min(where.x(), window.width() - wide))
        self.list.setGeometry(left, where.y(), wide, high)
        self.list.raise_()

    def _clicked(self, item: QListWidgetItem) -> None:
        self._choice = item.data(CHOICE)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self.list.isHidden():
            self._offer("")
        else:
            self._step(step)

    def _step(self, step: int) -> None:
        here = self.list.currentRow()
        row = max(0, min(here + step if here >= 0 else 0, self.list.count() - 1))
        if self.list.count():
            self._choice = self.list.item(row).data(CHOICE)
            self._point(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._offer(self.text())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.hide()


class ValueDelegate(ChosenDelegate):
    """Asks the model what may stand in the cell."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = self._editor(parent, index)
        if made is None:
            return super().createEditor(parent, option, index)
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        made.setAccessibleName(str(head))
        return made

    def _editor(self, parent: QWidget, index: Index) -> QWidget | None:
        model = index.model()
        few = model.few(index.column()) if isinstance(model, FewValues) else ()
        if few:
            return self._drop_down(parent, few)
        codes = None
        if isinstance(model, CodeValues):
            codes = model.codes(index.row(), index.column())
        return self._code_edit(parent, codes) if codes else None

    def _drop_down(self, parent: QWidget, few: tuple[tuple[str, str], ...]) -> QComboBox:
        made = QComboBox(parent)
        made.addItem("", "")
        for value, words in few:
            made.addItem(words, value)
        made.activated.connect(lambda _: self._take(made))
        return made

    def _code_edit(self, parent: QWidget, codes: CodeField) -> CodeEdit:
        made = CodeEdit(codes, parent)
        made.picked.connect(lambda: self._take(made))
        return made

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            if not editor.property("filled"):
                editor.setProperty("filled", True)
                editor.setCurrentIndex(max(0, editor.findText(str(index.data()))))
            return
        super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, CodeEdit):
            model.setData(index, editor.value)
        else:
            super().setModelData(editor, model, index)
