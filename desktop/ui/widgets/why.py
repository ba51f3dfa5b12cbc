"""«Tại sao?» beside a figure: what it is made of, and the law behind it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from desktop.ui.ground import Ground
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.reading import reading_place
from desktop.ui.widgets.yielding import open_at

WIDTH, HEIGHT = 560, 460


class WhyDialog(QDialog):
    """Beside the work: Esc closes it, and nothing waits for it."""

    def __init__(self, parent: QWidget, ground: Ground) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("ui.why"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, WIDTH, HEIGHT)
        self.title = label(ground.title, "heading")
        self.text = label("\n\n".join(ground.lines))
        self.source = label("\n".join(ground.sources), "quiet")
        self.source.setContentsMargins(0, 10, 0, 0)
        self.source.setVisible(bool(ground.sources))
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(reading_place("ui.why", self.text, self.source), 1)
        column.addWidget(button("ui.close", self.close), 0, Qt.AlignmentFlag.AlignRight)


def why_button(about: str, ground: Callable[[], Ground | None]) -> QPushButton:
    """``about``: code of the words for the figure; ``ground``: asked when it is pressed."""
    made = button("ui.why", lambda: tell_why(made, ground()), role="link")
    made.setAccessibleName(tr("ui.why.of", figure=tr(about)))
    return made


def tell_why(beside: QWidget, ground: Ground | None) -> None:
    if ground is not None:
        WhyDialog(beside, ground).show()
