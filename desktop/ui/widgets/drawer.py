"""What opens beside a grid: the frame of each, and the one that chooses columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, label, name, set_role

WIDTH = 318
LEAST = 50
"""px, of the list's height"""
KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A column that may be shown. ``kept``: it always is."""

    key: str
    title: str
    group: str = ""
    """words of the heading it stands under"""
    kept: bool = False


class Drawer(QFrame):
    """The frame of each: a heading, one line of help, a way to close it."""

    closed = Signal()

    def __init__(self, title_code: str, help_code: str) -> None:
        super().__init__()
        set_role(self, "card")
        self.setFixedWidth(scaled(WIDTH))
        self.heading = label(tr(title_code), "heading")
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(button("ui.roster.close_drawer", self.close_drawer, role="link"))
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(14, 10, 14, 12)
        self.inside.addLayout(head)
        self.inside.addWidget(label(tr(help_code), "help"))
        self.hide()

    def close_drawer(self) -> None:
        self.hide()
        self.closed.emit()


class _ModestList(QListWidget):
    """Takes the height that is left over and asks for none of its own."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), LEAST)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ColumnsDrawer(Drawer):
    """Emits ``chosen`` with the keys of the columns in the order of the data, and ``usual`` when
    the usual ones are wanted again."""

    chosen = Signal(object)
    usual = Signal()

    def __init__(self) -> None:
        super().__init__("ui.roster.columns", "ui.roster.columns.help")
        self.list = _ModestList()
        name(self.list, "ui.roster.columns")
        self.list.itemChanged.connect(lambda _: self.chosen.emit(self.keys))
        self.inside.addWidget(self.list, 1)
        self.inside.addWidget(button("ui.roster.columns.usual", self.usual.emit))

    def offer(self, columns: Sequence[Offered]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        group = ""
        for column in columns:
            if column.group != group:
                group = column.group
                self._heading(group)
            self._line(column)
        self.list.blockSignals(False)

    def _heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.list.font()
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _line(self, column: Offered) -> None:
        item = QListWidgetItem(column.title)
        item.setData(KEY, column.key)
        item.setCheckState(Qt.CheckState.Unchecked)
        if column.kept:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        every = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in every if item.data(KEY)]

    @property
    def keys(self) -> tuple[str, ...]:
        checked = Qt.CheckState.Checked
        return tuple(item.data(KEY) for item in self._items() if item.checkState() == checked)

    def show_chosen(self, keys: Sequence[str]) -> None:
        """As things stand; nobody is told."""
        self.list.blockSignals(True)
        for item in self._items():
            on = item.data(KEY) in keys
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
