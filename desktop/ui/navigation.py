"""The left side: one button with words for each screen; drawings alone in a narrow window."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from desktop.ui.screens import HIDDEN, SCREENS, Screen
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import icon, scaled
from desktop.ui.widgets.basics import name
from desktop.ui.widgets.place import Place
from desktop.ui.widgets.yielding import BriefButton

WIDTH = 208
NARROW = 1000
"""px of a window, at the usual letters, below which the words yield to the page"""
DRAWING = 22


class NavigationView(QFrame):
    """Emits ``wanted`` with the key of a screen."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation")
        name(self, "ui.nav")
        self.buttons: dict[str, BriefButton] = {}
        self._group = QButtonGroup(self)
        self._list = QWidget()
        self._list.setObjectName("navigationList")
        column = QVBoxLayout(self._list)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(4)
        for number, screen in enumerate(SCREENS, start=1):
            column.addWidget(self._button(screen, number))
        column.addStretch()
        self._place = self._scrolled(self._list)
        self._list.installEventFilter(self)
        self.be_brief(brief=False)

    def _scrolled(self, inner: QWidget) -> Place:
        """In a low window the last screens are reached by scrolling, with Tab of itself."""
        place = Place()
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(place)
        return place

    def _button(self, screen: Screen, number: int) -> BriefButton:
        made = BriefButton(tr(f"ui.nav.{screen.key}"))
        made.setIcon(icon(screen.drawing))
        made.setIconSize(QSize(scaled(DRAWING), scaled(DRAWING)))
        made.setCheckable(True)
        made.setAccessibleName(without_mnemonic(made.text()))
        made.setToolTip(tr("ui.nav.tip", key=number))
        made.clicked.connect(lambda: self.wanted.emit(screen.key))
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        shortcut.activated.connect(made.click)
        self._group.addButton(made)
        self.buttons[screen.key] = made
        return made

    # ---- room

    def be_brief(self, *, brief: bool) -> None:
        for each in self.buttons.values():
            each.be_brief(brief=brief)
        self._brief = brief
        self._take_width()

    def _take_width(self) -> None:
        least = self._list.minimumSizeHint()
        bar = self._place.verticalScrollBar().sizeHint().width()
        low = least.height() > self.height() > 0 and self.isVisible()
        usual = least.width() if self._brief else max(least.width(), scaled(WIDTH))
        self.setFixedWidth(usual + (bar if low else 0) + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words or their letters are others now."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._take_width()
        return super().eventFilter(watched, event)

    def enable(self, *, units: bool) -> None:
        """Without a unit only what is of use anyway."""
        for screen in SCREENS:
            self.buttons[screen.key].setEnabled(units or screen.anyway)

    def show_count(self, key: str, count: int) -> None:
        """How many new ones a screen has, in words beside its name; 0: none."""
        made, words = self.buttons[key], tr(f"ui.nav.{key}")
        made.setText(tr("ui.nav.count", screen=words, count=count) if count else words)
        made.aside = str(count) if count else ""
        told = tr("ui.nav.unread", screen=words, count=count) if count else words
        made.setAccessibleName(without_mnemonic(told))

    def show_current(self, key: str) -> None:
        shown = next((screen.under for screen in HIDDEN if screen.key == key), key)
        if shown in self.buttons:
            self.buttons[shown].setChecked(True)
            self._place.ensureWidgetVisible(self.buttons[shown])
            return
        self._group.setExclusive(False)
        for each in self.buttons.values():
            each.setChecked(False)
        self._group.setExclusive(True)
