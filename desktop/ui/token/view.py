"""The check of the token: one button, a list of steps, and what to do about each fault."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.tasks import Job
from desktop.ui.texts import tr
from desktop.ui.token.presenter import TokenPresenter
from desktop.ui.token.table import StepsModel
from desktop.ui.widgets.basics import button, label, make_primary
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.page import Page
from signing.doctor.model import Check, Examination, Status


class TokenCheckView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.token.title", "ui.token.help")
        self.presenter = TokenPresenter(desk.services)
        self.examination: Examination | None = None
        self._job: Job | None = None
        self._heard: list[Check] = []
        self.model = StepsModel()
        self.grid = Grid(self.model, "ui.token.steps")
        self.busy = BusyBar(self.stop)
        self.run_button = button("ui.token.run", self.run, drawing="check", role="primary")
        self.file_button = button("ui.token.run_file", self.run_file)
        self.copy_button = button("ui.token.copy", self.copy, drawing="copy")
        self.bundle_button = button("ui.token.bundle", self.save_bundle, drawing="report")
        self.back_button = button("ui.token.back", self._to_sign, drawing="sign")
        self.promise = label(tr("ui.token.promise"), "quiet")
        self._lay_out_page()
        self.desk.session.unit_changed.connect(self._forget)
        self._show_possible()

    def _lay_out_page(self) -> None:
        row = QHBoxLayout()
        for part in (self.run_button, self.file_button, self.copy_button, self.bundle_button):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.back_button)
        self.grid.widths(110, 560, 380, stretch=1)
        self.grid.wrap_all()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(EmptyState("token", tr("ui.token.empty"), tr("ui.token.empty_text")))
        self.pages.addWidget(whole)
        self.content.addLayout(row)
        self.content.addWidget(self.busy)
        self.content.addWidget(self.pages, 1)
        self.content.addWidget(self.promise)
        self.in_tab_order(
            self.run_button,
            self.file_button,
            self.copy_button,
            self.bundle_button,
            self.back_button,
            self.grid,
        )

    def _forget(self) -> None:
        """The certificates were compared with another unit's tax code."""
        self.stop()
        self.examination = None
        self.model.show(())
        self.notice.hide()
        self._show_possible()

    # ---- the check

    def run(self) -> None:
        """Every driver on this computer."""
        self._examine(None)

    def run_file(self) -> None:
        """One driver that the person names."""
        chosen = self.desk.picker.open_file(self, tr("ui.pick.module"), tr("ui.kinds.module"))
        if chosen:
            self._examine(chosen)

    def _examine(self, module: Path | None) -> None:
        if self._job is not None:
            return
        unit_code = self.desk.session.unit_code
        self.notice.hide()
        self.examination = None
        self.model.show(())
        self.busy.begin("ui.busy.token_check")
        heard: list[Check] = []
        self._heard = heard
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.examine(module, unit_code, report, heard.append)
        )
        mine = self._job
        mine.progress = partial(self._going_on, mine)
        mine.done = lambda examination: self._examined(mine, examination)
        mine.failed = lambda error: self.fail(error) if mine is self._job else None
        mine.finished = lambda: self._ended(mine)
        self._show_possible()

    def stop(self) -> None:
        """At once, also in the middle of a driver; what was found until now stays to be read."""
        if self._job is None:
            return
        self._job.cancel()
        self._job = None
        self.busy.end()
        self._show_heard()
        self.notice.tell("info", tr("ui.token.stopped"), tr("ui.token.stopped_text"))
        self._show_possible()

    def _going_on(self, job: Job, tried: int, whole: int) -> None:
        if job is self._job:
            self.busy.report(tried, whole)
            self._show_heard()

    def _show_heard(self) -> None:
        """The list grows at its end; whoever reads further up is left there."""
        found = self._heard[:]
        if len(found) <= len(self.model.lines):
            return
        bar = self.grid.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        self.model.show(self.presenter.lines(found))
        self._show_possible()
        if at_end:
            self.grid.scrollToBottom()

    def _examined(self, job: Job, examination: Examination) -> None:
        if job is not self._job:
            return
        self.examination = examination
        self.model.show(self.presenter.lines(examination.checks))
        look = "done" if examination.usable else "warning"
        self.notice.tell(look, self.presenter.conclusion(examination))
        self._show_possible()
        self._go_to_first_fault()

    def _go_to_first_fault(self) -> None:
        faults = [at for at, line in enumerate(self.model.lines) if line.status is Status.FAIL]
        self.grid.selectRow(faults[0] if faults else 0)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.busy.end()
            self._show_possible()

    def _show_possible(self) -> None:
        running, known = self._job is not None, self.examination is not None
        self.pages.setCurrentIndex(1 if self.model.lines else 0)
        for each in (self.run_button, self.file_button):
            each.setEnabled(not running)
        for each in (self.copy_button, self.bundle_button):
            each.setEnabled(known and not running)
        self.run_button.setText(tr("ui.token.again" if known else "ui.token.run"))
        self.run_button.setAccessibleName(self.run_button.text().replace("&", ""))
        usable = self.examination is not None and self.examination.usable
        make_primary(self.back_button, "sign", primary=usable)
        make_primary(self.run_button, "check", primary=not usable)

    # ---- handing it on

    def copy(self) -> None:
        if self.examination is not None:
            QGuiApplication.clipboard().setText(self.presenter.as_text(self.examination))
            self.notice.tell("done", tr("ui.token.copy_done"), tr("ui.token.copy_done_text"))

    def save_bundle(self) -> None:
        examination = self.examination
        if examination is None:
            return
        name = self.presenter.bundle_name()
        out = self.desk.picker.save_file(self, tr("ui.pick.bundle"), name, tr("ui.kinds.bundle"))
        if out:
            self.desk.tasks.run(
                lambda _: self.presenter.write_bundle(examination, out),
                done=self._bundle_written,
                failed=self.fail,
                finished=self.lasting("ui.busy.bundle"),
            )

    def _bundle_written(self, out: Path) -> None:
        self.notice.tell("done", tr("doctor.bundle_written", file=out.name))

    def _to_sign(self) -> None:
        self.desk.session.page_wanted.emit("sign", "")
