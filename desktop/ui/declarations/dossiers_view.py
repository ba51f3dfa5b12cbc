"""The unit's dossiers with their states, every month of them."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.declarations.table import DossiersModel
from desktop.ui.widgets.grid import Grid
from forms.model import Dossier, Period


class DossierListView(QWidget):
    """Emits ``chosen`` with the dossier that the person points at."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = DossiersModel()
        self.grid = Grid(self.model, "ui.dossiers.name")
        self.grid.widths(200, stretch=0)
        self.grid.two_lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.grid.selectionModel().currentChanged.connect(self._pointed)

    def show_dossiers(
        self, dossiers: Sequence[Dossier], wanted: str, period: Period
    ) -> Dossier | None:
        """Selects ``wanted`` or else the newest of the month, and says which; quietly."""
        picked = next((each for each in dossiers if each.id == wanted), None)
        picked = picked or next((each for each in dossiers if each.period == period), None)
        selection = self.grid.selectionModel()
        selection.blockSignals(True)
        self.model.show(dossiers)
        if picked:
            self.grid.selectRow(list(dossiers).index(picked))
        else:
            selection.clear()
        selection.blockSignals(False)
        self.grid.viewport().update()
        return picked

    def _pointed(self, index: QModelIndex) -> None:
        dossier = self.model.line(index)
        if dossier:
            self.chosen.emit(dossier)
