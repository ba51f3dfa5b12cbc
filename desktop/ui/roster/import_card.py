"""A workbook chosen on the roster's page: is it who takes part, or what is to be declared?"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.services.imported import Imported, TakenIn
from desktop.services.progress import Progress
from desktop.ui.desk import Desk
from desktop.ui.errands import Errand, Purpose, taken_news
from desktop.ui.roster.importing import GOALS, RosterImporting
from desktop.ui.tasks import Job
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, set_role
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.options import Options
from desktop.ui.widgets.since_month import SinceMonth

T = TypeVar("T")


def nobody_yet(choose: Callable[[], object], add: Callable[[], object]) -> EmptyState:
    """What to do first where the roster is empty."""
    return EmptyState(
        "people",
        tr("ui.roster.empty"),
        tr("ui.roster.empty_text"),
        button("ui.roster.to_import", choose, drawing="excel", role="primary"),
        button("ui.roster.add_first", add),
    )


class ImportCard(QFrame):
    """Hidden until a workbook is chosen. Emits ``failed`` with a fault and ``told`` with news."""

    failed = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "card")
        self.desk = desk
        self.presenter = RosterImporting(desk.services)
        self.workbook: Path | None = None
        self.goal = Purpose.ROSTER
        self._job: Job | None = None
        self.heading = label(role="heading")
        self.options = Options()
        self.since = SinceMonth("ui.columns.since")
        self.since_caption = label(tr("ui.columns.since"))
        self.busy = BusyBar(self._cancel)
        self.go_button = button("ui.roster.import.go", self.go, drawing="excel", role="primary")
        self.close_button = button("ui.roster.import.close", self.close_card)
        self._lay_out()
        self.options.chosen.connect(self._choose)
        self.hide()

    def _lay_out(self) -> None:
        self.since_caption.setWordWrap(False)
        foot = QHBoxLayout()
        foot.addWidget(self.since_caption)
        foot.addWidget(self.since)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        for part in (self.heading, self.options, self.busy):
            column.addWidget(part)
        column.addLayout(foot)

    def choose_file(self) -> None:
        title, kinds = tr("ui.roster.import.title"), tr("ui.month.kinds")
        chosen = self.desk.picker.open_file(self, title, kinds)
        if chosen and self.desk.session.unit_code and self._job is None:
            self.open(chosen)

    def open(self, workbook: Path) -> None:
        session = self.desk.session
        self.workbook = workbook
        self.heading.setText(tr("ui.roster.import.what", file=workbook.name))
        words = {"month": session.period.wire}
        shown = [
            (
                tr(f"ui.roster.import.{goal.value}", **words if goal is Purpose.DECLARE else {}),
                tr(f"ui.roster.import.{goal.value}.about"),
            )
            for goal in GOALS
        ]
        self.options.show_options(shown, chosen=0)
        self.since.offer(session.period.plus(-1), self.presenter.this_month())
        self._choose(0)
        self.show()
        self.options.buttons[0].setFocus()

    def _choose(self, place: int) -> None:
        self.goal = GOALS[place]
        for part in (self.since, self.since_caption):
            part.setVisible(self.goal is Purpose.ROSTER)

    def close_card(self) -> None:
        self._cancel()
        self.workbook = None
        self.hide()

    # ---- doing it

    def go(self) -> None:
        workbook, session = self.workbook, self.desk.session
        if workbook is None or self._job or not session.unit_code:
            return
        unit, period, since = session.unit_code, session.period, self.since.month
        if self.goal is Purpose.ROSTER:
            self._begin(
                lambda report: self.presenter.take_in(workbook, unit, since, report), self._taken
            )
        else:
            self._begin(
                lambda report: self.presenter.declare(workbook, unit, period, report),
                self._declared,
            )

    def _begin(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self.go_button.setEnabled(False)
        self.busy.begin("ui.busy.import")
        self._job = self.desk.tasks.run(
            work,
            done=done,
            failed=self._not_done,
            progress=self.busy.report,
            finished=self._ended,
        )

    def _cancel(self) -> None:
        if self._job:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.busy.end()
        self.go_button.setEnabled(True)

    def _taken(self, done: TakenIn) -> None:
        if self.presenter.is_unknown(done.findings):
            self._to_columns()
            return
        if done.people:
            self.close_card()
        self.told.emit(taken_news(done))
        self.desk.session.dossiers_changed.emit()

    def _declared(self, done: Imported) -> None:
        if self.presenter.is_unknown(done.findings):
            self._to_columns()
        elif done.dossier is None:
            self.told.emit(self.presenter.nothing(done))
        else:
            self.close_card()
            self.desk.session.dossiers_changed.emit()
            self.desk.session.page_wanted.emit("declarations", done.dossier.id)

    def _not_done(self, error: BaseException) -> None:
        if self.presenter.wants_columns(error):
            self._to_columns()
        else:
            self.failed.emit(error)

    def _to_columns(self) -> None:
        """A list of no known layout: its columns are confirmed first."""
        if self.workbook is None:
            return
        since = self.since.month if self.goal is Purpose.ROSTER else None
        errand = Errand(workbook=self.workbook, purpose=self.goal, back="roster", since=since)
        self.workbook = None
        self.hide()
        self.desk.session.page_wanted.emit("columns", errand.text)
