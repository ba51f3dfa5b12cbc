"""The draft as a grid: the lists as tabs, the place bar, the cells."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.ui.cells import Cell, as_table
from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened
from desktop.ui.declarations.table import SheetModel
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import label, name, set_role
from desktop.ui.widgets.cell_work import CellWork, Spread
from desktop.ui.widgets.cells_grid import CellsGrid
from forms.excel.kinds import Kind
from forms.model import Part

WIDTHS = {
    Kind.TEXT: 165,
    Kind.FLAG: 90,
    Kind.SEX: 90,
    Kind.CODE_2: 90,
    Kind.PERCENT: 100,
    Kind.MONTH: 100,
}
NAME_WIDTH = 190
USUAL_WIDTH = 130
MOST_WIDTH = 240
"""pixels"""


class DraftGridView(QWidget):
    """Emits ``typed`` (list, cells, what else to say) and ``told`` (look, title, text)."""

    typed = Signal(object, object, str)
    told = Signal(str, str, str)

    def __init__(self, presenter: DeclarationsPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._opened: Opened | None = None
        self._parts: tuple[tuple[Part, str, int], ...] = ()
        self.model = SheetModel(self._on_typed)
        self.grid = CellsGrid(self.model, "ui.sheet.name")
        self.cell_work = CellWork(self.grid, self._spread())
        self.tabs = QTabBar()
        self.whole = QCheckBox(tr("ui.sheet.whole"))
        name(self.whole, "ui.sheet.whole")
        self.place = label(role="strong")
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _: self._show_sheet())
        self.whole.toggled.connect(lambda _: self._show_sheet())
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.model.modelReset.connect(self._set_widths)

    def _lay_out(self) -> None:
        name(self.tabs, "ui.sheet.lists")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.whole)
        bar = QFrame()
        set_role(bar, "place")
        inside = QHBoxLayout(bar)
        inside.setContentsMargins(10, 5, 10, 5)
        inside.addWidget(self.place)
        self.place.setMinimumHeight(2 * self.place.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(bar)
        column.addWidget(self.grid, 1)

    @property
    def part(self) -> Part:
        position = self.tabs.currentIndex()
        return self._parts[position][0] if 0 <= position < len(self._parts) else Part.LAO_DONG

    def show_draft(self, opened: Opened | None) -> None:
        self._opened = opened
        parts = self.presenter.parts(opened) if opened else ()
        if parts != self._parts:
            self._parts = parts
            self._fill_tabs()
        self._show_sheet()

    def _fill_tabs(self) -> None:
        chosen = self.tabs.currentIndex()
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _, sheet, rows in self._parts:
            self.tabs.addTab(tr("ui.sheet.tab", sheet=sheet, rows=rows))
        self.tabs.setCurrentIndex(max(0, min(chosen, self.tabs.count() - 1)))
        self.tabs.blockSignals(False)

    def _show_sheet(self) -> None:
        opened = self._opened
        sheet = None
        if opened:
            sheet = self.presenter.sheet(opened, self.part, whole=self.whole.isChecked())
        self.model.show(sheet, editable=bool(opened and opened.editable))
        self._moved(self.grid.currentIndex())

    def _set_widths(self) -> None:
        sheet = self.model.sheet
        font = self.grid.font()
        font.setBold(True)
        bold = QFontMetrics(font)
        for position, column in enumerate(sheet.columns if sheet else ()):
            title = bold.horizontalAdvance(column.title) + 26
            usual = NAME_WIDTH if column.key == "ho_ten" else WIDTHS.get(column.kind, USUAL_WIDTH)
            width = max(usual, min(title, MOST_WIDTH))
            self.grid.setColumnWidth(position, width)

    def go_to(self, part: Part, line: int, key: str) -> None:
        """Shows and selects the cell; the whole sheet when its column is hidden."""
        wanted = [each[0] for each in self._parts]
        if part in wanted:
            self.tabs.setCurrentIndex(wanted.index(part))
        if not self.model.locate(line, key).isValid():
            self.whole.setChecked(True)
        cell = self.model.locate(line, key)
        if cell.isValid():
            self.grid.setCurrentIndex(cell)
            self.grid.scrollTo(cell, CellsGrid.ScrollHint.PositionAtCenter)
            self.grid.setFocus()

    def _moved(self, index: QModelIndex) -> None:
        sheet = self.model.sheet
        if sheet is None or not index.isValid():
            self.place.setText(tr("ui.sheet.nowhere"))
            return
        where = sheet.place(index.row(), index.column())
        tip = sheet.tip(index.row(), index.column()).split("\n")[0]
        self.place.setText(f"{where}\n{tip}" if tip else where)

    # ---- cells typed over

    def _spread(self) -> Spread:
        return Spread(
            lines=lambda: [row.line for row in self.model.rows],
            keys=lambda: [column.key for column in self.model.columns],
            editable=lambda _: self.model.editable,
            copy=self.copy,
            change=self._on_changed,
            tell=self.told.emit,
        )

    def copy(self) -> None:
        """As shown, so that it reads the same in Excel."""
        columns, model = self.grid.chosen_columns(), self.model
        rows = (
            [str(model.index(row, column).data()) for column in columns]
            for row in self.grid.chosen_rows()
        )
        QGuiApplication.clipboard().setText(as_table(list(rows)))

    def _on_typed(self, line: int, key: str, text: str) -> None:
        self._on_changed([(line, key, text)], "")

    def _on_changed(self, cells: Sequence[Cell], told: str) -> None:
        if self.model.editable:
            self.typed.emit(self.part, tuple(cells), told)
