"""What is changed in the roster: one step after another, off the UI thread, each can be undone."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from desktop.services.progress import Progress
from desktop.services.roster_api import Step
from desktop.ui.cells import Cell
from desktop.ui.roster.people_view import PeopleView
from desktop.ui.roster.person_view import CHANGES
from desktop.ui.roster.presenter import RosterPresenter, first_of
from desktop.ui.tasks import Job, Order
from desktop.ui.texts import tr
from desktop.ui.widgets.page import Page
from resources.faults import Fault

T = TypeVar("T")
Back = Callable[[str, Progress], Step | None]


class Changes:
    """``changed``: the list is to be read again. ``turned``: a step was undone or done again."""

    def __init__(
        self,
        page: Page,
        presenter: RosterPresenter,
        people: PeopleView,
        *,
        changed: Callable[[], object],
        turned: Callable[[], object],
    ) -> None:
        self._page, self._presenter, self._people = page, presenter, people
        self._changed, self._turned = changed, turned
        self._jobs: deque[Job] = deque()

    @property
    def since(self) -> date | None:
        period = self._page.desk.session.period
        return None if self._people.puts_right else first_of(period)

    @property
    def _unit(self) -> str:
        return self._page.desk.session.unit_code

    # ---- the changes

    def cells(self, cells: Sequence[Cell], since: date | None, told: str = "") -> None:
        unit = self._unit
        self.do(
            lambda report: self._presenter.edit(unit, cells, since, report),
            lambda step: self.tell(step, told) if told or len(cells) > 1 else None,
            last=lambda: self._people.model.answered([(person, key) for person, key, _ in cells]),
            failed=lambda error: self.refused(error, cells),
        )

    def add(self, values: dict[str, str], since: date, added: Callable[[int], object]) -> None:
        unit = self._unit
        self.do(lambda _: self._presenter.add(unit, values, since), added)

    def remove(self, people: Sequence[int]) -> None:
        unit = self._unit
        self.do(lambda report: self._presenter.remove(unit, people, report), self.tell)

    def undo(self) -> None:
        self._back(self._presenter.undo, "ui.roster.undone")

    def redo(self) -> None:
        self._back(self._presenter.redo, "ui.roster.redone")

    def addresses(self, cells: Sequence[Cell], taken: Callable[[], object]) -> None:
        unit = self._unit

        def done(step: Step) -> None:
            taken()
            self.tell(step)

        self.do(lambda report: self._presenter.edit(unit, cells, None, report), done)

    def _back(self, work: Back, code: str) -> None:
        unit = self._unit
        self.do(lambda report: work(unit, report), lambda step: self._went_back(step, code))

    def _went_back(self, step: Step | None, code: str) -> None:
        if step is None:
            return
        remark = self._presenter.remark_words(step)
        look = "warning" if remark else "done"
        words = tr(code, step=self._presenter.step_words(step))
        self._page.notice.tell(look, words, remark)
        self._turned()

    # ---- how it is done and told

    def do(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        *,
        last: Callable[[], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """One change after another; the list is read again when it is done. Stopped half-way,
        nothing of it has happened."""
        page = self._page
        page.notice.hide()
        over = page.lasting("ui.busy.roster_change", last, self.stop)
        job = page.desk.tasks.run(
            work,
            done=lambda answer: self._done(done, answer),
            failed=failed or (lambda error: self.refused(error, ())),
            stopped=page.say_stopped,
            progress=page.report,
            finished=lambda: self._ended(over),
            channel=CHANGES,
            order=Order.IN_TURN,
        )
        self._jobs.append(job)

    def stop(self) -> None:
        """All that is not done yet, for one builds upon the other."""
        for job in self._jobs:
            job.cancel()

    def _ended(self, over: Callable[[], None]) -> None:
        """They end in their order."""
        self._jobs.popleft()
        over()

    def _done(self, done: Callable[[T], object], answer: T) -> None:
        done(answer)
        self._changed()

    def tell(self, step: Step, more: str = "") -> None:
        words = self._presenter.step_words(step)
        self._page.notice.tell("done", words, more or tr("ui.roster.can_undo"))

    def refused(self, error: BaseException, cells: Sequence[Cell]) -> None:
        """A fault names a field by its key; here it is told by its title, with what was typed."""
        explained = self._page.desk.explain(error)
        if isinstance(error, Fault) and "field" in error.params:
            said = self._presenter.fault_words(error.code, error.params, cells)
            if len(cells) == 1:
                self._people.model.refuse(cells, said)
                said = tr("ui.roster.refused", text=said)
            explained = replace(explained, text=said)
        self._page.notice.explain(explained)
