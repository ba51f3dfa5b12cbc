"""People at rest, read and written many at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Table, Text, bindparam, delete, select, type_coerce, update

from desktop.store.column_types import Texts
from desktop.store.folding import folded
from desktop.store.session import Session
from desktop.store.tables import household_member, person, span
from forms.roster.model import Employee, Span, Track, Values

CHUNK = 2000
"""so many ids in one statement; every database takes more parameters than that"""

Change = tuple[Employee | None, Employee | None]
"""(before, after); both of one id"""
T = TypeVar("T")


TRACKS = {track.value: track for track in Track}


@lru_cache(maxsize=16384)
def parsed(text: str) -> Values:
    """Most spans of a unit say the same few things; nobody changes what is handed out."""
    found: Values = json.loads(text)
    return found


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    return date.fromisoformat(text)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


@dataclass(frozen=True, slots=True)
class Employees:
    """The people of one unit: those of another are not there."""

    session: Session
    unit_code: str

    def read(self, ids: Sequence[int]) -> dict[int, Employee]:
        """id → the whole person; ids of nobody are left out."""
        found: dict[int, Employee] = {}
        for some in chunks(ids):
            cells = self._cells(some)
            tracks, households = self._tracks(list(cells)), self._households(list(cells))
            for one, values in cells.items():
                found[one] = Employee(
                    id=one,
                    unit_code=self.unit_code,
                    values=values,
                    tracks=tracks.get(one, {}),
                    household=tuple(households.get(one, ())),
                )
        return found

    def _cells(self, ids: Sequence[int]) -> dict[int, Values]:
        wanted = select(person.c.id, person.c.cells).where(
            person.c.unit_code == self.unit_code, person.c.id.in_(ids)
        )
        return {row[0]: row[1] for row in self.session.tuples(wanted)}

    def _tracks(self, ids: Sequence[int]) -> dict[int, dict[Track, tuple[Span, ...]]]:
        wanted = (
            select(span.c.person_id, span.c.track, span.c.since, type_coerce(span.c.cells, Text))
            .where(span.c.person_id.in_(ids))
            .order_by(span.c.person_id, span.c.track, span.c.since)
        )
        found: dict[int, dict[Track, tuple[Span, ...]]] = defaultdict(dict)
        for one, name, since, text in self.session.tuples(wanted):
            track, tracks = TRACKS[name], found[one]
            tracks[track] = (*tracks.get(track, ()), Span(day(since), parsed(text)))
        return found

    def _households(self, ids: Sequence[int]) -> dict[int, list[Values]]:
        wanted = (
            select(household_member.c.person_id, household_member.c.cells)
            .where(household_member.c.person_id.in_(ids))
            .order_by(household_member.c.person_id, household_member.c.position)
        )
        found: dict[int, list[Values]] = defaultdict(list)
        for one, cells in self.session.tuples(wanted):
            found[one].append(cells)
        return found

    def write(self, changes: Iterable[Change], texts: Texts | None = None) -> None:
        """Only what differs is written. Every ``before`` is what is stored."""
        work = Work(texts or Texts())
        for before, after in changes:
            work.take(before, after)
        work.do(self.session)


PERSON = ("id", "unit_code", "name_folded", "social_number", "citizen_id", "birth", "cells")
SPAN = ("person_id", "track", "since", "cells")
MEMBER = ("person_id", "position", "cells")


@dataclass(slots=True)
class Work:
    """Rows to be written, gathered by statement."""

    texts: Texts
    added: list[tuple[Any, ...]] = field(default_factory=list)
    refreshed: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    spans: list[tuple[Any, ...]] = field(default_factory=list)
    spans_gone: list[dict[str, Any]] = field(default_factory=list)
    members: list[tuple[Any, ...]] = field(default_factory=list)
    members_gone: list[dict[str, Any]] = field(default_factory=list)

    def take(self, before: Employee | None, after: Employee | None) -> None:
        if after is not None:
            self._take_values(before, after)
        elif before is not None:
            self.gone.append({"at_id": before.id})
        one = after or before
        if one is None:
            return
        old, new = (before or _NOBODY), (after or _NOBODY)
        if old.tracks != new.tracks:
            for track in {**old.tracks, **new.tracks}:
                self._take_track(
                    one.id, track, old.tracks.get(track, ()), new.tracks.get(track, ())
                )
        if old.household != new.household:
            self._take_household(one.id, old.household, new.household)

    def _take_values(self, before: Employee | None, after: Employee) -> None:
        if before is None:
            self.added.append((after.id, after.unit_code, *self._columns(after.values)))
        elif before.values != after.values:
            columns = dict(zip(PERSON[2:], self._columns(after.values), strict=True))
            self.refreshed.append({"at_id": after.id, **columns})

    def _take_track(
        self, of: int | None, track: Track, old: Sequence[Span], new: Sequence[Span]
    ) -> None:
        self.spans_gone += [
            {"at_id": of, "at_track": track.value, "at_since": one.since.isoformat()}
            for one in old
            if one not in new
        ]
        self.spans += [
            (of, track.value, one.since.isoformat(), self.texts.of(one.values))
            for one in new
            if one not in old
        ]

    def _take_household(self, of: int | None, old: Sequence[Values], new: Sequence[Values]) -> None:
        if old:
            self.members_gone.append({"at_id": of})
        self.members += [(of, at, self.texts.of(cells)) for at, cells in enumerate(new)]

    def _columns(self, values: Values) -> tuple[str, ...]:
        """In the order of ``PERSON`` from the third on."""
        return (
            folded(values.get("ho_ten", "")),
            values.get("ma_so_bhxh", ""),
            values.get("cccd", ""),
            values.get("ngay_sinh", ""),
            self.texts.of(values),
        )

    def do(self, session: Session) -> None:
        """What others refer to is made first and unmade last."""
        session.change_many(_delete_of(household_member), self.members_gone)
        session.change_many(
            _delete_of(span).where(
                span.c.track == bindparam("at_track"), span.c.since == bindparam("at_since")
            ),
            self.spans_gone,
        )
        session.change_many(delete(person).where(person.c.id == bindparam("at_id")), self.gone)
        session.insert_many(person, PERSON, self.added)
        session.change_many(_REFRESH, self.refreshed)
        session.insert_many(span, SPAN, self.spans)
        session.insert_many(household_member, MEMBER, self.members)


_NOBODY = Employee(id=None, unit_code="", values={})
_REFRESH = (
    update(person)
    .where(person.c.id == bindparam("at_id"))
    .values({person.c[name]: bindparam(name, type_=Text) for name in PERSON[2:]})
)


def _delete_of(table: Table) -> Any:
    return delete(table).where(table.c.person_id == bindparam("at_id"))
