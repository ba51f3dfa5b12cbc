"""What must be done now: the month's steps of a unit, and its last months in figures."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from threading import Lock
from typing import Protocol

from desktop.services.moments import filing_day
from desktop.services.months_api import MonthsApi
from desktop.services.ports import Clock, Reading, Store
from desktop.services.roster_api import RosterQuery
from forms.findings import Severity
from forms.model import Dossier, DossierState, Period
from forms.months.figures import MonthFigures, figures
from forms.rules.deadlines import due_date


class StepKey(StrEnum):
    """In the order of the work."""

    PEOPLE = "people"
    DECLARE = "declare"
    CHECK = "check"
    SIGN = "sign"
    SEND = "send"
    RESULT = "result"


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    """to be done by the person"""
    WAITING = "waiting"
    """somebody else's turn"""
    WRONG = "wrong"
    """stopped until the person mends something"""
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStep:
    """One step; ``words`` is a code with the placeholder ``{count}``."""

    key: StepKey
    state: StepState
    words: str
    count: int = 0
    dossier_id: str = ""
    """the one to look at first"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMonth:
    """A unit's month. ``due``: by when the month's money is to be paid."""

    unit_code: str
    period: Period
    today: date
    due: date
    steps: tuple[MonthStep, ...]

    @property
    def next(self) -> MonthStep | None:
        """What the person must do now: what is wrong first, else the first to be done."""
        mine = [step for step in self.steps if step.state is StepState.WRONG]
        mine += [step for step in self.steps if step.state is StepState.NOW]
        return next(iter(mine), None)

    @property
    def days_left(self) -> int:
        """Negative once it is too late."""
        return (self.due - self.today).days


class HomeApi(Protocol):
    def month(self, unit_code: str, period: Period) -> UnitMonth:
        """Raises UsageFault ``unit.unknown``."""
        ...

    def figures(self, unit_code: str, last: Period, months: int) -> Sequence[MonthFigures]:
        """Oldest first, up to and with ``last``. Raises UsageFault ``unit.unknown``."""
        ...


MOST_KNOWN = 48
"""months whose figures are remembered while the program runs"""
EMPTY = "home.people.empty"
S = DossierState
BEING_MADE = frozenset({S.DRAFT, S.CHECKED})
TO_SEND = frozenset({S.SIGNED, S.WAITING, S.SENDING, S.SEND_FAILED})
AT_THE_AGENCY = frozenset({S.SENT, S.ACCEPTED, S.PROCESSING})
SENT_BACK = frozenset({S.REJECTED, S.SUPPLEMENT})
Month = Sequence[Dossier]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCases:
    """``HomeApi``."""

    store: Store
    months: MonthsApi
    clock: Clock
    known: "Known" = field(default_factory=lambda: Known())

    def month(self, unit_code: str, period: Period) -> UnitMonth:
        with self.store.reading() as work:
            work.units.get(unit_code)
            people = work.roster.count(RosterQuery(unit_code=unit_code))
            of_month = [each for each in work.dossiers.all(unit_code) if each.period == period]
            made = standing(of_month)
            wrong = [each for each in made if _has_errors(work, each)]
        steps = (
            self._people(unit_code, period) if people else empty(made),
            declaring(made, wrong),
            checking(made, wrong),
            *(step(made) for step in (signing, sending, answered)),
        )
        return UnitMonth(
            unit_code=unit_code,
            period=period,
            today=filing_day(self.clock()),
            due=due_date(period).day,
            steps=steps,
        )

    def figures(self, unit_code: str, last: Period, months: int) -> Sequence[MonthFigures]:
        with self.store.reading() as work:
            region = work.units.get(unit_code).region
            as_of = (unit_code, region, work.roster.stamp(unit_code))
            return [
                self.known.look((*as_of, month), partial(_figures, work, unit_code, month, region))
                for month in (last.plus(step) for step in range(1 - months, 1))
            ]

    def _people(self, unit_code: str, period: Period) -> MonthStep:
        """Changes in the roster that no dossier of the month declares yet."""
        proposal = self.months.compare_roster(unit_code, period).proposal
        open_ = len(proposal.movements) + len(proposal.questions)
        if open_:
            return _step(StepKey.PEOPLE, StepState.NOW, "home.people.changed", open_)
        return _step(StepKey.PEOPLE, StepState.DONE, "home.people.same")


@dataclass(slots=True)
class Known:
    """Figures of the months looked at last, each with all that it was made of."""

    held: dict[Hashable, MonthFigures] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def look(self, key: Hashable, make: Callable[[], MonthFigures]) -> MonthFigures:
        found = self.held.get(key) or make()
        with self.lock:
            self.held.pop(key, None)
            self.held[key] = found
            while len(self.held) > MOST_KNOWN:
                self.held.pop(next(iter(self.held)))
        return found


def _figures(work: Reading, unit_code: str, month: Period, region: int) -> MonthFigures:
    people = (values for _, values, _ in work.roster.snapshot(unit_code, month))
    return figures(month, people, region=region)


def standing(newest_first: Month) -> list[Dossier]:
    """Without those that were refused and made anew."""
    newer: set[str] = set()
    kept = []
    for each in newest_first:
        if each.state is not S.REJECTED or each.procedure not in newer:
            kept.append(each)
        newer.add(each.procedure)
    return kept


def empty(made: Month) -> MonthStep:
    """Nobody is in the roster: the first thing to do, unless something was declared already."""
    state = StepState.LATER if made else StepState.NOW
    return _step(StepKey.PEOPLE, state, EMPTY)


def declaring(made: Month, wrong: Month) -> MonthStep:
    if not made:
        return _step(StepKey.DECLARE, StepState.LATER, "home.declare.none")
    if wrong:
        return _about(StepKey.DECLARE, StepState.WRONG, "home.declare.wrong", wrong)
    return _about(StepKey.DECLARE, StepState.DONE, "home.declare.made", made)


def checking(made: Month, wrong: Month) -> MonthStep:
    drafts = _in(made, {S.DRAFT})
    ready = [each for each in drafts if each not in wrong]
    if ready:
        return _about(StepKey.CHECK, StepState.NOW, "home.check.to_build", ready)
    return _after(StepKey.CHECK, made, drafts, "home.check.built")


def signing(made: Month) -> MonthStep:
    if ready := _in(made, {S.CHECKED}):
        return _about(StepKey.SIGN, StepState.NOW, "home.sign.to_sign", ready)
    return _after(StepKey.SIGN, made, _in(made, BEING_MADE), "home.sign.signed")


def sending(made: Month) -> MonthStep:
    if failed := _in(made, {S.SEND_FAILED}):
        return _about(StepKey.SEND, StepState.WRONG, "home.send.failed", failed)
    if signed := _in(made, {S.SIGNED}):
        return _about(StepKey.SEND, StepState.NOW, "home.send.to_send", signed)
    if going := _in(made, {S.WAITING, S.SENDING}):
        return _about(StepKey.SEND, StepState.WAITING, "home.send.going", going)
    return _after(StepKey.SEND, made, _in(made, BEING_MADE), "home.send.sent")


def answered(made: Month) -> MonthStep:
    if back := _in(made, SENT_BACK):
        return _about(StepKey.RESULT, StepState.WRONG, "home.result.back", back)
    if there := _in(made, AT_THE_AGENCY):
        return _about(StepKey.RESULT, StepState.WAITING, "home.result.waiting", there)
    return _after(StepKey.RESULT, made, _in(made, BEING_MADE | TO_SEND), "home.result.done")


def _after(key: StepKey, made: Month, before: Month, words: str) -> MonthStep:
    """Done when all of the month are beyond it; else its time comes later."""
    if made and not before:
        return _about(key, StepState.DONE, words, made)
    return _step(key, StepState.LATER, f"home.{key}.later")


def _in(made: Month, states: frozenset[S] | set[S]) -> list[Dossier]:
    return [each for each in made if each.state in states]


def _step(key: StepKey, state: StepState, words: str, count: int = 0) -> MonthStep:
    return MonthStep(key=key, state=state, words=words, count=count)


def _about(key: StepKey, state: StepState, words: str, dossiers: Month) -> MonthStep:
    return MonthStep(
        key=key, state=state, words=words, count=len(dossiers), dossier_id=dossiers[0].id
    )


def _has_errors(work: Reading, dossier: Dossier) -> bool:
    if dossier.state not in BEING_MADE:
        return False
    return any(each.severity is Severity.ERROR for each in work.dossiers.findings(dossier.id))
