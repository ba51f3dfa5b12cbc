"""The list of findings, and why the chosen one was made; a click or Enter goes to the cell."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.declarations.presenter import DeclarationsPresenter, FindingLine, Opened
from desktop.ui.declarations.table import FindingsModel
from desktop.ui.declarations.why import NOTHING, Mending, mending, why
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.reading import reading_place
from forms.findings import Finding

LEAST = 100
"""px, of the list's height"""
SIDE, MOST_SIDE = 330, 390
"""px, of the reasons beside the list: in large letters the list needs the room"""
MEND_KEYS = QKeySequence("Ctrl+.")


class FindingsView(QWidget):
    """Emits ``chosen`` with the finding, ``mended`` with what is to be put where."""

    chosen = Signal(object)
    mended = Signal(object)

    def __init__(self, presenter: DeclarationsPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._opened: Opened | None = None
        self._places: dict[int, int] = {}
        self.model = FindingsModel()
        self.summary = label(role="heading")
        self.grid = Grid(self.model, "ui.findings.name")
        self.grid.widths(110, 400, 200, stretch=1)
        self.grid.two_lines()
        self.grid.be_modest(LEAST)
        self.reason = label()
        self.source = label(role="quiet")
        self.mend_button = button("ui.findings.mend_it", self.mend, drawing="check")
        self.mend_button.setShortcut(MEND_KEYS)
        self._lay_out()
        self.grid.clicked.connect(self._choose)
        self.grid.activated.connect(self._choose)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self.model.modelReset.connect(self._explain)
        self._explain()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.summary)
        both = QHBoxLayout()
        both.addWidget(self.grid, 1)
        both.addWidget(self._side())
        column.addLayout(both, 1)

    def _side(self) -> QWidget:
        """The reasons scroll, the button stays in sight."""
        self.side, column = card(margin=8)
        self.side.setFixedWidth(min(scaled(SIDE), MOST_SIDE))
        column.addWidget(label(tr("ui.findings.why"), role="strong"))
        column.addWidget(reading_place("ui.findings.why", self.reason, self.source), 1)
        column.addWidget(self.mend_button)
        return self.side

    def show_findings(self, opened: Opened | None) -> None:
        self._opened = opened
        self.model.show(opened.lines if opened else ())
        self._places = {id(line.finding): place for place, line in enumerate(self.model.lines)}
        if self.model.lines:
            self.grid.selectRow(0)
        self.summary.setText(self.presenter.summary(opened) if opened else "")

    def stand_at(self, finding: Finding) -> None:
        """Of the cell one came to in the grid: its reasons, and its mending one key away."""
        place = self._places.get(id(finding))
        if place is not None:
            self.grid.selectRow(place)

    def mend(self) -> None:
        found = self._mending(self.model.line(self.grid.currentIndex()))
        if found is not None:
            self.mended.emit(found)

    def _mending(self, line: FindingLine | None) -> Mending | None:
        return mending(self._opened, line.finding) if self._opened and line else None

    def _explain(self) -> None:
        line = self.model.line(self.grid.currentIndex())
        told = why(self._opened, line) if self._opened and line else NOTHING
        self.reason.setText(told.text or tr("ui.findings.why_none"))
        self.source.setText(told.source)
        self.mend_button.setText(told.mend or tr("ui.findings.mend_it"))
        self.mend_button.setShortcut(MEND_KEYS)
        self.mend_button.setVisible(bool(told.mend))
        self.side.setVisible(bool(self.model.lines))

    def _choose(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self.chosen.emit(line.finding)
