"""Small buttons with a picture and a word; each leads to the page where it can be seen to."""

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QNetworkInformation

from desktop.ui.desk import Desk
from desktop.ui.status.line import StatusLine
from desktop.ui.status.presenter import Status, StatusPresenter, Told, network_told
from desktop.ui.tasks import Order
from desktop.ui.widgets.yielding import BriefButton

EVERY = 5_000
"""ms between two looks; the driver itself is asked only when something was plugged or pulled"""
PAGES = {"token": "token", "network": "outbox", "copy": "copies", "rules": "preferences"}


class StatusView:
    """Puts itself into a status bar. Emits nothing: what is pressed goes through the session."""

    def __init__(self, desk: Desk, line: StatusLine) -> None:
        self.desk = desk
        self.presenter = StatusPresenter(desk.services)
        self.line = line
        self.parts = {key: self._part(page) for key, page in PAGES.items()}
        self.timer = QTimer(line, interval=EVERY)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self._watch_network()

    def _part(self, page: str) -> BriefButton:
        return self.line.part(lambda: self.desk.session.page_wanted.emit(page, ""))

    def say_again(self) -> None:
        """The language or the look is another now."""
        self._show_network()
        self.look()

    def look(self) -> None:
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.status(unit_code),
            done=self.show,
            channel="window.status",
            order=Order.LATEST,
        )

    def show(self, status: Status) -> None:
        self._tell("token", status.token)
        self._tell("copy", status.copy)
        self._tell("rules", status.rules)

    def _tell(self, key: str, told: Told) -> None:
        self.line.tell(self.parts[key], drawing=told.look, text=told.text, tip=told.tip)

    def _watch_network(self) -> None:
        QNetworkInformation.loadDefaultBackend()
        known = QNetworkInformation.instance()
        if known is not None:
            known.reachabilityChanged.connect(lambda _: self._show_network())
        self._show_network()

    def _show_network(self) -> None:
        self._tell("network", network_told(online=_online()))


def _online() -> bool | None:
    known = QNetworkInformation.instance()
    if known is None:
        return None
    levels = QNetworkInformation.Reachability
    if known.reachability() is levels.Unknown:
        return None
    return known.reachability() in (levels.Online, levels.Site)
