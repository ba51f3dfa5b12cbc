"""Fields that F1 explains: each says its key, and the window of guides looks it up."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

PROPERTY = "field_key"
W = TypeVar("W", bound=QWidget)


def explained(widget: W, key: str) -> W:
    """The same widget, for which F1 shows the guide of ``key``."""
    widget.setProperty(PROPERTY, key)
    return widget
