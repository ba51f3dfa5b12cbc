"""A drop-down that finds its lines as one types, with or without diacritics."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.ui.widgets.basics import name
from forms.codes import fold

MOST_LINES = 18


class _FoldedProxy(QSortFilterProxyModel):
    """Lines that hold every word that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: list[str] = []

    def search(self, words: str) -> None:
        self._wanted = fold(words).split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        line = fold(str(self.sourceModel().index(row, 0, parent).data()))
        return all(word in line for word in self._wanted)


class _FoldedCompleter(QCompleter):
    """Qt asks for the parts of what was typed: the moment to filter by our own rule."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._proxy = _FoldedProxy()
        self._proxy.setSourceModel(combo.model())
        self.setModel(self._proxy)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(MOST_LINES)

    def splitPath(self, path: str) -> list[str]:
        self._proxy.search(path)
        return [""]


class FieldChoice(QComboBox):
    """Emits ``picked`` with the value of the line a person chose."""

    picked = Signal(str)

    def __init__(self, name_code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name(self, name_code)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(MOST_LINES)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        completer = _FoldedCompleter(self)
        self.setCompleter(completer)
        typing = self.lineEdit()
        if typing is not None:
            name(typing, name_code)
            typing.editingFinished.connect(self._typed)
        self.activated.connect(lambda _: self.picked.emit(self.value))
        completer.activated.connect(self._completed)

    def offer(self, lines: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """(value, words) of every line."""
        self.blockSignals(True)
        self.clear()
        for value, words in lines:
            self.addItem(words, value)
        self.choose(chosen)
        self.blockSignals(False)

    def choose(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    @property
    def value(self) -> str:
        """Of the line that is chosen; empty when there is none."""
        return str(self.currentData() or "")

    def _completed(self, words: str) -> None:
        place = self.findText(words, Qt.MatchFlag.MatchExactly)
        if place >= 0:
            self.setCurrentIndex(place)
            self.picked.emit(self.value)

    def _typed(self) -> None:
        """Words that are no line: the first line that holds them, else what was chosen before."""
        wanted = fold(self.currentText()).split()
        if self.currentText() == self.itemText(self.currentIndex()):
            return
        for place in range(self.count()):
            if wanted and all(word in fold(self.itemText(place)) for word in wanted):
                self.setCurrentIndex(place)
                self.picked.emit(self.value)
                return
        self.setEditText(self.itemText(self.currentIndex()))
