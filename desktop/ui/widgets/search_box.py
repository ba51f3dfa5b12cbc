"""A drop-down in which typing "ha noi" finds Hà Nội."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from forms.codes import fold

FOLDED = Qt.ItemDataRole.UserRole + 1


class SearchBox(QComboBox):
    """Emits ``settled`` with the value of the line that was taken, "" where none fits."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._lines = QStandardItemModel(self)
        self.setModel(self._lines)
        self._value = ""
        self._finder = self._make_finder()
        self.activated.connect(lambda _: self._settle())
        line = self.lineEdit()
        if line:
            line.textEdited.connect(self._find)
            line.editingFinished.connect(self._settle)

    def _make_finder(self) -> QCompleter:
        """Asked by hand: what is compared is the text without marks and capitals."""
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none away so
        finder = QCompleter(self._lines, self)
        finder.setCompletionRole(FOLDED)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setWidget(self)
        finder.activated[QModelIndex].connect(self._taken)  # type: ignore[index]  # by its type
        return finder

    def _find(self, typed: str) -> None:
        self._finder.setCompletionPrefix(fold(typed))
        popup = self._finder.popup()
        if typed.strip():
            self._finder.complete()
        elif popup:
            popup.hide()

    def _taken(self, index: QModelIndex) -> None:
        self.setEditText(str(index.data(Qt.ItemDataRole.DisplayRole)))
        self._settle()

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
