"""What a phương án does to a person at one unit: a small state machine (domain rules §7).

Absent –TM/TH/TD/TC→ Active –KL/OF/TS→ Leave –ON→ Active –GH/GD/GC→ Absent; wages and titles are
adjusted in Active alone; what addresses past months changes nothing. Where the state before is
not known the answer is "not checkable", never "passed". The table is ``resources/checks``.
"""

import itertools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from forms.strict_toml import Table
from resources import read_text

_FILE = "checks/movements.toml"
_DIGITS = "0123456789"
_MOST_ORDERS = 5
"""so many rows of one person in one month are tried in every order"""


class Kind(StrEnum):
    INCREASE = "increase"
    RETURN = "return"
    DECREASE = "decrease"
    LEAVE = "leave"
    ADJUSTMENT = "adjustment"
    FUND = "fund"
    RETRO = "retro"
    MONEY = "money"


class State(StrEnum):
    """A person at this unit."""

    ABSENT = "absent"
    ACTIVE = "active"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state; for a leave, which one (phương án)."""

    state: State
    leave: str = ""


ABSENT = Standing(State.ABSENT)
ACTIVE = Standing(State.ACTIVE)


class Refusal(StrEnum):
    """Why a movement makes no sense."""

    ALREADY_ACTIVE = "already_active"
    """an increase without a decrease before it"""
    ON_LEAVE = "on_leave"
    """an increase, or an adjustment, of somebody on leave"""
    NOT_ON_LEAVE = "not_on_leave"
    """ON of somebody who works"""
    ABSENT = "absent"
    """anything but an increase of somebody who is not there"""


class Answer(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One phương án."""

    code: str
    kind: Kind
    sources: frozenset[State]
    """states in which it makes sense; empty: any"""
    target: State | None
    """None: it changes nothing"""
    whole: bool
    """the wage of its row is the base of all funds"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one movement led to."""

    answer: Answer
    after: Standing | None
    """None: not known"""
    refusal: Refusal | None = None


@cache
def movements() -> Mapping[str, Movement]:
    """Phương án → movement. Raises DefinitionFault for a slip in the data."""
    top = Table(tomllib.loads(read_text(_FILE)), file=_FILE, place="")
    tables = ((code, top.table(code)) for code in top.keys())  # noqa: SIM118 - no dict
    return {code: _movement(code, table) for code, table in tables if table is not None}


def movement(code: str) -> Movement | None:
    """By its code, with or without the digits that vendors put behind it; None for a stranger."""
    return movements().get(code.rstrip(_DIGITS))


def step(before: Standing | None, code: str) -> Step:
    """One movement of somebody who is ``before``; None: not known. Raises KeyError."""
    moved = movements()[code]
    after = _after(before, moved)
    if not moved.sources:
        return Step(answer=Answer.PASSED, after=after)
    if before is None:
        return Step(answer=Answer.NOT_CHECKABLE, after=after)
    if before.state in moved.sources:
        return Step(answer=Answer.PASSED, after=after)
    return Step(answer=Answer.FAILED, after=after, refusal=_refusal(before, moved))


def walk(before: Standing | None, codes: Iterable[str]) -> tuple[Step, ...]:
    """One movement after the other. A refused one is taken for what it says, and so is told once.

    Raises KeyError for a code that is no movement.
    """
    steps = []
    for code in codes:
        steps.append(step(before, code))
        before = steps[-1].after
    return tuple(steps)


def best_order(before: Standing | None, codes: Sequence[str]) -> tuple[int, ...]:
    """Rows of one month have no order of their own: the one with the fewest refusals.

    Positions in ``codes``; as they stand where nothing is better.
    """
    if len(codes) > _MOST_ORDERS:
        return tuple(range(len(codes)))
    orders = itertools.permutations(range(len(codes)))
    return min(orders, key=lambda order: _refused(before, [codes[n] for n in order]))


def _refused(before: Standing | None, codes: Iterable[str]) -> int:
    return sum(each.answer is Answer.FAILED for each in walk(before, codes))


def _after(before: Standing | None, moved: Movement) -> Standing | None:
    """A movement that only makes sense in one state says that the person was in it."""
    if moved.target is not None:
        leave = moved.code if moved.target is State.LEAVE else ""
        return Standing(moved.target, leave)
    if before is None and moved.sources == {State.ACTIVE}:
        return ACTIVE
    return before


def _refusal(before: Standing, moved: Movement) -> Refusal:
    if before.state is State.LEAVE:
        return Refusal.ON_LEAVE
    if before.state is State.ABSENT:
        return Refusal.ABSENT
    return Refusal.NOT_ON_LEAVE if moved.kind is Kind.RETURN else Refusal.ALREADY_ACTIVE


def _movement(code: str, table: Table) -> Movement:
    target = table.text("to", "")
    made = Movement(
        code=code,
        kind=Kind(_known(table, table.text("kind"), Kind)),
        sources=frozenset(State(_known(table, name, State)) for name in table.texts("from")),
        target=State(_known(table, target, State)) if target else None,
        whole=table.flag("whole"),
    )
    table.done()
    return made


def _known(table: Table, value: str, words: type[StrEnum]) -> str:
    if value not in frozenset(words):
        raise table.fault("definition.unknown_value", value)
    return value
