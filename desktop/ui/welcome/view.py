"""The form for a unit."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.welcome.presenter import (
    FIELDS,
    REGIONS,
    Field,
    WelcomePresenter,
    typed_from,
)
from desktop.ui.widgets.basics import button, card, label, name, set_role
from desktop.ui.widgets.page import Page
from forms.model import Unit

WIDEST = 760


class WelcomeView(Page):
    """Emits ``added`` with the stored unit."""

    added = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.welcome.title", "ui.welcome.help")
        self.presenter = WelcomePresenter(desk.services)
        self.inputs: dict[str, QLineEdit | QComboBox] = {}
        self.wrong: dict[str, QLabel] = {}
        self._changed: Unit | None = None
        self.save = button("ui.welcome.save", self.submit, drawing="check", role="primary")
        self.sample = button("ui.welcome.sample", self.use_sample, drawing="unit")
        self.sample.setVisible(desk.practice is not None)
        self._lay_out_form()
        self.in_tab_order(*self.inputs.values(), self.save, self.sample)

    def _lay_out_form(self) -> None:
        frame, inside = card()
        frame.setMaximumWidth(WIDEST)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(6)
        for field in FIELDS:
            form.addRow(self._caption(field), self._answer(field))
        inside.addLayout(form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.sample)
        buttons.addStretch()
        inside.addLayout(buttons)
        self.content.addWidget(_scrolling(frame))

    def _caption(self, field: Field) -> QLabel:
        required = tr("ui.unit.caption", field=field.label)
        caption = label(required if field.required else field.label)
        caption.setMinimumWidth(215)
        return caption

    def _answer(self, field: Field) -> QWidget:
        entry = self._region() if field.key == "region" else self._line(field)
        entry.setAccessibleName(field.label)
        wrong = label(role="wrong")
        wrong.hide()
        self.inputs[field.key], self.wrong[field.key] = entry, wrong
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(entry)
        column.addWidget(wrong)
        return whole

    def _line(self, field: Field) -> QLineEdit:
        entry = QLineEdit()
        entry.setPlaceholderText(field.example)
        entry.setAccessibleDescription(field.example)
        entry.returnPressed.connect(self.submit)
        return entry

    def _region(self) -> QComboBox:
        entry = QComboBox()
        for number in REGIONS:
            entry.addItem(tr(f"ui.unit.region.{number}"), number)
        return entry

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id`` is here the code of a unit to change, or empty for a new one."""
        super().enter(dossier_id)
        unit = self.desk.session.unit
        changed = unit if unit and dossier_id == unit.code else None
        self._fill(changed)
        code = "ui.welcome.first" if unit is None else "ui.welcome.title"
        self.title.setText(tr("ui.welcome.change" if changed else code))
        self.inputs["name" if changed else "code"].setFocus()

    def _fill(self, changed: Unit | None) -> None:
        """With a unit to change, or with nothing once more after that."""
        if changed is None and self._changed is None:
            return
        self._changed = changed
        for key, text in (typed_from(changed) if changed else {}).items():
            show_answer(self.inputs[key], text)
        if changed is None:
            self._clear()
        self._say_wrong({})
        self.inputs["code"].setEnabled(changed is None)
        self.sample.setVisible(changed is None and self.desk.practice is not None)

    def _clear(self) -> None:
        for entry in self.inputs.values():
            if isinstance(entry, QLineEdit):
                entry.clear()

    def typed(self) -> dict[str, str]:
        return {
            key: entry.text() if isinstance(entry, QLineEdit) else str(entry.currentData())
            for key, entry in self.inputs.items()
        }

    def submit(self) -> None:
        typed = self.typed()
        self._say_wrong(self.presenter.missing(typed))
        if any(not text.isHidden() for text in self.wrong.values()):
            return
        store = self.presenter.change if self._changed else self.presenter.add
        self._run(lambda: store(typed))

    def use_sample(self) -> None:
        practice = self.desk.practice
        if practice is not None:
            self._say_wrong({})
            self._run(lambda: self.presenter.add_sample(practice.sample_unit()))

    def _run(self, work: Callable[[], Unit]) -> None:
        self.notice.hide()
        self._enable(on=False)
        self.desk.tasks.run(
            lambda _: work(),
            done=self._stored,
            failed=self._failed,
            finished=lambda: self._enable(on=True),
        )

    def _enable(self, *, on: bool) -> None:
        self.save.setEnabled(on)
        self.sample.setEnabled(on)

    def _stored(self, unit: Unit) -> None:
        self._clear()
        self.added.emit(unit)

    def _failed(self, error: BaseException) -> None:
        wrong = self.presenter.wrong_field(error)
        if wrong is None:
            self.fail(error)
        else:
            self._say_wrong(dict([wrong]))

    def _say_wrong(self, messages: dict[str, str]) -> None:
        for key, text in self.wrong.items():
            text.setText(messages.get(key, ""))
            text.setVisible(key in messages)
            set_role(self.inputs[key], "wrong" if key in messages else "")
        if messages:
            self.inputs[next(iter(messages))].setFocus()


def show_answer(entry: QLineEdit | QComboBox, text: str) -> None:
    if isinstance(entry, QLineEdit):
        entry.setText(text)
    else:
        entry.setCurrentIndex(max(0, entry.findData(text)))


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    name(area, "ui.welcome.title")
    holder = QWidget()
    row = QVBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(inside)
    row.addStretch()
    area.setWidget(holder)
    return area
