"""The words before a field of a form."""

from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.texts import tr
from desktop.ui.theme import scaled

WIDTH = 150


def caption(code: str, entry: QWidget) -> QLabel:
    made = QLabel(tr(code))
    made.setBuddy(entry)
    made.setMinimumWidth(scaled(WIDTH))
    return made
