"""A card for each tool."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.welcome.steps import mode_key
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.page import Page

TOOLS = (
    ("calculator", "calculator"),
    ("reconcile", "inbox"),
    ("codes", "search"),
    ("token", "token"),
    ("verify", "verify"),
)
"""(page, drawing); words under ``ui.tools.<page>``"""
COLUMNS = 2
PICTURE = 40


class ToolsView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.tools", "ui.tools.help")
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (key, drawing) in enumerate(TOOLS):
            grid.addWidget(self._card(key, drawing), place // COLUMNS, place % COLUMNS)
        grid.addWidget(self._mode_card(), len(TOOLS) // COLUMNS, len(TOOLS) % COLUMNS)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        self.content.addStretch(1)

    def _mode_card(self) -> QWidget:
        """The way from practice to real work and back."""
        other = mode_key(practice=not self.desk.services.practice)
        self.mode = button(f"ui.tools.mode.{other}.open", self.change_mode)
        return _laid_out(f"ui.tools.mode.{other}", "unit", self.mode)

    def change_mode(self) -> None:
        practice = not self.desk.services.practice
        code = f"ui.tools.mode.{mode_key(practice=practice)}"
        question, text, yes = tr(code), tr(f"{code}.text"), tr(f"{code}.yes")
        if self.desk.picker.confirm(self, question, text, yes):
            self.desk.session.mode_wanted.emit(practice)

    def _card(self, key: str, drawing: str) -> QWidget:
        open_ = button(f"ui.tools.{key}.open", lambda: self.desk.session.page_wanted.emit(key, ""))
        self.buttons[key] = open_
        return _laid_out(f"ui.tools.{key}", drawing, open_)


def _laid_out(code: str, drawing: str, open_: QPushButton) -> QWidget:
    frame, column = card()
    picture = QLabel()
    picture.setPixmap(icon(drawing).pixmap(PICTURE, PICTURE))
    head = QHBoxLayout()
    head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(label(tr(code), "heading"), 1)
    column.addLayout(head)
    column.addWidget(label(tr(f"{code}.text"), "help"))
    column.addStretch(1)
    column.addWidget(open_, 0, Qt.AlignmentFlag.AlignLeft)
    return frame
