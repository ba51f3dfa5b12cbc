"""A table as long as the roster that holds only the pages looked at."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from desktop.ui.roster.presenter import HEADS, PAGE_SIZE, RIGHT
from desktop.ui.texts import tr
from desktop.ui.widgets.lines_model import ROOT, Index

Page = tuple[tuple[str, ...], ...]
MOST_PAGES = 30
WAITING = "…"


class RosterModel(QAbstractTableModel):
    """``fetch`` is asked once for each missing page and answers later through ``fill``."""

    def __init__(self, fetch: Callable[[int], None]) -> None:
        super().__init__()
        self._fetch = fetch
        self._total = 0
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._asked: set[int] = set()

    def restart(self, total: int) -> None:
        """Another search: everything known is old."""
        self.beginResetModel()
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def fill(self, number: int, page: Page) -> None:
        self._asked.discard(number)
        self._pages[number] = page
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        first = number * PAGE_SIZE
        last = min(self._total, first + PAGE_SIZE) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADS) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(HEADS[section])
        return None

    def _text(self, row: int, column: int) -> str:
        number, place = divmod(row, PAGE_SIZE)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return WAITING
        self._pages.move_to_end(number)
        return page[place][column] if place < len(page) else ""

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self._fetch(number)
