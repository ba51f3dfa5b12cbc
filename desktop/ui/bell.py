"""Says that long work is done to somebody who has gone to another window meanwhile."""

import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.ui.tasks import Tasks
from desktop.ui.texts import tr
from desktop.ui.theme import icon

LONG = 8.0
"""seconds; what is shorter has been waited for"""
SHOWN = 10_000
"""ms that the message stays"""


class Bell(QObject):
    """Rings when nothing is under way any more and the window is not in front."""

    def __init__(self, window: QWidget, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._began: float | None = None
        self._tray: QSystemTrayIcon | None = None
        self.rung = 0
        tasks.busy_changed.connect(self._changed)

    def _changed(self, jobs: int) -> None:
        now = time.monotonic()
        if jobs and self._began is None:
            self._began = now
        elif not jobs and self._began is not None:
            took, self._began = now - self._began, None
            if took >= LONG and not self._window.isActiveWindow():
                self._ring()

    def _ring(self) -> None:
        self.rung += 1
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            tray = self._shown_tray()
            tray.showMessage(tr("ui.app"), tr("ui.bell.done"), icon("app"), SHOWN)

    def _shown_tray(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("app"), self)
            self._tray.messageClicked.connect(self._window.activateWindow)
            self._tray.show()
        return self._tray
