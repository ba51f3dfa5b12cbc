"""Single things that may be counted otherwise by the agency, each with what it would change.

An atom is a supposition: "this movement was not counted", "those arrears have one month less".
Its effect is what the agency's figure would then be, less ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.model import Period
from forms.reconcile.difference import Kind, Reason, Subject
from forms.reconcile.expected import Arrears, Expected, Month, MonthChange, month_of, moved
from forms.reconcile.ledger import Ledger, Stand
from forms.reconcile.notice import FUNDS, Column
from forms.rules.dated import RuleMissing

Spot = tuple[Subject, Column]
Effect = Mapping[Spot, int]

MONTHLY = (Subject.HEADCOUNT, Subject.WAGE_FUND, Subject.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    kind: Kind
    reason: Reason
    people: tuple[str, ...]
    codes: tuple[str, ...] = ()
    """phương án"""
    first: Period | None = None
    last: Period | None = None
    effect: Effect


def atoms_of(people: Sequence[Expected], period: Period, ledger: Ledger) -> tuple[Atom, ...]:
    """Everything that may be supposed of these people; what changes nothing is left out."""
    found = [atom for person in people for atom in _of_person(person, period, ledger)]
    found += _other_rules(people, period, ledger)
    return tuple(atom for atom in found if any(atom.effect.values()))


def _of_person(person: Expected, period: Period, ledger: Ledger) -> Iterator[Atom]:
    yield from _movement(person, ledger)
    for arrears in person.arrears:
        yield from _not_as_arrears(person, arrears, ledger)
        yield from _fewer_months(person, arrears, ledger)
        yield from _more_months(person, arrears, period, ledger)


def _movement(person: Expected, ledger: Ledger) -> Iterator[Atom]:
    if movement := person.movement:
        yield Atom(
            kind=Kind.MOVEMENT,
            reason=Reason.NOT_COUNTED,
            people=(person.key,),
            codes=(movement.code,),
            first=movement.since,
            effect=_changed(ledger, person.now, movement.before),
        )
    if coming := person.coming:
        yield Atom(
            kind=Kind.MONTH,
            reason=Reason.AHEAD,
            people=(person.key,),
            codes=(coming.code,),
            first=coming.since,
            effect=_changed(ledger, person.now, coming.after),
        )


def _changed(ledger: Ledger, ours: Month | None, theirs: Month | None) -> Effect:
    """The month as the agency would have it, less ours."""
    try:
        return stand_effect(ledger.stand(ours), ledger.stand(theirs))
    except RuleMissing:
        return {}  # what cannot be computed explains nothing


def stand_effect(ours: Stand, theirs: Stand) -> Effect:
    """By subject and column, zeros left out."""
    effect: dict[Spot, int] = {}
    for column in FUNDS:
        pairs = (
            (Subject.HEADCOUNT, int(column in ours.due), int(column in theirs.due)),
            (Subject.WAGE_FUND, ours.bases.get(column, 0), theirs.bases.get(column, 0)),
            (Subject.DUE, ours.due.get(column, 0), theirs.due.get(column, 0)),
        )
        effect |= {(subject, column): there - here for subject, here, there in pairs}
    return {spot: amount for spot, amount in effect.items() if amount}


def _not_as_arrears(person: Expected, arrears: Arrears, ledger: Ledger) -> Iterator[Atom]:
    """Left out, or counted into the month itself instead of the earlier ones."""
    less = _earlier_effect(arrears.changes, ledger, sign=-1)
    more = {(Subject.DUE, column): -amount for (_, column), amount in less.items()}
    whole = (arrears.first, arrears.last)
    yield _of_arrears(person, arrears, Reason.ARREARS_NOT_COUNTED, whole, less)
    yield _of_arrears(person, arrears, Reason.ARREARS_IN_MONTH, whole, more)


def _fewer_months(person: Expected, arrears: Arrears, ledger: Ledger) -> Iterator[Atom]:
    """The agency begins a month later, or ends a month earlier."""
    if len(arrears.changes) == 1:
        return
    for change in (arrears.changes[0], arrears.changes[-1]):
        effect = _earlier_effect((change,), ledger, sign=-1)
        month = month_of(change)
        yield _of_arrears(person, arrears, Reason.ARREARS_FEWER, (month, month), effect)


def _more_months(
    person: Expected, arrears: Arrears, period: Period, ledger: Ledger
) -> Iterator[Atom]:
    """The agency begins a month earlier, or ends a month later, but before this month."""
    first, last = arrears.changes[0], arrears.changes[-1]
    for change, month in ((first, arrears.first.plus(-1)), (last, arrears.last.next())):
        if month < period:
            extra = MonthChange(moved(change.before, month), moved(change.after, month))
            effect = _earlier_effect((extra,), ledger, sign=1)
            yield _of_arrears(person, arrears, Reason.ARREARS_MORE, (month, month), effect)


def _of_arrears(
    person: Expected,
    arrears: Arrears,
    reason: Reason,
    months: tuple[Period, Period],
    effect: Effect,
) -> Atom:
    fewer_or_more = reason in (Reason.ARREARS_FEWER, Reason.ARREARS_MORE)
    return Atom(
        kind=Kind.MONTH if fewer_or_more else Kind.MOVEMENT,
        reason=reason,
        people=(person.key,),
        codes=(arrears.code,),
        first=months[0],
        last=months[1],
        effect=effect,
    )


def _earlier_effect(changes: Sequence[MonthChange], ledger: Ledger, *, sign: int) -> Effect:
    try:
        found = earlier(changes, ledger)
    except RuleMissing:
        return {}  # what cannot be computed explains nothing
    return {(Subject.EARLIER, column): sign * amount for column, amount in found.items()}


def earlier(changes: Sequence[MonthChange], ledger: Ledger) -> Mapping[Column, int]:
    """What the changes of earlier months come to, đồng. Raises RuleMissing."""
    found = dict.fromkeys(FUNDS, 0)
    for change in changes:
        before, after = ledger.stand(change.before), ledger.stand(change.after)
        for column in FUNDS:
            found[column] += after.due.get(column, 0) - before.due.get(column, 0)
    return found


def _other_rules(people: Sequence[Expected], period: Period, ledger: Ledger) -> Iterator[Atom]:
    """All people under the base salary, caps and rates of a neighbouring month."""
    for month in (period.plus(-1), period.next()):
        effect: dict[Spot, int] = {}
        touched: list[str] = []
        for person in people:
            changed = _changed(ledger, person.now, moved(person.now, month))
            if changed:
                touched.append(person.key)
            for spot, amount in changed.items():
                effect[spot] = effect.get(spot, 0) + amount
        yield Atom(
            kind=Kind.MONTH,
            reason=Reason.OTHER_RULES,
            people=tuple(touched),
            first=month,
            effect=effect,
        )
