"""One letter: what it means in plain words, why, by when; the comparison beside a statement."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout

from desktop.ui.inbox.presenter import Detail
from desktop.ui.reconcile.panel import ComparisonPanel
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import card, label
from desktop.ui.widgets.reading import reading_place


class LetterView(QFrame):
    """Empty until a letter is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label(role="big")
        self.said = label()
        self.reasons = label()
        self.files = label()
        self.origin = label(role="quiet")
        self.comparison = ComparisonPanel()
        self.buttons = QHBoxLayout()
        self._lay_out()
        self.show_letter(None)

    def _lay_out(self) -> None:
        frame, column = card(margin=12)
        said = (self.title, self.said, self.reasons, self.files, self.origin)
        place = reading_place("ui.inbox.letter", *said)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(place)
        both.addWidget(self.comparison)
        both.setSizes([420, 560])
        column.addWidget(both, 1)
        column.addLayout(self.buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def show_letter(self, detail: Detail | None) -> None:
        self.title.setText(detail.title if detail else tr("ui.inbox.choose"))
        self.said.setText("\n".join(detail.said) if detail else "")
        reasons = [f"• {each}" for each in detail.reasons] if detail else []
        self.reasons.setText("\n".join(reasons))
        self.reasons.setVisible(bool(reasons))
        self.files.setText("\n".join(detail.files) if detail else "")
        self.files.setVisible(bool(detail and detail.files))
        self.origin.setText(detail.origin if detail else "")
        compared = detail.compared if detail else None
        self.comparison.setVisible(compared is not None)
        if compared is not None:
            self.comparison.show_compared(compared)
