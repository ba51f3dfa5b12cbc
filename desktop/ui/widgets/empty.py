"""What a screen shows when there is nothing yet: what to do, and the button for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import icon
from desktop.ui.widgets.basics import label

PICTURE = 64
WIDEST = 560


class EmptyState(QWidget):
    """A picture, one sentence, one explanation, and at most two buttons."""

    def __init__(self, drawing: str, title: str, text: str, *buttons: QPushButton) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icon(drawing, "#8fa3b5").pixmap(PICTURE, PICTURE))
        self.title = label(title, "heading")
        self.text = label(text, "help")
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for part in (picture, self.title, self.text):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setMaximumWidth(WIDEST)
            part.setMinimumWidth(WIDEST)
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(10)
        row = QHBoxLayout()
        row.addStretch()
        for each in buttons:
            row.addWidget(each)
        row.addStretch()
        layout.addLayout(row)
        layout.addStretch(3)
