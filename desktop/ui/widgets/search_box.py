"""A drop-down in which typing "ha noi" finds Hà Nội."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from forms.codes import fold

FOLDED = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class _Finder(QCompleter):
    """Compares without marks and capitals; what is taken is the name as it is written."""

    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    def pathFromIndex(self, index: _Index) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class SearchBox(QComboBox):
    """Emits ``settled`` with the value of the line that was taken, "" where none fits."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        finder = _Finder(self._lines, self)
        finder.setCompletionRole(FOLDED)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.setCompleter(finder)
        self._value = ""
        finder.activated.connect(lambda _: self._settle())
        self.activated.connect(lambda _: self._settle())
        line = self.lineEdit()
        if line:
            line.editingFinished.connect(self._settle)

    def offer(self, lines: Sequence[tuple[str, str]]) -> None:
        """(value, words); nothing is chosen then."""
        self._lines.clear()
        for value, words in lines:
            item = QStandardItem(words)
            item.setData(value, Qt.ItemDataRole.UserRole)
            item.setData(fold(words), FOLDED)
            self._lines.appendRow(item)
        self.choose("")

    def choose(self, value: str) -> None:
        """Without telling anybody."""
        self._value = value
        self.setCurrentIndex(self.findData(value) if value else -1)
        if not value:
            self.setEditText("")

    @property
    def value(self) -> str:
        return self._value

    @property
    def words(self) -> str:
        """Of what is chosen."""
        return self.itemText(self.currentIndex()) if self._value else ""

    def _settle(self) -> None:
        """What is typed is the one line that says it, or the only one that holds it."""
        place = self._place_of(fold(self.currentText()))
        value = str(self.itemData(place)) if place >= 0 else ""
        if place >= 0:
            self.setCurrentIndex(place)
        if value != self._value:
            self._value = value
            self.settled.emit(value)

    def _place_of(self, typed: str) -> int:
        if not typed:
            return -1
        lines = [str(self.itemData(place, FOLDED)) for place in range(self.count())]
        if typed in lines:
            return lines.index(typed)
        holding = [place for place, line in enumerate(lines) if typed in line]
        return holding[0] if len(holding) == 1 else -1
