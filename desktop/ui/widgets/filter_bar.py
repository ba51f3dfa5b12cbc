"""Narrowing the list: one line for each condition, all of which must hold."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.services.roster_api import Filter, Test
from desktop.ui.field_values import Fields, choices, compared, tests
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.field_choice import FieldChoice

WORDLESS = frozenset({Test.EMPTY, Test.FILLED})
PAUSE = 15
"""milliseconds after the last key"""
MOST = 5
"""conditions: more leave no room for the people"""


class FilterLine(QWidget):
    """One condition. Emits ``changed`` and ``dropped``."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, fields: Fields, key: str) -> None:
        super().__init__()
        self._fields = fields
        self.field = FieldChoice("ui.roster.filter.field")
        self.test = QComboBox()
        self.text = QLineEdit()
        self.choice = QComboBox()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self.field.offer([(each.key, each.title) for each in fields.values()], key)
        self._other_field()
        self._connect()

    def _lay_out(self) -> None:
        name(self.test, "ui.roster.filter.test")
        name(self.text, "ui.roster.filter.text")
        name(self.choice, "ui.roster.filter.text")
        self.test.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.field.setMinimumWidth(230)
        self.text.setPlaceholderText(tr("ui.roster.filter.text"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(self.test)
        row.addWidget(self.text, 1)
        row.addWidget(self.choice, 1)
        row.addWidget(button("ui.roster.filter.drop", self.dropped.emit, role="link"))

    def _connect(self) -> None:
        self.field.picked.connect(lambda _: self._other_field())
        self.field.picked.connect(lambda _: self.changed.emit())
        self.test.activated.connect(lambda _: self._show_text())
        self.test.activated.connect(lambda _: self.changed.emit())
        self.choice.activated.connect(lambda _: self.changed.emit())
        self.text.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.changed)

    def _other_field(self) -> None:
        field = self._fields[self.field.value]
        self.test.clear()
        for test in tests(field):
            self.test.addItem(tr(f"ui.roster.test.{test.value}"), test.value)
        self.choice.clear()
        for value, words in choices(field):
            self.choice.addItem(words, value)
        self._show_text()

    def _show_text(self) -> None:
        wordless = Test(self.test.currentData()) in WORDLESS
        self.text.setVisible(not wordless and not self.choice.count())
        self.choice.setVisible(not wordless and bool(self.choice.count()))

    @property
    def filter(self) -> Filter | None:
        """None while there is nothing to look for."""
        field, test = self._fields[self.field.value], Test(self.test.currentData())
        if test in WORDLESS:
            return Filter(field.key, test)
        if self.choice.count():
            return Filter(field.key, test, str(self.choice.currentData()))
        text = compared(field, self.text.text())
        return Filter(field.key, test, text) if text else None


class FilterBar(QFrame):
    """Hidden while nothing is filtered. Emits ``changed``."""

    changed = Signal()

    def __init__(self, fields: Fields, usual: str) -> None:
        """``usual``: key of the field that is offered first."""
        super().__init__()
        set_role(self, "card")
        self._fields = fields
        self._usual = usual if usual in fields else next(iter(fields))
        self.lines: list[FilterLine] = []
        self._rows = QVBoxLayout()
        self.add_button = button("ui.roster.filter.add", self._add_usual, drawing="plus")
        self.clear_button = button("ui.roster.filter.clear", self.clear)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("ui.roster.filter.help"), "help"), 1)
        foot.addWidget(self.add_button)
        foot.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(self._rows)
        column.addLayout(foot)
        self.hide()

    @property
    def filters(self) -> tuple[Filter, ...]:
        found = (line.filter for line in self.lines)
        return tuple(each for each in found if each is not None)

    def open(self) -> None:
        if not self.lines:
            self._add_usual()
        self.show()

    def _add_usual(self) -> None:
        self.add(self._usual)

    def add(self, key: str) -> None:
        """A further condition, its text ready to be typed."""
        if len(self.lines) >= MOST or key not in self._fields:
            return
        line = FilterLine(self._fields, key)
        line.changed.connect(self.changed)
        line.dropped.connect(lambda: self._drop(line))
        self.lines.append(line)
        self._rows.addWidget(line)
        self.add_button.setEnabled(len(self.lines) < MOST)
        self.show()
        (line.choice if line.choice.count() else line.text).setFocus()
        if line.filter is not None:
            self.changed.emit()

    def _drop(self, line: FilterLine) -> None:
        self.lines.remove(line)
        line.setParent(None)
        line.deleteLater()
        self.add_button.setEnabled(True)
        self.setVisible(bool(self.lines))
        self.changed.emit()

    def clear(self) -> None:
        for line in list(self.lines):
            self._drop(line)
        self.hide()
