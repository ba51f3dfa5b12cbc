"""A workbook of no known layout: which column is which, confirmed on one screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QSplitter, QVBoxLayout, QWidget

from desktop.services.api import Imported, Progress
from desktop.services.imported import TakenIn
from desktop.services.workbooks_api import Preview
from desktop.ui.columns.goal import GoalBar
from desktop.ui.columns.lines import Chosen
from desktop.ui.columns.presenter import ColumnsPresenter
from desktop.ui.columns.table import FIELD, ColumnsModel, FieldDelegate, PreviewModel
from desktop.ui.desk import Desk
from desktop.ui.errands import CONFIRMED, Errand, Purpose, taken_news
from desktop.ui.formats import grouped
from desktop.ui.tasks import Job, Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.page import Page
from forms.excel.mapping import SheetGuess

T = TypeVar("T")
LAST_ROW = 1_048_576
WIDTHS = (60, 240, 300, 280, 150)
PREVIEW_WIDTH = 150
PADDING = 26
FIELD_HEIGHT = 34
TYPING_PAUSE = 250
"""milliseconds after the last change of the heading row before reading"""


class ColumnsView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.columns.title", "ui.columns.help")
        self.presenter = ColumnsPresenter(desk.services)
        self.errand: Errand | None = None
        self.chosen: Chosen | None = None
        self._guesses: tuple[SheetGuess, ...] = ()
        self._job: Job | None = None
        self.sheet = QComboBox()
        self.header = QSpinBox()
        self.goal = GoalBar()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self.state = label(role="strong")
        self.missing = Notice()
        self.busy = BusyBar(self._cancel)
        self.model = ColumnsModel(self.presenter)
        self.grid = Grid(self.model, "ui.columns.grid", cells=True)
        self.preview_model = PreviewModel(self.presenter)
        self.preview = Grid(self.preview_model, "ui.columns.preview")
        self.preview_state = label(role="quiet")
        self.import_button = button(
            "ui.columns.import", self.import_rows, drawing="excel", role="primary"
        )
        self.cancel_button = button("ui.columns.cancel", self.cancel)
        self._lay_out_columns()
        self._connect()
        self.in_tab_order(
            *(self.sheet, self.header, self.grid, self.preview),
            *(self.goal.choice, self.goal.since),
            *(self.cancel_button, self.import_button),
        )
        self._show()

    def _lay_out_columns(self) -> None:
        name(self.sheet, "ui.columns.sheet")
        name(self.header, "ui.columns.header")
        self.header.setRange(1, LAST_ROW)
        self.header.setMinimumHeight(FIELD_HEIGHT)
        self.sheet.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sheet.setMinimumContentsLength(24)
        self.grid.setItemDelegateForColumn(FIELD, FieldDelegate(self._offered, self.grid))
        self.grid.verticalHeader().hide()
        self.grid.widths(*WIDTHS, stretch=2)
        self.preview.verticalHeader().show()
        sides = QSplitter(Qt.Orientation.Vertical)
        sides.addWidget(self.grid)
        sides.addWidget(self._preview_side())
        sides.setSizes([290, 200])
        sides.setChildrenCollapsible(False)
        for part in (self.missing, self.busy):
            self.content.addWidget(part)
        self.content.addLayout(self._top())
        self.content.addWidget(sides, 1)
        self.content.addWidget(self.goal)
        self.content.addLayout(self._foot())

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for code, made in (("ui.columns.sheet", self.sheet), ("ui.columns.header", self.header)):
            caption = label(tr(code))
            caption.setWordWrap(False)
            caption.setBuddy(made)
            row.addWidget(caption)
            row.addWidget(made)
        row.addWidget(self.state, 1)
        return row

    def _preview_side(self) -> QWidget:
        side = QWidget()
        head = QHBoxLayout()
        caption = label(tr("ui.columns.preview"), "strong")
        caption.setWordWrap(False)
        head.addWidget(caption)
        head.addWidget(self.preview_state, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(tr("ui.columns.foot"), "help"), 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.import_button)
        return row

    def _connect(self) -> None:
        self.sheet.activated.connect(self._choose_sheet)
        self.header.valueChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._choose_header)
        self.goal.changed.connect(self._show)
        self.model.said.connect(self._said)
        self.grid.clicked.connect(lambda index: self.grid.edit(index))
        self.desk.session.unit_changed.connect(self.forget)

    @property
    def workbook(self) -> Path | None:
        return self.errand.workbook if self.errand else None

    @property
    def purpose(self) -> Purpose:
        return self.goal.purpose

    # ---- opening

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id`` is here an errand, or the workbook's place."""
        if dossier_id:
            self.open(Errand.parse(dossier_id))

    def open(self, errand: Errand) -> None:
        self.forget()
        self.errand = errand
        compared = errand.purpose is Purpose.COMPARE
        code = "ui.columns.help_compare" if compared else "ui.columns.help_file"
        self.set_help(tr(code, file=errand.workbook.name))
        self.goal.show_errand(errand, self.desk.session.period, self.presenter.this_month())
        self.busy.begin("ui.columns.busy_reading")
        self.busy.cancel.hide()
        self.desk.tasks.run(
            lambda _: self.presenter.guesses(errand.workbook),
            done=self._guessed,
            failed=self.fail,
            finished=self.busy.end,
            channel="columns.guess",
            order=Order.LATEST,
        )

    def forget(self) -> None:
        self._pause.stop()
        self.errand, self.chosen, self._guesses = None, None, ()
        self.notice.hide()
        self._show()

    def _guessed(self, guesses: tuple[SheetGuess, ...]) -> None:
        self._guesses = guesses
        self.sheet.clear()
        for guess in guesses:
            self.sheet.addItem(self.presenter.sheet_words(guess))
        if guesses:
            self._choose_sheet(0)
        else:
            self.notice.tell("error", tr("ui.columns.nobody"), tr("ui.columns.nobody_text"))

    def _choose_sheet(self, place: int) -> None:
        self.chosen = self.presenter.choose(self._guesses[place])
        self.model.show(self.chosen.lines)
        self._show()
        self.grid.setCurrentIndex(self.model.index(0, FIELD))
        self.grid.setFocus()

    def _choose_header(self) -> None:
        """Another heading row: its titles are read, and the columns guessed by them."""
        chosen, workbook, row = self.chosen, self.workbook, self.header.value()
        if chosen is None or workbook is None or row == chosen.header_row:
            return
        self.desk.tasks.run(
            lambda _: self.presenter.below(workbook, chosen.sheet.sheet, row),
            done=self._read_below,
            failed=self.fail,
            channel="columns.guess",
            order=Order.LATEST,
        )

    def _read_below(self, sheet: SheetGuess) -> None:
        if self.chosen and sheet.header_row == self.header.value():
            self.chosen = self.presenter.read_below(self.chosen, sheet)
            self.model.show(self.chosen.lines)
            self._show()

    def _offered(self, column: str) -> tuple[tuple[str, str], ...]:
        return self.presenter.offered(self.chosen, column) if self.chosen else ()

    def _said(self, column: str, field: str) -> None:
        if self.chosen:
            self.chosen = self.presenter.say(self.chosen, column, field)
            self.model.change(self.chosen.lines)
            self._show()

    # ---- what is shown

    def _show(self) -> None:
        chosen = self.chosen
        for part in (self.sheet, self.header, self.grid):
            part.setEnabled(chosen is not None)
        missing = self.presenter.missing(chosen) if chosen else ""
        self.missing.hide()
        if missing:
            self.missing.tell("warning", missing, tr("ui.columns.missing_text"))
        self.state.setText(self.presenter.state(chosen) if chosen else "")
        self._show_import(chosen)
        self.import_button.setEnabled(bool(chosen and not missing and self._job is None))
        if chosen is None:
            self.model.show(())
            self._show_preview(Preview(keys=(), rows=(), changed=(), refused=()))
            return
        self.header.blockSignals(True)
        self.header.setValue(chosen.header_row)
        self.header.blockSignals(False)
        self._read_preview(chosen)

    def _show_import(self, chosen: Chosen | None) -> None:
        words = tr("ui.columns.import_rows", rows=grouped(chosen.rows)) if chosen else ""
        if self.purpose is Purpose.COMPARE:
            words = tr("ui.columns.confirm")
        self.import_button.setText(words or tr("ui.columns.import"))
        self.import_button.setAccessibleName(words.replace("&", "") or tr("ui.columns.import"))

    def _read_preview(self, chosen: Chosen) -> None:
        workbook, mapping = self.workbook, chosen.mapping
        if workbook is None or not mapping.columns:
            return
        self.desk.tasks.run(
            lambda _: self.presenter.preview(workbook, mapping),
            done=self._show_preview,
            failed=self.fail,
            channel="columns.preview",
            order=Order.LATEST,
        )

    def _show_preview(self, preview: Preview) -> None:
        self.preview_model.show(preview)
        font = self.preview.font()
        font.setBold(True)
        bold = QFontMetrics(font)
        for column, head in enumerate(self.presenter.headings(preview)):
            width = bold.horizontalAdvance(head) + PADDING
            self.preview.setColumnWidth(column, max(PREVIEW_WIDTH, width))
        self.preview_state.setText(self.presenter.preview_state(preview) if preview.rows else "")

    # ---- importing

    def import_rows(self) -> None:
        workbook, chosen, session = self.workbook, self.chosen, self.desk.session
        if workbook is None or chosen is None or self._job:
            return
        mapping, unit_code, period = chosen.mapping, session.unit_code, session.period
        self.notice.hide()
        if self.purpose is Purpose.COMPARE:
            self._begin(
                "ui.columns.busy_confirm",
                lambda _: self.presenter.confirm(workbook, mapping),
                lambda _: self._leave_for(CONFIRMED),
            )
        elif self.purpose is Purpose.ROSTER and unit_code:
            since = self.goal.since.month
            self._begin(
                "ui.columns.busy_taking",
                lambda report: self.presenter.take_in(workbook, mapping, unit_code, since, report),
                self._taken,
            )
        elif unit_code:
            self._begin(
                "ui.busy.import",
                lambda report: self.presenter.import_mapped(
                    workbook, mapping, unit_code, period, report
                ),
                self._imported,
            )

    def _begin(self, code: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self.busy.begin(code)
        self.busy.cancel.show()
        self._job = self.desk.tasks.run(
            work, done=done, failed=self.fail, progress=self.busy.report, finished=self._ended
        )
        self.import_button.setEnabled(False)

    def _cancel(self) -> None:
        if self._job:
            self.busy.cancel.setEnabled(False)
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        if self.chosen:
            self.import_button.setEnabled(not self.presenter.missing(self.chosen))

    def _imported(self, imported: Imported) -> None:
        if imported.dossier is None:
            self.notice.tell(*self.presenter.imported_words(imported))
            return
        session, dossier_id = self.desk.session, imported.dossier.id
        self.forget()
        session.dossiers_changed.emit()
        session.page_wanted.emit("declarations", dossier_id)

    def _taken(self, done: TakenIn) -> None:
        news = taken_news(done)
        if not done.people:
            self.notice.tell(news.look, news.title, news.words)
            return
        self.desk.session.dossiers_changed.emit()
        self._leave_for(news.text, otherwise="roster")

    def _leave_for(self, text: str, otherwise: str = "declarations") -> None:
        """Back to the page that sent the person here; from an import to what was filled."""
        back = self.errand.back if self.errand else otherwise
        self.forget()
        self.desk.session.page_wanted.emit(otherwise if back == "declarations" else back, text)

    def cancel(self) -> None:
        """Nothing was taken; back to where it was chosen."""
        self._cancel()
        back = self.errand.back if self.errand else "declarations"
        self.forget()
        self.desk.session.page_wanted.emit(back, "")
