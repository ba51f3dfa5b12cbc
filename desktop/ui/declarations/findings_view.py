"""The list of findings; a click or Enter goes to the cell."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened
from desktop.ui.declarations.table import FindingsModel
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.grid import Grid


class FindingsView(QWidget):
    """Emits ``chosen`` with the finding."""

    chosen = Signal(object)

    def __init__(self, presenter: DeclarationsPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self.model = FindingsModel()
        self.summary = label(role="heading")
        self.grid = Grid(self.model, "ui.findings.name")
        self.grid.widths(110, 500, 230, stretch=1)
        self.grid.two_lines()
        self.grid.clicked.connect(self._choose)
        self.grid.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.summary)
        column.addWidget(self.grid, 1)

    def show_findings(self, opened: Opened | None) -> None:
        self.model.show(opened.lines if opened else ())
        self.summary.setText(self.presenter.summary(opened) if opened else "")

    def _choose(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self.chosen.emit(line.finding)
