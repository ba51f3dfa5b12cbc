"""Says what a page is doing, once that lasts; how to stop it stands there where it can be."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.busy import BusyBar

PAUSE = 400
"""ms; what is done sooner is not worth a bar that comes and goes"""


Stop = Callable[[], object]


class LastingBar(BusyBar):
    """Stands as long as any work that it was told of goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._stop, parent)
        self._under_way: list[tuple[str, Stop | None]] = []
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self._tell)

    def add(
        self, code: str, then: Callable[[], None] | None = None, stop: Stop | None = None
    ) -> Callable[[], None]:
        """Call the answer once when the work is over, however it ended; ``then`` follows."""
        work = (code, stop)
        self._under_way.append(work)
        if self.isHidden() and not self.pause.isActive():
            self.pause.start()
        return partial(self._over, work, then)

    def _tell(self) -> None:
        code, stop = self._under_way[0]
        self.begin(code)
        self.cancel.setVisible(stop is not None)

    def _stop(self) -> None:
        _, stop = self._under_way[0]
        if stop is not None:
            self.cancel.setEnabled(False)
            stop()

    def _over(self, work: tuple[str, Stop | None], then: Callable[[], None] | None) -> None:
        self._under_way.remove(work)
        if not self._under_way:
            self.pause.stop()
            self.end()
        elif not self.isHidden():
            self._tell()
        if then:
            then()
