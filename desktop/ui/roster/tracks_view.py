"""What changes over time, one table a track, and a form for the next change."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.services.roster_api import RosterField
from desktop.ui.field_values import choices, shown
from desktop.ui.formats import day
from desktop.ui.roster.cells import parse_day, title
from desktop.ui.roster.person_presenter import Card, PersonPresenter
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.explained import explained
from desktop.ui.widgets.grid import Grid, row_height
from desktop.ui.widgets.lines_model import FIELD_KEY, ROOT, Index
from forms.roster.model import Span, Track

COLUMNS = 3
MOST_ROWS = 6
WIDTH = 130
PADDING = 26
SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class SpansModel(QAbstractTableModel):
    """The spans of one track, the newest on top."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: tuple[Span, ...] = ()
        self._fields: tuple[RosterField, ...] = ()

    def show(self, spans: tuple[Span, ...], fields: tuple[RosterField, ...]) -> None:
        self.beginResetModel()
        self.spans, self._fields = spans, fields
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.spans)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._fields) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        span = self.spans[index.row()]
        if index.column() == 0:
            return day(span.since)
        field = self._fields[index.column() - 1]
        return shown(field, span.values.get(field.key, ""))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == FIELD_KEY and section:
            return self._fields[section - 1].key
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return tr("ui.roster.track.since") if section == 0 else title(self._fields[section - 1])


class ChangeForm(QFrame):
    """Emits ``wanted`` with texts by field and the day."""

    wanted = Signal(object, object)

    def __init__(self, fields: tuple[RosterField, ...]) -> None:
        super().__init__()
        set_role(self, "notice-info")
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.since = QLineEdit()
        name(self.since, "ui.roster.since")
        self.since.setPlaceholderText(tr("ui.roster.day_example"))
        self.save_button = button("ui.roster.track.save", self._save, role="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addWidget(label(tr("ui.roster.track.help"), "help"))
        column.addLayout(self._fields(fields))
        foot = QHBoxLayout()
        foot.addWidget(label(tr("ui.roster.since"), "strong"))
        foot.addWidget(self.since)
        foot.addStretch(1)
        foot.addWidget(button("ui.roster.track.cancel", self.hide))
        foot.addWidget(self.save_button)
        column.addLayout(foot)
        self.hide()

    def _fields(self, fields: tuple[RosterField, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        for place, field in enumerate(fields):
            row, at = divmod(place, COLUMNS)
            made = _input(field)
            self.inputs[field.key] = made
            grid.addWidget(label(title(field), "quiet"), 2 * row, at)
            grid.addWidget(made, 2 * row + 1, at)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        return grid

    def begin(self, values: dict[str, str]) -> None:
        """Filled with what is in force; the day is the person's to say."""
        for key, made in self.inputs.items():
            if isinstance(made, QComboBox):
                made.setCurrentIndex(max(0, made.findText(values.get(key, ""))))
            else:
                made.setText(values.get(key, ""))
        self.since.clear()
        set_role(self.since, "")
        self.show()
        self.since.setFocus()

    def _save(self) -> None:
        since = parse_day(self.since.text())
        set_role(self.since, "" if since else "wrong")
        if since is None:
            self.since.setFocus()
            return
        values = {
            key: made.currentText() if isinstance(made, QComboBox) else made.text()
            for key, made in self.inputs.items()
        }
        self.wanted.emit(values, since)


class TrackView(QFrame):
    """One track. Emits ``wanted`` (track, values, since)."""

    wanted = Signal(object, object, object)

    def __init__(self, presenter: PersonPresenter, track: Track) -> None:
        super().__init__()
        set_role(self, "card")
        self._presenter = presenter
        self.track = track
        self._card: Card | None = None
        self.model = SpansModel()
        self.grid = Grid(self.model, "ui.roster.tab.tracks")
        self.grid.setAccessibleName(presenter.track_title(track))
        self.none = label(tr("ui.roster.track.none"), "help")
        self.add_button = button("ui.roster.track.add", self._begin, drawing="plus")
        self._lay_out()

    @cached_property
    def form(self) -> ChangeForm:
        """Made when a change is first typed: looking at a person need not wait for it."""
        made = ChangeForm(self._presenter.track_fields(self.track))
        made.wanted.connect(lambda values, since: self.wanted.emit(self.track, values, since))
        self._column.addWidget(made)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self._presenter.track_title(self.track), "heading"), 1)
        head.addWidget(self.add_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 10)
        self._column.addLayout(head)
        self._column.addWidget(self.none)
        self._column.addWidget(self.grid)

    def show_card(self, card_now: Card) -> None:
        self._card = card_now
        spans = self._presenter.spans(card_now, self.track)
        fields = self._presenter.span_columns(card_now, self.track)
        self.model.show(spans, fields)
        self.none.setVisible(not spans)
        self.grid.setVisible(bool(spans))
        rows = min(MOST_ROWS, max(1, len(spans))) + 1
        self.grid.setFixedHeight(rows * row_height() + 24)
        font = self.grid.font()
        font.setBold(True)
        bold = QFontMetrics(font)
        heads = (bold.horizontalAdvance(title(field)) + PADDING for field in fields)
        self.grid.widths(100, *(max(WIDTH, width) for width in heads))

    def close_form(self) -> None:
        if "form" in vars(self):
            self.form.hide()

    def _begin(self) -> None:
        card_now = self._card
        if card_now:
            self.form.begin({key: self._presenter.value(card_now, key) for key in self.form.inputs})


class TracksView(QScrollArea):
    """All tracks under one another. Emits ``span_wanted`` (track, values, since)."""

    span_wanted = Signal(object, object, object)

    def __init__(self, presenter: PersonPresenter) -> None:
        super().__init__()
        name(self, "ui.roster.tab.tracks")
        self.tracks = {
            track: TrackView(presenter, track)
            for track in (Track.LUONG, Track.THAM_GIA, Track.CONG_VIEC, Track.HOP_DONG)
        }
        inside = QWidget()
        column = QVBoxLayout(inside)
        for each in self.tracks.values():
            each.wanted.connect(self.span_wanted)
            column.addWidget(each)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setWidget(inside)

    def show_card(self, card_now: Card) -> None:
        for each in self.tracks.values():
            each.show_card(card_now)

    def forget(self) -> None:
        """What was typed is stored."""
        for each in self.tracks.values():
            each.close_form()


def _input(field: RosterField) -> QLineEdit | QComboBox:
    made: QLineEdit | QComboBox
    offered = choices(field)
    if offered:
        made = QComboBox()
        made.setSizeAdjustPolicy(SHORT)
        made.setMinimumContentsLength(10)
        made.addItem("", "")
        for value, words in offered:
            made.addItem(words, value)
    else:
        made = QLineEdit()
    made.setAccessibleName(title(field))
    return explained(made, field.key)
