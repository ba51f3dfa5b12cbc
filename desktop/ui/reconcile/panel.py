"""The comparison itself, beside a letter or on the page of the tools."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.reconcile.presenter import Compared
from desktop.ui.reconcile.table import DifferencesModel
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.grid import Grid


class ComparisonPanel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.model = DifferencesModel()
        self.summary = label(role="strong")
        self.remarks = label(role="quiet")
        self.grid = Grid(self.model, "ui.reconcile.name")
        self.grid.widths(190, 110, 110, 200, stretch=3)
        self.grid.two_lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.summary)
        column.addWidget(self.remarks)
        column.addWidget(self.grid, 1)

    def show_compared(self, compared: Compared) -> None:
        self.summary.setText(compared.summary)
        self.remarks.setText("\n".join(compared.remarks))
        self.remarks.setVisible(bool(compared.remarks))
        self.model.show(compared.lines)
        self.grid.setVisible(bool(compared.lines))
