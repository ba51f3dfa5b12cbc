"""A tab for each calculator; the answer follows the typing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.moments import filing_day
from desktop.ui.calculator.presenter import (
    CALCULATORS,
    Answer,
    Asked,
    Calculator,
    Typed,
    Wrong,
    answer,
    choice_words,
    first_values,
)
from desktop.ui.desk import Desk
from desktop.ui.ground import Ground
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import card, label, set_role
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.why import why_button

FIELD_WIDTH = 240


class CalculatorView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.calculator", "ui.calculator.help")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("ui.calculator"))
        self.tabs.tabBar().setAccessibleName(tr("ui.calculator"))
        self.panes = {each.key: Pane(each) for each in CALCULATORS}
        for key, pane in self.panes.items():
            self.tabs.addTab(pane, tr(f"ui.calculator.{key}"))
        self.content.addWidget(self.tabs, 1)

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id`` is here the key of a calculator, or empty."""
        super().enter(dossier_id)
        unit, month = self.desk.session.unit, self.desk.session.period
        today = filing_day(self.desk.services.now())
        for pane in self.panes.values():
            pane.begin(
                first_values(
                    pane.calculator, month=month, region=unit.region if unit else 1, today=today
                )
            )
        if dossier_id in self.panes:
            self.tabs.setCurrentWidget(self.panes[dossier_id])


class Pane(QWidget):
    """Fields on the left, the answer on the right."""

    def __init__(self, calculator: Calculator) -> None:
        super().__init__()
        self.calculator = calculator
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.headline = label(role="big")
        self.wrong = label(role="wrong")
        self.lines = QFormLayout()
        self.sources = label(role="quiet")
        self.answer: Answer | None = None
        self.why = why_button("ui.why.calculator.figure", self._ground)
        self._lay_out()
        self._touched = False

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for asked in self.calculator.fields:
            entry = self._entry(asked)
            entry.setFixedWidth(scaled(FIELD_WIDTH))
            caption = QLabel(tr(f"ui.calculator.field.{asked.key}"))
            caption.setBuddy(entry)
            entry.setAccessibleName(caption.text())
            self.fields[asked.key] = entry
            form.addRow(caption, entry)
        frame, inside = card()
        for part in (self.headline, self.wrong):
            inside.addWidget(part)
        inside.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(self.lines)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        for part in (self.headline, self.sources):
            part.setTextInteractionFlags(selectable)
        inside.addWidget(self.sources)
        inside.addStretch(1)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setSpacing(20)
        row.addLayout(left)
        row.addWidget(frame, 1)

    def _entry(self, asked: Asked) -> QLineEdit | QComboBox:
        if asked.choices:
            box = QComboBox()
            for value in asked.choices:
                box.addItem(choice_words(self.calculator, asked, value), value)
            box.currentIndexChanged.connect(lambda _: self.show_answer())
            return box
        line = QLineEdit()
        line.setPlaceholderText(tr(f"ui.calculator.field.{asked.key}.example"))
        line.textEdited.connect(lambda _: self.show_answer())
        return line

    def begin(self, values: Typed) -> None:
        """Once: what was typed stays when the page is left and entered again."""
        if not self._touched:
            self._touched = True
            for key, value in values.items():
                self._set(self.fields[key], value)
        self.show_answer()

    @staticmethod
    def _set(entry: QLineEdit | QComboBox, value: str) -> None:
        if isinstance(entry, QLineEdit):
            entry.setText(value)
        else:
            entry.setCurrentIndex(max(0, entry.findData(value)))

    def typed(self) -> dict[str, str]:
        return {
            key: entry.text() if isinstance(entry, QLineEdit) else str(entry.currentData())
            for key, entry in self.fields.items()
        }

    def show_answer(self) -> None:
        found = answer(self.calculator, self.typed())
        wrong = found if isinstance(found, Wrong) else None
        self.wrong.setText(wrong.text if wrong else "")
        self.wrong.setVisible(wrong is not None)
        for key, entry in self.fields.items():
            set_role(entry, "wrong" if wrong and wrong.key == key else "")
        self._show(found if isinstance(found, Answer) else None)

    def _show(self, found: Answer | None) -> None:
        while self.lines.rowCount():
            self.lines.removeRow(0)
        self.headline.setText(found.headline if found else tr("ui.calculator.empty"))
        set_role(self.headline, "big" if found else "quiet")
        for name, value in found.lines if found else ():
            amount = label(value, "strong")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            of_what = label(name)
            of_what.setWordWrap(False)
            self.lines.addRow(of_what, amount)
        self.sources.setText("\n".join(found.sources) if found else "")
        self.answer = found
        self.why.setVisible(found is not None)

    def _ground(self) -> Ground | None:
        return self.answer.ground if self.answer else None
