"""What is being done and how far it is, with a way to stop it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, set_role

WHOLE = 1000


class BusyBar(QFrame):
    """Hidden while nothing is going on."""

    def __init__(self, cancel: Callable[[], object] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "notice-info")
        self._words = label(role="strong")
        self._words.setWordWrap(False)
        self.bar = QProgressBar()
        self.cancel = button("ui.cancel", cancel or self.hide)
        self.cancel.setVisible(cancel is not None)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    def begin(self, code: str) -> None:
        self._words.setText(tr(code))
        self.bar.setAccessibleName(tr(code))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()

    def say(self, text: str) -> None:
        """What of it is being done just now."""
        self._words.setText(text)

    def report(self, done: int, whole: int) -> None:
        """Anything the work reports; unknown length keeps the bar moving."""
        if whole > 0:
            self.bar.setRange(0, WHOLE)
            self.bar.setValue(min(WHOLE, done * WHOLE // whole))

    def end(self) -> None:
        self.hide()
