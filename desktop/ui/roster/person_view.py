"""One person: what is known, what changed when, the household, the full history."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.roster_api import RosterField
from desktop.ui.desk import Desk
from desktop.ui.field_values import choices, tip
from desktop.ui.roster.cells import editable, title
from desktop.ui.roster.household_view import HouseholdView
from desktop.ui.roster.person_presenter import Card, Group, HistoryLine, PersonPresenter
from desktop.ui.roster.tracks_view import TracksView
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.explained import explained
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import LinesModel
from forms.roster.model import Track, Values

COLUMNS = 3
SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
"""of fields beside one another"""
CHANGES = "roster.changes"
"""one line for everything that changes the roster"""
T = TypeVar("T")


class PersonView(QWidget):
    """Emits ``left``, ``changed`` (the list is old) and ``failed`` with what went wrong."""

    left = Signal()
    changed = Signal()
    failed = Signal(object)
    other_wanted = Signal(int)
    """-1: the person above in the list; 1: the one below"""

    def __init__(self, desk: Desk, presenter: PersonPresenter) -> None:
        super().__init__()
        self.desk = desk
        self.presenter = presenter
        self.card: Card | None = None
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.name = label(role="big")
        self.facts = label(role="help")
        self.back_button = button("ui.roster.to_list", self.left.emit, drawing="back")
        self.above_button = button("ui.roster.above", lambda: self.other_wanted.emit(-1))
        self.below_button = button("ui.roster.below", lambda: self.other_wanted.emit(1))
        self.history = LinesModel[HistoryLine](
            tuple(f"ui.roster.history.{part}" for part in HISTORY),
            lambda line: tuple(getattr(line, part) for part in HISTORY),
        )
        self.tabs = QTabWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.back_button)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        head.addWidget(self.above_button)
        head.addWidget(self.below_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)

    def _build(self) -> None:
        """The facts, for the first person looked at: opening the program need not wait for them."""
        self.tabs.setAccessibleName(tr("ui.roster.tabs"))
        self.tabs.tabBar().setAccessibleName(tr("ui.roster.tabs"))
        self.tabs.addTab(self._groups(), tr("ui.roster.tab.facts"))

    def _build_others(self) -> None:
        """When the person has been read, so that the window answers in between."""
        self.tracks = TracksView(self.presenter)
        self.household = HouseholdView(self.presenter)
        self.tracks.span_wanted.connect(self._add_span)
        self.household.members_wanted.connect(self._set_household)
        grid = Grid(self.history, "ui.roster.tab.history")
        grid.widths(150, 230, 180, 170, 170, 125, stretch=1)
        self.tabs.addTab(self.tracks, tr("ui.roster.tab.tracks"))
        self.tabs.addTab(self.household, tr("ui.roster.tab.household"))
        self.tabs.addTab(grid, tr("ui.roster.tab.history"))

    def _groups(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(10)
        for group in self.presenter.groups():
            column.addWidget(self._group(group))
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(tr("ui.roster.tab.facts"))
        return area

    def _group(self, group: Group) -> QWidget:
        frame, column = card(margin=12)
        column.setSpacing(6)
        column.addWidget(label(group.title, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for place, field in enumerate(group.fields):
            row, at = divmod(place, COLUMNS)
            caption, made = self._input(field)
            grid.addWidget(caption, 2 * row, at)
            grid.addWidget(made, 2 * row + 1, at)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)
        return frame

    def _input(self, field: RosterField) -> tuple[QLabel, QWidget]:
        caption = label(title(field), "quiet")
        made: QLineEdit | QComboBox
        offered = choices(field)
        if offered:
            made = QComboBox()
            made.setSizeAdjustPolicy(SHORT)
            made.setMinimumContentsLength(10)
            made.addItem("", "")
            for value, words in offered:
                made.addItem(words, value)
            made.activated.connect(lambda _: self._typed(field.key))
        else:
            made = QLineEdit()
            made.editingFinished.connect(lambda: self._typed(field.key))
        made.setAccessibleName(title(field))
        made.setEnabled(editable(field))
        explained(made, field.key)
        caption.setBuddy(made)
        self.inputs[field.key] = made
        return caption, made

    # ---- what is shown

    def show_person(self, person: int) -> None:
        if not self.tabs.count():
            self._build()
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.open(unit_code, person),
            done=self.show_card,
            failed=self.failed.emit,
            channel="roster.person",
            order=Order.LATEST,
        )

    def show_card(self, shown: Card) -> None:
        if self.card is None:
            self._build_others()
        self.card = shown
        self.name.setText(self.presenter.heading(shown))
        self.facts.setText(self.presenter.under_heading(shown))
        for key, made in self.inputs.items():
            self._fill(key, made, shown)
        self.tracks.show_card(shown)
        self.household.show_card(shown)
        self.history.show(shown.history)

    def _fill(self, key: str, made: QLineEdit | QComboBox, shown: Card) -> None:
        """News from elsewhere must not overwrite what is being typed."""
        if isinstance(made, QComboBox):
            made.setCurrentIndex(max(0, made.findData(shown.now.get(key, ""))))
        elif not (made.hasFocus() and made.isModified()):
            made.setText(self.presenter.value(shown, key))
            made.setCursorPosition(0)
            made.setToolTip(tip(self.presenter.fields[key], shown.now.get(key, "")))

    # ---- what is changed

    def _typed(self, key: str) -> None:
        made, shown = self.inputs[key], self.card
        if shown is None:
            return
        text = made.currentText() if isinstance(made, QComboBox) else made.text()
        if isinstance(made, QLineEdit):
            made.setModified(False)
        if text.strip() != self.presenter.value(shown, key):
            self._do(lambda unit: self.presenter.change(unit, shown.person, key, text))

    def _add_span(self, track: Track, values: Values, since: date) -> None:
        shown = self.card
        if shown:
            person = shown.person
            self._do(lambda unit: self.presenter.add_span(unit, person, track, values, since))

    def _set_household(self, members: tuple[Values, ...]) -> None:
        shown = self.card
        if shown:
            self._do(lambda unit: self.presenter.set_household(unit, shown.person, members))

    def _do(self, work: Callable[[str], Card]) -> None:
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: work(unit_code),
            done=self._done,
            failed=self._not_done,
            channel=CHANGES,
            order=Order.IN_TURN,
        )

    def _done(self, shown: Card) -> None:
        self.tracks.forget()
        if self.card and self.card.person == shown.person:
            self.show_card(shown)
        self.changed.emit()

    def _not_done(self, error: BaseException) -> None:
        """What stands in the data stands on the page again."""
        if self.card:
            self.show_card(self.card)
        self.failed.emit(error)


HISTORY = ("when", "step", "field", "before", "after", "since")
