"""The month's steps and figures in words. No Qt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.services.api import Services
from desktop.services.home import EMPTY, MonthStep, StepKey, StepState, UnitMonth
from desktop.ui.formats import day, grouped, money, percent
from desktop.ui.ground import Ground, source_lines
from desktop.ui.texts import tr, words
from forms.model import Period, Unit
from forms.months.figures import MonthFigures
from forms.rules.bases import bound
from forms.rules.dated import RuleMissing
from forms.rules.deadlines import due_date
from forms.rules.late import late
from forms.rules.money import half_up
from forms.rules.persons import Fund, Group
from forms.rules.rates import group_rates

MONTHS = 6
"""in the charts"""
SOON = 5
"""days before the due date from which it is said with a warning"""
BOUNDS = ("floor-bhxh", "cap-bhxh", "cap-bhtn")
PAGES = {
    StepKey.PEOPLE: "month",
    StepKey.DECLARE: "declarations",
    StepKey.CHECK: "declarations",
    StepKey.SIGN: "sign",
    StepKey.SEND: "outbox",
    StepKey.RESULT: "inbox",
}
LOOKS = {
    StepState.DONE: "done",
    StepState.NOW: "now",
    StepState.WAITING: "info",
    StepState.WRONG: "error",
    StepState.LATER: "later",
}
GROUPS = (
    ("bhxh", (Fund.HTTT, Fund.ODTS, Fund.TNLD)),
    ("bhyt", (Fund.BHYT,)),
    ("bhtn", (Fund.BHTN,)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step as it is shown."""

    title: str
    text: str
    state: str
    """in words: colour is never the only sign"""
    look: str
    page: str
    dossier_id: str
    active: bool
    """there is something to do or to look at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One chart: a bar for each month, perhaps of several parts."""

    title: str
    months: tuple[Period, ...]
    parts: tuple[tuple[str, tuple[int, ...]], ...]
    """(name, a value for each month)"""
    say: Callable[[int], str]

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(sum(values) for values in zip(*(part[1] for part in self.parts), strict=True))

    def words(self, place: int) -> str:
        """One month, for tips and screen readers."""
        month = self.months[place].wire
        whole = tr("ui.home.bar", month=month, amount=self.say(self.totals[place]))
        if len(self.parts) < 2:
            return whole
        parts = (
            tr("ui.home.bar_part", name=name, amount=self.say(values[place]))
            for name, values in self.parts
        )
        return f"{whole} ({', '.join(parts)})"


class HomePresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def month(self, unit_code: str, period: Period) -> UnitMonth:
        return self._services.home.month(unit_code, period)

    def figures(self, unit_code: str, period: Period) -> Sequence[MonthFigures]:
        return self._services.home.figures(unit_code, period, MONTHS)

    def others(self, unit_code: str, period: Period) -> tuple[tuple[Unit, UnitMonth], ...]:
        """The same month of the other units."""
        return tuple(
            (unit, self._services.home.month(unit.code, period))
            for unit in self._services.units()
            if unit.code != unit_code
        )

    # ---- words

    @staticmethod
    def headline(month: UnitMonth) -> tuple[str, str]:
        """(what to do now, by when)."""
        step = month.next
        if step is not None:
            return tr("ui.home.next", step=step_title(step.key)), due_words(month)
        waiting = any(each.state is StepState.WAITING for each in month.steps)
        return tr("ui.home.waiting" if waiting else "ui.home.nothing"), due_words(month)

    @staticmethod
    def lines(month: UnitMonth) -> tuple[StepLine, ...]:
        return tuple(map(step_line, month.steps))

    @staticmethod
    def charts(figures: Sequence[MonthFigures]) -> tuple[Bars, ...]:
        months = tuple(each.period for each in figures)
        people = (tr("ui.home.people"), tuple(each.people for each in figures))
        wages = (tr("ui.home.wages"), tuple(each.wages for each in figures))
        funds = tuple(
            (tr(f"ui.home.fund.{key}"), tuple(_sum(each, group) for each in figures))
            for key, group in GROUPS
        )
        return (
            Bars(title=people[0], months=months, parts=(people,), say=grouped),
            Bars(title=wages[0], months=months, parts=(wages,), say=money),
            Bars(title=tr("ui.home.funds"), months=months, parts=funds, say=money),
        )

    @staticmethod
    def why_due(month: UnitMonth) -> Ground:
        """By when the money is due, and what a day after it costs."""
        nothing = late(0, due=month.due, paid=month.due)
        return Ground(
            title=due_words(month),
            lines=(
                tr("ui.why.due", month=month.period.wire, due=day(month.due)),
                tr("ui.why.due.late", rate=percent(nothing.rate)),
            ),
            sources=source_lines((due_date(month.period).source, *nothing.sources)),
        )

    @staticmethod
    def why_figures(month: MonthFigures, region: int) -> Ground:
        """Of one month of the charts. ``region``: of the unit."""
        bounds, sources = _bounds(month.period, region)
        unknown = [tr("ui.why.charts.unknown", count=month.unknown)] if month.unknown else []
        return Ground(
            title=tr("ui.why.charts.title", month=month.period.wire),
            lines=(*_counted(month), *bounds, *unknown, tr("ui.why.charts.agency")),
            sources=sources,
        )

    @staticmethod
    def remark(figures: Sequence[MonthFigures]) -> str:
        """What the charts leave out."""
        unknown = max((each.unknown for each in figures), default=0)
        return tr("ui.home.unknown", count=unknown) if unknown else tr("ui.home.computed")


def step_title(key: StepKey) -> str:
    return tr(f"ui.home.step.{key.value}")


def step_line(step: MonthStep) -> StepLine:
    return StepLine(
        title=step_title(step.key),
        text=words(step.words, {"count": step.count}),
        state=tr(f"ui.home.state.{step.state.value}"),
        look=LOOKS[step.state],
        page="roster" if step.words == EMPTY else PAGES[step.key],
        dossier_id=step.dossier_id,
        active=step.state is not StepState.LATER,
    )


def due_words(month: UnitMonth) -> str:
    due, left = day(month.due), month.days_left
    if left < 0:
        return tr("ui.home.overdue", due=due, days=-left)
    if left == 0:
        return tr("ui.home.due_today", due=due)
    return tr("ui.home.due", due=due, days=left)


def is_urgent(month: UnitMonth) -> bool:
    """Something is still to be done and time is short."""
    return month.next is not None and month.days_left <= SOON


def _counted(month: MonthFigures) -> Iterator[str]:
    people, leave = grouped(month.people), grouped(month.on_leave)
    yield tr("ui.why.charts.people", people=people, leave=leave)
    yield tr("ui.why.charts.wages", wages=money(month.wages))
    funds = (
        tr("ui.why.charts.fund", fund=words(f"cli.fund.{fund.value}"), amount=money(amount))
        for fund in Fund
        if (amount := month.funds.get(fund, 0))
    )
    yield tr("ui.why.charts.funds", total=money(month.total), funds=", ".join(funds) or "0")


def _bounds(period: Period, region: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and their grounds; nothing for a month without a rule."""
    try:
        rates = group_rates(Group.STANDARD, period)
        found = {key: bound(key, period, region) for key in BOUNDS}
    except RuleMissing:
        return (), ()
    floor, cap, cap_bhtn = (money(half_up(found[key][0])) for key in BOUNDS)
    said = tr("ui.why.charts.bounds", floor=floor, cap=cap, cap_bhtn=cap_bhtn)
    rows = (row for _, sources in found.values() for row in sources)
    return (said,), source_lines((*rates.sources, *rows))


def _sum(month: MonthFigures, group: Sequence[Fund]) -> int:
    return sum(month.funds.get(fund, 0) for fund in group)
