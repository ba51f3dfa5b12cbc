"""The command palette (Ctrl+K) and the sheet of shortcuts (Ctrl+/)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.commands.presenter import Command, matching
from desktop.ui.navigation import NavigationView
from desktop.ui.screens import HIDDEN, SCREENS
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.yielding import open_at

WIDTH, HEIGHT = 620, 420
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
SHORTCUTS = (
    ("Ctrl+K", "ui.keys.commands"),
    ("Ctrl+/", "ui.keys.shortcuts"),
    ("F1", "ui.keys.help"),
    ("Ctrl+F", "ui.keys.find"),
    ("F3  ·  Shift+F3", "ui.keys.find_next"),
    ("Ctrl+Shift+L", "ui.keys.filter"),
    ("Alt+↓", "ui.keys.column"),
    ("F2", "ui.keys.edit"),
    ("↓  ·  ↑", "ui.keys.codes"),
    ("Tab  ·  Enter", "ui.keys.next"),
    ("Ctrl+C  ·  Ctrl+X  ·  Ctrl+V", "ui.keys.copy"),
    ("Ctrl+D", "ui.keys.fill_down"),
    ("Ctrl+Z  ·  Ctrl+Y", "ui.keys.undo"),
    ("Delete", "ui.keys.clear"),
    ("Ctrl+.", "ui.keys.mend"),
    ("Ctrl++  ·  Ctrl+−", "ui.keys.zoom"),
    ("Ctrl+PgUp · PgDn · Home · End", "ui.keys.pages"),
    ("Alt+…", "ui.keys.mnemonic"),
    ("Esc", "ui.keys.escape"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the person sees now, and the way to another screen."""

    page: Page
    navigation: NavigationView
    top: QWidget
    go: Callable[[str], object]


class CommandsDialog(QDialog):
    """Type a few letters, press Enter."""

    def __init__(self, window: QWidget, front: Front) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("ui.commands"))
        open_at(self, WIDTH, HEIGHT)
        self._commands = list(commands_of(front))
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(tr("ui.commands.hint"))
        name(self.typed, "ui.commands")
        self.found = QListWidget()
        name(self.found, "ui.commands.found")
        column = QVBoxLayout(self)
        column.addWidget(self.typed)
        column.addWidget(self.found)
        self.typed.textChanged.connect(self._search)
        self.typed.returnPressed.connect(self._run)
        self.found.itemActivated.connect(lambda _: self._run())
        self.typed.installEventFilter(self)
        self._search("")

    def _search(self, typed: str) -> None:
        self.found.clear()
        for command in matching(self._commands, typed):
            words = tr("ui.commands.item", words=command.words, place=command.place)
            words += f"    {command.keys}" if command.keys else ""
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, command)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _run(self) -> None:
        item = self.found.currentItem()
        if item is None:
            return
        self.accept()
        item.data(Qt.ItemDataRole.UserRole).run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose while the typing goes on."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = MOVES.get(Qt.Key(event.key()))
            if step is not None and self.found.count():
                row = (self.found.currentRow() + step) % self.found.count()
                self.found.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)


def commands_of(front: Front) -> Iterator[Command]:
    """What the page in front offers first, then the screens."""
    yield from _buttons(front.page, without_mnemonic(front.page.title.text()))
    for number, screen in enumerate(SCREENS, start=1):
        if front.navigation.buttons[screen.key].isEnabled():
            yield _screen(front, screen.key, f"Ctrl+{number}")
    for screen in HIDDEN:
        if screen.anyway:
            yield _screen(front, screen.key, "")
    yield from _buttons(front.top, tr("ui.commands.window"))


def _screen(front: Front, key: str, keys: str) -> Command:
    words = without_mnemonic(tr(f"ui.nav.{key}"))
    place = tr("ui.commands.screens")
    return Command(words=words, place=place, keys=keys, run=lambda: front.go(key))


def _buttons(area: QWidget, place: str) -> Iterator[Command]:
    for each in area.findChildren(QAbstractButton):
        if each.text() and each.isEnabled() and each.isVisible():
            yield Command(words=without_mnemonic(each.text()), place=place, run=each.click)


class ShortcutsDialog(QDialog):
    """The keys, to be looked at."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("ui.shortcuts"))
        open_at(self, WIDTH, HEIGHT)
        lines = [*_of_screens(), *((keys, tr(code)) for keys, code in SHORTCUTS)]
        self.table = QTableWidget(len(lines), 2)
        name(self.table, "ui.shortcuts")
        self.table.setHorizontalHeaderLabels([tr("ui.shortcuts.keys"), tr("ui.shortcuts.what")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        for row, line in enumerate(lines):
            for column, words in enumerate(line):
                self.table.setItem(row, column, QTableWidgetItem(words))
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        column_ = QVBoxLayout(self)
        column_.addWidget(label(tr("ui.shortcuts.help"), "help"))
        column_.addWidget(self.table)
        column_.addWidget(button("ui.close", self.accept), 0, Qt.AlignmentFlag.AlignRight)


def _of_screens() -> Iterator[tuple[str, str]]:
    for number, screen in enumerate(SCREENS, start=1):
        words = without_mnemonic(tr(f"ui.nav.{screen.key}"))
        yield f"Ctrl+{number}", tr("ui.keys.screen", name=words)
