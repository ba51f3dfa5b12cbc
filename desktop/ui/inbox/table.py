"""The Qt model of the letters."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from desktop.ui.inbox.presenter import LetterLine
from desktop.ui.theme import icon
from desktop.ui.widgets.lines_model import LinesModel


class LettersModel(LinesModel[LetterLine]):
    def __init__(self) -> None:
        super().__init__(
            (
                "ui.inbox.title_head",
                "ui.inbox.about_head",
                "ui.inbox.dated_head",
                "ui.inbox.due_head",
                "ui.inbox.verified_head",
            ),
            lambda line: (line.title, line.about, line.dated, line.due, line.verified),
        )

    def decoration(self, line: LetterLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole and not line.letter.read:
            bold = QFont()
            bold.setBold(True)
            return bold
        if column == 0 and role == Qt.ItemDataRole.DecorationRole:
            return icon(line.look)
        return None

    def position(self, letter_id: str) -> int | None:
        ids = [line.letter.id for line in self.lines]
        return ids.index(letter_id) if letter_id in ids else None
