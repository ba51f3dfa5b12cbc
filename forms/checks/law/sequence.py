"""The movements of each person, one after the other (domain rules §7)."""

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from forms import movements
from forms.checks.law.case import Case, period
from forms.checks.law.people import Register
from forms.checks.problem import Problem
from forms.model import Row
from forms.movements import Answer, Refusal, Standing, Step
from forms.packed import Block
from resources.faults import Param

_KEY = "phuong_an"
_BACK = "ON"
PERSON_KEYS = (
    "ho_ten",
    "cccd",
    "ma_so_bhxh",
    "phuong_an",
    "tu_thang",
    "den_thang",
    "ngay_sinh",
)
"""all that the checks of one person's rows look at"""


class Known(NamedTuple):
    """Where somebody stands, and the row of this list that says so (None: an earlier list)."""

    standing: Standing | None
    line: int | None


class Alone(NamedTuple):
    """Movements of people with one row, whose state before is not known and would have to be."""

    rows: int
    first: int
    """line of the first"""


@dataclass(slots=True)
class Moves:
    """The main list: of each row its line, and whether its movement alone says enough."""

    lines: list[int] = field(default_factory=list)
    unknown: list[bool] = field(default_factory=list)
    _known: dict[tuple[str, str], bool] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        rows = list(zip(block.column(_KEY), block.column("tu_thang"), strict=True))
        for row in set(rows) - self._known.keys():
            self._known[row] = _needs_the_past(*row)
        self.lines += block.lines
        self.unknown += [self._known[row] for row in rows]

    def alone(self, shared: Collection[int]) -> Alone:
        """Of all rows but those in the places ``shared``."""
        places = (place for place, unknown in enumerate(self.unknown) if unknown)
        lines = [self.lines[place] for place in places if place not in shared]
        return Alone(len(lines), lines[0] if lines else 0)


def _needs_the_past(code: str, month: str) -> bool:
    moved = movements.movement(code)
    if moved is None or period(month) is None:
        return False
    return movements.step(None, moved.code).answer is Answer.NOT_CHECKABLE


def state_unknown() -> Problem:
    return Problem("law.not_checkable.state", _KEY)


def sequences(cases: Sequence[Case], earlier: Register) -> Iterator[tuple[int, Case, Problem]]:
    """Refused movements, and every one that cannot be judged for want of the state before.

    Person by person, each with the line of the first row of the person.
    """
    for person in _people(cases):
        known = _from_before(person, earlier)
        for case in _in_order(_once(person), known.standing):
            step = movements.step(known.standing, _code(case))
            problem = _problem(step, known, case)
            if problem is not None:
                yield person[0].row.line, case, problem
            if step.after != known.standing:
                known = Known(step.after, case.row.line)


def _problem(step: Step, known: Known, case: Case) -> Problem | None:
    if step.answer is Answer.NOT_CHECKABLE:
        return state_unknown()
    if step.refusal is None:
        return None
    params: dict[str, Param] = {"movement": _code(case)}
    if step.refusal is Refusal.ON_LEAVE and case.comes:
        params["proposed"] = _BACK
    if known.line is None:
        return Problem(f"law.movement.{step.refusal}_before", _KEY, params)
    return Problem(f"law.movement.{step.refusal}", _KEY, {**params, "line": known.line})


def _people(cases: Sequence[Case]) -> Iterator[list[Case]]:
    """The rows of each person; who has no number is nobody else."""
    owner: dict[str, list[Case]] = {}
    groups: dict[int, list[Case]] = {}
    for case in cases:
        if case.moved is None or case.start is None:
            continue
        group = next((owner[number] for number in case.numbers if number in owner), [])
        group.append(case)
        groups[id(group)] = group
        for number in case.numbers:
            owner.setdefault(number, group)
    return iter(groups.values())


def _once(person: list[Case]) -> list[Case]:
    """A row that stands there twice is told by other checks."""
    return list({(_code(case), case.start, case.last): case for case in reversed(person)}.values())


def _in_order(person: list[Case], before: Standing | None) -> Iterator[Case]:
    """By first month; within a month in the order that makes most sense."""
    if len(person) == 1:
        yield person[0]
        return
    for _, month in itertools.groupby(sorted(person, key=_place), key=lambda case: case.start):
        cases = list(month)
        order = movements.best_order(before, [_code(case) for case in cases])
        ordered = [cases[position] for position in order]
        yield from ordered
        before = _last(movements.walk(before, map(_code, ordered)), before)


def _last(steps: Sequence[Step], before: Standing | None) -> Standing | None:
    return steps[-1].after if steps else before


def _place(case: Case) -> tuple[tuple[int, int], int]:
    assert case.start is not None  # noqa: S101 - rows without a month are left out
    return (case.start.year, case.start.month), case.row.line


def _code(case: Case) -> str:
    assert case.moved is not None  # noqa: S101 - rows without a movement are left out
    return case.moved.code


def _from_before(person: list[Case], earlier: Register) -> Known:
    """What earlier lists of the period led to."""
    if not earlier.rows:
        return Known(None, None)
    rows = list({id(row): row for case in person for row in earlier.of(case.numbers)}.values())
    moved = [(row, found) for row in rows if (found := movements.movement(row.get(_KEY)))]
    moved.sort(key=lambda pair: _month(pair[0]))
    steps = movements.walk(None, (found.code for _, found in moved))
    return Known(_last(steps, None), None)


def _month(row: Row) -> tuple[int, int]:
    start = period(row.get("tu_thang"))
    return (start.year, start.month) if start else (0, 0)
