"""The outbox: dossiers above, one dossier's journal below, sending by itself every 30 s."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.api import Taken
from desktop.ui.carry.menu import CarryMenu
from desktop.ui.desk import Desk
from desktop.ui.formats import dossier_title
from desktop.ui.outbox.presenter import Detail, Listed, OutboxLine, OutboxPresenter
from desktop.ui.outbox.table import JournalModel, OutboxModel
from desktop.ui.tasks import Job, Order, Report
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, card, label, make_primary
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.page import Page
from sync.model import Settlement

EVERY = 30_000
"""milliseconds between two rounds of the outbox"""
SENDING = "outbox.sending"


class OutboxView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.outbox.title", "ui.outbox.help")
        self.presenter = OutboxPresenter(desk.services)
        self._wanted = ""
        self.detail: Detail | None = None
        self._sending: Job | None = None
        self.model, self.journal = OutboxModel(self.presenter.shares), JournalModel()
        self.list = Grid(self.model, "ui.outbox.name")
        self.journal_list = Grid(self.journal, "ui.journal.name")
        self.state = label(role="big")
        self.next = label(role="help")
        self.busy = BusyBar(self._cancel)
        self.send_button = button("ui.outbox.send", self.send, drawing="send")
        self.export_button = button("ui.outbox.export", self.export, drawing="report")
        self.carry = CarryMenu(desk, self, self._chosen_dossier, parcels=True)
        self.receipt_button = button("ui.outbox.receipt", self.take_receipt, drawing="inbox")
        self.pause_button = button("ui.outbox.pause", self.pause, drawing="later")
        self.paused = label(role="strong")
        self._lay_out_page()
        self._connect()
        self.in_tab_order(
            self.send_button,
            self.export_button,
            self.receipt_button,
            self.pause_button,
            self.list,
            self.carry.button,
            self.journal_list,
        )

    def _lay_out_page(self) -> None:
        for each in (
            self.send_button,
            self.export_button,
            self.receipt_button,
            self.pause_button,
        ):
            self.tools.addWidget(each)
        self.list.widths(170, 330, 180, 140, 100, 110, stretch=1)
        self.journal_list.widths(150, 600, stretch=1)
        below, column = card(margin=12)
        head = QHBoxLayout()
        head.addWidget(self.state, 1)
        head.addWidget(self.carry.button)
        column.addLayout(head)
        column.addWidget(self.next)
        column.addWidget(self.journal_list, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(below)
        split.setSizes([220, 300])
        split.setChildrenCollapsible(False)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(split)
        self.pages = QStackedWidget()
        self.pages.addWidget(whole)
        self.pages.addWidget(self._empty())
        self.paused.setText(tr("ui.outbox.is_paused"))
        self.paused.hide()
        self.content.addWidget(self.paused)
        self.content.addWidget(self.busy)
        self.content.addWidget(self.pages, 1)

    def _empty(self) -> EmptyState:
        go = button("ui.outbox.to_sign", self._to_sign, drawing="sign", role="primary")
        take = button("ui.carry.take", self.carry.take, drawing="inbox")
        return EmptyState("send", tr("ui.outbox.empty"), tr("ui.outbox.empty_text"), go, take)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.desk.session.unit_changed.connect(self._other_unit)
        self.desk.session.dossiers_changed.connect(self.refresh)
        self.timer = QTimer(self, interval=EVERY)
        self.timer.timeout.connect(self.drain)
        self.timer.start()
        self._show(None)

    # ---- the list

    def _other_unit(self) -> None:
        self.notice.hide()
        self.refresh()

    def enter(self, dossier_id: str = "") -> None:
        self._wanted = dossier_id
        self.refresh()

    def leave(self) -> None:
        """Nothing is begun for a window that goes."""
        self.timer.stop()

    def refresh(self) -> None:
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.listed(unit_code),
            done=self._listed,
            failed=self.fail,
            channel="outbox.list",
            order=Order.LATEST,
        )

    def _listed(self, listed: Listed) -> None:
        lines = listed.lines
        self._show_paused(listed.paused)
        current = self._wanted or (self.detail.line.dossier.id if self.detail else "")
        self.list.selectionModel().blockSignals(True)
        self.model.show(lines)
        position = self.model.position(current) or 0
        self.list.selectRow(position)
        self.list.scrollTo(self.model.index(position, 0))
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        self._wanted = ""
        self.pages.setCurrentIndex(0 if lines else 1)
        if lines:
            self._load(lines[position])
        else:
            self._show(None)

    def _chosen(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line:
            self.notice.hide()
            self._load(line)

    def _load(self, line: OutboxLine) -> None:
        self.desk.tasks.run(
            lambda _: self.presenter.detail(line),
            done=self._show,
            failed=self.fail,
            channel="outbox.detail",
            order=Order.LATEST,
        )

    def _show(self, detail: Detail | None) -> None:
        self.detail = detail
        self.state.setText(detail.line.state if detail else "")
        self.next.setText(detail.what_next if detail else "")
        self.journal.show(detail.journal if detail else ())
        self._show_possible()

    def _show_possible(self) -> None:
        detail, idle = self.detail, self._sending is None
        can_send = bool(detail and detail.can_send and idle)
        self.send_button.setEnabled(can_send)
        self.export_button.setEnabled(detail is not None and idle)
        self.carry.allow(
            dossier=detail is not None and idle,
            hand=bool(detail and detail.can_hand_over),
            back=bool(detail and detail.line.handed_over),
        )
        self.send_button.setVisible(detail is not None)
        self.export_button.setVisible(detail is not None)
        carried = bool(detail and detail.carried)
        make_primary(self.send_button, "send", primary=can_send)
        make_primary(self.export_button, "report", primary=carried)
        make_primary(self.receipt_button, "inbox", primary=False)

    # ---- sending

    def send(self) -> None:
        detail, unit = self.detail, self.desk.session.unit
        if detail is None or unit is None or not self.send_button.isEnabled():
            return
        if detail.line.parcel is None:
            question = self.presenter.question(detail, unit)
            if not self.desk.picker.confirm(self, *question, tr("ui.outbox.yes")):
                return
        dossier_id = detail.line.dossier.id
        self.notice.hide()
        self.busy.begin("ui.busy.send")
        self._start(lambda report: self.presenter.send(dossier_id, report))

    def drain(self) -> None:
        """The round that comes by itself; silent when nothing waits."""
        if self._sending is None:
            self._start(self.presenter.drain_if_waiting)

    def _start(self, work: Callable[[Report], Sequence[Settlement]]) -> None:
        self._sending = self.desk.tasks.run(
            work,
            done=self._settled,
            failed=self._not_settled,
            progress=self._progressed,
            finished=self._sent,
            channel=SENDING,
            order=Order.IN_TURN,
        )
        self._show_possible()

    def _progressed(self, done: int, whole: int) -> None:
        """Of all on their way together; each tells its own share in its line."""
        self.busy.report(done, whole)
        self.model.progressed()

    def pause(self) -> None:
        """Nothing goes out by itself until it is pressed again; «send now» goes all the same."""
        wanted = self.paused.isHidden()
        self.desk.tasks.run(
            lambda _: self.presenter.pause(wanted),
            done=self._show_paused,
            failed=self.fail,
            channel="outbox.pause",
            order=Order.IN_TURN,
        )

    def _show_paused(self, paused: bool) -> None:
        code = "ui.outbox.resume" if paused else "ui.outbox.pause"
        self.paused.setVisible(paused)
        self.pause_button.setText(tr(code))
        self.pause_button.setAccessibleName(without_mnemonic(tr(code)))
        self.pause_button.setIcon(icon("redo" if paused else "later", "line_ink"))

    def _settled(self, settled: Sequence[Settlement]) -> None:
        message = self.presenter.settled_words(settled)
        if message:
            self.notice.tell(*message)
            self.desk.session.dossiers_changed.emit()

    def _not_settled(self, error: BaseException) -> None:
        self.fail(error)
        self.desk.session.dossiers_changed.emit()

    def _sent(self) -> None:
        self._sending = None
        self.presenter.shares.clear()
        self.model.progressed()
        if not self.busy.isHidden():
            self.busy.end()
        self._show_possible()

    def _cancel(self) -> None:
        if self._sending:
            self.busy.cancel.setEnabled(False)
            self._sending.cancel()

    # ---- by hand

    def _chosen_dossier(self) -> str:
        return self.detail.line.dossier.id if self.detail else ""

    def export(self) -> None:
        folder = self.desk.picker.folder(self, tr("ui.pick.export"))
        if folder and self.detail:
            dossier_id = self.detail.line.dossier.id
            job = self.desk.tasks.run(
                lambda report: self.presenter.export(dossier_id, folder, report),
                done=self._exported,
                failed=self.fail,
                stopped=self.say_stopped,
                progress=self.report,
                finished=self.lasting("ui.busy.carry", stop=lambda: job.cancel()),
            )

    def _exported(self, answer: tuple[Path, int]) -> None:
        where, count = answer
        text = tr("ui.exported.text", folder=str(where))
        self.notice.tell("done", tr("ui.exported.title", count=count), text)

    def take_receipt(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.receipt"), tr("ui.kinds.receipt"))
        if chosen:
            self.desk.tasks.run(
                lambda _: self.presenter.take_receipt(chosen), done=self._taken, failed=self.fail
            )

    def _taken(self, taken: Taken) -> None:
        title = dossier_title(taken.dossier)
        if taken.verified:
            number = taken.dossier.number or ""
            said = tr("ui.receipt.verified", dossier=title, number=number)
            self.notice.tell("done", said)
        else:
            said = tr("ui.receipt.unverified", dossier=title)
            self.notice.tell("error", said, tr("ui.receipt.unverified_text"))
        self._wanted = taken.dossier.id
        self.desk.session.dossiers_changed.emit()

    def _to_sign(self) -> None:
        self.desk.session.page_wanted.emit("sign", "")
