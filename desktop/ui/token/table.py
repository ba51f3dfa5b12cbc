"""The Qt model of the steps of the check."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.theme import icon
from desktop.ui.token.presenter import StepLine
from desktop.ui.widgets.lines_model import LinesModel
from signing.doctor.model import Status

LOOKS = {Status.OK: "done", Status.WARN: "warning", Status.FAIL: "error", Status.SKIPPED: "info"}


class StepsModel(LinesModel[StepLine]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.token.column.verdict", "ui.token.column.found", "ui.token.column.cure"),
            lambda line: (line.verdict, line.found, line.cure),
        )

    def decoration(self, line: StepLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return icon(LOOKS[line.status])
        return None
