"""A grid whose first columns stay where they are while the others scroll."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from desktop.ui.theme import colour
from desktop.ui.widgets.basics import name
from desktop.ui.widgets.cells_grid import CellsGrid, ChosenDelegate
from desktop.ui.widgets.grid import row_height

Index = QModelIndex | QPersistentModelIndex
MOST = 0.7
"""of the grid's width that may stand still: the rest must have room to scroll"""


class _Still(QTableView):
    """What happens when its editor closes is the grid's to say."""

    def __init__(self, grid: "FrozenGrid") -> None:
        super().__init__(grid)
        self._grid = grid

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        steps = {
            hints.EditNextItem: QAbstractItemView.CursorAction.MoveNext,
            hints.EditPreviousItem: QAbstractItemView.CursorAction.MovePrevious,
        }
        super().closeEditor(editor, hints.NoHint if hint in steps else hint)
        if hint in steps:
            self._grid.edit_next(steps[hint])
        else:
            self._grid.after_editor(hint)


class FrozenGrid(CellsGrid):
    """``frozen`` lies over the first columns and shares model, selection and rows with the grid.

    Emits ``head_pressed`` with the column whose head was clicked, ``widened`` when a column got
    another width by hand.
    """

    head_pressed = Signal(int)
    widened = Signal()

    def __init__(
        self, model: QAbstractItemModel, name_code: str, first_code: str, corner_code: str
    ) -> None:
        super().__init__(model, name_code)
        self._still_wanted = 1
        self._arranging = False
        self.frozen = _Still(self)
        name(self.frozen, first_code)
        corner = self.findChild(QAbstractButton)
        if isinstance(corner, QAbstractButton):
            name(corner, corner_code)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_frozen()
        self._keep_together()

    @property
    def heads(self) -> tuple[QHeaderView, QHeaderView]:
        return self.horizontalHeader(), self.frozen.horizontalHeader()

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
        over.setItemDelegate(ChosenDelegate(over))
        triggers = QAbstractItemView.EditTrigger
        over.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        over.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        over.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        over.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        over.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        over.horizontalHeader().setDefaultAlignment(self.horizontalHeader().defaultAlignment())
        edge = colour("edge").name()
        over.setStyleSheet(f"QTableView {{ border: none; border-right: 2px solid {edge}; }}")
        self.viewport().stackUnder(over)

    def edit(self, index: Index, *rest: object) -> bool | None:  # type: ignore[override]  # Qt has two forms of it
        """A cell that stands still is typed over where it lies on top."""
        trigger = rest[0] if rest else None
        if index.column() >= self.still or not _opens(trigger, self.editTriggers()):
            return super().edit(index, *rest)
        return bool(self.frozen.edit(index, *rest)) if rest else self.frozen.edit(index)

    def edit_next(self, action: QAbstractItemView.CursorAction) -> None:
        """Tab in an editor goes on to the next cell."""
        found = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if found.isValid():
            self.setCurrentIndex(found)
            if found.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(found)

    def finish_typing(self) -> None:
        super().finish_typing()
        editor = self.frozen.viewport().findChild(QLineEdit)
        if isinstance(editor, QLineEdit) and self.frozen.state() is self.State.EditingState:
            self.frozen.commitData(editor)
            self.frozen.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def use_delegates(self, kind: type[ChosenDelegate]) -> None:
        """One for each of the two: an editor belongs to one of them."""
        self.setItemDelegate(kind(self))
        self.frozen.setItemDelegate(kind(self.frozen))

    def _keep_together(self) -> None:
        for header in self.heads:
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorClearable(True)
            header.sectionClicked.connect(self.head_pressed)
            header.sectionResized.connect(self._resized)
            # a head that shares the selection asks every row of its column: seconds for many rows
            header.setSelectionModel(QItemSelectionModel(self.model(), header))
        side = self.verticalHeader()
        side.setSelectionModel(QItemSelectionModel(self.model(), side))
        self.model().modelReset.connect(self.arrange)
        mine, over = self.verticalScrollBar(), self.frozen.verticalScrollBar()
        mine.valueChanged.connect(over.setValue)
        over.valueChanged.connect(mine.setValue)

    def show_sorted(self, column: int, *, ascending: bool) -> None:
        """The arrow in the heads; -1 for none."""
        order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
        for header in self.heads:
            header.setSortIndicator(column, order)

    # ---- what stands still

    def freeze(self, columns: int) -> None:
        """So many from the left, as far as there is room for them."""
        self._still_wanted = columns
        self.arrange()

    @property
    def still(self) -> int:
        """How many columns stand still now."""
        most, left, count = MOST * self.viewport().width(), 0, 0
        for column in range(min(self._still_wanted, self._across)):
            left += self.columnWidth(column)
            if left > most and count:
                break
            count += 1
        return count

    @property
    def _across(self) -> int:
        """Columns; there is no model while the window is taken down."""
        return self.model().columnCount() if self.model() else 0

    def arrange(self) -> None:
        """After the columns were changed: only the first ones lie on top."""
        still = self.still
        self._arranging = True
        for column in range(self._across):
            self.frozen.setColumnHidden(column, column >= still)
            if column < still:
                self.frozen.setColumnWidth(column, self.columnWidth(column))
        self._arranging = False
        self._place()

    def set_width(self, column: int, width: int) -> None:
        """Not by hand: nobody is told."""
        self._arranging = True
        self.setColumnWidth(column, width)
        self._arranging = False

    def _resized(self, column: int, _: int, width: int) -> None:
        if self._arranging or not width:
            return
        self._arranging = True
        for view in (self, self.frozen):
            if not view.isColumnHidden(column) and view.columnWidth(column) != width:
                view.setColumnWidth(column, width)
        self._arranging = False
        self.widened.emit()
        self._place()

    @property
    def still_width(self) -> int:
        """px, of the columns that stand still."""
        return sum(self.columnWidth(column) for column in range(self.still))

    def _place(self) -> None:
        frame = self.frameWidth()
        left = self.verticalHeader().width() + frame
        high = self.viewport().height() + self.horizontalHeader().height()
        width = self.still_width
        self.frozen.setVisible(width > 0)
        self.frozen.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
        self.frozen.setGeometry(QRect(left, frame, width, high))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "frozen"):
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower window may have no room for all of them."""
        super().resizeEvent(event)
        self.arrange()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """A cell reached from the right must not stay under the first columns."""
        found = super().moveCursor(action, modifiers)
        self._uncover(found)
        return found

    def _uncover(self, index: Index) -> None:
        hidden = self.still_width - self.visualRect(index).left()
        if index.column() >= self.still and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """The first columns are always seen; only their row need be."""
        if index.column() >= self.still:
            super().scrollTo(index, hint)
            self._uncover(index)
            return
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(before)


def _opens(trigger: object, triggers: QAbstractItemView.EditTrigger) -> bool:
    """None: asked for by the program."""
    return trigger is None or (
        isinstance(trigger, QAbstractItemView.EditTrigger) and bool(trigger & triggers)
    )
