"""Some fields of a unit below each other, each with what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.help.presenter import OF_UNIT
from desktop.ui.texts import tr
from desktop.ui.welcome.presenter import REGIONS, Field
from desktop.ui.widgets.basics import label, set_role
from desktop.ui.widgets.explained import explained

CAPTION = 215
"""px, so that the answers of several forms stand below each other"""


class UnitFields(QWidget):
    """``entered`` is called when Enter is pressed in a line."""

    def __init__(self, fields: Sequence[Field], entered: Callable[[], object]) -> None:
        super().__init__()
        self._entered = entered
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.wrong: dict[str, QLabel] = {}
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(18)
        self.form.setVerticalSpacing(6)
        for field in fields:
            self.form.addRow(caption(field.label, required=field.required), self._answer(field))

    def _answer(self, field: Field) -> QWidget:
        entry = regions() if field.key == "region" else self._line(field)
        entry.setAccessibleName(field.label)
        explained(entry, OF_UNIT + field.key)
        wrong = label(role="wrong")
        wrong.hide()
        self.inputs[field.key], self.wrong[field.key] = entry, wrong
        return below(entry, wrong)

    def _line(self, field: Field) -> QLineEdit:
        entry = QLineEdit()
        entry.setPlaceholderText(field.example)
        entry.setAccessibleDescription(field.example)
        entry.returnPressed.connect(lambda: self._entered())
        return entry

    def typed(self) -> dict[str, str]:
        return {key: answer_of(entry) for key, entry in self.inputs.items()}

    def show_answers(self, typed: Mapping[str, str]) -> None:
        for key, entry in self.inputs.items():
            if key in typed:
                show_answer(entry, typed[key])

    def clear(self) -> None:
        for entry in self.inputs.values():
            if isinstance(entry, QLineEdit):
                entry.clear()

    @property
    def is_right(self) -> bool:
        return all(text.isHidden() for text in self.wrong.values())

    def say_wrong(self, messages: Mapping[str, str]) -> None:
        """Of other fields nothing is said here."""
        here = [key for key in self.wrong if key in messages]
        for key, text in self.wrong.items():
            text.setText(messages.get(key, ""))
            text.setVisible(key in messages)
            set_role(self.inputs[key], "wrong" if key in messages else "")
        if here:
            self.inputs[here[0]].setFocus()


def caption(words: str, *, required: bool) -> QLabel:
    made = label(tr("ui.unit.caption", field=words) if required else words)
    made.setMinimumWidth(CAPTION)
    return made


def below(*parts: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part)
    return whole


def regions() -> QComboBox:
    entry = QComboBox()
    for number in REGIONS:
        entry.addItem(tr(f"ui.unit.region.{number}"), number)
    return entry


def answer_of(entry: QLineEdit | QComboBox) -> str:
    return entry.text() if isinstance(entry, QLineEdit) else str(entry.currentData())


def show_answer(entry: QLineEdit | QComboBox, text: str) -> None:
    if isinstance(entry, QLineEdit):
        entry.setText(text)
    else:
        entry.setCurrentIndex(max(0, entry.findData(text)))
