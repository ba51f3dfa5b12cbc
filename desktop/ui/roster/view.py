"""The roster: a search box, a count, and the people."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.roster.presenter import RosterPresenter, Search
from desktop.ui.roster.table import Page as PageOfPeople
from desktop.ui.roster.table import RosterModel
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.page import Page

TYPING_PAUSE = 150
"""milliseconds after the last key before searching"""


class RosterView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.roster.title", "ui.roster.help")
        self.presenter = RosterPresenter(desk.services)
        self._search = Search("")
        self.model = RosterModel(self._fetch)
        self.grid = Grid(self.model, "ui.roster.title")
        self.words = QLineEdit()
        self.count = label(role="strong")
        self.import_button = button("ui.roster.import", self._to_import, drawing="excel")
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.search)
        self._lay_out_roster()
        self.in_tab_order(self.words, self.import_button, self.grid)
        desk.session.unit_changed.connect(self.restart)
        desk.session.dossiers_changed.connect(self.search)

    def _lay_out_roster(self) -> None:
        self.words.setPlaceholderText(tr("ui.roster.search"))
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(460)
        name(self.words, "ui.roster.search")
        self.words.textChanged.connect(lambda: self._pause.start())
        QShortcut(QKeySequence.StandardKey.Find, self, self.words.setFocus)
        self.grid.widths(210, 105, 90, 125, 115, 180, 125, 175, stretch=5)
        self.count.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.import_button)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.grid, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(people)
        self._stack.addWidget(self._empty())
        self.content.addLayout(self._stack)

    def _empty(self) -> EmptyState:
        return EmptyState(
            "people",
            tr("ui.roster.empty"),
            tr("ui.roster.empty_text"),
            button("ui.roster.to_import", self._to_import, drawing="excel", role="primary"),
        )

    def _to_import(self) -> None:
        self.desk.session.page_wanted.emit("declarations", "")

    def restart(self) -> None:
        """Another unit: forget what was typed."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.search()

    def enter(self, dossier_id: str = "") -> None:
        super().enter(dossier_id)
        self.words.setFocus()

    def search(self) -> None:
        search = Search(self.desk.session.unit_code, self.words.text().strip())
        self.desk.tasks.run(
            lambda _: self.presenter.count(search),
            done=lambda total: self._counted(search, total),
            failed=self.fail,
            channel="roster.count",
            order=Order.LATEST,
        )

    def _counted(self, search: Search, total: int) -> None:
        self._search = search
        self.notice.hide()
        self.count.setText(self.presenter.summary(search, total))
        self._stack.setCurrentIndex(0 if total or search.words else 1)
        self.model.restart(total)

    def _fetch(self, number: int) -> None:
        search = self._search
        self.desk.tasks.run(
            lambda _: self.presenter.page(search, number),
            done=lambda page: self._fetched(search, number, page),
            failed=self.fail,
        )

    def _fetched(self, search: Search, number: int, page: PageOfPeople) -> None:
        if search == self._search:
            self.model.fill(number, page)
