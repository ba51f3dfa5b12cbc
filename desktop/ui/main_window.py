"""The one window: top bar, practice band, navigation, the screens, the status line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.columns.view import ColumnsView
from desktop.ui.desk import Desk
from desktop.ui.navigation import NavigationView
from desktop.ui.screens import COLUMNS, SCREENS, UNIT
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.top_bar import TopBarView
from desktop.ui.welcome.view import WelcomeView
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.page import Page
from forms.model import Unit
from sync.model import Destination

LAST_UNIT = "window/unit"
SIZE = (1366, 768)


class MainWindow(QMainWindow):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.top = TopBarView(desk.session)
        self.navigation = NavigationView()
        self.welcome = WelcomeView(desk)
        self.pages: dict[str, Page] = {screen.key: screen.make(desk) for screen in SCREENS}
        self.pages[COLUMNS] = ColumnsView(desk)
        self.pages[UNIT] = self.welcome
        self.stack = QStackedWidget()
        self.working = QLabel()
        self.gateway = QLabel()
        self._lay_out()
        self._connect()
        self._restore()
        self.load_units()

    def _lay_out(self) -> None:
        for page in self.pages.values():
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.desk.services.practice:
            column.addWidget(_practice_band())
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        self.setCentralWidget(whole)
        self.statusBar().addWidget(self.working, 1)
        self.statusBar().addPermanentWidget(self.gateway)
        practice = self.desk.services.practice
        self.setWindowTitle(tr("ui.app.practice" if practice else "ui.app"))

    def _connect(self) -> None:
        session, tasks = self.desk.session, self.desk.tasks
        self.navigation.wanted.connect(self.go)
        self.top.unit_page.connect(lambda: self.go(UNIT))
        self.welcome.added.connect(self._unit_added)
        session.page_wanted.connect(self.go)
        session.unit_changed.connect(self._unit_chosen)
        session.dossiers_changed.connect(self._show_state)
        tasks.busy_changed.connect(self._show_busy)
        tasks.unhandled.connect(self._unhandled)

    def _restore(self) -> None:
        self.resize(*SIZE)
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
        for each in self.navigation.buttons.values():
            each.setEnabled(chosen is not None)
        self.desk.session.choose_unit(chosen)
        if chosen is None:
            self.go(UNIT)
        elif self.current in ("", UNIT):
            self.go("declarations")

    def _unit_added(self, unit: Unit) -> None:
        self.load_units(unit.code)

    def _unit_chosen(self) -> None:
        unit = self.desk.session.unit
        if unit:
            self.desk.settings.remember(LAST_UNIT, unit.code)
            if self.current == UNIT:
                self.go("declarations")

    # ---- pages

    current = ""

    def go(self, key: str, dossier_id: str = "") -> None:
        self.current = key
        self.stack.setCurrentWidget(self.pages[key])
        self.navigation.show_current(key)
        self.pages[key].enter(dossier_id)

    # ---- the status line

    def _show_busy(self, jobs: int) -> None:
        self.working.setText(tr("ui.status.busy") if jobs else tr("ui.status.idle"))

    def _show_state(self) -> None:
        """Off the UI thread: in practice mode asking for the gateway may start it."""
        self.desk.tasks.run(
            lambda _: self.desk.services.default_destination,
            done=self._show_gateway,
            channel="window.gateway",
            order=Order.LATEST,
        )

    def _show_gateway(self, destination: Destination | None) -> None:
        if destination:
            self.gateway.setText(tr("ui.status.gateway", url=destination.url))
        else:
            self.gateway.setText(tr("ui.status.no_gateway"))

    def _unhandled(self, error: BaseException) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.fail(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.settings.remember_geometry(self.saveGeometry())
        for page in self.pages.values():
            page.leave()
        self.desk.tasks.close()
        super().closeEvent(event)


def _practice_band() -> QWidget:
    band = QWidget()
    band.setObjectName("practiceBand")
    band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    words = label(tr("ui.practice.band"))
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    row = QHBoxLayout(band)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(words)
    return band
