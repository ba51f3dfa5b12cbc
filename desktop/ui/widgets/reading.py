"""A place for words to read: they wrap, scroll where they are many, and can be copied."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.widgets.basics import name, set_role
from desktop.ui.widgets.place import Place


def reading_place(name_code: str, *labels: QLabel) -> Place:
    """On the paper of the card that it lies in."""
    words = QWidget()
    inside = QVBoxLayout(words)
    inside.setContentsMargins(0, 0, 0, 0)
    for each in labels:
        each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(each)
    inside.addStretch(1)
    place = Place()
    place.setWidget(words)
    words.setAutoFillBackground(False)
    place.viewport().setAutoFillBackground(False)
    place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    set_role(place, "reading")
    name(place, name_code)
    return place
