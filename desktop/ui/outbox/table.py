"""The Qt models of the outbox and of one dossier's journal."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.outbox.presenter import OutboxLine
from desktop.ui.theme import icon
from desktop.ui.widgets.lines_model import LinesModel

STATE = 1


class OutboxModel(LinesModel[OutboxLine]):
    def __init__(self) -> None:
        super().__init__(
            (
                "ui.outbox.dossier",
                "ui.outbox.state",
                "ui.outbox.last",
                "ui.outbox.attempts",
                "ui.outbox.size",
            ),
            lambda line: (line.title, line.state, line.last, line.attempts, line.size),
        )

    def decoration(self, line: OutboxLine, column: int, role: int) -> Any:
        if column == STATE and role == Qt.ItemDataRole.DecorationRole:
            return icon(line.look)
        return None

    def position(self, dossier_id: str) -> int | None:
        ids = [line.dossier.id for line in self.lines]
        return ids.index(dossier_id) if dossier_id in ids else None


class JournalModel(LinesModel[tuple[str, str]]):
    def __init__(self) -> None:
        super().__init__(("ui.journal.when", "ui.journal.what"), lambda entry: entry)
