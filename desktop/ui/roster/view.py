"""The roster's page: the list, one person, the old addresses, or what to do first."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from desktop.services.roster_api import RosterQuery, RosterRow
from desktop.ui.desk import Desk
from desktop.ui.errands import News, TakeIn
from desktop.ui.formats import grouped
from desktop.ui.grid_layout import layout_key
from desktop.ui.roster.addresses_view import AddressesView
from desktop.ui.roster.beside import Beside
from desktop.ui.roster.changes import Changes
from desktop.ui.roster.files import RosterFiles
from desktop.ui.roster.finding import RosterFinding
from desktop.ui.roster.import_card import ImportCard, nobody_yet
from desktop.ui.roster.people_view import PeopleView
from desktop.ui.roster.person_presenter import PersonPresenter
from desktop.ui.roster.person_view import CHANGES, PersonView
from desktop.ui.roster.presenter import (
    PAGE_SIZE,
    Doable,
    Found,
    RosterPresenter,
    first_of,
    query_of,
    sorted_by,
)
from desktop.ui.roster.table import RosterModel
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.cell_work import CellWork, Spread
from desktop.ui.widgets.kept_layout import KeptLayout
from desktop.ui.widgets.page import Page

FORM = "roster"
"""under which the layout of the grid is remembered, for each unit"""
LAST_CHANGES = 15.0
"""seconds that closing waits for the last changes"""
EMPTY = 1
"""place in the stack: after the list, before a person and the addresses"""
T = TypeVar("T")


class RosterView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.roster.title", "ui.roster.help")
        self.presenter = RosterPresenter(desk.services)
        self.found = Found(query_of(""), (), 0)
        self._sort: tuple[tuple[str, bool], ...] = ()
        self.model = RosterModel(self._fetch, self._typed)
        self.people = PeopleView(self.model, self.presenter.fields)
        self.grid, self.words, self.count = self.people.grid, self.people.words, self.people.count
        self.kept = KeptLayout(desk.settings, self.grid)
        self.person = PersonView(desk, PersonPresenter(self.presenter))
        self.addresses = AddressesView(desk, self.presenter, self.lasting)
        self.importing = ImportCard(desk)
        self.files = RosterFiles(self, self.presenter)
        self.changes = Changes(
            self, self.presenter, self.people, changed=self._changed, turned=self._turned
        )
        self.finding = RosterFinding(desk, self.presenter, self.people)
        self.beside = Beside(self.presenter, self.people, self._latest)
        self.stack = QStackedWidget()
        self._lay_out_roster()
        self._connect_people()
        self._connect_others()
        self._order_tabs()
        self._show_columns()
        self.people.show_doable(Doable())
        self.people.show_period(desk.session.period)
        self._chosen()

    def _lay_out_roster(self) -> None:
        self.add_button = button("ui.roster.add", self._begin_adding, drawing="plus")
        self.import_button = button("ui.roster.import", self.importing.choose_file, drawing="excel")
        self.export_button = button(
            "ui.roster.export", lambda: self.files.export(self.found.query), drawing="report"
        )
        self.template_button = button("ui.roster.template", self.files.save_template)
        made = (self.add_button, self.import_button, self.export_button, self.template_button)
        self.list_tools = made
        for each in made:
            self.tools.addWidget(each)
        empty = nobody_yet(self.importing.choose_file, self._begin_adding)
        for part in (self.people, empty, self.person, self.addresses):
            self.stack.addWidget(part)
        self.content.addWidget(self.importing)
        self.content.addWidget(self.stack, 1)

    def _connect_people(self) -> None:
        people, grid = self.people, self.people.grid
        people.query_changed.connect(self.look)
        people.columns_chosen.connect(self.kept.choose)
        self.kept.changed.connect(self._show_columns)
        people.undo_wanted.connect(self.changes.undo)
        people.redo_wanted.connect(self.changes.redo)
        people.open_wanted.connect(lambda: self.open_person(*grid.chosen_people()[:1]))
        people.remove_wanted.connect(self.remove)
        people.addresses_wanted.connect(self.addresses.open)
        people.bulk.wanted.connect(self.change_all)
        people.adding.wanted.connect(self.add)
        spread = Spread(
            lines=lambda: self.found.ids,
            keys=lambda: [field.key for field in self.model.fields],
            editable=self.presenter.may_type,
            copy=self.copy,
            change=lambda cells, told: self.changes.cells(cells, self.changes.since, told),
            tell=self.notice.tell,
        )
        self.cell_work = CellWork(grid, spread)
        grid.person_wanted.connect(self.open_person)
        grid.head_pressed.connect(lambda column: self._sort_by(grid.key_of(column)))
        grid.sort_wanted.connect(self._sort_so)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._chosen())

    def _connect_others(self) -> None:
        session = self.desk.session
        session.unit_changed.connect(self.restart)
        session.dossiers_changed.connect(self.search)
        session.period_changed.connect(lambda: self.people.show_period(session.period))
        self.importing.failed.connect(self.fail)
        self.importing.told.connect(self._tell)
        self.person.left.connect(self.show_list)
        self.person.changed.connect(self._changed)
        self.person.failed.connect(lambda error: self.changes.refused(error, ()))
        self.person.other_wanted.connect(self._other_person)
        self.addresses.left.connect(self.show_list)
        self.addresses.opened.connect(lambda: self.stack.setCurrentWidget(self.addresses))
        self.addresses.failed.connect(lambda error: self.changes.refused(error, ()))
        self.addresses.taken.connect(
            lambda cells: self.changes.addresses(cells, self.addresses.open)
        )
        self.stack.currentChanged.connect(self._show_tools)

    def _show_tools(self, place: int) -> None:
        """What belongs to the list stands there with the list alone."""
        for each in self.list_tools:
            each.setVisible(place <= EMPTY)
        helps = {EMPTY + 1: "ui.roster.person.help", EMPTY + 2: "ui.roster.address.page_help"}
        self.set_help(tr(helps.get(place, "ui.roster.help")))

    def _order_tabs(self) -> None:
        people = self.people
        self.in_tab_order(
            *self.list_tools,
            *(self.words, *people.tool_buttons),
            *(self.grid, people.addresses_button, people.since),
        )

    # ---- which people

    def restart(self) -> None:
        """Another unit: forget what was typed."""
        self.people.forget()
        self.finding.bar.close_bar()
        self._sort = ()
        self.model.forget_refused()
        self._show_columns()
        self.notice.hide()
        self.stack.setCurrentWidget(self.people)
        self.search()

    def begin(self) -> None:
        self.restart()

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id`` is here a workbook to take in, or what is told of one that was."""
        if wanted := TakeIn.parse(dossier_id):
            self.importing.open(wanted.workbook)
            return
        if news := News.parse(dossier_id):
            self.stack.setCurrentWidget(self.people)
            self._tell(news)
        self.words.setFocus()

    def _tell(self, news: News) -> None:
        self.notice.tell(news.look, news.title, news.words)

    def leave(self) -> None:
        """Every cell typed is stored before the window goes."""
        self.grid.finish_typing()
        self.desk.tasks.wait_for(CHANGES, LAST_CHANGES)

    @property
    def query(self) -> RosterQuery:
        filters = self.people.filter_bar.filters
        return query_of(self.desk.session.unit_code, self.words.text(), filters, self._sort)

    def look(self) -> None:
        """Other words, conditions or order; the people are the same."""
        query = self.query
        self._latest("roster.ids", lambda: self.presenter.find(query), self._listed)

    def search(self) -> None:
        """The people may be others now."""
        self.presenter.people_changed()
        self.look()
        self.beside.look(self.query.unit_code)

    def _latest(self, channel: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self.desk.tasks.run(
            lambda _: work(), done=done, failed=self.fail, channel=channel, order=Order.LATEST
        )

    def _listed(self, found: Found) -> None:
        self.found = found
        self.model.restart(found.ids)
        self.model.show_filtered(frozenset(each.key for each in found.query.filters))
        self.finding.show(found)
        nobody = not found.total and not self.presenter.is_narrowed(found.query)
        if self.stack.currentIndex() in (0, 1):
            adding = self.people.adding.isVisibleTo(self.people)
            self.stack.setCurrentIndex(1 if nobody and not adding else 0)
        self.export_button.setEnabled(bool(found.ids))
        self._chosen()

    def _sort_by(self, key: str) -> None:
        """A click on a head: up, then down, then as entered."""
        self._take_sort(sorted_by(self.query, key))

    def _sort_so(self, key: str, ascending: bool | None) -> None:
        self._take_sort(() if ascending is None else ((key, ascending),))

    def _take_sort(self, sort: tuple[tuple[str, bool], ...]) -> None:
        self._sort = sort
        self._show_sort()
        self.look()

    def _show_sort(self) -> None:
        key, ascending = self._sort[0] if self._sort else ("", True)
        self.grid.show_sort(key, ascending=ascending)

    def _fetch(self, number: int) -> None:
        found, begin = self.found, number * PAGE_SIZE
        ids = found.ids[begin : begin + PAGE_SIZE]
        self.desk.tasks.run(
            lambda _: self.presenter.page(found.query, ids),
            done=lambda rows: self._fetched(found, number, rows),
            failed=self.fail,
        )

    def _fetched(self, found: Found, number: int, rows: tuple[RosterRow, ...]) -> None:
        if found.ids == self.found.ids:
            self.model.fill(number, rows)

    def _chosen(self) -> None:
        count = len(self.grid.chosen_rows())
        self.people.show_chosen(count, self.desk.session.period)
        self.count.setText(self.presenter.status(self.found, count))

    # ---- columns

    def _show_columns(self) -> None:
        """As this unit's grid was laid out."""
        self.kept.open(layout_key(self.desk.session.unit_code, FORM))
        layout = self.kept.layout
        self.people.show_fields(self.presenter.chosen(layout.columns), layout)
        self._show_sort()
        self.finding.show(self.found)

    # ---- changing

    def _typed(self, person: int, key: str, text: str) -> None:
        self.changes.cells([(person, key, text)], self.changes.since)

    def change_all(self, key: str, text: str, since: date | None) -> None:
        people = self.grid.chosen_people()
        self.changes.cells([(person, key, text) for person in people], since)

    def _changed(self) -> None:
        self.model.refresh()
        self.search()

    def _turned(self) -> None:
        """A step was undone or done again: a draft too, perhaps."""
        shown = self.person.card
        if shown and self.stack.currentWidget() is self.person:
            self.person.show_person(shown.person)
        self.desk.session.dossiers_changed.emit()

    def copy(self) -> None:
        """Also of people whose page was never looked at, hence not on the UI thread."""
        found, keys = self.found, [self.model.fields[at].key for at in self.grid.chosen_columns()]
        ids = self.grid.chosen_people()
        self._latest(
            "roster.copy",
            lambda: self.presenter.copied(found.query, ids, keys),
            lambda text: QGuiApplication.clipboard().setText(text),
        )

    def _begin_adding(self) -> None:
        self.stack.setCurrentWidget(self.people)
        if not self.people.adding.isVisible():
            self.people.open_drawer(self.people.adding)
        self.people.adding.begin(first_of(self.desk.session.period))

    def add(self, values: dict[str, str], since: date) -> None:
        self.changes.add(values, since, self._added)

    def _added(self, person: int) -> None:
        self.people.adding.hide()
        self.open_person(person)
        self.notice.tell("done", tr("ui.roster.added"), tr("ui.roster.added_text"))

    def remove(self) -> None:
        ids = self.grid.chosen_people()
        question = tr("ui.roster.sure_remove", count=grouped(len(ids)))
        yes = tr("ui.roster.yes_remove")
        if ids and self.desk.picker.confirm(self, question, tr("ui.roster.remove_text"), yes):
            self.changes.remove(ids)

    # ---- one person

    def show_list(self) -> None:
        self.notice.hide()
        self.stack.setCurrentWidget(self.people)
        self.grid.setFocus()

    def open_person(self, person: int = 0) -> None:
        if person:
            self.notice.hide()
            self.person.show_person(person)
            self.stack.setCurrentWidget(self.person)
            self.person.back_button.setFocus()

    def _other_person(self, step: int) -> None:
        shown = self.person.card
        if shown is None or shown.person not in self.found.ids:
            return
        place = self.found.ids.index(shown.person) + step
        if 0 <= place < len(self.found.ids):
            self.person.show_person(self.found.ids[place])
            self.grid.selectRow(place)
