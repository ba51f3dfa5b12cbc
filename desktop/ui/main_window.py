"""The one window: a frame of screens that can be made anew, and the status line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.ui.bell import Bell
from desktop.ui.commands.view import CommandsDialog, Front, ShortcutsDialog
from desktop.ui.desk import Desk
from desktop.ui.frame import Frame
from desktop.ui.help.view import GuideDialog, focused_key
from desktop.ui.navigation import NavigationView
from desktop.ui.screens import FIRST, FIRST_RUN, UNIT
from desktop.ui.session import Session
from desktop.ui.status.line import StatusLine
from desktop.ui.status.view import StatusView
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.theme import dress_window
from desktop.ui.top_bar import TopBarView
from desktop.ui.welcome.view import WelcomeView
from desktop.ui.widgets.page import Page
from forms.model import Unit
from sync.model import Destination

LAST_UNIT = "window/unit"
SIZE = (1366, 768)
LOOK_AGAIN = 200
"""ms until an old frame is looked at again, whether its work has ended"""


class MainWindow(QMainWindow):
    moved = Signal(str, str)
    """(page, what it is about)"""
    restart_wanted = Signal()
    mode_wanted = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current = ""
        self._about = ""
        self._crashed = False
        self.guide: GuideDialog | None = None
        self.line = StatusLine()
        self.setStatusBar(self.line)
        self.gateway = self.line.part(lambda: self.go("preferences"))
        self.bell = Bell(self, desk.tasks)
        self.status = StatusView(desk, self.line)
        dress_window(self)
        self.frame = self._make_frame()
        self._connect()
        self._restore()
        self.load_units()

    # ---- what the frame holds

    @property
    def top(self) -> TopBarView:
        return self.frame.top

    @property
    def navigation(self) -> NavigationView:
        return self.frame.navigation

    @property
    def welcome(self) -> WelcomeView:
        return self.frame.welcome

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.frame.pages

    def _make_frame(self) -> Frame:
        made = Frame(self.desk)
        self.setCentralWidget(made)
        practice = self.desk.services.practice
        self.setWindowTitle(tr("ui.app.practice" if practice else "ui.app"))
        made.navigation.wanted.connect(self.go)
        made.top.unit_page.connect(lambda: self.go(UNIT))
        made.welcome.added.connect(self._unit_added)
        made.begun.connect(self._begun)
        session = self.desk.session
        session.page_wanted.connect(self.go)
        session.restart_wanted.connect(self.restart_wanted)
        session.mode_wanted.connect(self.mode_wanted)
        session.data_replaced.connect(self._data_replaced)
        session.unit_changed.connect(self._unit_chosen)
        session.dossiers_changed.connect(self._show_state)
        session.letters_changed.connect(self._count_letters)
        session.unit_changed.connect(self._count_letters)
        session.unit_changed.connect(self.status.look)
        return made

    def _connect(self) -> None:
        tasks = self.desk.tasks
        tasks.busy_changed.connect(self._show_busy)
        tasks.unhandled.connect(self._unhandled)
        if self.desk.appearance:
            self.desk.appearance.changing.connect(self._lighten)
            self.desk.appearance.changed.connect(self.remake)
        acts = {
            "Ctrl+K": self.show_commands,
            "Ctrl+/": self.show_shortcuts,
            "F1": self.show_guide,
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _lighten(self) -> None:
        """A new look is drawn on all there is, so pages nobody looks at go first; not while work
        is under way, which may still answer to one of them."""
        if not self.desk.tasks.busy:
            self.frame.pages.drop({self.current, UNIT})

    def remake(self) -> None:
        """Everything anew, in the language and look of now, where the person was."""
        old, session = self.frame, self.desk.session
        old.leave()
        if self.guide is not None:
            self.guide.deleteLater()
            self.guide = None
        unit, (current, about) = session.unit, (self.current, self._about)
        self.takeCentralWidget()
        old.hide()
        session.blockSignals(True)
        self.desk = replace(self.desk, session=Session(session.period))
        dress_window(self)
        self.frame = self._make_frame()
        self._drop_when_idle(old)
        self._show_busy(self.desk.tasks.busy)
        self._show_state()
        self.status.say_again()
        self.current = current
        self._about = about
        self.load_units(unit.code if unit else "")

    def _data_replaced(self, told: str) -> None:
        self._about = told
        QTimer.singleShot(0, self, self.remake)  # the page that tells it is not done with it yet

    def _drop_when_idle(self, old: QWidget) -> None:
        """Work that it began may still answer to it."""
        if self.desk.tasks.busy:
            QTimer.singleShot(LOOK_AGAIN, self, lambda: self._drop_when_idle(old))
        else:
            old.deleteLater()

    def _restore(self) -> None:
        self.resize(QSize(*SIZE).boundedTo(self.screen().availableGeometry().size()))
        geometry = self.desk.settings.geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._show_busy(0)
        self._show_state()

    # ---- units

    def load_units(self, choose: str = "") -> None:
        """Reads the units again and takes ``choose``, the last one used, or the first."""
        wanted = choose or self.desk.settings.text(LAST_UNIT)
        self.desk.tasks.run(
            lambda _: tuple(self.desk.services.units()),
            done=lambda units: self._show_units(units, wanted),
            channel="window.units",
            order=Order.LATEST,
        )

    def _show_units(self, units: Sequence[Unit], wanted: str) -> None:
        chosen = next((unit for unit in units if unit.code == wanted), None)
        chosen = chosen or next(iter(units), None)
        self.top.show_units(units, chosen)
        self.navigation.enable(units=chosen is not None)
        self.desk.session.choose_unit(chosen)
        if chosen is None:
            self.go(FIRST_RUN)
        elif self.current in ("", UNIT, FIRST_RUN):
            self.go(FIRST)
        else:
            self.go(self.current, self._about)
        if self._crashed:
            self._crashed = False
            self.page.notice.tell("warning", tr("ui.resumed"), tr("ui.resumed_text"))

    def _unit_added(self, unit: Unit) -> None:
        self.load_units(unit.code)

    def _begun(self, unit: Unit, told: str) -> None:
        """The first run leads to the roster where there is a workbook to take in."""
        if told:
            self.current, self._about = "roster", told
        self.load_units(unit.code)

    def _unit_chosen(self) -> None:
        unit = self.desk.session.unit
        if unit:
            self.desk.settings.remember(LAST_UNIT, unit.code)
            if self.current in (UNIT, FIRST_RUN):
                self.go(FIRST)

    # ---- pages

    def go(self, key: str, dossier_id: str = "") -> None:
        self.current, self._about = key, dossier_id
        self.frame.bring_forward(key)
        self.pages[key].enter(dossier_id)
        self.pages[key].take_keyboard()
        self.moved.emit(key, dossier_id)

    def resume(self, page: str, about: str, *, crashed: bool) -> None:
        """Goes there once the units are known; before it was shown the first time."""
        if page in self.pages and page != UNIT:
            self.current, self._about = page, about
        self._crashed = crashed

    @property
    def page(self) -> Page:
        return self.pages[self.current]

    def show_commands(self) -> None:
        front = Front(page=self.page, navigation=self.navigation, top=self.top, go=self.go)
        CommandsDialog(self, front).exec()

    def show_shortcuts(self) -> None:
        ShortcutsDialog(self).exec()

    def show_guide(self) -> None:
        """Of the field that has the keyboard; the window stays open beside the work."""
        key = focused_key()
        if self.guide is None:
            self.guide = GuideDialog(self)
        self.guide.show_field(key)

    # ---- the status line

    def _show_busy(self, jobs: int) -> None:
        self.line.working.setText(tr("ui.status.busy") if jobs else tr("ui.status.idle"))

    def _show_state(self) -> None:
        """Off the UI thread: in practice mode asking for the gateway may start it."""
        self.desk.tasks.run(
            lambda _: self.desk.services.default_destination,
            done=self._show_gateway,
            channel="window.gateway",
            order=Order.LATEST,
        )

    def _show_gateway(self, destination: Destination | None) -> None:
        text, tip = tr("ui.status.no_gateway"), tr("ui.status.no_gateway.tip")
        if destination:
            text = tr("ui.status.gateway", host=urlsplit(destination.url).netloc)
            tip = destination.url
        self.line.tell(self.gateway, drawing="send", text=text, tip=tip)

    def _count_letters(self) -> None:
        unit_code = self.desk.session.unit_code
        if unit_code:
            self.desk.tasks.run(
                lambda _: self.desk.services.inbox.unread(unit_code),
                done=lambda count: self.navigation.show_count("inbox", count),
                channel="window.letters",
                order=Order.LATEST,
            )

    def _unhandled(self, error: BaseException) -> None:
        if self.current:
            self.page.fail(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.settings.remember_geometry(self.saveGeometry())
        self.status.timer.stop()
        self.frame.leave()
        self.desk.tasks.close()
        super().closeEvent(event)
