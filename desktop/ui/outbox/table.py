"""The Qt models of the outbox and of one dossier's journal."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.outbox.presenter import OutboxLine
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.lines_model import LinesModel

STATE, DUE = 1, 2


class OutboxModel(LinesModel[OutboxLine]):
    """``shares``: dossier on its way → percent; told again by ``progressed``."""

    def __init__(self, shares: Mapping[str, int]) -> None:
        self._shares = shares
        super().__init__(
            (
                "ui.outbox.dossier",
                "ui.outbox.state",
                "ui.outbox.due",
                "ui.outbox.last",
                "ui.outbox.attempts",
                "ui.outbox.size",
            ),
            lambda line: (
                line.title,
                self.state(line),
                line.due,
                line.last,
                line.attempts,
                line.size,
            ),
        )

    def state(self, line: OutboxLine) -> str:
        percent = self._shares.get(line.dossier.id)
        if percent is None:
            return line.state
        return tr("ui.outbox.share", percent=percent)

    def progressed(self) -> None:
        if self.lines:
            last = self.index(len(self.lines) - 1, STATE)
            self.dataChanged.emit(self.index(0, STATE), last)

    def decoration(self, line: OutboxLine, column: int, role: int) -> Any:
        if role != Qt.ItemDataRole.DecorationRole:
            return None
        if column == DUE and line.is_overdue:
            return icon("warning")
        return icon(line.look) if column == STATE else None

    def position(self, dossier_id: str) -> int | None:
        ids = [line.dossier.id for line in self.lines]
        return ids.index(dossier_id) if dossier_id in ids else None


class JournalModel(LinesModel[tuple[str, str]]):
    def __init__(self) -> None:
        super().__init__(("ui.journal.when", "ui.journal.what"), lambda entry: entry)
