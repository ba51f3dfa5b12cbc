"""The draft as a grid: the lists as tabs, the place bar, finding, narrowing, the cells."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop.ui.cells import Cell, as_table
from desktop.ui.declarations.grid_columns import GridColumns
from desktop.ui.declarations.grid_narrowing import GridNarrowing
from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened
from desktop.ui.declarations.sheet import Sheet, folded_columns
from desktop.ui.declarations.table import SheetModel
from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.cell_work import CellWork, Spread
from desktop.ui.widgets.column_grid import ColumnGrid
from desktop.ui.widgets.grid_finding import Cells, GridFinding
from forms.excel.kinds import Kind
from forms.model import Part

NAME = "ho_ten"
WIDTHS = {
    Kind.TEXT: 165,
    Kind.FLAG: 90,
    Kind.SEX: 90,
    Kind.CODE_2: 90,
    Kind.PERCENT: 100,
    Kind.MONTH: 100,
}
BY_KEY = {NAME: 190, "stt": 60}
USUAL_WIDTH = 130
MOST_WIDTH = 240
"""pixels"""
LEAST = 90
"""px, of the grid's height: what opens above it must not push the page out of the window"""


class DraftGridView(QWidget):
    """Emits ``typed`` (list, cells, what else to say), ``told`` (look, title, text) and ``stood``
    with the worst finding of the cell one came to, if it has any."""

    stood = Signal(object)
    typed = Signal(object, object, str)
    told = Signal(str, str, str)

    def __init__(self, desk: Desk, presenter: DeclarationsPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._opened: Opened | None = None
        self._shown: Sheet | None = None
        self._parts: tuple[tuple[Part, str, int], ...] = ()
        self.model = SheetModel(self._on_typed)
        self.grid = ColumnGrid(
            self.model, "ui.sheet.name", kept=NAME, corner_code="ui.grid.select_all"
        )
        self.grid.be_modest(LEAST)
        self.cell_work = CellWork(self.grid, self._spread())
        self.tabs = QTabBar()
        self.whole = QCheckBox(tr("ui.sheet.whole"))
        name(self.whole, "ui.sheet.whole")
        self.place = label(role="strong")
        self.columns = GridColumns(desk.settings, self.grid, self.whole)
        self.narrowing = GridNarrowing(desk, presenter)
        self.finding = GridFinding(desk, self.grid, "declarations.find")
        self._make_buttons()
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        self.find_button = button("ui.find.open", self.finding.open, drawing="search")
        self.filter_button = button("ui.grid.filter.open", self._toggle_filter, drawing="filter")
        self.columns_button = button("ui.grid.columns.open", self.columns.toggle, drawing="columns")
        self.tool_buttons = (self.find_button, self.filter_button, self.columns_button)
        for keys, done in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.finding.open),
            (QKeySequence("F3"), lambda: self.finding.go(1)),
            (QKeySequence("Shift+F3"), lambda: self.finding.go(-1)),
            (QKeySequence("Ctrl+Shift+L"), self._toggle_filter),
        ):
            short = QShortcut(keys, self)
            short.setContext(Qt.ShortcutContext.WindowShortcut)
            short.activated.connect(done)

    def _lay_out(self) -> None:
        name(self.tabs, "ui.sheet.lists")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self.whole)
        middle = QHBoxLayout()
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.columns.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._place_bar())
        column.addWidget(self.narrowing)
        column.addWidget(self.finding.bar)
        column.addLayout(middle, 1)

    def _place_bar(self) -> QFrame:
        bar = QFrame()
        set_role(bar, "place")
        inside = QHBoxLayout(bar)
        inside.setContentsMargins(10, 5, 10, 5)
        inside.addWidget(self.place, 1)
        for each in self.tool_buttons:
            inside.addWidget(each)
        self.place.setMinimumHeight(2 * self.place.fontMetrics().lineSpacing())
        return bar

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _: self._other_list())
        self.whole.toggled.connect(lambda _: self._show_columns())
        self.columns.changed.connect(self._show_columns)
        self.narrowing.arranged.connect(self._arranged)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.grid.head_pressed.connect(
            lambda column: self.narrowing.sort_next(self.grid.key_of(column))
        )
        self.grid.sort_wanted.connect(self.narrowing.sort)
        self.grid.filter_wanted.connect(self.narrowing.filter_by)

    @property
    def part(self) -> Part:
        position = self.tabs.currentIndex()
        return self._parts[position][0] if 0 <= position < len(self._parts) else Part.LAO_DONG

    # ---- what is shown

    def show_draft(self, opened: Opened | None) -> None:
        before = self._opened
        self._opened = opened
        if opened is None or before is None or before.dossier.id != opened.dossier.id:
            self.narrowing.forget()
            self.finding.bar.close_bar()
        parts = self.presenter.parts(opened) if opened else ()
        if parts != self._parts:
            self._parts = parts
            self._fill_tabs()
        self._show_list()

    def _fill_tabs(self) -> None:
        chosen = self.tabs.currentIndex()
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _, sheet, rows in self._parts:
            self.tabs.addTab(tr("ui.sheet.tab", sheet=sheet, rows=rows))
        self.tabs.setCurrentIndex(max(0, min(chosen, self.tabs.count() - 1)))
        self.tabs.blockSignals(False)

    def _other_list(self) -> None:
        self.finding.bar.close_bar()
        self._show_list()

    def _show_list(self) -> None:
        """The rows as arranged; what was arranged meanwhile otherwise comes as soon as it can."""
        opened = self._opened
        self.columns.show_list(opened, self.part)
        self.narrowing.show_list(opened, self.part)
        viewed = opened.views.get(self.part) if opened else None
        self._shown = viewed.sheet if viewed else None
        self._show_columns()

    def _arranged(self, sheet: Sheet) -> None:
        self._shown = sheet
        self._show_columns()
        self.narrowing.go_on()

    def _show_columns(self) -> None:
        opened, sheet = self._opened, self._shown
        if sheet is not None and opened is not None:
            sheet = sheet.with_columns(self.columns.keys(opened, self.part))
        if sheet is None or self.model.sheet is None or sheet.columns != self.model.sheet.columns:
            self.finding.forget()
        self.model.show(sheet, editable=bool(opened and opened.editable))
        self.columns.lay(self._usual_widths())
        self.finding.show(Cells(partial(folded_columns, sheet)) if sheet else None)
        self._show_arrangement()
        self._moved(self.grid.currentIndex())

    def _show_arrangement(self) -> None:
        now = self.narrowing.arrangement
        self.model.show_filtered(frozenset(each.key for each in now.filters))
        key, ascending = now.sort or ("", True)
        self.grid.show_sort(key, ascending=ascending)

    def _usual_widths(self) -> dict[str, int]:
        font = self.grid.font()
        font.setBold(True)
        bold = QFontMetrics(font)
        found = {}
        for column in self.model.columns:
            title = bold.horizontalAdvance(column.title) + 26
            usual = BY_KEY.get(column.key, WIDTHS.get(column.kind, USUAL_WIDTH))
            found[column.key] = max(scaled(usual), min(title, scaled(MOST_WIDTH)))
        return found

    def _toggle_filter(self) -> None:
        self.narrowing.toggle()

    # ---- where one is

    def go_to(self, part: Part, line: int, key: str) -> None:
        """Shows and selects the cell; the whole sheet when its column is hidden, every row when
        its row is."""
        wanted = [each[0] for each in self._parts]
        if part in wanted:
            self.tabs.setCurrentIndex(wanted.index(part))
        sheet = self.model.sheet
        if sheet and key not in sheet.places:
            self.whole.setChecked(True)
        if sheet and line not in sheet.positions and self.narrowing.arrangement.filters:
            self.narrowing.drop_filters(lambda: self._select(line, key))
            self.told.emit("info", tr("ui.grid.unfiltered"), "")
            return
        self._select(line, key)

    def _select(self, line: int, key: str) -> None:
        cell = self.model.locate(line, key)
        if cell.isValid():
            self.grid.setCurrentIndex(cell)
            self.grid.scrollTo(cell, ColumnGrid.ScrollHint.PositionAtCenter)
            self.grid.setFocus()

    def _moved(self, index: QModelIndex) -> None:
        sheet = self.model.sheet
        if sheet is None or not index.isValid():
            self.place.setText(self._how_many() or tr("ui.sheet.nowhere"))
            return
        found = sheet.findings_at(index.row(), index.column())
        if found:
            self.stood.emit(found[0])
        where = sheet.place(index.row(), index.column())
        tip = sheet.tip(index.row(), index.column()).split("\n")[0]
        more = tip or sheet.meaning(index.row(), index.column()) or self._how_many()
        self.place.setText(f"{where}\n{more}" if more else where)

    def _how_many(self) -> str:
        """Of a narrowed list."""
        rows = next((rows for part, _, rows in self._parts if part is self.part), 0)
        shown = self.model.rowCount()
        return tr("ui.sheet.shown", shown=shown, rows=rows) if shown != rows else ""

    # ---- cells typed over

    def _spread(self) -> Spread:
        return Spread(
            lines=lambda: self.model.lines,
            keys=lambda: [column.key for column in self.model.columns],
            editable=lambda _: self.model.editable,
            copy=self.copy,
            change=self._on_changed,
            tell=self.told.emit,
        )

    def copy(self) -> None:
        """As shown, so that it reads the same in Excel: what is hidden is not copied."""
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
