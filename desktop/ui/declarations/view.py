"""The declaration screen: dossiers on the left, the draft and its findings on the right."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.api import Built, Imported
from desktop.ui.carry.menu import CarryMenu
from desktop.ui.declarations.dossiers_view import DossierListView
from desktop.ui.declarations.dropped import dropped_workbook
from desktop.ui.declarations.findings_view import FindingsView
from desktop.ui.declarations.grid_view import DraftGridView
from desktop.ui.declarations.papers_view import PapersView
from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened, opened_dossier
from desktop.ui.declarations.typing_work import CHANGES, TypingWork
from desktop.ui.desk import Desk
from desktop.ui.formats import month
from desktop.ui.tasks import Job, Order, Report
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, make_primary
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.stack import Stack
from forms.findings import Finding
from forms.model import Dossier

LAST_CHANGES = 15.0
"""seconds that closing waits for the last changes"""
T = TypeVar("T")


class DeclarationsView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.declarations.title", "ui.declarations.help.import")
        self.presenter = DeclarationsPresenter(desk.services)
        self.opened: Opened | None = None
        self._wanted = ""
        self._job: Job | None = None
        self.dossiers = DossierListView()
        self.dossier_list = self.dossiers.grid
        self.papers = PapersView(desk)
        self.draft = DraftGridView(desk, self.presenter)
        self.findings = FindingsView(self.presenter)
        self.typing = TypingWork(
            desk,
            self.presenter,
            self.draft,
            self.notice,
            opened=lambda: self.opened,
            show=self._reopened,
            fail=self.fail,
        )
        self.busy = BusyBar(self._cancel)
        self._make_buttons()
        self._lay_out_page()
        self._connect()
        self._order_tabs()
        self.setAcceptDrops(True)

    def _make_buttons(self) -> None:
        self.import_button = button("ui.declarations.import", self.choose_workbook)
        self.check_button = button("ui.declarations.check", self.check, drawing="check")
        self.report_button = button("ui.declarations.report", self.save_report, drawing="report")
        self.undo_button = button("ui.roster.undo", self.typing.undo, drawing="undo")
        self.redo_button = button("ui.roster.redo", self.typing.redo, drawing="redo")
        self.undo_button.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo_button.setShortcut(QKeySequence("Ctrl+Y"))
        self.build_button = button("ui.declarations.build", self.build)
        self.print_button = button(
            "ui.preview.open", lambda: self._go_on("preview"), drawing="print"
        )
        self.sign_button = button("ui.declarations.sign", lambda: self._go_on("sign"))
        self.carry = CarryMenu(self.desk, self, lambda: opened_dossier(self.opened))
        self._buttons = (
            *(self.import_button, self.undo_button, self.redo_button, self.check_button),
            *(self.report_button, self.build_button, self.sign_button),
        )
        place = self.place_of_many_tools()
        for each in self._buttons:
            place.addWidget(each)

    def _lay_out_page(self) -> None:
        self.month_empty = EmptyState("excel", "", tr("ui.declarations.empty_month_text"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.dossiers, 1)
        for each in (self.print_button, self.carry.button, self.papers):
            column.addWidget(each)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.draft)
        right.addWidget(self.findings)
        right.setSizes([330, 170])
        right.setChildrenCollapsible(False)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(left)
        self.sides = Stack()
        self.sides.addWidget(right)
        self.sides.addWidget(self.month_empty)
        whole.addWidget(self.sides)
        whole.setSizes([205, 930])
        whole.setStretchFactor(1, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(whole)
        self.pages.addWidget(self._empty())
        self.content.addWidget(self.busy)
        self.content.addWidget(self.pages, 1)

    def _empty(self) -> EmptyState:
        choose = button(
            "ui.declarations.choose", self.choose_workbook, drawing="excel", role="primary"
        )
        buttons = [choose]
        if self.desk.practice and self.desk.practice.sample_workbook:
            buttons.append(button("ui.declarations.sample", self.use_sample))
        return EmptyState(
            "excel", tr("ui.declarations.empty"), tr("ui.declarations.empty_text"), *buttons
        )

    def _order_tabs(self) -> None:
        draft = self.draft
        self.in_tab_order(
            *self._buttons,
            *(self.dossier_list, self.print_button, self.carry.button, self.papers.add_button),
            *(draft.tabs, draft.whole, *draft.tool_buttons, draft.grid),
            self.findings.grid,
        )

    def _connect(self) -> None:
        self.dossiers.chosen.connect(self._chosen)
        self.findings.chosen.connect(self.go_to)
        self.draft.stood.connect(self.findings.stand_at)
        self.findings.mended.connect(lambda found: self.typing.change(found.part, found.cells))
        self.desk.session.unit_changed.connect(self._other_unit)
        self.desk.session.dossiers_changed.connect(self.refresh)
        self.desk.session.period_changed.connect(self._other_month)

    # ---- the list of dossiers

    def _other_unit(self) -> None:
        self.opened, self._wanted = None, ""
        self.notice.hide()
        self.refresh()

    def begin(self) -> None:
        self.refresh()

    def enter(self, dossier_id: str = "") -> None:
        if dossier_id:
            self._wanted = dossier_id
            self.refresh()

    def leave(self) -> None:
        """Every cell typed is stored before the window goes."""
        self.draft.grid.finish_typing()
        self.desk.tasks.wait_for(CHANGES, LAST_CHANGES)

    def refresh(self) -> None:
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.dossiers(unit_code),
            done=self._listed,
            failed=self.fail,
            channel="declarations.list",
            order=Order.LATEST,
        )

    def _listed(self, dossiers: tuple[Dossier, ...]) -> None:
        session = self.desk.session
        current = self._wanted or (self.opened.dossier.id if self.opened else "")
        self._wanted = ""
        self.pages.setCurrentIndex(0 if dossiers else 1)
        picked = self.dossiers.show_dossiers(dossiers, current, session.period)
        if picked:
            session.choose_period(picked.period)
            self._load(picked.id)
        else:
            self._show(None)

    def _chosen(self, dossier: Dossier) -> None:
        """The month above follows, so that what is imported next goes where one looks."""
        self.notice.hide()
        self._wanted = dossier.id
        self.desk.session.choose_period(dossier.period)
        self._load(dossier.id)

    def _other_month(self) -> None:
        """Another month above: its newest dossier, unless one of it is open or wanted."""
        if self._wanted or not (self.opened and self._is_now(self.opened.dossier)):
            self.notice.hide()
            self.opened = None
            self.refresh()

    def _is_now(self, dossier: Dossier) -> bool:
        return dossier.period == self.desk.session.period

    def _load(self, dossier_id: str) -> None:
        self.desk.tasks.run(
            lambda _: self.presenter.open(dossier_id),
            done=self._show,
            failed=self.fail,
            channel="declarations.open",
            order=Order.LATEST,
        )

    def _show(self, opened: Opened | None) -> None:
        self._wanted = ""
        if opened is None or self.opened is None or opened.dossier.id != self.opened.dossier.id:
            self.papers.forget()
        self.opened = opened
        self.sides.setCurrentIndex(0 if opened else 1)
        now = month(self.desk.session.period)
        self.month_empty.title.setText(tr("ui.declarations.empty_month", month=now))
        self.draft.show_draft(opened)
        self.findings.show_findings(opened)
        self._show_possible()

    def _show_possible(self) -> None:
        can = self.presenter.possible(self.opened)
        self.set_help(can.help)
        self.check_button.setEnabled(can.check)
        for each, doable in ((self.undo_button, can.undo), (self.redo_button, can.redo)):
            each.setEnabled(doable)
        self.report_button.setEnabled(can.report)
        self.carry.allow(dossier=self.opened is not None)
        self.print_button.setEnabled(self.opened is not None)
        self.build_button.setEnabled(can.build)
        self.build_button.setToolTip(can.help)
        self.build_button.setVisible(can.next != "sign")
        self.sign_button.setVisible(can.next == "sign")
        self.import_button.setVisible(self.pages.currentIndex() == 0)
        self.papers.setVisible(bool(self.opened and self.opened.editable))
        make_primary(self.import_button, "excel", primary=can.next == "import")
        make_primary(self.build_button, "build", primary=can.next == "build")
        make_primary(self.sign_button, "sign", primary=True)

    # ---- import

    def choose_workbook(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.workbook"), tr("ui.kinds.excel"))
        if chosen:
            self.import_workbook(chosen)

    def use_sample(self) -> None:
        practice = self.desk.practice
        if practice and practice.sample_workbook:
            make = practice.sample_workbook
            self.desk.tasks.run(lambda _: make(), done=self.import_workbook, failed=self.fail)

    def import_workbook(self, workbook: Path) -> None:
        """A workbook of no known layout goes on to the page that asks for its columns."""
        session = self.desk.session
        unit_code, period = session.unit_code, session.period
        if self._job or not unit_code:
            return
        self.notice.hide()
        self.busy.begin("ui.busy.import")
        self._enable(on=False)
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.import_workbook(workbook, unit_code, period, report),
            done=lambda imported: self._imported(imported, workbook),
            failed=lambda error: self._not_imported(error, workbook),
            stopped=self.say_stopped,
            progress=self.busy.report,
            finished=self._ended,
        )

    def _cancel(self) -> None:
        if self._job:
            self.busy.cancel.setEnabled(False)
            self._job.cancel()

    def _imported(self, imported: Imported, workbook: Path) -> None:
        if self.presenter.is_unknown(imported):
            self.desk.session.page_wanted.emit("columns", str(workbook))
            return
        self.notice.tell(*self.presenter.imported_words(imported))
        if imported.dossier:
            self._wanted = imported.dossier.id
            self.desk.session.dossiers_changed.emit()

    def _not_imported(self, error: BaseException, workbook: Path) -> None:
        if not self.presenter.wants_columns(error):
            return self.fail(error)
        return self.desk.session.page_wanted.emit("columns", str(workbook))

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self._enable(on=True)

    def _enable(self, *, on: bool) -> None:
        self.pages.setEnabled(on)
        for each in (self.import_button, self.check_button, self.build_button):
            each.setEnabled(on)
        if on:
            self._show_possible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_workbook(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        workbook = dropped_workbook(event)
        if workbook:
            event.acceptProposedAction()
            self.import_workbook(workbook)

    # ---- the draft

    def go_to(self, finding: Finding) -> None:
        found = self.presenter.find(self.opened, finding) if self.opened else None
        if found:
            self.draft.go_to(*found)

    def _reopened(self, opened: Opened) -> None:
        """The same dossier after a change; news for the others when its state changed."""
        before = self.opened
        if before is None or before.dossier.id != opened.dossier.id:
            return
        self._show(opened)
        if before.dossier.state is not opened.dossier.state:
            self.desk.session.dossiers_changed.emit()

    def check(self) -> None:
        if self.opened:
            dossier_id = self.opened.dossier.id
            check = self.presenter.check
            self._run("ui.busy.check", lambda told: check(dossier_id, told), self._checked)

    def _checked(self, opened: Opened) -> None:
        self._reopened(opened)
        look = "warning" if opened.errors else "done"
        self.notice.tell(look, self.presenter.summary(opened), self.presenter.possible(opened).help)

    def build(self) -> None:
        opened = self.opened
        if opened:
            papers, build = self.papers.files, self.presenter.build
            self._run("ui.busy.build", lambda told: build(opened, papers, told), self._built)

    def _built(self, answer: tuple[Built, Opened]) -> None:
        built, opened = answer
        self._show(opened)
        if built.files:
            names = ", ".join(file.form.name for file in built.files)
            self.notice.tell("done", tr("ui.built.title"), tr("ui.built.text", files=names))
        else:
            self.notice.tell("warning", tr("ui.built.not"), self.presenter.possible(opened).help)
        self.desk.session.dossiers_changed.emit()

    def _run(self, code: str, work: Callable[[Report], T], done: Callable[[T], None]) -> None:
        """Work on the whole dossier: after the changes under way, the screen held still."""
        self.draft.grid.finish_typing()
        self.notice.hide()
        self.busy.begin(code)
        self._enable(on=False)
        self._job = self.desk.tasks.run(
            work,
            done=done,
            failed=self.fail,
            stopped=self.say_stopped,
            progress=self.busy.report,
            finished=self._ended,
            channel=CHANGES,
            order=Order.IN_TURN,
        )

    def save_report(self) -> None:
        """From the workbook imported just now, else from the one the person points at."""
        opened = self.opened
        if opened is None:
            return
        picker, source = self.desk.picker, opened.draft.source
        title = tr("ui.pick.source", name=source)
        workbook = opened.workbook or picker.open_file(self, title, tr("ui.kinds.excel"))
        if workbook is None:
            return
        name = self.presenter.report_name(opened)
        out = picker.save_file(self, tr("ui.pick.report"), name, tr("ui.kinds.xlsx"))
        if out:
            self._write_report(opened, workbook, out)

    def _write_report(self, opened: Opened, workbook: Path, out: Path) -> None:
        self._run(
            "ui.busy.report",
            lambda told: self.presenter.write_report(opened, workbook, out, told),
            lambda path: self.notice.tell("done", tr("ui.report.saved"), str(path)),
        )

    def _go_on(self, page: str) -> None:
        """With the dossier that is open, and what was typed in it."""
        if self.opened:
            self.draft.grid.finish_typing()
            self.desk.session.page_wanted.emit(page, self.opened.dossier.id)
