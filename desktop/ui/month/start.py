"""Offered where the month before is missing: a list of people who take part already."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, set_role


class StartOffer(QFrame):
    """Emits ``wanted``. Hidden while there is a month before."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self.words = label()
        self.take_button = button("ui.month.start.take", self.wanted.emit, drawing="people")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.addWidget(self.words, 1)
        row.addWidget(self.take_button)
        self.hide()

    def offer(self, file: str) -> None:
        """``file``: the workbook at hand; empty where one is still to be chosen."""
        code = "ui.month.start.this" if file else "ui.month.start.other"
        self.words.setText(tr(code, **({"file": file} if file else {})))
        self.show()
