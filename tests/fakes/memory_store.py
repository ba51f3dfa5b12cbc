"""A store in memory: the same contract as the database, for tests of the use cases.

One unit of work holds the lock, works on a copy, and puts the copy in place when it commits.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

from desktop.services.ports import (
    Dossiers,
    JournalEntry,
    Parcels,
    People,
    Person,
    Settings,
    StoredFile,
    Units,
)
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
)
from desktop.store.roster import Entry, Roster
from forms.findings import Finding
from forms.model import (
    Dossier,
    DossierState,
    Draft,
    FileKind,
    FormFile,
    Part,
    Period,
    Unit,
    dossier_id,
)
from forms.states import may_follow
from resources.faults import SurroundingsFault, UsageFault
from sync.model import Destination, Parcel, ParcelState, Settlement

T = TypeVar("T")
OPEN = frozenset({DossierState.DRAFT, DossierState.CHECKED})


@dataclass
class Content:
    """Everything stored. Values are frozen, so that copying the containers is enough."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
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

    def copied(self) -> "Content":
        return Content(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})


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

    def get(self, code: str) -> Unit:
        return known(self.held.content.units, code, UsageFault("unit.unknown", unit=code))

    def all(self) -> Sequence[Unit]:
        return sorted(self.held.content.units.values(), key=lambda unit: unit.code)


@dataclass(frozen=True)
class MemoryPeople:
    held: Held

    def merge(self, unit_code: str, draft: Draft, period: Period) -> int:
        MemoryUnits(self.held).get(unit_code)
        roster = Roster.of(self.held.content.people.get(unit_code, ()))
        people = roster.merge(draft.rows(Part.LAO_DONG), period)
        taken = sum(map(len, self.held.content.people.values()))
        new = (replace(one, id=taken + at) for at, one in enumerate(roster.added(), 1))
        stored = [one for one in roster.entries if one.id is not None]
        self.held.content.people[unit_code] = (*stored, *new)
        return people

    def search(
        self, unit_code: str, words: str = "", limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        return list(self._matching(unit_code, words))[offset : offset + limit]

    def count(self, unit_code: str, words: str = "") -> int:
        return len(list(self._matching(unit_code, words)))

    def _matching(self, unit_code: str, words: str) -> Iterator[Person]:
        for entry in self.held.content.people.get(unit_code, ()):
            searched = (folded(entry.name), entry.social_number, entry.citizen_id)
            if all(any(word in text for text in searched) for word in folded(words).split()):
                values = {one.name: getattr(entry, one.name) for one in fields(entry)}
                yield Person(**{**values, "last_period": Period.parse(entry.last_period)})


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
    ) -> Dossier:
        MemoryUnits(self.held).get(unit_code)
        batch = 1 + len(list(self._same(unit_code, period, procedure)))
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
        begun = JournalEntry(at=now, event="event.imported", before=None, after=new.state)
        self.take(new.id, [begun])
        return self.get(new.id)

    def _same(self, unit_code: str, period: Period, procedure: str) -> Iterator[Dossier]:
        for one in self.held.content.dossiers.values():
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
        self, dossier_id: str, after: DossierState, *, now: datetime, event: str, detail: str = ""
    ) -> Dossier:
        before = self.get(dossier_id).state
        if not may_follow(before, after):
            raise UsageFault("dossier.state", dossier=dossier_id, before=before, after=after)
        moved = JournalEntry(at=now, event=event, before=before, after=after, detail=detail)
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

    def of_dossier(self, dossier_id: str) -> Parcel | None:
        return next((one for one in self.all() if one.dossier_id == dossier_id), None)


@dataclass(frozen=True)
class MemorySettings:
    held: Held

    def get(self, key: str) -> str | None:
        return self.held.content.settings.get(key)

    def put(self, key: str, value: str) -> None:
        self.held.content.settings[key] = value


class MemoryUnitOfWork:
    def __init__(self, store: "MemoryStore", *, reading: bool = False) -> None:
        self._store = store
        self._reading = reading
        self.held = Held()
        self.units: Units = MemoryUnits(self.held)
        self.people: People = MemoryPeople(self.held)
        self.dossiers: Dossiers = MemoryDossiers(self.held)
        self.parcels: Parcels = MemoryParcels(self.held)
        self.settings: Settings = MemorySettings(self.held)

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
                content.parcels[one.id] = replace(one, state=ParcelState.WAITING)
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
    return filter(is_meant, content.parcels.values())


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
    if settlement.state in FINAL and settlement.receipt is not None:
        number = settlement.number or ""
        dossiers.store_receipt(parcel.dossier_id, settlement.receipt, number, transaction or "")
