"""What a screen shows when there is nothing yet: what to do, and the button for it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import icon, scaled
from desktop.ui.widgets.basics import label

PICTURE = 64
WIDTH = 580


class EmptyState(QWidget):
    """A picture, one sentence, one explanation, and at most two buttons."""

    def __init__(self, drawing: str, title: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icon(drawing, "pale").pixmap(PICTURE, PICTURE))
        middle = self._middle = QWidget()
        middle.setFixedWidth(scaled(WIDTH))
        column = QVBoxLayout(middle)
        column.setSpacing(10)
        self.title = label(title, "heading")
        for part in (picture, self.title, label(text, "help")):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(_centred(buttons))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        """Words that wrap get the height they need; a layout alone forgets it."""
        super().showEvent(event)
        layout = self._middle.layout()
        if layout is not None:
            self._middle.setMinimumHeight(layout.totalHeightForWidth(self._middle.width()))


def _centred(buttons: tuple[QPushButton, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    for each in buttons:
        row.addWidget(each)
    row.addStretch()
    return row
