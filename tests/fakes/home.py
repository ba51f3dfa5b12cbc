"""A month's steps prepared beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.services.home import MonthStep, StepKey, StepState, UnitMonth
from forms.model import Period
from forms.months.figures import MonthFigures
from forms.rules.persons import Fund
from resources.faults import SurroundingsFault

TODAY = date(2026, 11, 22)
WORDS = {
    StepKey.PEOPLE: "home.people.changed",
    StepKey.DECLARE: "home.declare.wrong",
    StepKey.CHECK: "home.check.to_build",
    StepKey.SIGN: "home.sign.to_sign",
    StepKey.SEND: "home.send.to_send",
    StepKey.RESULT: "home.result.waiting",
}


def steps(*states: StepState) -> tuple[MonthStep, ...]:
    """Six, in order; the last state holds for the rest."""
    every = (*states, *(states[-1:] * (len(StepKey) - len(states))))
    return tuple(
        MonthStep(key=key, state=state, words=WORDS[key], count=2)
        for key, state in zip(StepKey, every, strict=True)
    )


@dataclass
class FakeHome:
    now: tuple[MonthStep, ...] = field(
        default_factory=lambda: steps(StepState.DONE, StepState.NOW, StepState.LATER)
    )
    due: date = date(2026, 11, 30)
    broken: bool = False
    asked: list[tuple[str, Period]] = field(default_factory=list)

    def month(self, unit_code: str, period: Period) -> UnitMonth:
        if self.broken:
            raise SurroundingsFault("store.disk")
        self.asked.append((unit_code, period))
        return UnitMonth(
            unit_code=unit_code, period=period, today=TODAY, due=self.due, steps=self.now
        )

    def figures(self, unit_code: str, last: Period, months: int) -> Sequence[MonthFigures]:
        return [
            MonthFigures(
                period=last.plus(step),
                people=60 + step,
                on_leave=2,
                wages=(600 + 10 * step) * 1_000_000,
                funds={
                    Fund.HTTT: (132 + step) * 1_000_000,
                    Fund.ODTS: 18_000_000,
                    Fund.TNLD: 3_000_000,
                    Fund.BHYT: 27_000_000,
                    Fund.BHTN: 12_000_000,
                },
                unknown=0,
            )
            for step in range(1 - months, 1)
        ]
