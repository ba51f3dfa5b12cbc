"""Python's search for cycles, when nobody waits for the window."""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.ui.tasks import Tasks

LOOK_EVERY = 2_000
"""ms"""
MANY = 10_000
"""values made since the last search, from which another one is worth it"""


class Tidying(QObject):
    """Left to itself the search begins on whichever thread makes a value, and halts the program for
    a second where work elsewhere holds a hundred thousand people. Here it is done between two
    pieces of work, and always on the window's thread, on which alone parts of a window may go."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """What was loaded until now stays as long as the program: it is not looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def look(self) -> bool:
        """Searches if it is worth it and nothing is under way. True: it was done."""
        if self._tasks.busy or gc.get_count()[0] < MANY:
            return False
        gc.collect()
        return True
