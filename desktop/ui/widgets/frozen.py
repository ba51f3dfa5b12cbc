"""A grid whose first column stays where it is while the others scroll."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QTableView

from desktop.ui.widgets.basics import name
from desktop.ui.widgets.cells_grid import CellsGrid
from desktop.ui.widgets.grid import row_height

Index = QModelIndex | QPersistentModelIndex
FIRST = 0


class FrozenGrid(CellsGrid):
    """``frozen`` lies over the first column and shares model, selection and rows with the grid.

    Emits ``head_pressed`` with the column whose head was clicked.
    """

    head_pressed = Signal(int)

    def __init__(
        self, model: QAbstractItemModel, name_code: str, first_code: str, corner_code: str
    ) -> None:
        super().__init__(model, name_code)
        self.frozen = QTableView(self)
        name(self.frozen, first_code)
        corner = self.findChild(QAbstractButton)
        if isinstance(corner, QAbstractButton):
            name(corner, corner_code)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_frozen()
        self._keep_together()

    def _dress_frozen(self) -> None:
        over = self.frozen
        over.setModel(self.model())
        over.setSelectionModel(self.selectionModel())
        over.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.setFocusProxy(self)
        over.verticalHeader().hide()
        over.verticalHeader().setDefaultSectionSize(row_height())
        over.setAlternatingRowColors(True)
        over.setWordWrap(False)
        over.setItemDelegate(self.itemDelegate())
        over.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        over.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        over.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        over.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        over.horizontalHeader().setDefaultAlignment(self.horizontalHeader().defaultAlignment())
        over.setStyleSheet("QTableView { border: none; border-right: 2px solid #98a6b5; }")
        self.viewport().stackUnder(over)

    def _keep_together(self) -> None:
        for header in (self.horizontalHeader(), self.frozen.horizontalHeader()):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            header.sectionClicked.connect(self.head_pressed)
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.frozen.horizontalHeader().sectionResized.connect(self._resized)
        self.model().modelReset.connect(self.arrange)
        mine, over = self.verticalScrollBar(), self.frozen.verticalScrollBar()
        mine.valueChanged.connect(over.setValue)
        over.valueChanged.connect(mine.setValue)

    def show_sorted(self, column: int, *, ascending: bool) -> None:
        """The arrow in the heads; -1 for none."""
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        for header in (self.horizontalHeader(), self.frozen.horizontalHeader()):
            header.setSortIndicator(column, order)

    def arrange(self) -> None:
        """After the columns were changed: only the first one lies on top."""
        for column in range(self.model().columnCount()):
            self.frozen.setColumnHidden(column, column != FIRST)
        self.frozen.setColumnWidth(FIRST, self.columnWidth(FIRST))
        self._place()

    def _resized(self, column: int, _: int, width: int) -> None:
        if column == FIRST:
            for view in (self, self.frozen):
                if view.columnWidth(FIRST) != width:
                    view.setColumnWidth(FIRST, width)
            self._place()

    def _place(self) -> None:
        frame = self.frameWidth()
        left = self.verticalHeader().width() + frame
        high = self.viewport().height() + self.horizontalHeader().height()
        self.frozen.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
        self.frozen.setGeometry(QRect(left, frame, self.columnWidth(FIRST), high))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "frozen"):
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """A cell reached from the right must not stay under the first column."""
        found = super().moveCursor(action, modifiers)
        hidden = self.columnWidth(FIRST) - self.visualRect(found).left()
        if found.column() != FIRST and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
        return found

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """The first column is always seen; only its row need be."""
        if index.column() != FIRST:
            super().scrollTo(index, hint)
            return
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(before)
