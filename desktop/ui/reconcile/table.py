"""The Qt model of the differences."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.reconcile.presenter import DifferenceLine
from desktop.ui.theme import icon
from desktop.ui.widgets.lines_model import LinesModel


class DifferencesModel(LinesModel[DifferenceLine]):
    def __init__(self) -> None:
        super().__init__(
            (
                "ui.reconcile.where",
                "ui.reconcile.ours",
                "ui.reconcile.theirs",
                "ui.reconcile.reason",
            ),
            lambda line: (line.where, line.ours, line.theirs, line.reason),
        )

    def decoration(self, line: DifferenceLine, column: int, role: int) -> Any:
        if column == 0 and role == Qt.ItemDataRole.DecorationRole:
            return icon("warning" if line.unexplained else "info")
        return None
