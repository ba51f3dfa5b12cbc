"""Labels, buttons and cards with a role that the stylesheet knows."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import icon, scaled

DRAWING = 16


def label(text: str = "", role: str = "") -> QLabel:
    """Text that wraps and can be selected with the mouse, never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    set_role(made, role)
    return made


def button(
    code: str, pressed: Callable[[], object], *, drawing: str = "", role: str = ""
) -> QPushButton:
    """A button with words; ``role`` ``primary`` for the one to press next."""
    made = QPushButton(tr(code))
    made.setAccessibleName(without_mnemonic(tr(code)))
    if drawing:
        made.setIcon(icon(drawing, "on_accent" if role == "primary" else "line_ink"))
        made.setIconSize(QSize(scaled(DRAWING), scaled(DRAWING)))
    made.setAutoDefault(False)
    set_role(made, role)
    made.clicked.connect(lambda: pressed())
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Tells the stylesheet what the widget is now."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.updateGeometry()


def make_primary(made: QPushButton, drawing: str, *, primary: bool) -> None:
    """Moves the look of the next step to or from a button."""
    set_role(made, "primary" if primary else "")
    made.setIcon(icon(drawing, "on_accent" if primary else "line_ink"))


def card(*, margin: int = 16) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    set_role(frame, "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(margin, margin, margin, margin)
    return frame, layout


def name(widget: QWidget, code: str) -> None:
    """What a screen reader says of a control that has no words of its own."""
    widget.setAccessibleName(without_mnemonic(tr(code)))
