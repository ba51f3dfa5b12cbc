"""D09-TS as one line per person, and what the list says against itself.

A person may stand in several groups. Those who take part come first, as this group shows each
person as the agency has them at present (guide to D09-TS, §5b).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from forms.findings import Finding, Severity
from forms.reconcile.notice import JOINT, Column, Participant, ParticipantList, Standing

_ORDER = (Standing.TAKING_PART, Standing.NEW, Standing.CHANGED, Standing.LEFT)


def present(people: Sequence[Participant]) -> tuple[Participant, ...]:
    """One line per person, the one that says most of the present."""
    return tuple(_leading(lines) for lines in _by_person(people).values())


def _by_person(people: Sequence[Participant]) -> Mapping[str, list[Participant]]:
    """Those without a number stand each for themselves."""
    found: defaultdict[str, list[Participant]] = defaultdict(list)
    for number, person in enumerate(people):
        found[person.number or f"#{number}"].append(person)
    return found


def _leading(lines: Sequence[Participant]) -> Participant:
    return min(lines, key=lambda line: _ORDER.index(line.standing))


def list_findings(found: ParticipantList) -> Iterator[Finding]:
    """People who stand twice with different wages, and totals that do not add up."""
    for lines in _by_person(found.people).values():
        yield from _contradictions(lines)
    for column in JOINT:
        yield from _total(found, column)


def _contradictions(lines: Sequence[Participant]) -> Iterator[Finding]:
    first = _leading(lines)
    for line in lines:
        if line is first:
            continue
        if line.standing is Standing.LEFT and first.standing is not Standing.LEFT:
            yield _twice("notice.person_left_and_stays", line, first)
        elif any(line.base(column) != first.base(column) for column in JOINT):
            yield _twice("notice.person_differs", line, first)


def _twice(code: str, line: Participant, first: Participant) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        sheet=line.place.sheet,
        row=line.place.row,
        column=line.place.column,
        params={"other": first.place.row},
    )


def _total(found: ParticipantList, column: Column) -> Iterator[Finding]:
    """The form does not say which groups Cộng counts: any usual way of counting will do."""
    total = found.totals.get(column)
    if total is None or any(column in person.unreadable for person in found.people):
        return
    staying = [person for person in found.people if person.standing is not Standing.LEFT]
    taking_part = [person for person in staying if person.standing is Standing.TAKING_PART]
    ways = (found.people, staying, taking_part, present(staying))
    sums = [sum(person.base(column) for person in people) for people in ways]
    if total.amount not in sums:
        yield Finding(
            code="notice.list_total_differs",
            severity=Severity.WARNING,
            sheet=total.place.sheet,
            row=total.place.row,
            column=total.place.column,
            params={"total": int(total.amount), "sum": sums[1]},
        )
