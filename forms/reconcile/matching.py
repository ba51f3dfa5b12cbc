"""Who of our roster is who in D09-TS: by number, else by name and date of birth.

The agency may still write the old number where we have the personal number, or none yet; two
numbers of the same kind that differ are two people, however alike their names.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from forms.codes import fold
from forms.reconcile.expected import Expected
from forms.reconcile.notice import Participant

NameAndBirth = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pairs:
    both: tuple[tuple[Expected, Participant], ...]
    only_ours: tuple[Expected, ...]
    only_theirs: tuple[Participant, ...]


def pair(ours: Sequence[Expected], theirs: Sequence[Participant]) -> Pairs:
    """Each at most once. A name counts only where it is left once on either side."""
    left = dict(enumerate(theirs))
    numbers = {person.number: index for index, person in left.items() if person.number}
    both: list[tuple[Expected, Participant]] = []
    unmatched: list[Expected] = []
    for person in ours:
        found = next((numbers[n] for n in (person.key, *person.also) if n in numbers), None)
        if found is not None and found in left:
            both.append((person, left.pop(found)))
        else:
            unmatched.append(person)
    named, only_ours, only_theirs = _by_name(unmatched, list(left.values()))
    return Pairs((*both, *named), only_ours, only_theirs)


def _by_name(
    ours: Sequence[Expected], theirs: Sequence[Participant]
) -> tuple[list[tuple[Expected, Participant]], tuple[Expected, ...], tuple[Participant, ...]]:
    mine: defaultdict[NameAndBirth, list[Expected]] = defaultdict(list)
    others: defaultdict[NameAndBirth, list[Participant]] = defaultdict(list)
    for person in ours:
        mine[fold(person.name), person.birth].append(person)
    for participant in theirs:
        others[fold(participant.name), participant.birth].append(participant)
    both = [
        (mine[mark][0], others[mark][0])
        for mark in mine
        if mark[1] and len(mine[mark]) == 1 and len(others.get(mark, ())) == 1
        if _may_be_one(mine[mark][0], others[mark][0])
    ]
    used = {id(person) for matched in both for person in matched}
    return (
        both,
        tuple(person for person in ours if id(person) not in used),
        tuple(person for person in theirs if id(person) not in used),
    )


def _may_be_one(person: Expected, participant: Participant) -> bool:
    kinds = {len(number) for number in (person.key, *person.also)}
    return not participant.number or len(participant.number) not in kinds
