"""Choose a list, type a few letters, copy the code."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from desktop.ui.codes.presenter import LISTS, MOST, CodeLine, about, count_words, search, title
from desktop.ui.desk import Desk
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import LinesModel
from desktop.ui.widgets.page import Page

CODE, NOW = 0, 3


class CodesModel(LinesModel[CodeLine]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.codes.code", "ui.codes.name", "ui.codes.days", "ui.codes.now"),
            lambda line: (line.code, line.name, line.until, line.now),
        )

    def decoration(self, line: CodeLine, column: int, role: int) -> Any:
        if column == NOW and line.is_old and role == Qt.ItemDataRole.DecorationRole:
            return icon("warning")
        return None


class CodesView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.tools.codes", "ui.codes.help")
        self.kind, self.words = QComboBox(), QLineEdit()
        self.copy = button("ui.codes.copy", self.copy_code, drawing="copy")
        self.model = CodesModel()
        self.grid = Grid(self.model, "ui.tools.codes")
        self.count, self.origin = label(role="strong"), label(role="quiet")
        self._lay_out_page()
        self._connect()

    def _lay_out_page(self) -> None:
        for kind in LISTS:
            self.kind.addItem(title(kind), kind)
        name(self.kind, "ui.codes.kind")
        name(self.words, "ui.codes.words")
        self.words.setPlaceholderText(tr("ui.codes.words.example"))
        self.words.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.addWidget(self.kind)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)
        self.grid.widths(110, 420, 150, 300, stretch=NOW)
        self.content.addLayout(row)
        self.content.addWidget(self.count)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(self.origin)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _: self.look_up())
        self.words.textChanged.connect(lambda _: self.look_up())
        self.words.returnPressed.connect(self.grid.setFocus)
        self.grid.activated.connect(lambda _: self.copy_code())
        copying = QShortcut(QKeySequence.StandardKey.Copy, self.grid)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        copying.activated.connect(self.copy_code)

    def enter(self, dossier_id: str = "") -> None:
        super().enter(dossier_id)
        self.words.setFocus()
        self.look_up()

    def look_up(self) -> None:
        """The last question alone is answered."""
        kind, typed = str(self.kind.currentData()), self.words.text()
        self.desk.tasks.run(
            lambda _: (search(kind, typed), about(kind)),
            done=lambda found: self._show(*found),
            failed=self.fail,
            channel="codes.search",
            order=Order.LATEST,
        )

    def _show(self, lines: Sequence[CodeLine], origin: str) -> None:
        self.model.show(lines[:MOST])
        self.count.setText(count_words(len(lines)))
        self.origin.setText(origin)
        self.grid.selectRow(0)
        self.copy.setEnabled(bool(lines))

    def copy_code(self) -> None:
        row = self.grid.currentIndex().row()
        if 0 <= row < len(self.model.lines):
            line = self.model.lines[row]
            QGuiApplication.clipboard().setText(line.code)
            self.notice.tell("done", tr("ui.codes.copied", code=line.code), line.name)
