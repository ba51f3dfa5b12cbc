"""The inbox: letters above, the chosen one in plain words below."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QStackedWidget

from desktop.services.inbox_api import Fetched
from desktop.ui.desk import Desk
from desktop.ui.inbox.detail_view import LetterView
from desktop.ui.inbox.portal_view import PortalDialog
from desktop.ui.inbox.presenter import (
    Detail,
    InboxPresenter,
    LetterLine,
    Portal,
    Watched,
)
from desktop.ui.inbox.table import LettersModel
from desktop.ui.preview.presenter import LETTER
from desktop.ui.tasks import Job, Order, Report
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.dropped import dropped_files
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.page import Page

READABLE = (".xml", ".zip", ".xlsx", ".json", ".pdf")


class InboxView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.inbox.title", "ui.inbox.help")
        self.presenter = InboxPresenter(desk.services)
        self.detail: Detail | None = None
        self.portal_dialog: PortalDialog | None = None
        self._wanted = ""
        self._of_dossier = ""
        self.model = LettersModel()
        self.list = Grid(self.model, "ui.inbox.name")
        self.letter = LetterView()
        self.only_month = QCheckBox()
        self.busy = BusyBar(self.stop)
        self._jobs: dict[str, Job] = {}
        self._make_buttons()
        self._lay_out_page()
        self._order_tabs()
        self._connect()
        self.setAcceptDrops(True)

    def _make_buttons(self) -> None:
        self.fetch_button = button("ui.inbox.fetch", self.fetch, drawing="inbox", role="primary")
        self.take_button = button("ui.inbox.take", self.choose_files, drawing="plus")
        self.portal_button = button("ui.inbox.portal", self.open_portal, drawing="search")
        for each in (self.fetch_button, self.take_button, self.portal_button):
            self.tools.addWidget(each)
        self.practice_row = QHBoxLayout()
        self.practice_row.addWidget(self.only_month)
        self.practice_row.addStretch(1)
        self.officer_button = button("ui.inbox.officer", self.officer, drawing="people")
        self.statement_button = button("ui.inbox.statement", self.post_month, drawing="month")
        practice = self.desk.practice
        if practice and practice.officer_step:
            self.practice_row.addWidget(self.officer_button)
            self.practice_row.addWidget(self.statement_button)
        self.dossier_button = button("ui.inbox.to_dossier", self._to_dossier, drawing="form")
        self.paper_button = button("ui.inbox.paper", self._to_paper, drawing="print")
        self.save_button = button("ui.inbox.save", self.save, drawing="report")
        self.unread_button = button("ui.inbox.unread", self._unread)
        self.of_letter = (
            self.dossier_button,
            self.paper_button,
            self.save_button,
            self.unread_button,
        )
        for each in self.of_letter:
            self.letter.buttons.addWidget(each)
        self.letter.buttons.addStretch(1)

    def _order_tabs(self) -> None:
        ways_in = (self.fetch_button, self.take_button, self.portal_button)
        self.in_tab_order(*ways_in, self.only_month, self.list, *self.of_letter)

    def _lay_out_page(self) -> None:
        self.list.widths(250, 260, 150, 110, 150, stretch=1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self.letter)
        split.setSizes([230, 320])
        split.setChildrenCollapsible(False)
        self.pages = QStackedWidget()
        self.pages.addWidget(split)
        self.pages.addWidget(EmptyState("inbox", tr("ui.inbox.empty"), tr("ui.inbox.empty_text")))
        self.content.addLayout(self.practice_row)
        self.content.addWidget(self.busy)
        self.content.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.only_month.toggled.connect(lambda _: self.refresh())
        session = self.desk.session
        session.unit_changed.connect(self._other_unit)
        session.period_changed.connect(self.refresh)
        session.dossiers_changed.connect(self.refresh)
        self._show(None)

    # ---- the list

    def _other_unit(self) -> None:
        self.notice.hide()
        self.refresh()

    def begin(self) -> None:
        self.refresh()

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id``: its newest letter is opened."""
        self._of_dossier = dossier_id
        self.refresh()

    def refresh(self) -> None:
        session = self.desk.session
        unit_code, period = session.unit_code, session.period
        words = tr("ui.inbox.only_month", month=period.wire)
        self.only_month.setText(words)
        self.only_month.setAccessibleName(without_mnemonic(words))
        wanted = period if self.only_month.isChecked() else None
        self.desk.tasks.run(
            lambda _: self.presenter.letters(unit_code, wanted),
            done=self._listed,
            failed=self.fail,
            channel="inbox.list",
            order=Order.LATEST,
        )

    def _listed(self, lines: tuple[LetterLine, ...]) -> None:
        self.list.selectionModel().blockSignals(True)
        self.model.show(lines)
        position = self._place(lines)
        if position is not None:
            self.list.selectRow(position)
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        self.pages.setCurrentIndex(0 if lines or self.only_month.isChecked() else 1)
        if position is None:
            self._show(None)
        elif self._is_new(lines[position]):
            self._open(lines[position])

    def _is_new(self, line: LetterLine) -> bool:
        """What is open already is not opened again by each refresh."""
        shown = self.detail.line.letter if self.detail else None
        return shown is None or shown.id != line.letter.id

    def _place(self, lines: Sequence[LetterLine]) -> int | None:
        """What was asked for, else what is open; nothing is opened, hence read, by itself."""
        of_dossier, self._of_dossier = self._of_dossier, ""
        for place, line in enumerate(lines):
            if of_dossier and line.letter.dossier_id == of_dossier:
                return place
        shown = self.detail.line.letter.id if self.detail else ""
        return self.model.position(self._wanted or shown)

    def _chosen(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line:
            self.notice.hide()
            self._open(line)

    def _open(self, line: LetterLine) -> None:
        self._wanted = ""
        self.desk.tasks.run(
            lambda _: self.presenter.open(line),
            done=lambda detail: self._opened(detail, was_read=line.letter.read),
            failed=self.fail,
            channel="inbox.letter",
            order=Order.LATEST,
        )

    def _opened(self, detail: Detail, *, was_read: bool) -> None:
        self._show(detail)
        if not was_read:
            self.desk.session.letters_changed.emit()
            self.refresh()

    def _show(self, detail: Detail | None) -> None:
        self.detail = detail
        self.letter.show_letter(detail)
        self.dossier_button.setVisible(bool(detail and detail.dossier_id))
        self.paper_button.setVisible(bool(detail and detail.compared))
        self.save_button.setVisible(bool(detail and detail.can_save))
        self.unread_button.setVisible(detail is not None)

    # ---- coming in

    def fetch(self) -> None:
        unit_code = self.desk.session.unit_code
        if unit_code:
            self._run("ui.busy.fetch", lambda _: self.presenter.fetch(unit_code), self._fetched)

    def _fetched(self, fetched: Fetched) -> None:
        self.notice.tell(*self.presenter.fetched_words(fetched))
        self._wanted = fetched.new[-1].id if fetched.new else ""
        self._came()

    def choose_files(self) -> None:
        files = self.desk.picker.open_files(self, tr("ui.pick.letters"), tr("ui.kinds.letters"))
        self.take(files)

    def take(self, files: Sequence[Path]) -> None:
        unit_code = self.desk.session.unit_code
        if files:
            work = partial(self.presenter.take, files, unit_code)
            self._run_taking(work, Watched())

    def _run_taking(self, work: Callable[[Watched], Watched], watch: Watched) -> None:
        def watched(report: Report) -> Watched:
            watch.report = report
            return work(watch)

        self._run("ui.busy.take", watched, self._taken, watch)

    def _taken(self, watch: Watched) -> None:
        self.notice.tell(*self.presenter.taken_words(watch.taken))
        self._show_taken(watch)

    def _stopped(self, watch: Watched) -> None:
        self.notice.tell(*self.presenter.stopped_words(watch))
        self._show_taken(watch)

    def _show_taken(self, watch: Watched) -> None:
        self._wanted = next((each.letter.id for each in watch.taken if each.letter), "")
        self._came()

    def _came(self) -> None:
        """Dossiers may stand elsewhere now; the list of letters is read again with them."""
        self.desk.session.letters_changed.emit()
        self.desk.session.dossiers_changed.emit()

    def officer(self) -> None:
        """The practice officer works one step; what he wrote is fetched at once."""
        step = self.desk.practice.officer_step if self.desk.practice else None
        if step:
            self._practise(step)

    def post_month(self) -> None:
        post, session = self.desk.practice and self.desk.practice.post_month, self.desk.session
        if post:
            self._practise(partial(post, session.period, session.unit_code))

    def _practise(self, step: Callable[[], object]) -> None:
        unit_code = self.desk.session.unit_code
        self._run("ui.busy.officer", lambda _: self._after(step, unit_code), self._fetched)

    def _after(self, step: Callable[[], object], unit_code: str) -> Fetched:
        step()
        return self.presenter.fetch(unit_code)

    def _run(
        self,
        code: str,
        work: Callable[[Report], object],
        done: Callable[..., None],
        watch: Watched | None = None,
    ) -> None:
        """One after the other: what came first is taken in first. With ``watch`` it is told how
        far it is, and can be stopped."""
        self.notice.hide()
        self.busy.begin(code)
        self.busy.cancel.setVisible(watch is not None)
        self.fetch_button.setEnabled(False)
        self._jobs[code] = self.desk.tasks.run(
            work,
            done=done,
            failed=self.fail,
            progress=partial(self._at, watch) if watch else None,
            finished=partial(self._rest, code, watch),
            channel="inbox.coming",
            order=Order.IN_TURN,
        )

    def _at(self, watch: Watched, done: int, whole: int) -> None:
        self.busy.say(watch.words)
        self.busy.report(done, whole)

    def _rest(self, code: str, watch: Watched | None) -> None:
        job = self._jobs.pop(code, None)
        self.busy.end()
        self.fetch_button.setEnabled(True)
        if watch and job and job.is_cancelled:
            self._stopped(watch)

    def stop(self) -> None:
        for job in self._jobs.values():
            job.cancel()
        self.busy.cancel.setEnabled(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event, READABLE):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event, READABLE)
        if files:
            event.acceptProposedAction()
            self.take(files)

    # ---- one letter

    def save(self) -> None:
        folder = self.desk.picker.folder(self, tr("ui.pick.export"))
        if folder and self.detail:
            letter_id = self.detail.line.letter.id
            self.desk.tasks.run(
                lambda _: self.presenter.save(letter_id, folder),
                done=lambda written: self.notice.tell(
                    "done", tr("ui.inbox.saved", count=len(written)), str(folder)
                ),
                failed=self.fail,
            )

    def _unread(self) -> None:
        if self.detail:
            letter_id = self.detail.line.letter.id
            self._show(None)
            self.desk.tasks.run(
                lambda _: self.presenter.unread_again(letter_id),
                done=lambda _: self.desk.session.letters_changed.emit(),
                failed=self.fail,
                finished=self.refresh,
            )

    def _to_dossier(self) -> None:
        if self.detail:
            self.desk.session.page_wanted.emit("outbox", self.detail.dossier_id)

    def _to_paper(self) -> None:
        if self.detail:
            about = f"{LETTER}{self.detail.line.letter.id}"
            self.desk.session.page_wanted.emit("preview", about)

    def open_portal(self) -> None:
        unit_code = self.desk.session.unit_code
        dossier_id = self.detail.dossier_id if self.detail else ""
        self.desk.tasks.run(
            lambda _: self.presenter.portal(unit_code, dossier_id),
            done=self._show_portal,
            failed=self.fail,
        )

    def _show_portal(self, portal: Portal) -> None:
        self.portal_dialog = PortalDialog(self, portal)
        self.portal_dialog.show()
