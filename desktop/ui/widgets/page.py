"""The frame of every screen: title, one line saying what to do, a place for messages."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.lasting import LastingBar, Stop
from desktop.ui.widgets.notice import Notice

WORDS = 300
"""px, at the usual letters, that the words must keep beside the buttons"""
LARGE = 130
"""% of the usual letters, from which many buttons stand below the words"""


class Page(QWidget):
    """Screens derive from it and fill ``content``."""

    def __init__(self, desk: Desk, title_code: str, help_code: str) -> None:
        super().__init__()
        self.desk = desk
        self.title = label(tr(title_code), "title")
        self.help = label(tr(help_code), "help")
        self.notice = Notice()
        self.notice.restart_wanted.connect(desk.session.restart_wanted)
        self.lasting_bar: LastingBar | None = None
        self.tools = QHBoxLayout()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.content = QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.help)
        head = self._head
        head.addLayout(words, 1)
        head.addLayout(self.tools)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.notice)
        layout.addLayout(self.content, 1)
        self._whole = layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the words."""
        super().resizeEvent(event)
        beside = self.tools.minimumSize().width() + scaled(WORDS) <= self.width()
        way = QBoxLayout.Direction
        self._head.setDirection(way.LeftToRight if beside else way.TopToBottom)
        left = Qt.AlignmentFlag.AlignLeft
        self._head.setAlignment(self.tools, Qt.AlignmentFlag(0) if beside else left)

    def place_of_many_tools(self) -> QHBoxLayout:
        """Beside the words; below them where large letters leave no room for both."""
        if scaled(100) < LARGE:
            return self.tools
        row = QHBoxLayout()
        self.content.insertLayout(0, row)
        return row

    def set_help(self, text: str) -> None:
        """The next step, as things stand now."""
        self.help.setText(text)

    def lasting(
        self, code: str, then: Callable[[], None] | None = None, stop: Stop | None = None
    ) -> Callable[[], None]:
        """Says what is going on if it lasts; the answer, and ``then``, for when it is over.
        ``stop``: what ends it before, where that is possible."""
        if self.lasting_bar is None:
            self.lasting_bar = LastingBar()
            self._whole.insertWidget(self._whole.indexOf(self.notice) + 1, self.lasting_bar)
        return self.lasting_bar.add(code, then, stop)

    def report(self, done: int, whole: int) -> None:
        """How much of what lasts is done."""
        if self.lasting_bar is not None:
            self.lasting_bar.report(done, whole)

    def fail(self, error: BaseException) -> None:
        """The usual handler of a failed task: said on the page, nothing lost."""
        self.notice.explain(self.desk.explain(error))

    def say_stopped(self) -> None:
        """The usual handler of work that was stopped and has left nothing behind."""
        self.notice.tell("info", tr("ui.stopped"), tr("ui.stopped_text"))

    def begin(self) -> None:
        """Once, when the page is made while a unit is chosen already: as if it were chosen now."""

    def enter(self, dossier_id: str = "") -> None:
        """The page comes to the front, perhaps for one dossier."""

    def take_keyboard(self) -> None:
        """Keys go to the page that is in front: to its first control, unless one has them."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            return
        tabs = Qt.FocusPolicy.TabFocus
        for each in self.findChildren(QWidget):
            if each.focusPolicy() & tabs and each.isEnabled() and each.isVisibleTo(self):
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def leave(self) -> None:
        """The window closes: keep what was typed."""

    def in_tab_order(self, *widgets: QWidget) -> None:
        for before, after in pairwise(widgets):
            self.setTabOrder(before, after)
