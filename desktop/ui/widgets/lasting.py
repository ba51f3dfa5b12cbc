"""Says what a page is doing, once that lasts: work that cannot be stopped half-way."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.busy import BusyBar

PAUSE = 400
"""ms; what is done sooner is not worth a bar that comes and goes"""


class LastingBar(BusyBar):
    """Stands as long as any work that it was told of goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self._under_way: list[str] = []
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self._tell)

    def add(self, code: str, then: Callable[[], None] | None = None) -> Callable[[], None]:
        """Call the answer once when the work is over, however it ended; ``then`` follows."""
        self._under_way.append(code)
        if self.isHidden() and not self.pause.isActive():
            self.pause.start()
        return partial(self._over, code, then)

    def _tell(self) -> None:
        self.begin(self._under_way[0])

    def _over(self, code: str, then: Callable[[], None] | None) -> None:
        self._under_way.remove(code)
        if not self._under_way:
            self.pause.stop()
            self.end()
        elif not self.isHidden():
            self._tell()
        if then:
            then()
