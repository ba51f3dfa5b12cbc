"""A message inside the page: what happened and what to do, in place of a pop-up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.errors import Explained
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, label, set_role
from resources.faults import Sort

LOOKS = {Sort.MEND: "error", Sort.RETRY: "warning", Sort.BUG: "error"}
ICON_SIZE = 22


class Notice(QFrame):
    """Hidden until there is something to say. Emits ``restart_wanted`` after a mistake of ours."""

    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self._picture = QLabel()
        self._title = label(role="strong")
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = button("ui.copy_details", self._copy_details, drawing="copy", role="link")
        self._restart = button("ui.restart", self.restart_wanted.emit, drawing="redo", role="link")
        self._close = button("ui.dismiss", self.hide, role="link")
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._restart, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def words(self) -> str:
        """What stands there now, for tests and screen readers."""
        return " ".join(part for part in (self._title.text(), self._text.text()) if part)

    def explain(self, what: Explained) -> None:
        self._show(LOOKS[what.sort], what.title, what.text)
        self._details = what.details
        for each in (self._copy, self._restart):
            each.setVisible(what.sort is Sort.BUG)

    def tell(self, look: str, title: str, text: str = "") -> None:
        """``look``: done, info, warning or error."""
        self._show(look, title, text)

    def _show(self, look: str, title: str, text: str) -> None:
        set_role(self, f"notice-{look}")
        self._picture.setPixmap(icon(look).pixmap(ICON_SIZE, ICON_SIZE))
        self._picture.setAccessibleName(tr(f"ui.look.{look}"))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._copy.hide()
        self._restart.hide()
        self.setAccessibleName(self.words)
        self.show()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
