"""Python's search for cycles, when nobody waits for the window."""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.ui.tasks import Tasks

LOOK_EVERY = 2_000
"""ms"""
MANY = 10_000
"""values made since the last search, from which another one is worth it"""
FEW = 500
"""values made between two looks while nobody does anything"""
LONG_QUIET = 30
"""looks after which the person is taken to be away"""


class Tidying(QObject):
    """Left to itself the search begins on whichever thread makes a value, and halts the program for
    a second where work elsewhere holds a hundred thousand people. Here it is done between two
    pieces of work, and always on the window's thread, on which alone parts of a window may go:
    among the values of the last moments, and among all once nobody does anything."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._made = 0
        self._quiet = 0
        self._kept = False
        """some were searched that may have become garbage since"""
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
        made = gc.get_count()[0]
        self._quiet = self._quiet + 1 if abs(made - self._made) < FEW else 0
        self._made = made
        if self._tasks.busy:
            return False
        if self._quiet >= LONG_QUIET and (self._kept or made >= MANY):
            return self._search(all_=True)
        return made >= MANY and self._search(all_=False)

    def _search(self, *, all_: bool) -> bool:
        gc.collect(2 if all_ else 1)
        self._kept = not all_
        self._made = gc.get_count()[0]
        return True
