"""Finding cells of a grid: a line to type in, how many were found, the next and the one before."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, label, name, set_role

PAUSE = 15
"""milliseconds after the last key"""


class FindLine(QLineEdit):
    """Enter goes on, Shift+Enter back, Escape leaves."""

    step = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """Hidden until it is wanted. Emits ``typed`` with the words, ``step`` (1 or -1), ``left``."""

    typed = Signal(str)
    step = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.words = FindLine()
        name(self.words, "ui.find")
        self.words.setPlaceholderText(tr("ui.find.hint"))
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.count = label(role="strong")
        self.count.setWordWrap(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        row.addWidget(button("ui.find.before", lambda: self._go(-1)))
        row.addWidget(button("ui.find.next", lambda: self._go(1)))
        row.addWidget(button("ui.find.close", self.close_bar, role="link"))
        self.words.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.tell)
        self.words.step.connect(self._go)
        self.words.left.connect(self.close_bar)
        self.hide()

    def open(self) -> None:
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def tell(self) -> None:
        """What stands in the line is looked for now."""
        self._pause.stop()
        self.typed.emit(self.words.text())

    def _go(self, step: int) -> None:
        if self._pause.isActive():
            self.tell()
        else:
            self.step.emit(step)

    def close_bar(self) -> None:
        self.hide()
        self.left.emit()
