"""A frozen grid whose columns can be sorted, narrowed by, hidden and made to stand still."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

from desktop.ui.grid_layout import GridLayout
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.frozen import FrozenGrid
from desktop.ui.widgets.lines_model import FIELD_KEY
from desktop.ui.widgets.value_editor import ValueDelegate

USUAL = 100
"""px that are measured in the letters of now"""


class ColumnGrid(FrozenGrid):
    """Emits what the person wants; the view does it. Columns are named by their field's key.

    ``kept``: key of the column that is never hidden, up to which the grid stands still at first.
    """

    sort_wanted = Signal(str, object)
    """(key, ascending); None: as declared"""
    filter_wanted = Signal(str)
    hide_wanted = Signal(str)
    freeze_wanted = Signal(str)
    """key of the last column that is to stand still; empty: none"""

    def __init__(
        self, model: QAbstractItemModel, name_code: str, *, kept: str, corner_code: str
    ) -> None:
        super().__init__(model, name_code, "ui.grid.frozen", corner_code)
        self.kept = kept
        self.use_delegates(ValueDelegate)
        for header in self.heads:
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(self._menu_at)

    # ---- what a column is

    @property
    def keys(self) -> list[str]:
        """Field keys of the columns shown."""
        return [self.key_of(column) for column in range(self.model().columnCount())]

    def key_of(self, column: int) -> str:
        head = self.model().headerData(column, Qt.Orientation.Horizontal, FIELD_KEY)
        return str(head or "")

    # ---- how it is laid out

    def lay_columns(self, layout: GridLayout, usual: Mapping[str, int]) -> None:
        """``usual``: key → px of columns that nobody made wider or narrower."""
        keys = self.keys
        for column, key in enumerate(keys):
            chosen = layout.widths.get(key)
            self.set_width(column, scaled(chosen) if chosen else usual[key])
        self.freeze(layout.frozen_count(keys, self.kept))

    @property
    def widths_now(self) -> dict[str, int]:
        """key → px in letters of the usual size, of the columns shown."""
        unit = scaled(USUAL) / USUAL
        return {key: round(self.columnWidth(at) / unit) for at, key in enumerate(self.keys)}

    def show_sort(self, key: str, *, ascending: bool) -> None:
        """The arrow in the head of this field; empty for none."""
        keys = self.keys
        self.show_sorted(keys.index(key) if key in keys else -1, ascending=ascending)

    # ---- what can be done with one

    def _menu_at(self, where: QPoint) -> None:
        header = self.frozen.horizontalHeader()
        mine = self.horizontalHeader()
        still = header if self.sender() is header else mine
        column = still.logicalIndexAt(where)
        if column >= 0:
            self.head_menu(column).exec(still.mapToGlobal(where))

    def open_menu(self) -> None:
        """Of the column one stands in, below its head."""
        column = max(0, self.currentIndex().column())
        if column < self.model().columnCount():
            head = self.heads[1 if column < self.still else 0]
            where = QPoint(head.sectionViewportPosition(column), head.height())
            self.head_menu(column).exec(head.mapToGlobal(where))

    def head_menu(self, column: int) -> QMenu:
        key, menu = self.key_of(column), QMenu(self)
        for code, ascending in (
            ("ui.grid.sort_up", True),
            ("ui.grid.sort_down", False),
            ("ui.grid.sort_none", None),
        ):
            self._add(menu, code, partial(self.sort_wanted.emit, key, ascending))
        menu.addSeparator()
        self._add(menu, "ui.grid.filter_column", partial(self.filter_wanted.emit, key))
        if key != self.kept:
            self._add(menu, "ui.grid.hide_column", partial(self.hide_wanted.emit, key))
        self._add(menu, "ui.grid.freeze", partial(self.freeze_wanted.emit, key))
        if self.still:
            self._add(menu, "ui.grid.thaw", partial(self.freeze_wanted.emit, ""))
        return menu

    def _add(self, menu: QMenu, code: str, done: Callable[[], object]) -> QAction:
        made = menu.addAction(tr(code))
        made.triggered.connect(lambda _=False: done())
        return made

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_menu()
        else:
            super().keyPressEvent(event)
