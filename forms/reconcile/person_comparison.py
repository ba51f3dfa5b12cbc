"""D09-TS held against our roster, person by person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.model import Period
from forms.reconcile.atoms import Atom, Effect, Spot, stand_effect
from forms.reconcile.difference import (
    Difference,
    Explanation,
    Kind,
    Person,
    Reason,
    Subject,
)
from forms.reconcile.expected import Expected, Month, by_coefficient, moved
from forms.reconcile.explain import rounding, unexplained
from forms.reconcile.ledger import Ledger
from forms.reconcile.matching import pair
from forms.reconcile.notice import JOINT, Column, Participant, ParticipantList, Standing
from forms.reconcile.participants import present
from forms.rules.dated import RuleMissing
from resources.faults import Param

_ROUNDING = 1
"""đồng: a base by coefficients may be rounded otherwise"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What the agency may have of a person instead of our month."""

    kind: Kind
    reason: Reason
    codes: str
    first: str
    month: Month | None

    def explanation(self, person: Expected) -> Explanation:
        params: dict[str, Param] = {
            "count": 1,
            "codes": self.codes,
            "first": self.first,
            "last": self.first,
        }
        return Explanation(kind=self.kind, reason=self.reason, params=params, people=(person.key,))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleCompared:
    differences: tuple[Difference, ...]
    compared: int
    atom: Atom | None
    """what the differing people come to by subject and column; None when nobody differs, or not
    all of it can be computed"""


def compare_people(
    ours: Sequence[Expected],
    theirs: ParticipantList,
    period: Period,
    ledger: Ledger,
    *,
    passed_over: Collection[str] = (),
) -> PeopleCompared:
    """``passed_over``: keys of people whose month no rule covers; they are only found in the list.

    Raises RuleMissing for anybody else whose month cannot be computed.
    """
    pairs = pair(ours, present(theirs.people))
    sides: list[tuple[Expected | None, Participant | None]] = [
        *pairs.both,
        *((person, None) for person in pairs.only_ours),
        *((None, line) for line in pairs.only_theirs),
    ]
    found: list[Difference] = []
    differing: list[tuple[Expected | None, Participant | None]] = []
    for person, line in sides:
        if person is not None and person.key in passed_over:
            continue
        if differences := list(_of_person(person, line, period, ledger)):
            found += differences
            differing.append((person, line))
    compared = len(pairs.both) * len(JOINT) + len(pairs.only_ours) + len(pairs.only_theirs)
    atom = _people_atom(differing, found, period, ledger)
    return PeopleCompared(differences=tuple(found), compared=compared, atom=atom)


def _of_person(
    person: Expected | None, line: Participant | None, period: Period, ledger: Ledger
) -> Iterator[Difference]:
    if person is not None and line is not None:
        return _of_both(person, line, period, ledger)
    if person is not None:
        return _absence(person, None, period, ledger)
    there = line is not None and line.standing is not Standing.LEFT
    return iter([_unknown(line)] if line is not None and there else [])


def _people_atom(
    differing: Sequence[tuple[Expected | None, Participant | None]],
    differences: Sequence[Difference],
    period: Period,
    ledger: Ledger,
) -> Atom | None:
    effect: dict[Spot, int] = {}
    for person, line in differing:
        if line is not None and line.unreadable:
            return None
        try:
            changed = _as_listed(person, line, period, ledger)
        except RuleMissing:
            return None
        for spot, amount in changed.items():
            effect[spot] = effect.get(spot, 0) + amount
    kinds = {difference.explanation.kind for difference in differences}
    kind = next((k for k in (Kind.UNEXPLAINED, Kind.MOVEMENT, Kind.MONTH) if k in kinds), None)
    if kind is None:
        return None
    reason = Reason.UNEXPLAINED_PEOPLE if kind is Kind.UNEXPLAINED else Reason.PEOPLE
    people = tuple(dict.fromkeys(d.person.key for d in differences if d.person))
    return Atom(kind=kind, reason=reason, people=people, effect=effect)


def _as_listed(
    person: Expected | None, line: Participant | None, period: Period, ledger: Ledger
) -> Effect:
    """What the sums change when the person stands as D09-TS has it."""
    now = person.now if person else None
    known = now or (person.movement.before if person and person.movement else None)
    bases = {} if line is None or line.standing is Standing.LEFT else _listed(line)
    return stand_effect(ledger.stand(now), ledger.at_bases(known, bases, period))


def _listed(line: Participant) -> dict[Column, int]:
    return {column: line.base(column) for column in JOINT}


def _of_both(
    person: Expected, line: Participant, period: Period, ledger: Ledger
) -> Iterator[Difference]:
    if (person.now is None) is not (line.standing is Standing.LEFT):
        yield from _absence(person, line, period, ledger)
        return
    if person.now is None:
        return
    ours = ledger.stand(person.now).bases
    for column in JOINT:
        if column in line.unreadable or ours.get(column, 0) == line.base(column):
            continue
        figure = line.bases.get(column)
        yield Difference(
            subject=Subject.BASE,
            column=column,
            ours=ours.get(column, 0),
            theirs=line.base(column),
            explanation=_of_base(person, line, column, period, ledger),
            person=Person(key=person.key, name=person.name),
            place=figure.place if figure else line.place,
        )


def _of_base(
    person: Expected, line: Participant, column: Column, period: Period, ledger: Ledger
) -> Explanation:
    """A supposition must be right for every base of the person that it would change."""
    for supposed in _suppositions(person, period):
        bases = _bases(supposed.month, ledger)
        if bases is not None and _agrees(bases, line):
            return supposed.explanation(person)
    ours = ledger.stand(person.now).bases.get(column, 0)
    if by_coefficient(person.now) and 0 < abs(line.base(column) - ours) <= _ROUNDING:
        return rounding(1, _ROUNDING)
    return unexplained()


def _agrees(bases: Mapping[Column, int], line: Participant) -> bool:
    readable = (column for column in JOINT if column not in line.unreadable)
    return all(bases.get(column, 0) == line.base(column) for column in readable)


def _suppositions(person: Expected, period: Period) -> Iterator[Supposition]:
    if movement := person.movement:
        yield Supposition(
            kind=Kind.MOVEMENT,
            reason=Reason.NOT_COUNTED,
            codes=movement.code,
            first=movement.since.wire,
            month=movement.before,
        )
    if coming := person.coming:
        yield Supposition(
            kind=Kind.MONTH,
            reason=Reason.AHEAD,
            codes=coming.code,
            first=coming.since.wire,
            month=coming.after,
        )
    for month in (period.plus(-1), period.next()):
        yield Supposition(
            kind=Kind.MONTH,
            reason=Reason.OTHER_RULES,
            codes="",
            first=month.wire,
            month=moved(person.now, month),
        )


def _bases(month: Month | None, ledger: Ledger) -> Mapping[Column, int] | None:
    try:
        return ledger.stand(month).bases
    except RuleMissing:
        return None


def _absence(
    person: Expected, line: Participant | None, period: Period, ledger: Ledger
) -> Iterator[Difference]:
    """One of the two has the person taking part and the other has not."""
    theirs = line is not None and line.standing is not Standing.LEFT
    if theirs is (person.now is not None):
        return
    yield Difference(
        subject=Subject.PRESENCE,
        column=None,
        ours=int(person.now is not None),
        theirs=int(theirs),
        explanation=_of_absence(person, line if theirs else None, period, ledger),
        person=Person(key=person.key, name=person.name),
        place=line.place if line else None,
    )


def _of_absence(
    person: Expected, line: Participant | None, period: Period, ledger: Ledger
) -> Explanation:
    """Absent, or there with just the bases that the supposition gives."""
    for supposed in _suppositions(person, period):
        if supposed.reason is Reason.OTHER_RULES:
            continue
        if line is None and supposed.month is None:
            return supposed.explanation(person)
        bases = _bases(supposed.month, ledger)
        known = line is not None and supposed.month is not None and bases is not None
        if known and line is not None and bases is not None and _agrees(bases, line):
            return supposed.explanation(person)
    return unexplained()


def _unknown(line: Participant) -> Difference:
    """Somebody of whom our roster knows nothing."""
    return Difference(
        subject=Subject.PRESENCE,
        column=None,
        ours=0,
        theirs=1,
        explanation=unexplained(),
        person=Person(key=line.number, name=line.name),
        place=line.place,
    )
