"""The list of people as laid out: search, tools, conditions, grid, drawers, the status line.

It holds widgets and says what a person wants; ``RosterView`` does it.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.services.roster_api import ROW_STATE, RosterField
from desktop.ui.formats import day, grouped
from desktop.ui.grid_layout import GridLayout
from desktop.ui.roster.cells import grid_field, state_field, title
from desktop.ui.roster.drawer import AddDrawer, BulkDrawer
from desktop.ui.roster.grid import RosterGrid
from desktop.ui.roster.presenter import NAME, Doable, first_of
from desktop.ui.roster.table import RosterModel
from desktop.ui.texts import tr
from desktop.ui.theme import icon, scaled
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.drawer import ColumnsDrawer, Drawer, Offered
from desktop.ui.widgets.filter_bar import FilterBar
from forms.model import Period

TYPING_PAUSE = 15
"""milliseconds after the last key before searching"""
CHANGE, PUT_RIGHT = "change", "put_right"
NAME_WIDTH = 210
TAKES_PART = "dang_tham_gia"


class PeopleView(QWidget):
    query_changed = Signal()
    columns_chosen = Signal(object)
    """field keys; None: the usual ones"""
    undo_wanted = Signal()
    redo_wanted = Signal()
    open_wanted = Signal()
    remove_wanted = Signal()
    addresses_wanted = Signal()

    def __init__(self, model: RosterModel, fields: Mapping[str, RosterField]) -> None:
        super().__init__()
        self.model = model
        self.grid = RosterGrid(model)
        self.words = QLineEdit()
        by_field = {key: grid_field(each) for key, each in fields.items()}
        self.filter_bar = FilterBar({ROW_STATE: state_field(), **by_field}, TAKES_PART)
        self.columns = ColumnsDrawer()
        self.columns.offer(offered(fields))
        self.bulk = BulkDrawer(fields)
        self.adding = AddDrawer(fields)
        self.count = label(role="strong")
        self.since = QComboBox()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._make_buttons()
        self._lay_out()
        self._connect()

    @property
    def drawers(self) -> tuple[Drawer, ...]:
        return (self.columns, self.bulk, self.adding)

    def _make_buttons(self) -> None:
        self.filter_button = button("ui.roster.filter", self._toggle_filters, drawing="filter")
        self.columns_button = button(
            "ui.roster.columns.open", lambda: self.open_drawer(self.columns), drawing="columns"
        )
        self.undo_button = button("ui.roster.undo", self.undo_wanted.emit, drawing="undo")
        self.redo_button = button("ui.roster.redo", self.redo_wanted.emit, drawing="redo")
        self.open_button = button("ui.roster.open", self.open_wanted.emit)
        self.bulk_button = button("ui.roster.bulk.open", lambda: self.open_drawer(self.bulk))
        self.remove_button = button("ui.roster.remove", self.remove_wanted.emit)
        self.addresses_button = button(
            "ui.roster.addresses", self.addresses_wanted.emit, drawing="warning"
        )
        self.addresses_button.hide()

    def _lay_out(self) -> None:
        self.words.setPlaceholderText(tr("ui.roster.search"))
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.setClearButtonEnabled(True)
        self.words.setToolTip(tr("ui.roster.search.tip"))
        name(self.words, "ui.roster.search")
        self.count.setWordWrap(False)
        self.since.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        name(self.since, "ui.roster.typing")
        middle = QHBoxLayout()
        middle.addWidget(self.grid, 1)
        for drawer in self.drawers:
            middle.addWidget(drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addWidget(self.filter_bar)
        self._column = column
        column.addLayout(middle, 1)
        column.addLayout(self._foot())

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for each in self.tool_buttons:
            row.addWidget(each)
        return row

    @property
    def tool_buttons(self) -> tuple[QPushButton, ...]:
        return (
            *(self.filter_button, self.columns_button, self.open_button, self.bulk_button),
            *(self.remove_button, self.undo_button, self.redo_button),
        )

    def _foot(self) -> QHBoxLayout:
        caption = label(tr("ui.roster.typing"), "quiet")
        caption.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addWidget(self.addresses_button)
        row.addStretch(1)
        row.addWidget(caption)
        row.addWidget(self.since)
        return row

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.query_changed)
        self.filter_bar.changed.connect(self.query_changed)
        self.columns.chosen.connect(self.columns_chosen)
        self.columns.usual.connect(lambda: self.columns_chosen.emit(None))
        self.grid.filter_wanted.connect(self.filter_bar.add)
        self.grid.hide_wanted.connect(self._hide)
        for keys, signal in (
            (QKeySequence.StandardKey.Undo, self.undo_wanted),
            (QKeySequence("Ctrl+Y"), self.redo_wanted),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(signal.emit)
        for wanted, done in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.words.setFocus),
            (QKeySequence("Ctrl+Shift+L"), self._toggle_filters),
        ):
            QShortcut(wanted, self).activated.connect(done)

    def put_find_bar(self, bar: QWidget) -> None:
        """Between the conditions and the people."""
        self._column.insertWidget(self._column.indexOf(self.filter_bar) + 1, bar)

    # ---- what is shown

    def show_fields(self, fields: Sequence[RosterField], layout: GridLayout) -> None:
        if tuple(fields) != self.model.fields:
            self.model.show_fields(fields)
        self.grid.lay_columns(layout, {each.key: self._usual_width(each) for each in fields})
        self.columns.show_chosen([field.key for field in fields])

    def _usual_width(self, field: RosterField) -> int:
        width = max(field.width, NAME_WIDTH) if field.key == NAME else field.width
        head = self.grid.fontMetrics().horizontalAdvance(title(field)) + 44
        return max(scaled(width), min(head, scaled(200)))

    def _hide(self, key: str) -> None:
        self.columns_chosen.emit(tuple(f.key for f in self.model.fields if f.key != key))

    def show_old(self, count: int) -> None:
        """Addresses by codes of before the merger of communes."""
        made = self.addresses_button
        made.setText(tr("ui.roster.addresses_count", count=grouped(count)))
        made.setAccessibleName(made.text())
        made.setVisible(count > 0)

    def show_doable(self, doable: Doable) -> None:
        """What will be undone stands on the button for whoever points at it."""
        for made, what, code in (
            (self.undo_button, doable.undo, "ui.roster.undo_tip"),
            (self.redo_button, doable.redo, "ui.roster.redo_tip"),
        ):
            made.setEnabled(bool(what))
            made.setToolTip(tr(code, step=what) if what else "")

    def show_period(self, period: Period) -> None:
        """Typing over a wage or a job means a change from this month on, unless said otherwise."""
        chosen = max(0, self.since.currentIndex())
        self.since.clear()
        self.since.addItem(tr("ui.roster.change_from", day=day(first_of(period))), CHANGE)
        self.since.addItem(tr("ui.roster.put_right"), PUT_RIGHT)
        self.since.setCurrentIndex(chosen)

    @property
    def puts_right(self) -> bool:
        return bool(self.since.currentData() == PUT_RIGHT)

    def show_chosen(self, count: int, period: Period) -> None:
        self.open_button.setEnabled(count == 1)
        self.remove_button.setEnabled(count > 0)
        self.bulk.show_people(count, first_of(period))

    def open_drawer(self, drawer: Drawer) -> None:
        """One at a time; pressed again it closes."""
        opened = drawer.isVisible()
        for each in self.drawers:
            each.hide()
        drawer.setVisible(not opened)

    def _toggle_filters(self) -> None:
        if self.filter_bar.isVisible():
            self.filter_bar.clear()
        else:
            self.filter_bar.open()

    @property
    def is_waiting(self) -> bool:
        """Something was typed that is not looked for yet."""
        return self._pause.isActive()

    def forget(self) -> None:
        """Another unit: nothing that was typed holds any more."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self.filter_bar.clear()
        for drawer in self.drawers:
            drawer.hide()


def offered(fields: Mapping[str, RosterField]) -> list[Offered]:
    """As the drawer of columns lists them, under their headings."""
    return [
        Offered(
            key=each.key,
            title=title(each),
            group=tr(f"roster.group.{each.group}"),
            kept=each.key == NAME,
        )
        for each in fields.values()
    ]
