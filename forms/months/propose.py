"""Two snapshots → the movements that the month calls for, and what has to be asked.

What the two lists do not say is asked, never guessed; a missing month is said aloud.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from forms.model import Row
from forms.months import changing
from forms.months.case import Case, Setting, nothing, option, question, ref_of
from forms.months.coming import arrivals, coming
from forms.months.delta import Delta, Kept, diff_of
from forms.months.identity import Signs, contradict, doubles, signs_of, signs_of_all
from forms.months.leaving import AWAY, GONE, away, back, bhyt_row, departures, missing
from forms.months.model import (
    AnswerKind,
    Option,
    PersonState,
    Place,
    Proposal,
    Proposed,
    Question,
    Snapshot,
)
from forms.months.said import said, word_of
from forms.months.standing import LEAVE_OF_UNKNOWN_KIND, Told, told
from forms.months.summary import about_month, unfinished_notes
from forms.movements import State
from forms.quiet import collector_waiting

Found = Proposed | Question


def propose(old: Snapshot, new: Snapshot, setting: Setting) -> Proposal:
    """The month's proposal: ids are stable for the same lists and period."""
    with collector_waiting():
        return _proposal(old, new, setting)


def _proposal(old: Snapshot, new: Snapshot, setting: Setting) -> Proposal:
    before, after = signs_of_all(old.people), signs_of_all(new.people)
    delta = diff_of(old, new, before, after)
    by_case = [(case, tuple(_of(case))) for case in _cases(old, delta, setting)]
    stayed = sum(isinstance(entry, Kept) for entry in delta.entries)
    moved = sum(bool(told) and None not in (case.old, case.new) for case, told in by_case)
    found = [each for _, told in by_case for each in told]
    found, first_month = _first_month(found, old, new, setting)
    declared = Declared(setting.declared)
    found = [_not_twice(each, declared) for each in found]
    movements = tuple(each for each in found if isinstance(each, Proposed))
    questions = (
        *about_month(old, new, setting),
        *first_month,
        *_doubles(old, before, "old"),
        *_doubles(new, after, "new"),
        *(each for each in found if isinstance(each, Question)),
        *unfinished_notes(movements),
    )
    return Proposal(
        period=setting.period,
        movements=movements,
        questions=questions,
        unchanged=stayed - moved,
    )


def _cases(old: Snapshot, delta: Delta, setting: Setting) -> Iterator[Case]:
    """Everybody who differs: the new list in its order, then who is missing from it."""
    for position, entry in enumerate(delta.entries):
        if isinstance(entry, PersonState):
            yield Case(id=f"n{position + 1}", old=None, new=entry, setting=setting)
        elif entry.says:
            yield _kept(position, old.people[entry.old], entry, setting)
    for position in delta.removed:
        yield Case(id=f"o{position + 1}", old=old.people[position], new=None, setting=setting)


def _kept(position: int, before: PersonState, entry: Kept, setting: Setting) -> Case:
    changes = {change.key: change for change in entry.fields}
    values = {
        key: text
        for key, text in before.values.items()
        if key not in changes or changes[key].after is not None
    }
    values |= {key: change.after for key, change in changes.items() if change.after is not None}
    after = PersonState(
        values=values,
        household=before.household if entry.household is None else entry.household,
        places=before.places if entry.places is None else entry.places,
        roster_id=entry.roster_id,
    )
    return Case(
        id=f"n{position + 1}",
        old=before,
        new=after,
        changes=changes,
        household_changed=bool(entry.household) and bool(before.household),
        setting=setting,
    )


def _of(case: Case) -> Iterator[Found]:
    before = told(case.before, case.period) if case.old else None
    if case.new is None:
        yield from _gone(case, before)
        return
    word = word_of(case)
    if word:
        yield from said(case, word, before)
    else:
        yield from _unsaid(case, before)
    if case.old is not None:
        yield from changing.details(case)


def _gone(case: Case, before: Told | None) -> Iterator[Found]:
    """Somebody whose leaving is declared already, or said in words, or by nothing at all."""
    if before is not None and before.state is State.ABSENT:
        declared = before.key == "phuong_an" or not before.code
        if not declared:
            yield from departures(case, before.code, case.period, reason="months.reason.noted")
        return
    leave = before.code if before and before.state is State.LEAVE else ""
    yield from missing(case, leave=leave)


def _unsaid(case: Case, before: Told | None) -> Iterator[Found]:
    """No phương án was written for this month."""
    after = told(case.after, case.period, word=False)
    was = before.state if before else State.ACTIVE
    if case.old is None or was is State.ABSENT:
        yield from _appears(case, before, after)
    elif after is None:
        yield from _silent(case, before, was)
    elif after.state is State.ABSENT:
        yield from _leaves(case, after, before)
    elif after.state is State.LEAVE:
        yield from _goes_away(case, after, before)
    elif was is State.LEAVE and before is not None:
        yield from back(case, before.code, key=after.key)
    else:
        yield from changing.changing(case)


def _appears(case: Case, before: Told | None, after: Told | None) -> Iterator[Found]:
    if after is not None and after.state is State.ABSENT:
        return
    still = before is not None and before.key == "phuong_an" and after is None
    if still and case.old is not None:
        options = [option(arrivals(case, code, case.period)) for code in ("TM", "TD", "TC")]
        options.insert(0, nothing("months.option.left_before"))
        yield question(case, "months.ask.still_listed", options, keys=("ho_ten", "phuong_an"))
        return
    yield from coming(case)
    if after is not None and after.state is State.LEAVE:
        yield question(case, "months.ask.new_on_leave", keys=(after.key,))


def _silent(case: Case, before: Told | None, was: State) -> Iterator[Found]:
    """The row says nothing of how the person stands; on leave before: are they back?"""
    if was is not State.LEAVE or before is None:
        yield from changing.changing(case)
    elif before.key in case.changes:
        options = (
            option(back(case, before.code, key=before.key)),
            nothing("months.option.still_away"),
        )
        yield question(case, "months.ask.back", options, keys=(before.key,), leave=before.code)
    else:
        yield from _on_leave(case)


def _leaves(case: Case, after: Told, before: Told | None) -> Iterator[Found]:
    leave = before.code if before and before.state is State.LEAVE else ""
    if after.code in GONE:
        yield from departures(case, after.code, case.period, leave=leave)
        yield from bhyt_row(case, after.code, case.period, case.period)
        return
    yield from missing(case, leave=leave)


def _goes_away(case: Case, after: Told, before: Told | None) -> Iterator[Found]:
    if before and before.state is State.LEAVE and before.code == after.code:
        yield from _on_leave(case)
    elif after.code == LEAVE_OF_UNKNOWN_KIND or after.code not in AWAY:
        options = [option(away(case, code, key=after.key)) for code in AWAY]
        options.append(nothing("months.option.not_away"))
        yield question(case, "months.ask.which_leave", options, keys=(after.key,))
    else:
        yield from away(case, after.code, key=after.key)
        yield from bhyt_row(case, after.code, case.period, case.period)


def _on_leave(case: Case) -> Iterator[Found]:
    """Wages and titles are adjusted for people who work."""
    keys = (*changing.wage_keys(case), *changing.title_keys(case))
    if keys:
        found = changing.adjusted(case, "DC", changing.wage_keys(case), changing.title_keys(case))
        options = (nothing("months.option.when_back"), option(found))
        yield question(case, "months.ask.change_on_leave", options, keys=keys)


def _first_month(
    found: list[Found], old: Snapshot, new: Snapshot, setting: Setting
) -> tuple[list[Found], tuple[Question, ...]]:
    """Without a month before everybody looks new: one question for all who say nothing."""
    if old.people or not new.people:
        return found, ()
    spoken = [each for each in found if _is_said(each)]
    silent = [each for each in found if isinstance(each, Proposed) and not _is_said(each)]
    asked = [each for each in found if isinstance(each, Question)]
    silent += [each for one in asked for each in _as_new(one)]
    options = [nothing("months.option.no_first_month")]
    if silent:
        everybody = Option(
            id="all",
            words="months.option.all_new",
            kind=AnswerKind.MOVEMENT,
            movement=silent[0],
            also=tuple(silent[1:]),
        )
        options.append(everybody)
    aloud = Question(
        id="month?previous",
        code="months.ask.no_previous",
        params={"month": setting.period.plus(-1).wire, "people": len(new.people)},
        person=None,
        options=tuple(options),
    )
    kept = [each for each in asked if not each.options or each.code not in _NEW_ONLY]
    return [*spoken, *kept], (aloud,)


_NEW_ONLY = frozenset({"months.ask.came_from"})


def _as_new(asked: Question) -> tuple[Proposed, ...]:
    if asked.code not in _NEW_ONLY or asked.options[0].movement is None:
        return ()
    return (asked.options[0].movement, *asked.options[0].also)


def _is_said(found: Found) -> bool:
    return isinstance(found, Proposed) and any(each.key == "phuong_an" for each in found.evidence)


class Declared:
    """The rows of the month's dossiers, found by what their people are known by: to look at each
    row for each movement would take minutes for some thousands of people."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            for sign in _known_by(signs_of(row.values)):
                self._rows[sign].append(row)

    def holds(self, movement: Proposed) -> bool:
        known = _known_by(signs_of(movement.values)) if self._rows else ()
        rows = (row for sign in known for row in self._rows.get(sign, ()))
        return any(is_declared(movement, row) for row in rows)


def _known_by(signs: Signs) -> Iterator[tuple[str, str]]:
    """One of them must be the same in two rows of one person."""
    named = (
        ("social", signs.social),
        ("personal", signs.personal),
        ("name_birth", signs.name_birth),
    )
    return ((name, sign) for name, sign in named if sign)


def _not_twice(found: Found, declared: Declared) -> Found:
    """A movement that stands in a dossier of the month already is shown as such."""
    if isinstance(found, Proposed):
        movements = [found]
    else:
        movements = [each.movement for each in found.options if each.movement is not None]
    made = next((each for each in movements if declared.holds(each)), None)
    if made is None or found.person is None:
        return found
    return Question(
        id=f"{found.id}?declared",
        code="months.said.declared",
        params={"movement": made.phuong_an, "month": made.from_month.wire},
        person=found.person,
        evidence=found.evidence,
    )


def is_declared(found: Proposed, row: Row) -> bool:
    keys = ("phuong_an", "tu_thang") if found.phuong_an else ("phuong_an", "noi_dung_thay_doi")
    if any(row.get(key) != found.values.get(key, "") for key in keys):
        return False
    ours, theirs = signs_of(found.values), signs_of(row.values)
    if contradict(ours, theirs):
        return False
    pairs = (
        (ours.social, theirs.social),
        (ours.personal, theirs.personal),
        (ours.name_birth, theirs.name_birth),
    )
    return any(one and one == other for one, other in pairs)


def _doubles(snapshot: Snapshot, signs: Sequence[Signs], which: str) -> Iterator[Question]:
    """The same person twice in one list."""
    for positions in doubles(signs):
        first = snapshot.people[positions[0]]
        lines = [place.row for n in positions if (place := _place(snapshot.people[n]))]
        yield Question(
            id=f"{which}{positions[0] + 1}?double{positions[-1] + 1}",
            code=f"months.said.double_{which}",
            params={"times": len(positions), "lines": ", ".join(str(line) for line in lines)},
            person=ref_of(first),
        )


def _place(person: PersonState) -> Place | None:
    return next(iter(person.places.values()), None)
