"""The field of the PIN: nothing of it is shown, copied, pasted, dragged or kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

WIDTH = 200
LONGEST = 64


class PinField(QLineEdit):
    """``take`` empties it. A password field has no undo in Qt, so what was taken is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setDragEnabled(False)
        self.setMaxLength(LONGEST)
        self.setFixedWidth(WIDTH)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhHiddenText
            | hints.ImhSensitiveData
            | hints.ImhNoPredictiveText
            | hints.ImhNoAutoUppercase
        )

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed = self.text()
        self.clear()
        return typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        if any(event.matches(each) for each in (keys.Paste, keys.Copy, keys.Cut)):
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button pastes on Linux."""
        if event.button() is not Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)
