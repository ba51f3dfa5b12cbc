"""The left side: one button with words for each screen."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from desktop.ui.screens import HIDDEN, SCREENS, Screen
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import icon, scaled
from desktop.ui.widgets.basics import name

WIDTH = 208


class NavigationView(QFrame):
    """Emits ``wanted`` with the key of a screen."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation")
        name(self, "ui.nav")
        self.setFixedWidth(scaled(WIDTH))
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(4)
        for number, screen in enumerate(SCREENS, start=1):
            column.addWidget(self._button(screen, number))
        column.addStretch()

    def _button(self, screen: Screen, number: int) -> QPushButton:
        made = QPushButton(icon(screen.drawing), tr(f"ui.nav.{screen.key}"))
        made.setIconSize(QSize(22, 22))
        made.setCheckable(True)
        made.setAccessibleName(without_mnemonic(made.text()))
        made.setToolTip(tr("ui.nav.tip", key=number))
        made.clicked.connect(lambda: self.wanted.emit(screen.key))
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        shortcut.activated.connect(made.click)
        self._group.addButton(made)
        self.buttons[screen.key] = made
        return made

    def enable(self, *, units: bool) -> None:
        """Without a unit only what is of use anyway."""
        for screen in SCREENS:
            self.buttons[screen.key].setEnabled(units or screen.anyway)

    def show_count(self, key: str, count: int) -> None:
        """How many new ones a screen has, in words beside its name; 0: none."""
        made, words = self.buttons[key], tr(f"ui.nav.{key}")
        made.setText(tr("ui.nav.count", screen=words, count=count) if count else words)
        told = tr("ui.nav.unread", screen=words, count=count) if count else words
        made.setAccessibleName(without_mnemonic(told))

    def show_current(self, key: str) -> None:
        shown = next((screen.under for screen in HIDDEN if screen.key == key), key)
        if shown in self.buttons:
            self.buttons[shown].setChecked(True)
            return
        self._group.setExclusive(False)
        for each in self.buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)
