"""A store in memory: the same contract as the database, for tests of the use cases.

One unit of work holds the lock, works on a copy, and puts the copy in place when it commits.
"""

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar

from desktop.services.inbox_api import Letter
from desktop.services.inbox_ports import Kept, Letters
from desktop.services.ports import (
    Dossiers,
    JournalEntry,
    Parcels,
    People,
    Person,
    Settings,
    StoredFile,
    Swap,
    Units,
)
from desktop.services.progress import Progress, silent
from desktop.services.roster_api import HistoryEntry, RosterQuery, RosterRow, Step
from desktop.services.roster_ports import Change, Merged, Moved, RosterStore, Snapped, Touched
from desktop.store.folding import folded
from desktop.store.following import (
    CLAIMABLE,
    CLAIMED,
    DUE,
    FINAL,
    RELEASED,
    Moves,
    moves,
    settled,
    takes_receipt,
)
from desktop.store.people import in_brief
from desktop.store.roster import Signs, read_signs
from desktop.store.roster_merge import Merging, assign, people_rows
from desktop.store.roster_order import in_order, passing
from forms.findings import Finding
from forms.model import (
    Dossier,
    DossierState,
    Draft,
    FileKind,
    FormFile,
    Period,
    Row,
    Unit,
    dossier_id,
)
from forms.roster.changes import there
from forms.roster.deltas import between, told
from forms.roster.fields import fields as fields_of_the_roster
from forms.roster.model import Employee, Values
from forms.states import may_follow
from resources.faults import SurroundingsFault, UsageFault
from sync.model import HANDED_OVER, Destination, Parcel, ParcelState, Settlement

T = TypeVar("T")
OPEN = frozenset({DossierState.DRAFT, DossierState.CHECKED})


Version = tuple[Draft, tuple[Finding, ...], str | None, Draft]
"""draft, findings and rules before a step, and the draft after it"""


@dataclass
class Content:
    """Everything stored. Values are frozen, so that copying the containers is enough."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, dict[int, Employee]] = field(default_factory=dict)
    numbered: int = 0
    """the highest number that a person ever had"""
    done: tuple["Done", ...] = ()
    steps_taken: int = 0
    withdrawn: dict[str, tuple[int, Dossier]] = field(default_factory=dict)
    versions: dict[tuple[str, int], Version] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    files: dict[str, tuple[StoredFile, ...]] = field(default_factory=dict)
    journals: dict[str, tuple[JournalEntry, ...]] = field(default_factory=dict)
    receipts: dict[str, bytes] = field(default_factory=dict)
    parcels: dict[str, Parcel] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    claimed: dict[str, datetime] = field(default_factory=dict)
    settled: frozenset[tuple[str, datetime, ParcelState, str]] = frozenset()
    settings: dict[str, str] = field(default_factory=dict)
    letters: dict[str, Kept] = field(default_factory=dict)
    cursors: dict[tuple[str, str], str] = field(default_factory=dict)

    def copied(self) -> "Content":
        copies = {one.name: copy(getattr(self, one.name)) for one in fields(self)}
        copies["people"] = {unit: dict(people) for unit, people in self.people.items()}
        return Content(**copies)


class Held:
    """The content of the unit of work that is open, shared by its repositories."""

    def __init__(self) -> None:
        self.now: Content | None = None

    @property
    def content(self) -> Content:
        if self.now is None:
            raise RuntimeError("a unit of work is used outside its block")
        return self.now


@dataclass(frozen=True)
class MemoryUnits:
    held: Held

    def add(self, unit: Unit) -> None:
        if unit.code in self.held.content.units:
            raise UsageFault("unit.exists", unit=unit.code)
        self.held.content.units[unit.code] = unit

    def replace(self, unit: Unit) -> None:
        self.get(unit.code)
        self.held.content.units[unit.code] = unit

    def get(self, code: str) -> Unit:
        return known(self.held.content.units, code, UsageFault("unit.unknown", unit=code))

    def all(self) -> Sequence[Unit]:
        return sorted(self.held.content.units.values(), key=lambda unit: unit.code)


@dataclass(frozen=True)
class MemoryPeople:
    held: Held

    def search(
        self, unit_code: str, words: str = "", limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        roster = MemoryRoster(self.held)
        ids = [one.id or 0 for one in roster.matching(unit_code, words)][offset : offset + limit]
        return [in_brief(each.id, each.values) for each in roster.flat(unit_code, ids, None)]

    def count(self, unit_code: str, words: str = "") -> int:
        return len(MemoryRoster(self.held).matching(unit_code, words))


@dataclass(frozen=True)
class Done:
    """A step with what it did."""

    step: Step
    unit_code: str
    changes: tuple[tuple[Employee | None, Employee | None], ...]
    dossier_id: str | None


@dataclass(frozen=True)
class MemoryRoster:
    """Whole people before and after each step: the plainest way to undo."""

    held: Held

    def matching(self, unit_code: str, words: str) -> list[Employee]:
        found = []
        for one in self._everybody(unit_code).values():
            searched = (folded(one.values.get("ho_ten", "")),)
            searched += (one.values.get("ma_so_bhxh", ""), one.values.get("cccd", ""))
            if all(any(word in text for text in searched) for word in folded(words).split()):
                found.append(one)
        return found

    def count(self, query: RosterQuery) -> int:
        return len(self.ids(query))

    def ids(self, query: RosterQuery) -> Sequence[int]:
        self._known(query.unit_code)
        keys = [*(one.key for one in query.filters), *(key for key, _ in query.sort)]
        self._refuse_unknown(keys)
        people = [one.id or 0 for one in self.matching(query.unit_code, query.words)]
        rows = self.flat(query.unit_code, people, query.month)
        lines = [(row.id, *(row.values.get(key) for key in keys)) for row in rows]
        kept = passing(lines, query.filters)
        return in_order(kept, query.sort, first=1 + len(query.filters))

    @staticmethod
    def _refuse_unknown(keys: Sequence[str]) -> None:
        for key in keys:
            if key not in fields_of_the_roster():
                raise UsageFault("roster.field_unknown", field=key)

    def flat(self, unit_code: str, ids: Sequence[int], month: Period | None) -> list[RosterRow]:
        day = month.last_day if month else date.max
        everybody = self._everybody(unit_code)
        found = (everybody[one] for one in ids if one in everybody)
        return [RosterRow(id=one.id or 0, values=one.on(day)) for one in found]

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]:
        self._known(unit_code)
        return self.flat(unit_code, ids, month)

    def people(self, unit_code: str, ids: Sequence[int]) -> Mapping[int, Employee]:
        self._known(unit_code)
        everybody = self._everybody(unit_code)
        return {one: everybody[one] for one in ids if one in everybody}

    def person(self, unit_code: str, person: int) -> Employee:
        found = self.people(unit_code, [person])
        return known(dict(found), person, UsageFault("person.unknown", person=person))

    def snapshot(self, unit_code: str, period: Period) -> Iterator[Snapped]:
        self._known(unit_code)
        for one in self._everybody(unit_code).values():
            if there(one, period):
                yield one.id or 0, one.in_month(period), one.household

    def values_of(self, unit_code: str, keys: Sequence[str]) -> Iterator[tuple[int, Values]]:
        for one in self._everybody(unit_code).values():
            flat = one.on(date.max)
            yield one.id or 0, {key: flat[key] for key in keys if key in flat}

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        self._refuse_unknown(keys)
        known_values = dict(self.values_of(unit_code, keys))
        return [[known_values.get(one, {}).get(key, "") for one in ids] for key in keys]

    def stamp(self, unit_code: str) -> Hashable:
        self._known(unit_code)
        return tuple(
            (done.step.id, done.step.at, done.step.undone) for done in self._done(unit_code)
        )

    def touched_since(
        self, unit_code: str, moment: datetime, *, apart_from: Collection[str]
    ) -> Touched:
        self._known(unit_code)
        later = [
            done
            for done in self._done(unit_code)
            if not done.step.undone and done.step.at > moment and done.dossier_id not in apart_from
        ]
        sides = [pair for done in later for pair in done.changes]
        found = frozenset(one.id or 0 for pair in sides for one in pair if one is not None)
        came = frozenset(after.id or 0 for before, after in sides if not before and after)
        return Touched(came=came, changed=found - came)

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        self._known(unit_code)
        entries = [
            HistoryEntry(
                at=done.step.at,
                step=done.step.id,
                code=done.step.code,
                key=each.key,
                before=each.before,
                after=each.after,
                since=each.since,
            )
            for done in reversed(self._done(unit_code))
            if not done.step.undone
            for before, after in done.changes
            if person in {one.id for one in (before, after) if one is not None}
            if (delta := between(before, after)) is not None
            for each in told(delta)
        ]
        return entries or (self.person(unit_code, person) and [])

    def record(
        self,
        unit_code: str,
        changes: Sequence[Change],
        *,
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
        progress: Progress | None = None,
    ) -> tuple[Step, Sequence[int]]:
        (progress or silent)(0, len(changes))
        self.forget_undone(unit_code)
        return self._record(unit_code, changes, code, params, now, None)

    def _record(
        self,
        unit_code: str,
        changes: Sequence[Change],
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
        dossier_id: str | None,
    ) -> tuple[Step, list[int]]:
        content = self.held.content
        numbered = []
        for before, after in changes:
            if after is not None and after.id is None:
                content.numbered += 1
                after = replace(after, id=content.numbered)
            self._put(before, after)
            numbered.append((before, after))
        content.steps_taken += 1
        step = Step(
            id=content.steps_taken, at=now, code=code, params=dict(params), people=len(numbered)
        )
        done = Done(step, unit_code, tuple(numbered), dossier_id)
        content.done = (*content.done, done)
        return step, [one.id or 0 for one in (a or b for b, a in numbered) if one]

    def _put(self, before: Employee | None, after: Employee | None) -> None:
        one = after or before
        assert one is not None
        assert one.id is not None
        people = self.held.content.people.setdefault(one.unit_code, {})
        if after is None:
            del people[one.id]
        else:
            people[one.id] = after

    def merge(
        self,
        unit_code: str,
        draft: Draft,
        period: Period,
        *,
        now: datetime,
        dossier_id: str = "",
        starting: bool = False,
        progress: Progress | None = None,
    ) -> Merged:
        (progress or silent)(0, len(draft.sections))
        self.forget_undone(unit_code)
        everybody = self._everybody(unit_code)
        assigned = assign(people_rows(draft), [signs_of(one) for one in everybody.values()])
        merging = Merging.of(draft, period, starting=starting)
        nobody = Employee(id=None, unit_code=unit_code, values={})
        taken = [(everybody[one], merging(everybody[one], r)) for one, r in assigned.known.items()]
        changes: list[Change] = [pair for pair in taken if pair[0] != pair[1]]
        changes += [(None, merging(nobody, found)) for found in assigned.new]
        if not changes and not dossier_id:
            return Merged(people=assigned.rows, step=None)
        told = [(everybody[one], rows) for one, rows in assigned.known.items()]
        told += [(nobody, rows) for rows in assigned.new]
        assumed = sum(merging.assumes(before, rows) for before, rows in told)
        params = {"file": draft.source, "period": period.wire}
        code = "roster.started" if starting else "roster.imported"
        step, _ = self._record(unit_code, changes, code, params, now, dossier_id or None)
        return Merged(people=assigned.rows, step=step, assumed=assumed)

    def forget_undone(self, unit_code: str) -> None:
        self._known(unit_code)
        content = self.held.content
        gone = [done for done in self._done(unit_code) if done.step.undone]
        content.done = tuple(done for done in content.done if done not in gone)
        for done in gone:
            content.versions.pop((done.dossier_id or "", done.step.id), None)
            if done.dossier_id is not None and content.withdrawn.pop(done.dossier_id, None):
                content.journals.pop(done.dossier_id, None)

    def undo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        (progress or silent)(0, 1)
        self._known(unit_code)
        found = [done for done in self._done(unit_code) if not done.step.undone]
        return self._move(found[-1], undone=True) if found else None

    def redo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        (progress or silent)(0, 1)
        self._known(unit_code)
        found = [done for done in self._done(unit_code) if done.step.undone]
        return self._move(found[0], undone=False) if found else None

    def _move(self, done: Done, *, undone: bool) -> Moved:
        for before, after in done.changes:
            self._put(after, before) if undone else self._put(before, after)
        moved = replace(done, step=replace(done.step, undone=undone))
        content = self.held.content
        content.done = tuple(moved if one is done else one for one in content.done)
        return Moved(step=moved.step, dossier_id=done.dossier_id)

    def steps(self, unit_code: str, limit: int) -> Sequence[Step]:
        self._known(unit_code)
        return [done.step for done in reversed(self._done(unit_code))][:limit]

    def _done(self, unit_code: str) -> list[Done]:
        return [done for done in self.held.content.done if done.unit_code == unit_code]

    def _everybody(self, unit_code: str) -> dict[int, Employee]:
        """By id: who was brought back by an undo stands where they stood."""
        return dict(sorted(self.held.content.people.get(unit_code, {}).items()))

    def _known(self, unit_code: str) -> None:
        MemoryUnits(self.held).get(unit_code)


def signs_of(one: Employee) -> Signs:
    """As the database keeps them."""
    read = read_signs(Row(0, one.values))
    return read._replace(id=one.id)


@dataclass(frozen=True)
class MemoryDossiers:
    held: Held

    def create(
        self,
        unit_code: str,
        period: Period,
        procedure: str,
        draft: Draft,
        findings: Sequence[Finding],
        now: datetime,
        rules_hash: str | None = None,
        event: str = "event.imported",
    ) -> Dossier:
        MemoryUnits(self.held).get(unit_code)
        gone = [one for _, one in self.held.content.withdrawn.values()]
        batch = 1 + len(list(self._same(unit_code, period, procedure, *gone)))
        new = Dossier(
            id=dossier_id(unit_code, period, procedure, batch),
            unit_code=unit_code,
            period=period,
            procedure=procedure,
            batch=batch,
            state=DossierState.DRAFT,
            created=now,
        )
        self.held.content.dossiers[new.id] = new
        self.replace_draft(new.id, draft)
        self.replace_findings(new.id, findings, rules_hash)
        begun = JournalEntry(at=now, event=event, before=None, after=new.state)
        self.take(new.id, [begun])
        return self.get(new.id)

    def _same(
        self, unit_code: str, period: Period, procedure: str, *gone: Dossier
    ) -> Iterator[Dossier]:
        for one in (*self.held.content.dossiers.values(), *gone):
            if (one.unit_code, one.period, one.procedure) == (unit_code, period, procedure):
                yield one

    def get(self, dossier_id: str) -> Dossier:
        fault = UsageFault("dossier.unknown", dossier=dossier_id)
        return known(self.held.content.dossiers, dossier_id, fault)

    def latest_draft(self, unit_code: str, period: Period, procedure: str) -> Dossier | None:
        open_ones = [one for one in self._same(unit_code, period, procedure) if one.state in OPEN]
        return max(open_ones, key=lambda one: one.batch, default=None)

    def all(self, unit_code: str | None = None) -> Sequence[Dossier]:
        newest_first = reversed(self.held.content.dossiers.values())
        return [one for one in newest_first if unit_code in {None, one.unit_code}]

    def draft(self, dossier_id: str) -> Draft:
        return self.held.content.drafts[self.get(dossier_id).id]

    def replace_draft(self, dossier_id: str, draft: Draft) -> None:
        self.held.content.drafts[self.get(dossier_id).id] = draft

    def withdraw(self, dossier_id: str, step: int) -> bool:
        found = self.held.content.dossiers.get(dossier_id)
        if found is None or found.state not in OPEN:
            return False
        self.held.content.withdrawn[dossier_id] = (step, found)
        del self.held.content.dossiers[dossier_id]
        return True

    def bring_back(self, step: int) -> None:
        for one, (by, found) in list(self.held.content.withdrawn.items()):
            if by == step:
                self.held.content.dossiers[one] = found
                del self.held.content.withdrawn[one]

    def keep_version(
        self,
        dossier_id: str,
        step: int,
        draft: Draft,
        findings: Sequence[Finding],
        rules_hash: str | None = None,
    ) -> None:
        now = self.draft(dossier_id)
        self.held.content.versions[dossier_id, step] = (draft, tuple(findings), rules_hash, now)

    def swap_version(self, dossier_id: str, step: int) -> Swap:
        kept = self.held.content.versions.get((dossier_id, step))
        found = self.held.content.dossiers.get(dossier_id)
        if kept is None or found is None:
            return Swap.NONE
        draft, findings, rules_hash, after = kept
        if found.state not in OPEN:
            return Swap.SIGNED
        if self.draft(dossier_id).sections != after.sections:
            return Swap.CHANGED
        other = (after, tuple(self.findings(dossier_id)), found.rules_hash, draft)
        self.held.content.versions[dossier_id, step] = other
        self.replace_draft(dossier_id, draft)
        self.replace_findings(dossier_id, findings, rules_hash)
        return Swap.DONE

    def findings(self, dossier_id: str) -> Sequence[Finding]:
        return list(self.held.content.findings[self.get(dossier_id).id])

    def replace_findings(
        self, dossier_id: str, findings: Sequence[Finding], rules_hash: str | None = None
    ) -> None:
        self.change(dossier_id, rules_hash=rules_hash)
        self.held.content.findings[self.get(dossier_id).id] = tuple(findings)

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        return list(self.held.content.files.get(self.get(dossier_id).id, ()))

    def replace_files(self, dossier_id: str, files: Iterable[FormFile]) -> None:
        self.store_signed(dossier_id, [StoredFile(form=form, signed=None) for form in files])

    def store_signed(self, dossier_id: str, signed: Iterable[StoredFile]) -> None:
        given = list(signed)
        envelope = [file for file in given if file.form.kind is FileKind.ENVELOPE]
        others = [file for file in given if file.form.kind is not FileKind.ENVELOPE]
        self.held.content.files[self.get(dossier_id).id] = (*others, *envelope)

    def move(
        self,
        dossier_id: str,
        after: DossierState,
        *,
        now: datetime,
        event: str,
        detail: str = "",
        answer: bytes = b"",
    ) -> Dossier:
        before = self.get(dossier_id).state
        if not may_follow(before, after):
            raise UsageFault("dossier.state", dossier=dossier_id, before=before, after=after)
        moved = JournalEntry(
            at=now, event=event, before=before, after=after, detail=detail, answer=answer
        )
        self.take(dossier_id, [moved])
        return self.get(dossier_id)

    def note(
        self, dossier_id: str, *, now: datetime, event: str, detail: str = "", answer: bytes = b""
    ) -> None:
        state = self.get(dossier_id).state
        entry = JournalEntry(
            at=now, event=event, before=state, after=state, detail=detail, answer=answer
        )
        self.take(dossier_id, [entry])

    def take(self, dossier_id: str, entries: Moves) -> None:
        for entry in entries:
            if entry.after is not None:
                self.change(dossier_id, state=entry.after)
        past = self.held.content.journals.get(dossier_id, ())
        self.held.content.journals[dossier_id] = (*past, *entries)

    def change(self, dossier_id: str, **values: object) -> None:
        self.held.content.dossiers[dossier_id] = replace(self.get(dossier_id), **values)  # type: ignore[arg-type]  # names of fields

    def set_filed_on(self, dossier_id: str, now: datetime) -> None:
        self.change(dossier_id, filed_on=now.date())

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]:
        return list(self.held.content.journals[self.get(dossier_id).id])

    def receipt(self, dossier_id: str) -> bytes | None:
        return self.held.content.receipts.get(self.get(dossier_id).id)

    def store_receipt(self, dossier_id: str, receipt: bytes, number: str, transaction: str) -> None:
        self.change(dossier_id, number=number or None, transaction=transaction or None)
        self.held.content.receipts[dossier_id] = receipt


@dataclass(frozen=True)
class MemoryParcels:
    held: Held

    def enqueue(self, parcel: Parcel, content: bytes) -> None:
        MemoryDossiers(self.held).get(parcel.dossier_id)
        if parcel.id in self.held.content.parcels or self.of_dossier(parcel.dossier_id):
            raise UsageFault("parcel.exists", dossier=parcel.dossier_id)
        self.held.content.parcels[parcel.id] = parcel
        self.held.content.contents[parcel.id] = content

    def all(self) -> Sequence[Parcel]:
        return list(self.held.content.parcels.values())

    def readdress(self, parcel_id: str, destination: Destination) -> None:
        known = self.held.content.parcels.get(parcel_id)
        if known is None:
            raise UsageFault("parcel.unknown")
        self.held.content.parcels[parcel_id] = replace(known, destination=destination)

    def hand_over(self, parcel_id: str) -> bool:
        known = self.held.content.parcels[parcel_id]
        if known.untouched:
            self.held.content.parcels[parcel_id] = replace(known, next_try=HANDED_OVER)
        return known.untouched

    def take_back(self, parcel_id: str, now: datetime) -> bool:
        known = self.held.content.parcels[parcel_id]
        if known.handed_over:
            tried = known.attempts + 1
            self.held.content.parcels[parcel_id] = replace(known, next_try=now, attempts=tried)
        return known.handed_over

    def of_dossier(self, dossier_id: str) -> Parcel | None:
        return next((one for one in self.all() if one.dossier_id == dossier_id), None)


@dataclass(frozen=True)
class MemorySettings:
    held: Held

    def get(self, key: str) -> str | None:
        return self.held.content.settings.get(key)

    def put(self, key: str, value: str) -> None:
        self.held.content.settings[key] = value


@dataclass(frozen=True)
class MemoryLetters:
    held: Held

    def put(self, kept: Kept) -> None:
        before = self.get(kept.letter.id)
        read = before.read if before else kept.letter.read
        stored = replace(kept, letter=replace(kept.letter, read=read))
        self.held.content.letters[kept.letter.id] = stored

    def get(self, letter_id: str) -> Letter | None:
        found = self.kept(letter_id)
        return found.letter if found else None

    def kept(self, letter_id: str) -> Kept | None:
        return self.held.content.letters.get(letter_id)

    def all(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        every = [kept.letter for kept in self.held.content.letters.values()]
        return [
            one
            for one in every
            if one.unit_code == unit_code
            and period in (None, one.period)
            and dossier_id in (None, one.dossier_id)
        ]

    def unread(self, unit_code: str | None = None) -> int:
        every = [kept.letter for kept in self.held.content.letters.values()]
        return sum(not one.read for one in every if unit_code in (None, one.unit_code))

    def mark_read(self, letter_id: str, *, read: bool) -> bool:
        found = self.kept(letter_id)
        if found is not None:
            marked = replace(found, letter=replace(found.letter, read=read))
            self.held.content.letters[letter_id] = marked
        return found is not None

    def cursor(self, unit_code: str, mailbox: str) -> str:
        return self.held.content.cursors.get((unit_code, mailbox), "")

    def set_cursor(self, unit_code: str, mailbox: str, cursor: str) -> None:
        self.held.content.cursors[unit_code, mailbox] = cursor


class MemoryUnitOfWork:
    def __init__(self, store: "MemoryStore", *, reading: bool = False) -> None:
        self._store = store
        self._reading = reading
        self.held = Held()
        self.units: Units = MemoryUnits(self.held)
        self.people: People = MemoryPeople(self.held)
        self.roster: RosterStore = MemoryRoster(self.held)
        self.dossiers: Dossiers = MemoryDossiers(self.held)
        self.parcels: Parcels = MemoryParcels(self.held)
        self.settings: Settings = MemorySettings(self.held)
        self.letters: Letters = MemoryLetters(self.held)

    def __enter__(self) -> Self:
        if self._reading:
            self.held.now = self._store.kept.copied()
            return self
        if not self._store.lock.acquire(timeout=self._store.busy_seconds):
            raise SurroundingsFault("store.busy")
        self.held.now = self._store.kept.copied()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.held.now = None
        if not self._reading:
            self._store.lock.release()

    def commit(self) -> None:
        self._store.kept = self.held.content
        self.held.now = self._store.kept.copied()


class MemoryOutbox:
    def __init__(self, store: "MemoryStore") -> None:
        self._store = store

    @contextmanager
    def _committed(self) -> Iterator[tuple[Content, MemoryDossiers]]:
        with self._store.begin() as work:
            yield work.held.content, MemoryDossiers(work.held)
            work.commit()

    def claim(self, now: datetime, parcel_id: str | None = None) -> Parcel | None:
        with self._committed() as (content, dossiers):
            found = min(
                claimable(content, now, parcel_id), key=lambda one: one.next_try, default=None
            )
            if found is None:
                return None
            taken = replace(found, state=ParcelState.SENDING)
            content.parcels[taken.id] = taken
            content.claimed[taken.id] = now
            before = dossiers.get(taken.dossier_id).state
            dossiers.take(taken.dossier_id, moves(now, before, taken.state, CLAIMED))
        return taken

    def content(self, parcel_id: str) -> bytes:
        with self._committed() as (content, _):
            return known(content.contents, parcel_id, UsageFault("parcel.unknown"))

    def remember_upload(self, parcel_id: str, upload_url: str) -> None:
        with self._committed() as (content, _):
            before = known(content.parcels, parcel_id, UsageFault("parcel.unknown"))
            content.parcels[parcel_id] = replace(before, upload_url=upload_url or None)

    def renew(self, parcel_id: str, now: datetime) -> None:
        with self._committed() as (content, _):
            parcel = content.parcels.get(parcel_id)
            if parcel is not None and parcel.state is ParcelState.SENDING:
                content.claimed[parcel_id] = now

    def settle(self, settlement: Settlement) -> None:
        mark = (settlement.parcel_id, settlement.at, settlement.state, settlement.outcome)
        with self._committed() as (content, dossiers):
            parcel = known(content.parcels, settlement.parcel_id, UsageFault("parcel.unknown"))
            if mark in content.settled:
                return
            content.settled |= {mark}
            if parcel.state not in FINAL:
                keep(content, dossiers, parcel, settlement)
            told = settled(settlement, dossiers.get(parcel.dossier_id).state)
            dossiers.take(parcel.dossier_id, told)

    def release_stale(self, before: datetime) -> int:
        with self._committed() as (content, dossiers):
            stale = [
                one
                for one in content.parcels.values()
                if one.state is ParcelState.SENDING and content.claimed[one.id] < before
            ]
            for one in stale:
                tried = one.attempts + 1
                content.parcels[one.id] = replace(one, state=ParcelState.WAITING, attempts=tried)
                state = dossiers.get(one.dossier_id).state
                moved = moves(before, state, ParcelState.WAITING, RELEASED)
                dossiers.take(one.dossier_id, moved)
        return len(stale)


class MemoryStore:
    """``desktop.services.ports.Store`` without a file."""

    def __init__(self, busy_seconds: float = 30) -> None:
        self.lock = threading.Lock()
        self.kept = Content()
        self.busy_seconds = busy_seconds

    def reading(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self, reading=True)

    def begin(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self)

    @property
    def outbox(self) -> MemoryOutbox:
        return MemoryOutbox(self)


def known(values: dict[str, T], key: str, fault: UsageFault) -> T:
    if key not in values:
        raise fault
    return values[key]


def claimable(content: Content, now: datetime, parcel_id: str | None) -> Iterator[Parcel]:
    is_meant: Callable[[Parcel], bool] = (
        (lambda one: one.state in DUE and one.next_try <= now)
        if parcel_id is None
        else (lambda one: one.state in CLAIMABLE and one.id == parcel_id)
    )
    return (one for one in content.parcels.values() if is_meant(one) and not one.handed_over)


def keep(
    content: Content, dossiers: MemoryDossiers, parcel: Parcel, settlement: Settlement
) -> None:
    transaction = settlement.transaction or parcel.transaction
    content.parcels[parcel.id] = replace(
        parcel,
        state=settlement.state,
        attempts=parcel.attempts + (parcel.state is ParcelState.SENDING),
        next_try=settlement.next_try,
        transaction=transaction,
    )
    if settlement.transaction:
        dossiers.change(parcel.dossier_id, transaction=settlement.transaction)
    if takes_receipt(settlement, dossiers.get(parcel.dossier_id).state):
        number, receipt = settlement.number or "", settlement.receipt or b""
        dossiers.store_receipt(parcel.dossier_id, receipt, number, transaction or "")
