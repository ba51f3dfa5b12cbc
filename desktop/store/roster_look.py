"""Looking at the roster: whom a query shows, in which order, and everybody of a month.

The database finds the unit's people and takes the asked fields out of their JSON; tests and order
are ``desktop.store.roster_order``'s, the same on every database.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce

from desktop.services.roster_api import RosterQuery, RosterRow
from desktop.services.roster_ports import Snapped
from desktop.store.employees import TRACKS, chunks, parsed
from desktop.store.employees import day as day_of
from desktop.store.folding import folded, like_pattern
from desktop.store.json_text import JsonText
from desktop.store.roster_order import NAME, in_order, passing
from desktop.store.session import Session
from desktop.store.tables import household_member, person, span
from forms.model import Period
from forms.roster.changes import is_there
from forms.roster.fields import fields
from forms.roster.model import Span, Track, Values
from resources.faults import UsageFault

SEARCHED = (person.c.name_folded, person.c.social_number, person.c.citizen_id)
_PLAIN = {
    "ma_so_bhxh": person.c.social_number,
    "cccd": person.c.citizen_id,
    "ngay_sinh": person.c.birth,
}
"""fields with a column of their own"""
_FOREVER = "9999-12-31"


def matching(unit_code: str, words: str) -> ColumnElement[bool]:
    """Every word stands somewhere in the name or a number."""
    patterns = [like_pattern(word) for word in folded(words).split()]
    return and_(
        person.c.unit_code == unit_code,
        *(or_(*(column.like(pattern, escape="\\") for column in SEARCHED)) for pattern in patterns),
    )


def value_of(key: str, until: str) -> ColumnElement[Any]:
    """The field's text in force on a day; NULL where there is none.

    The name comes folded: it is compared and sorted so.
    """
    field = fields().get(key)
    if field is None:
        raise UsageFault("roster.field_unknown", field=key)
    if key == NAME:
        return person.c.name_folded
    if key in _PLAIN:
        return _PLAIN[key]
    if field.track is None:
        return JsonText(person.c.cells, key)
    return (
        select(JsonText(span.c.cells, key))
        .where(
            span.c.person_id == person.c.id,
            span.c.track == field.track.value,
            span.c.since <= until,
        )
        .order_by(span.c.since.desc())
        .limit(1)
        .correlate(person)
        .scalar_subquery()
    )


@dataclass(frozen=True, slots=True)
class Look:
    session: Session

    def count(self, query: RosterQuery) -> int:
        if query.filters:
            return len(self.ids(query))
        where = matching(query.unit_code, query.words)
        return int(self.session.value(select(func.count()).select_from(person).where(where)))

    def ids(self, query: RosterQuery) -> list[int]:
        """Raises UsageFault ``roster.field_unknown``."""
        keys = [*(one.key for one in query.filters), *(key for key, _ in query.sort)]
        until = query.month.last_day.isoformat() if query.month else _FOREVER
        wanted = select(person.c.id, *(value_of(key, until) for key in keys))
        found = self.session.tuples(
            wanted.where(matching(query.unit_code, query.words)).order_by(person.c.id)
        )
        kept = passing(found, query.filters)
        return in_order(kept, query.sort, first=1 + len(query.filters))

    def rows(self, unit_code: str, ids: Sequence[int], month: Period | None) -> list[RosterRow]:
        until = month.last_day.isoformat() if month else _FOREVER
        found: dict[int, dict[str, str]] = {}
        for some in chunks(ids):
            where = and_(person.c.unit_code == unit_code, person.c.id.in_(some))
            found.update((one, flat) for one, flat, _ in self._flat(where, until))
        return [RosterRow(id=one, values=found[one]) for one in ids if one in found]

    def snapshot(self, unit_code: str, period: Period) -> Iterator[Snapped]:
        day = period.last_day
        everybody = person.c.unit_code == unit_code
        households = self._households(unit_code)
        for one, flat, tracks in self._flat(everybody, _FOREVER, day):
            if is_there(tracks, day):
                yield one, flat, households.get(one, ())

    def values_of(self, unit_code: str, keys: Sequence[str]) -> Iterator[tuple[int, Values]]:
        wanted = select(person.c.id, *(value_of(key, _FOREVER) for key in keys))
        for one, *texts in self.session.tuples(
            wanted.where(person.c.unit_code == unit_code).order_by(person.c.id)
        ):
            yield one, {key: text for key, text in zip(keys, texts, strict=True) if text}

    def _flat(
        self, where: ColumnElement[bool], until: str, day: date | None = None
    ) -> Iterator[tuple[int, dict[str, str], dict[Track, tuple[Span, ...]]]]:
        """(id, values in force on ``day``, spans) of people by id."""
        cells = type_coerce(person.c.cells, Text)
        people = self.session.tuples(select(person.c.id, cells).where(where).order_by(person.c.id))
        spans = _by_person(self.session.tuples(_spans(where, until)))
        last = day.isoformat() if day else _FOREVER
        for one, text in people:
            flat: dict[str, str] = json.loads(text)
            tracks: dict[Track, tuple[Span, ...]] = {}
            for _, name, since, said in spans.get(one, ()):
                track = TRACKS[name]
                tracks[track] = (*tracks.get(track, ()), Span(day_of(since), parsed(said)))
            for known in tracks.values():
                in_force = [each for each in known if each.since.isoformat() <= last]
                if in_force:
                    flat.update(in_force[-1].values)
            yield one, flat, tracks

    def _households(self, unit_code: str) -> dict[int, tuple[Values, ...]]:
        found = self.session.tuples(
            select(household_member.c.person_id, household_member.c.cells)
            .join(person, person.c.id == household_member.c.person_id)
            .where(person.c.unit_code == unit_code)
            .order_by(household_member.c.person_id, household_member.c.position)
        )
        groups = groupby(found, key=itemgetter(0))
        return {one: tuple(cells for _, cells in members) for one, members in groups}


def _spans(where: ColumnElement[bool], until: str) -> Select[Any]:
    return (
        select(span.c.person_id, span.c.track, span.c.since, type_coerce(span.c.cells, Text))
        .join(person, person.c.id == span.c.person_id)
        .where(where, span.c.since <= until)
        .order_by(span.c.person_id, span.c.track, span.c.since)
    )


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
