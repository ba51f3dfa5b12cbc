"""Reconciliation as a tool: choose the agency's files, see what differs from what was filed."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from desktop.ui.desk import Desk
from desktop.ui.reconcile.panel import ComparisonPanel
from desktop.ui.reconcile.presenter import Compared, ReconcilePresenter
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.dropped import dropped_files
from desktop.ui.widgets.page import Page

STATEMENTS = (".xlsx", ".json")


class ReconcileView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.reconcile", "ui.tools.reconcile.text")
        self.presenter = ReconcilePresenter(desk.services)
        self.choose = button("ui.reconcile.choose", self.pick, drawing="search", role="primary")
        self.panel = ComparisonPanel()
        self.panel.hide()
        self.tools.addWidget(self.choose)
        self.content.addWidget(self.panel, 1)
        self.content.addStretch(0)
        self.setAcceptDrops(True)
        session = desk.session
        session.period_changed.connect(self._show_period)
        session.unit_changed.connect(self.panel.hide)
        self._show_period()

    def _show_period(self) -> None:
        """What was compared belongs to the month before."""
        self.panel.hide()
        self.set_help(tr("ui.reconcile.help", month=self.desk.session.period.wire))

    def pick(self) -> None:
        files = self.desk.picker.open_files(
            self, tr("ui.reconcile.choose_title"), tr("ui.kinds.statements")
        )
        self.compare(tuple(files))

    def compare(self, files: tuple[Path, ...]) -> None:
        session = self.desk.session
        unit_code, period = session.unit_code, session.period
        if files and unit_code:
            self.notice.hide()
            self.desk.tasks.run(
                lambda _: self.presenter.compare(files, unit_code, period),
                done=self._show,
                failed=self.fail,
                finished=self.lasting("ui.busy.reconcile"),
                channel="reconcile",
                order=Order.IN_TURN,
            )

    def _show(self, compared: Compared) -> None:
        self.panel.show_compared(compared)
        self.panel.show()
        self.notice.tell(compared.look, compared.summary, "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event, STATEMENTS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event, STATEMENTS)
        if files:
            event.acceptProposedAction()
            self.compare(files)
