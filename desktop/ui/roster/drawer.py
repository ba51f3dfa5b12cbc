"""What opens beside the people: changing many at once, adding one."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
)

from desktop.services.roster_api import RosterField
from desktop.ui.field_values import choices
from desktop.ui.formats import day, grouped
from desktop.ui.roster.cells import editable, parse_day, title
from desktop.ui.roster.presenter import NAME
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.drawer import Drawer
from desktop.ui.widgets.explained import explained
from desktop.ui.widgets.field_choice import FieldChoice

NEW_PERSON = (
    ("ho_ten",),
    ("cccd", "ma_so_bhxh"),
    ("ngay_sinh", "gioi_tinh"),
    ("chuc_vu",),
    ("tien_luong",),
)
"""what is asked of somebody new, line by line"""


class SinceField(QFrame):
    """From which day a change holds, or that it only puts right what stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = label(tr("ui.roster.since"))
        self.day = QLineEdit()
        name(self.day, "ui.roster.since")
        self.day.setPlaceholderText(tr("ui.roster.day_example"))
        self.right = QCheckBox(tr("ui.roster.put_right"))
        name(self.right, "ui.roster.put_right")
        self.right.toggled.connect(self.day.setDisabled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.caption)
        column.addWidget(self.day)
        column.addWidget(self.right)

    @property
    def value(self) -> date | None:
        """None: the newest value is put right."""
        return None if self.right.isChecked() else parse_day(self.day.text())

    @property
    def is_good(self) -> bool:
        good = self.right.isChecked() or parse_day(self.day.text()) is not None
        set_role(self.day, "" if good else "wrong")
        return good


class BulkDrawer(Drawer):
    """Emits ``wanted`` (field key, text, since or None) for everybody chosen."""

    wanted = Signal(str, str, object)

    def __init__(self, fields: Mapping[str, RosterField]) -> None:
        super().__init__("ui.roster.bulk.title", "ui.roster.bulk.help")
        self._fields = {key: each for key, each in fields.items() if editable(each)}
        self.field = FieldChoice("ui.roster.bulk.field")
        self.text = QLineEdit()
        self.choice = QComboBox()
        self.since = SinceField()
        self.do_button = button("ui.roster.bulk.none", self._do, role="primary")
        self._lay_out()
        offered = [(key, title(each)) for key, each in self._fields.items()]
        self.field.offer(offered, "tien_luong")
        self.field.picked.connect(lambda _: self._other_field())
        self.text.returnPressed.connect(self._do)
        self._other_field()

    def _lay_out(self) -> None:
        name(self.text, "ui.roster.bulk.value")
        name(self.choice, "ui.roster.bulk.value")
        self.inside.addWidget(label(tr("ui.roster.bulk.field")))
        self.inside.addWidget(self.field)
        self.inside.addWidget(label(tr("ui.roster.bulk.value")))
        self.inside.addWidget(self.text)
        self.inside.addWidget(self.choice)
        self.inside.addWidget(self.since)
        self.inside.addWidget(self.do_button)
        self.inside.addStretch()

    def _other_field(self) -> None:
        field = self._fields[self.field.value]
        offered = choices(field)
        self.choice.clear()
        for value, words in offered:
            self.choice.addItem(words, value)
        self.choice.setVisible(bool(offered))
        self.text.setVisible(not offered)
        self.since.setVisible(field.track is not None)
        for entry in (self.text, self.choice):
            explained(entry, field.key)

    def show_people(self, count: int, since: date) -> None:
        """How many are chosen now, and the day that is offered."""
        code = "ui.roster.bulk.do" if count else "ui.roster.bulk.none"
        words = tr(code, count=grouped(count)) if count else tr(code)
        self.do_button.setText(words)
        self.do_button.setAccessibleName(words)
        self.do_button.setEnabled(count > 0)
        if not self.since.day.text():
            self.since.day.setText(day(since))

    def _do(self) -> None:
        field = self._fields[self.field.value]
        if field.track is not None and not self.since.is_good:
            self.since.day.setFocus()
            return
        text = str(self.choice.currentData()) if self.choice.count() else self.text.text()
        since = self.since.value if field.track is not None else None
        self.wanted.emit(field.key, text, since)


class AddDrawer(Drawer):
    """Emits ``wanted`` (values, since)."""

    wanted = Signal(object, object)

    def __init__(self, fields: Mapping[str, RosterField]) -> None:
        super().__init__("ui.roster.add.title", "ui.roster.add.help")
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(3)
        self.inside.addLayout(self._grid)
        for row, keys in enumerate(NEW_PERSON):
            for at, key in enumerate(keys):
                self._input(fields[key], row, at, wide=len(keys) == 1)
        self.since = QLineEdit()
        name(self.since, "ui.roster.add.since")
        self._grid.addWidget(label(tr("ui.roster.add.since")), 2 * len(NEW_PERSON), 0, 1, 2)
        self._grid.addWidget(self.since, 2 * len(NEW_PERSON) + 1, 0, 1, 2)
        self.inside.addSpacing(6)
        self.add_button = button("ui.roster.add.do", self._do, role="primary")
        self.inside.addWidget(self.add_button)
        self.inside.addStretch()

    def _input(self, field: RosterField, row: int, at: int, *, wide: bool) -> None:
        made: QLineEdit | QComboBox
        offered = choices(field)
        if offered:
            made = QComboBox()
            made.addItem("", "")
            for value, words in offered:
                made.addItem(words, value)
        else:
            made = QLineEdit()
            made.returnPressed.connect(self._do)
        said = title(field)
        words = tr("ui.roster.required", title=said) if field.key == NAME else said
        made.setAccessibleName(said)
        caption = label(words)
        caption.setBuddy(made)
        span = 2 if wide else 1
        self._grid.addWidget(caption, 2 * row, at, 1, span)
        self._grid.addWidget(made, 2 * row + 1, at, 1, span)
        self.inputs[field.key] = explained(made, field.key)

    def begin(self, since: date) -> None:
        for each in self.inputs.values():
            if isinstance(each, QLineEdit):
                each.clear()
                set_role(each, "")
            else:
                each.setCurrentIndex(0)
        self.since.setText(day(since))
        self.inputs[NAME].setFocus()

    def _do(self) -> None:
        values = {
            key: each.text() if isinstance(each, QLineEdit) else str(each.currentData() or "")
            for key, each in self.inputs.items()
        }
        since = parse_day(self.since.text())
        set_role(self.since, "" if since else "wrong")
        set_role(self.inputs[NAME], "" if values[NAME].strip() else "wrong")
        if since and values[NAME].strip():
            self.wanted.emit(values, since)
