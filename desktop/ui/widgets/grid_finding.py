"""Finding in a grid: cells found off its thread, gone through from where one stands."""

from collections.abc import Callable, Sequence
from threading import Lock

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.seeking import Found, Place, find
from desktop.ui.tasks import Order
from desktop.ui.widgets.column_grid import ColumnGrid
from desktop.ui.widgets.find_bar import FindBar

Columns = Sequence[Sequence[str]]
"""of every column shown the folded text of every row"""


class Cells:
    """What stands in the grid now. ``fold`` reads all of it, off the UI thread."""

    def __init__(self, fold: Callable[[], Columns]) -> None:
        self.fold = fold


class GridFinding(QObject):
    """Looks through the cells that are shown, in the order shown. ``channel``: of its tasks."""

    def __init__(self, desk: Desk, grid: ColumnGrid, channel: str) -> None:
        super().__init__(grid)
        self._desk, self._grid, self._channel = desk, grid, channel
        self._cells: Cells | None = None
        self._folded: tuple[Cells, Columns] | None = None
        self._one_folds = Lock()
        self.found = Found("")
        self.bar = FindBar()
        self.bar.typed.connect(self._typed)
        self.bar.step.connect(self.go)
        self.bar.left.connect(grid.setFocus)
        grid.selectionModel().currentChanged.connect(lambda *_: self._count())

    def open(self) -> None:
        """The texts are made ready while the first letter is typed."""
        self.bar.open()
        self._look(move=False)

    def forget(self) -> None:
        self._folded = None

    def show(self, cells: Cells | None) -> None:
        """Other cells: looked through anew while the bar is open."""
        self._cells = cells
        if not self.bar.isHidden() and self.bar.words.text().strip():
            self._look(move=False)

    def _typed(self, _: str) -> None:
        self._look(move=True)

    def _look(self, *, move: bool) -> None:
        cells, words = self._cells, self.bar.words.text()
        if cells is None:
            return
        self._desk.tasks.run(
            lambda _: self._find(cells, words),
            done=lambda found: self._looked(cells, found, move=move),
            channel=self._channel,
            order=Order.LATEST,
        )

    def _find(self, cells: Cells, words: str) -> Found:
        """Off the UI thread. The texts are folded once for all that is typed."""
        with self._one_folds:
            known = self._folded
            if known is None or known[0] is not cells:
                known = self._folded = cells, cells.fold()
        return find(known[1], words)

    def _looked(self, cells: Cells, found: Found, *, move: bool) -> None:
        if cells is not self._cells:
            return
        self.found = found
        if move:
            self._stand(found.at_or_after(self._here))
        self._count()

    def go(self, step: int) -> None:
        if self.bar.isHidden():
            self.bar.open()
        else:
            self._stand(self.found.after(self._here, step))

    @property
    def _here(self) -> Place:
        index = self._grid.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (0, -1)

    def _stand(self, place: Place | None) -> None:
        """The keyboard stays where it is, in the line or in the grid."""
        index = self._grid.model().index(*place) if place else None
        if index is not None and index.isValid():
            self._grid.setCurrentIndex(index)
            self._grid.scrollTo(index)

    def _count(self) -> None:
        self.bar.count.setText(self.found.count(self._here))
