"""“Tháng này”: what changed since last month, to be looked over, decided and declared."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.imported import TakenIn
from desktop.services.months_api import Compared, Declared
from desktop.ui.desk import Desk
from desktop.ui.errands import CONFIRMED, Errand, News, Purpose, taken_news
from desktop.ui.formats import month
from desktop.ui.ground import Ground
from desktop.ui.month.lines import Head
from desktop.ui.month.presenter import MonthPresenter, Source, Wanted
from desktop.ui.month.side import SideView
from desktop.ui.month.source_bar import SourceBar
from desktop.ui.month.start import StartOffer
from desktop.ui.month.table import HEADS, KIND, MonthModel
from desktop.ui.month.why import of_month
from desktop.ui.tasks import Job, Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.grid import Grid, row_height
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.why import why_button
from forms.months.model import Proposed, Question
from resources.faults import Fault

BEFORE, NOTHING, LIST = range(3)


class LinesGrid(Grid):
    """Emits ``toggle_wanted`` on Space, as a box is ticked."""

    toggle_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle_wanted.emit()
        else:
            super().keyPressEvent(event)


class MonthView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.month.title", "ui.month.help")
        self.presenter = MonthPresenter(desk.services)
        self.compared: Compared | None = None
        self._asked: Wanted | None = None
        self._first_made = ""
        self._job: Job | None = None
        self.bar = SourceBar()
        self.alarm = Notice()
        self.start = StartOffer()
        self._confirmed: set[Path] = set()
        self._news: News | None = None
        self.busy = BusyBar(self._cancel)
        self.model = MonthModel(self.presenter)
        self.grid = LinesGrid(self.model, "ui.month.list")
        self.side = SideView(self.presenter)
        self.summary = label(role="strong")
        self.why = why_button("ui.why.month.figure", self._ground)
        self.declare_button = button(
            "ui.month.declare", self.declare, drawing="form", role="primary"
        )
        self.to_declarations = button("ui.month.to_declarations", self._to_declarations)
        self.pages = QStackedWidget()
        self._lay_out_month()
        self._connect()
        self.in_tab_order(
            *(self.bar.source, self.bar.old_button, self.bar.new_button, self.bar.compare_button),
            *(self.grid, self.side.toggle_button, self.side.evidence),
            *(self.side.why, self.side.row),
            *(self.why, self.to_declarations, self.declare_button),
        )
        self._forget()

    def _lay_out_month(self) -> None:
        self.grid.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.grid.two_lines()
        self.grid.widths(112, 135, 165, 92, 112, 120, stretch=2)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.grid)
        sides.addWidget(self.side)
        sides.setSizes([700, 410])
        sides.setStretchFactor(0, 1)
        sides.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.why)
        foot.addWidget(self.to_declarations)
        foot.addWidget(self.declare_button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sides, 1)
        column.addLayout(foot)
        before = EmptyState("month", tr("ui.month.empty"), tr("ui.month.empty_text"))
        self.nothing = EmptyState("check", tr("ui.month.none"), tr("ui.month.none_text"))
        for part in (before, self.nothing, whole):
            self.pages.addWidget(part)
        for part in (self.bar, self.busy, self.alarm, self.start):
            self.content.addWidget(part)
        self.content.addWidget(self.pages, 1)

    def _connect(self) -> None:
        session = self.desk.session
        self.bar.compare_wanted.connect(self.compare)
        self.bar.file_wanted.connect(self.choose_file)
        self.bar.changed.connect(self._forget)
        self.start.wanted.connect(self.take_start)
        session.unit_changed.connect(self._forget)
        session.period_changed.connect(self._forget)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.grid.toggle_wanted.connect(self.toggle)
        self.side.toggled.connect(self.toggle)
        self.side.answered.connect(self.answer)

    # ---- comparing

    @property
    def wanted(self) -> Wanted:
        return self.bar.wanted(self.desk.session.unit_code, self.desk.session.period)

    def choose_file(self, which: str) -> None:
        title = tr("ui.month.pick_old_title" if which == "old" else "ui.month.pick_new_title")
        chosen = self.desk.picker.open_file(self, title, tr("ui.month.kinds"))
        if chosen:
            self.bar.take_file(which, chosen)

    def begin(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """What was compared is no longer what is asked."""
        self.notice.hide()
        self.bar.show_period(self.desk.session.period)
        self._show(None)
        self.bar.compare_button.setEnabled(self.wanted.is_whole and self._job is None)

    def compare(self) -> None:
        wanted = self.wanted
        if self._job or not wanted.is_whole:
            return
        self.notice.hide()
        self._asked = wanted
        self._begin("ui.month.busy")
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.compare(wanted, report),
            done=self._compared,
            failed=lambda error: self._not_compared(error, wanted),
            progress=self.busy.report,
            finished=self._ended,
        )

    def enter(self, dossier_id: str = "") -> None:
        """Also comes back from a list whose columns were confirmed, or that was taken in."""
        news = News.parse(dossier_id)
        if news or dossier_id == CONFIRMED:
            self._compare_again(news)
        else:
            self._confirmed.clear()

    def _compare_again(self, news: News | None) -> None:
        self.compare()
        if news:
            self.notice.tell(news.look, news.title, news.words)

    def _not_compared(self, error: BaseException, wanted: Wanted) -> None:
        """A list of no known layout: its columns are confirmed first, then it goes on here."""
        workbook = self.presenter.unconfirmed(error, wanted, self._confirmed)
        if workbook is None:
            self._confirmed.clear()
            self.fail(error)
            return
        self._confirmed.add(workbook)
        errand = Errand(workbook=workbook, purpose=Purpose.COMPARE, back="month")
        self.desk.session.page_wanted.emit("columns", errand.text)

    # ---- a first list

    def take_start(self) -> None:
        wanted = self.wanted
        title = tr("ui.month.start.title")
        workbook = wanted.new if wanted.source is Source.FILE_WITH_ROSTER else None
        workbook = workbook or self.desk.picker.open_file(self, title, tr("ui.month.kinds"))
        if workbook is None or self._job or not self._may_start(workbook, wanted):
            return
        self._begin("ui.month.start.busy")
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.take_in(wanted, workbook, report),
            done=self._started,
            failed=lambda error: self._not_started(error, wanted, workbook),
            progress=self.busy.report,
            finished=self._ended,
        )

    def _may_start(self, workbook: Path, wanted: Wanted) -> bool:
        since = month(wanted.period.plus(-1))
        question = tr("ui.month.start.sure", file=workbook.name, month=since)
        detail = tr("ui.month.start.sure_text", month=since)
        return self.desk.picker.confirm(self, question, detail, tr("ui.month.start.sure_yes"))

    def _started(self, done: TakenIn) -> None:
        self._news = taken_news(done)
        self.desk.session.dossiers_changed.emit()

    def _not_started(self, error: BaseException, wanted: Wanted, workbook: Path) -> None:
        if not isinstance(error, Fault) or error.code != "columns.unconfirmed":
            self.fail(error)
            return
        since = wanted.period.plus(-1)
        errand = Errand(workbook=workbook, purpose=Purpose.ROSTER, back="month", since=since)
        self.desk.session.page_wanted.emit("columns", errand.text)

    def _begin(self, code: str) -> None:
        self.busy.begin(code)
        self.bar.setEnabled(False)
        self.declare_button.setEnabled(False)

    def _cancel(self) -> None:
        if self._job:
            self.busy.cancel.setEnabled(False)
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.bar.setEnabled(True)
        self.bar.compare_button.setEnabled(self.wanted.is_whole)
        self._show_summary()
        news, self._news = self._news, None
        if news:
            self._compare_again(news)

    def _compared(self, compared: Compared) -> None:
        """An answer to what is no longer asked is dropped."""
        if self._asked != self.wanted:
            return
        self._confirmed.clear()
        self._show(compared)
        if self.presenter.lacks_start(compared, self.wanted):
            asked = self.wanted.new if self.wanted.source is not Source.ROSTER else None
            self.start.offer(asked.name if asked else "")
        title, text = self.presenter.reading(compared)
        if title:
            self.notice.tell("warning", title, text)

    def _show(self, compared: Compared | None) -> None:
        self.compared = compared
        self._first_made = ""
        self.to_declarations.hide()
        self.grid.clearSpans()
        self.model.show(compared.proposal if compared else None)
        for row in self.model.heads():
            self.grid.setSpan(row, 0, 1, len(HEADS))
            self.grid.setRowHeight(row, row_height())
        for row in self.model.asked():
            self.grid.setSpan(row, KIND, 1, len(HEADS) - KIND)
        alarm = self.presenter.alarm(compared) if compared else ""
        self.alarm.hide()
        self.start.hide()
        if alarm:
            self.alarm.tell("warning", tr("ui.month.alarm"), alarm)
        self.pages.setCurrentIndex(self._page())
        self._show_help()
        self._show_summary()
        self.side.show_line(None, None)
        if len(self.model.lines) > 1:
            self.grid.selectRow(1)
            self.grid.setFocus()

    def _page(self) -> int:
        if self.compared is None:
            return BEFORE
        return LIST if self.model.lines else NOTHING

    def _show_help(self) -> None:
        now = month(self.desk.session.period)
        code = ("ui.month.help", "ui.month.help", "ui.month.help.decide")[self._page()]
        self.set_help(tr(code, month=now))

    # ---- deciding

    def _moved(self, index: QModelIndex) -> None:
        self.side.show_line(self.model.line(index.row()), self.model.decisions)

    def _here(self) -> tuple[int, Question | Proposed] | None:
        row = self.grid.currentIndex().row()
        line = self.model.line(row)
        return None if line is None or isinstance(line, Head) else (row, line)

    def toggle(self) -> None:
        """Space: a movement is declared or not; a question wants its options."""
        here, decisions = self._here(), self.model.decisions
        if here is None or decisions is None:
            return
        row, line = here
        if isinstance(line, Question):
            if self.side.options.buttons:
                self.side.options.buttons[0].setFocus()
            return
        decisions.toggle(line)
        self._decided(row, line)

    def answer(self, place: int) -> None:
        here, decisions = self._here(), self.model.decisions
        if here and decisions and isinstance(here[1], Question):
            decisions.answer(here[1], here[1].options[place])
            self.side.show_answer(here[1], decisions)
            self._decided(*here)

    def _decided(self, row: int, line: Question | Proposed) -> None:
        if self.model.decisions:
            self.model.decided(row)
            self.side.show_verdict(line, self.model.decisions)
            self._show_summary()

    def _show_summary(self) -> None:
        decisions = self.model.decisions
        self.summary.setText(self.presenter.summary(decisions) if decisions else "")
        made = bool(self._first_made)
        can = self.presenter.can_declare(decisions) and not made and self._job is None
        self.declare_button.setEnabled(can)
        self.declare_button.setVisible(not made)
        self.to_declarations.setVisible(made)

    def _ground(self) -> Ground | None:
        decisions = self.model.decisions
        return of_month(self.presenter, decisions) if decisions else None

    # ---- declaring

    def declare(self) -> None:
        compared, decisions = self.compared, self.model.decisions
        if compared is None or decisions is None or self._job or not self._may_declare():
            return
        self.side.row.finish_typing()
        unit_code = self.desk.session.unit_code
        self.notice.hide()
        self._begin("ui.month.busy_declare")
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.declare(unit_code, compared, decisions, report),
            done=self._declared,
            failed=self.fail,
            stopped=self.say_stopped,
            progress=self.busy.report,
            finished=self._ended,
            channel="month.declare",
            order=Order.IN_TURN,
        )

    def _may_declare(self) -> bool:
        """Questions left open are declared as nothing, and the person must want that."""
        decisions = self.model.decisions
        if decisions is None or not decisions.open:
            return True
        question = tr("ui.month.sure", count=decisions.open)
        yes = tr("ui.month.sure_yes")
        return self.desk.picker.confirm(self, question, tr("ui.month.sure_text"), yes)

    def _declared(self, declared: Declared) -> None:
        self._first_made = declared.dossiers[0].id if declared.dossiers else ""
        self.notice.tell(*self.presenter.declared_words(declared))
        self.desk.session.dossiers_changed.emit()

    def _to_declarations(self) -> None:
        self.desk.session.page_wanted.emit("declarations", self._first_made)
