"""Radio buttons whose words may take several lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.widgets.basics import set_role


class _Words(QLabel):
    """A click on the words is a click on their button."""

    def __init__(self, text: str, role: str, of: QRadioButton) -> None:
        super().__init__(text)
        self._of = of
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        set_role(self, role)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._of.click()


class Options(QWidget):
    """Emits ``chosen`` with the place of the option."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._group.idClicked.connect(self.chosen)

    def show_options(self, options: Sequence[tuple[str, str]], chosen: int = -1) -> None:
        """(words, what follows from it) of each; -1: none is chosen yet."""
        self._clear()
        for place, (words, follows) in enumerate(options):
            self._column.addWidget(self._option(words, follows, place))
        if 0 <= chosen < len(self.buttons):
            self.buttons[chosen].setChecked(True)
        self.setVisible(bool(options))

    def _option(self, words: str, follows: str, place: int) -> QWidget:
        made = QRadioButton()
        made.setAccessibleName(words)
        made.setAccessibleDescription(follows)
        self.buttons.append(made)
        self._group.addButton(made, place)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(_Words(words, "strong", made))
        said.addWidget(_Words(follows, "quiet", made))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 4)
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        return line

    def _clear(self) -> None:
        self.buttons.clear()
        for each in self._group.buttons():
            self._group.removeButton(each)
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
