"""The people as a grid: typing, choosing, copying and pasting as in a spreadsheet."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.field_values import choices
from desktop.ui.roster.table import WAITING, RosterModel
from desktop.ui.texts import tr
from desktop.ui.widgets.cells_grid import ChosenDelegate
from desktop.ui.widgets.frozen import FrozenGrid

Index = QModelIndex | QPersistentModelIndex


class PeopleDelegate(ChosenDelegate):
    """Few values are a drop-down."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        offered = choices(model.fields[index.column()]) if isinstance(model, RosterModel) else ()
        if not offered:
            return super().createEditor(parent, option, index)
        made = QComboBox(parent)
        made.addItem("", "")
        for value, words in offered:
            made.addItem(words, value)
        made.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        made.activated.connect(lambda _: self._take(made))
        return made

    def _take(self, editor: QComboBox) -> None:
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
        else:
            super().setModelData(editor, model, index)


class RosterGrid(FrozenGrid):
    """Emits what the person wants; the view does it."""

    person_wanted = Signal(int)
    """number of the person"""
    filter_wanted = Signal(str)
    """field key"""
    hide_wanted = Signal(str)

    def __init__(self, model: RosterModel) -> None:
        super().__init__(model, "ui.roster.grid", "ui.roster.names", "ui.roster.select_all")
        self.people = model
        self.setItemDelegate(PeopleDelegate(self))
        self.frozen.setItemDelegate(PeopleDelegate(self))
        self.frozen.doubleClicked.connect(lambda index: self._open(index.row()))
        self.verticalHeader().sectionDoubleClicked.connect(self._open)
        for header in (self.horizontalHeader(), self.frozen.horizontalHeader()):
            # a head that shares the selection asks every row of its column: seconds for all people
            header.setSelectionModel(QItemSelectionModel(model, header))
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.horizontalHeader().customContextMenuRequested.connect(self._head_menu)
        self.frozen.horizontalHeader().customContextMenuRequested.connect(self._head_menu)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.people.ids):
            self.person_wanted.emit(self.people.ids[row])

    def _head_menu(self, where: QPoint) -> None:
        header = self.sender()
        column = self.horizontalHeader().logicalIndexAt(where)
        if header is self.frozen.horizontalHeader():
            column = 0
        menu = self.head_menu(column)
        menu.exec(self.horizontalHeader().mapToGlobal(where))

    def head_menu(self, column: int) -> QMenu:
        """What can be done with a column."""
        key = self.people.fields[column].key
        menu = QMenu(self)
        menu.addAction(tr("ui.roster.filter_column"), lambda: self.filter_wanted.emit(key))
        if column:
            menu.addAction(tr("ui.roster.hide_column"), lambda: self.hide_wanted.emit(key))
        return menu

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
