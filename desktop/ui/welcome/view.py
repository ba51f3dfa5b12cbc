"""The form for a unit."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.welcome.presenter import FIELDS, WelcomePresenter, typed_from
from desktop.ui.welcome.unit_fields import UnitFields
from desktop.ui.widgets.basics import button, card, name
from desktop.ui.widgets.page import Page
from forms.model import Unit

WIDEST = 760


class WelcomeView(Page):
    """Emits ``added`` with the stored unit."""

    added = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.welcome.title", "ui.welcome.help")
        self.presenter = WelcomePresenter(desk.services)
        self.fields = UnitFields(FIELDS, self.submit)
        self.inputs, self.wrong = self.fields.inputs, self.fields.wrong
        self._changed: Unit | None = None
        self.save = button("ui.welcome.save", self.submit, drawing="check", role="primary")
        self.sample = button("ui.welcome.sample", self.use_sample, drawing="unit")
        self.sample.setVisible(desk.practice is not None)
        self._lay_out_form()
        self.in_tab_order(*self.inputs.values(), self.save, self.sample)

    def _lay_out_form(self) -> None:
        frame, inside = card()
        frame.setMaximumWidth(WIDEST)
        inside.addWidget(self.fields)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.sample)
        buttons.addStretch()
        inside.addLayout(buttons)
        self.content.addWidget(_scrolling(frame))

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id`` is here the code of a unit to change, or empty for a new one."""
        super().enter(dossier_id)
        unit = self.desk.session.unit
        changed = unit if unit and dossier_id == unit.code else None
        self._fill(changed)
        self.title.setText(tr("ui.welcome.change" if changed else "ui.welcome.title"))
        self.inputs["name" if changed else "code"].setFocus()

    def _fill(self, changed: Unit | None) -> None:
        """With a unit to change, or with nothing once more after that."""
        if changed is None and self._changed is None:
            return
        self._changed = changed
        if changed is None:
            self.fields.clear()
        else:
            self.fields.show_answers(typed_from(changed))
        self.fields.say_wrong({})
        self.inputs["code"].setEnabled(changed is None)
        self.sample.setVisible(changed is None and self.desk.practice is not None)

    def submit(self) -> None:
        typed = self.fields.typed()
        self.fields.say_wrong(self.presenter.wrong(typed))
        if self.fields.is_right:
            store = self.presenter.change if self._changed else self.presenter.add
            self._run(lambda: store(typed))

    def use_sample(self) -> None:
        practice = self.desk.practice
        if practice is not None:
            self.fields.say_wrong({})
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
        self.fields.clear()
        self.added.emit(unit)

    def _failed(self, error: BaseException) -> None:
        wrong = self.presenter.wrong_field(error)
        if wrong is None:
            self.fail(error)
        else:
            self.fields.say_wrong(dict([wrong]))


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
