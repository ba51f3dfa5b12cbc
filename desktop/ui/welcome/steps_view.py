"""The steps of the first run that ask something else than a unit's fields."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.texts import tr
from desktop.ui.welcome.steps import STARTS, Start, mode_key
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.options import Options

MODES = (True, False)
"""practice first: nothing can go wrong there"""


def _words(code: str) -> tuple[str, str]:
    return tr(code), tr(f"{code}.about")


class ModeStep(QWidget):
    """Practice or real; ``practice`` is what is chosen now."""

    def __init__(self, *, practice: bool) -> None:
        super().__init__()
        self.practice = practice
        self.options = Options()
        shown = [_words(f"ui.first.mode.{mode_key(practice=each)}") for each in MODES]
        self.options.show_options(shown, chosen=MODES.index(practice))
        self.options.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.options)
        column.addWidget(label(tr("ui.first.mode.apart"), "quiet"))

    def _choose(self, place: int) -> None:
        self.practice = MODES[place]


class StartStep(QWidget):
    """A workbook, our template, or nothing; ``choose`` and ``save`` ask where."""

    def __init__(self) -> None:
        super().__init__()
        self.start = Start.WORKBOOK
        self.options = Options()
        self.choose = button("ui.first.start.choose", lambda: None, drawing="excel")
        self.save = button("ui.first.start.save", lambda: None, drawing="excel")
        self.file = label(role="strong")
        self.options.chosen.connect(lambda place: self._start(STARTS[place]))
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.save)
        row.addWidget(self.file, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.options)
        column.addLayout(row)
        self.show_start(Start.WORKBOOK, None)

    def show_start(self, start: Start, workbook: Path | None) -> None:
        shown = [_words(f"ui.first.start.{each.value}") for each in STARTS]
        self.options.show_options(shown, chosen=STARTS.index(start))
        self._start(start)
        self.show_file(workbook)

    def show_file(self, workbook: Path | None) -> None:
        self.file.setText(workbook.name if workbook else "")

    def _start(self, start: Start) -> None:
        self.start = start
        self.choose.setVisible(start is Start.WORKBOOK)
        self.file.setVisible(start is Start.WORKBOOK)
        self.save.setVisible(start is Start.TEMPLATE)


class SummaryStep(QWidget):
    """What was said, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(18)
        self.form.setVerticalSpacing(4)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        while self.form.rowCount():
            self.form.removeRow(0)
        for caption, words in lines:
            self.form.addRow(label(caption, "quiet"), label(words, "strong"))
