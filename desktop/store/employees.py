"""People at rest, read and written many at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, delete, insert, select, update

from desktop.store.folding import folded
from desktop.store.session import Session
from desktop.store.tables import household_member, person, span
from forms.roster.model import Employee, Span, Track, Values

CHUNK = 2000
"""so many ids in one statement; every database takes more parameters than that"""

Change = tuple[Employee | None, Employee | None]
"""(before, after); both of one id"""
T = TypeVar("T")


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
            select(span.c.person_id, span.c.track, span.c.since, span.c.cells)
            .where(span.c.person_id.in_(ids))
            .order_by(span.c.person_id, span.c.track, span.c.since)
        )
        found: dict[int, dict[Track, tuple[Span, ...]]] = defaultdict(dict)
        for one, name, since, cells in self.session.tuples(wanted):
            track, tracks = Track(name), found[one]
            tracks[track] = (*tracks.get(track, ()), Span(date.fromisoformat(since), cells))
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

    def write(self, changes: Iterable[Change]) -> None:
        """Only what differs is written. Every ``before`` is what is stored."""
        work = Work()
        for before, after in changes:
            work.take(before, after)
        work.do(self.session)


@dataclass(slots=True)
class Work:
    """Rows to be written, gathered by statement."""

    added: list[dict[str, Any]] = field(default_factory=list)
    refreshed: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    spans: list[dict[str, Any]] = field(default_factory=list)
    spans_gone: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    members_gone: list[dict[str, Any]] = field(default_factory=list)

    def take(self, before: Employee | None, after: Employee | None) -> None:
        old, new = before or after, after or before
        if old is None or new is None:
            return
        if after is None:
            self.gone.append({"at_id": new.id})
        elif before is None:
            self.added.append({"id": new.id, "unit_code": new.unit_code, **_columns(new.values)})
        elif before.values != after.values:
            self.refreshed.append({"at_id": new.id, **_columns(new.values)})
        for track in Track:
            self._take_track(
                new.id,
                track,
                before.tracks.get(track, ()) if before else (),
                after.tracks.get(track, ()) if after else (),
            )
        self._take_household(
            new.id, before.household if before else (), after.household if after else ()
        )

    def _take_track(
        self, of: int | None, track: Track, old: Sequence[Span], new: Sequence[Span]
    ) -> None:
        if old == new:
            return
        place = {"person_id": of, "track": track.value}
        for one in old:
            if one not in new:
                self.spans_gone.append(
                    {"at_id": of, "at_track": track.value, "at_since": one.since.isoformat()}
                )
        for one in new:
            if one not in old:
                since = one.since.isoformat()
                self.spans.append({**place, "since": since, "cells": one.values})

    def _take_household(self, of: int | None, old: Sequence[Values], new: Sequence[Values]) -> None:
        if old == new:
            return
        if old:
            self.members_gone.append({"at_id": of})
        self.members += [
            {"person_id": of, "position": position, "cells": cells}
            for position, cells in enumerate(new)
        ]

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
        session.change_many(insert(person), self.added)
        session.change_many(update(person).where(person.c.id == bindparam("at_id")), self.refreshed)
        session.change_many(insert(span), self.spans)
        session.change_many(insert(household_member), self.members)


def _delete_of(table: Table) -> Any:
    return delete(table).where(table.c.person_id == bindparam("at_id"))


def _columns(values: Values) -> dict[str, Any]:
    return {
        "name_folded": folded(values.get("ho_ten", "")),
        "social_number": values.get("ma_so_bhxh", ""),
        "citizen_id": values.get("cccd", ""),
        "birth": values.get("ngay_sinh", ""),
        "cells": values,
    }
