"""The first run: a few calm steps from nothing to the first people in the roster."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.welcome.begun import FILE, Begun
from desktop.ui.welcome.place_view import PlaceFields
from desktop.ui.welcome.steps import (
    STEPS,
    UNIT_FIELDS,
    FirstRunPresenter,
    Step,
    kept,
    restored,
)
from desktop.ui.welcome.steps_view import ModeStep, StartStep, SummaryStep
from desktop.ui.welcome.unit_fields import UnitFields
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.page import Page
from forms.model import Unit

WIDEST = 820


class FirstRunView(Page):
    """Emits ``added`` with the stored unit and what the roster's page is told."""

    added = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.first", "ui.first.help")
        self.presenter = FirstRunPresenter(desk.services)
        self.begun = Begun(desk.settings.beside(FILE))
        self.mode = ModeStep(practice=desk.services.practice)
        self.unit = UnitFields(UNIT_FIELDS, self.go_on)
        self.place = PlaceFields(self.go_on)
        self.start, self.summary = StartStep(), SummaryStep()
        self.steps: dict[Step, QWidget] = dict(
            zip(STEPS, (self.mode, self.unit, self.place, self.start, self.summary), strict=True)
        )
        self._step = Step.MODE
        self.where, self.asked = label(role="quiet"), label(role="heading")
        self.about = label(role="help")
        self.back = button("ui.first.back", self.go_back, drawing="back")
        self.next = button("ui.first.next", self.go_on, role="primary")
        self.done = button("ui.first.done", self.finish, drawing="check", role="primary")
        self.sample = button("ui.first.sample", self.use_sample, drawing="unit")
        self._lay_out_steps()
        self._restore()
        self.show_step(Step.MODE)

    def _lay_out_steps(self) -> None:
        frame, inside = card()
        for part in (self.where, self.asked, self.about, *self.steps.values()):
            inside.addWidget(part)
        foot = QHBoxLayout()
        for each in (self.back, self.next, self.done, self.sample):
            foot.addWidget(each)
        foot.addStretch(1)
        inside.addLayout(foot)
        held = QWidget()  # a layout that holds the card asks it for the height of its own width
        held.setMaximumWidth(scaled(WIDEST))
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.content.addWidget(held)
        self.content.addStretch(1)
        self.start.choose.clicked.connect(self.choose_workbook)
        self.start.save.clicked.connect(self.save_template)

    # ---- from step to step

    @property
    def step(self) -> Step:
        return self._step

    def show_step(self, step: Step) -> None:
        place = STEPS.index(step)
        self.notice.hide()
        self._step = step
        for each, made in self.steps.items():
            made.setVisible(each is step)
        self.where.setText(tr("ui.first.where", step=place + 1, of=len(STEPS)))
        self.asked.setText(tr(f"ui.first.{step.value}"))
        self.about.setText(tr(f"ui.first.{step.value}.help"))
        if step is Step.SUMMARY:
            self.summary.show_lines(self.presenter.summary())
        self.back.setVisible(place > 0)
        self.next.setVisible(step is not Step.SUMMARY)
        self.done.setVisible(step is Step.SUMMARY)
        self.sample.setVisible(step is Step.MODE and self.desk.practice is not None)
        self._take_focus(step)

    def _take_focus(self, step: Step) -> None:
        first = {
            Step.MODE: self.mode.options.buttons[0],
            Step.UNIT: self.unit.inputs[UNIT_FIELDS[0].key],
            Step.PLACE: self.place.street,
            Step.START: self.start.options.buttons[0],
            Step.SUMMARY: self.done,
        }
        first[step].setFocus()

    def enter(self, dossier_id: str = "") -> None:
        super().enter(dossier_id)
        self._take_focus(self.step)

    def go_back(self) -> None:
        self._take()
        self.show_step(STEPS[max(0, STEPS.index(self.step) - 1)])

    def go_on(self) -> None:
        self._take()
        self._keep()
        step = self.step
        if step is Step.MODE and self.mode.practice != self.desk.services.practice:
            self.desk.session.mode_wanted.emit(self.mode.practice)
        elif self._is_right(step):
            self.show_step(STEPS[STEPS.index(step) + 1])

    def _is_right(self, step: Step) -> bool:
        wrong = self.presenter.wrong(step)
        self.unit.say_wrong(wrong)
        self.place.say_wrong(wrong)
        if step is Step.START and self.presenter.needs_workbook():
            self.choose_workbook()
            return not self.presenter.needs_workbook()
        return not wrong

    def _take(self) -> None:
        said = self.presenter.said
        said.typed |= self.unit.typed() | self.place.typed()
        said.start = self.start.start

    # ---- what is kept while the window is closed

    def leave(self) -> None:
        self._take()
        self._keep()

    def _keep(self) -> None:
        if self.desk.session.unit is None:
            self.begun.keep(kept(self.presenter.said, self.place.places()))

    def _restore(self) -> None:
        known = self.begun.read()
        said = self.presenter.said = restored(known)
        self.unit.show_answers(said.typed)
        self.place.show_answers({**known, "region": said.typed["region"]})
        self.start.show_start(said.start, said.workbook)

    # ---- what to start from

    def choose_workbook(self) -> None:
        kinds = tr("ui.month.kinds")
        chosen = self.desk.picker.open_file(self, tr("ui.first.start.choose_title"), kinds)
        if chosen:
            self.presenter.said.workbook = chosen
            self.start.show_file(chosen)

    def save_template(self) -> None:
        title, named = tr("ui.roster.template_title"), tr("ui.roster.template_name")
        out = self.desk.picker.save_file(self, title, named, tr("ui.kinds.xlsx"))
        if out:
            self.desk.tasks.run(
                lambda _: self.presenter.template(out),
                done=lambda path: self.notice.tell(
                    "done", tr("ui.roster.template_saved"), str(path)
                ),
                failed=self.fail,
            )

    # ---- the end

    def finish(self) -> None:
        told = self.presenter.afterwards()
        self._store(self.presenter.add, told)

    def use_sample(self) -> None:
        practice = self.desk.practice
        if practice is not None:
            self._store(lambda: self.presenter.units.add_sample(practice.sample_unit()), "")

    def _store(self, work: Callable[[], Unit], told: str) -> None:
        self.notice.hide()
        self._enable(on=False)
        self.desk.tasks.run(
            lambda _: work(),
            done=lambda unit: self._stored(unit, told),
            failed=self._failed,
            finished=lambda: self._enable(on=True),
        )

    def _enable(self, *, on: bool) -> None:
        for each in (self.back, self.done, self.sample):
            each.setEnabled(on)

    def _stored(self, unit: Unit, told: str) -> None:
        self.begun.forget()
        self.added.emit(unit, told)

    def _failed(self, error: BaseException) -> None:
        """A wrong answer leads back to where it was given."""
        wrong = self.presenter.units.wrong_field(error)
        if wrong is None:
            self.fail(error)
            return
        self.show_step(self.presenter.step_of(wrong[0]))
        self.unit.say_wrong(dict([wrong]))
        self.place.say_wrong(dict([wrong]))
