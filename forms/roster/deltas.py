"""What a step did to one person: enough to take it back, to do it again, and to tell it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from forms.roster.model import Employee, Track, Values
from forms.roster.spans import Spans, in_force

THERE = "nguoi"
"""key of the change that a person came or went"""
HOUSEHOLD = "ho_gia_dinh"

Household = tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """Pairs of before and after. ``there``: whether the person was in the roster."""

    there: tuple[bool, bool] = (True, True)
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tracks: Mapping[Track, tuple[Spans, Spans]] = field(default_factory=dict)
    household: tuple[Household, Household] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One value that changed; ``since``: from when it holds, for fields of a track."""

    key: str
    before: str
    after: str
    since: date | None = None


def between(before: Employee | None, after: Employee | None) -> Delta | None:
    """None where nothing differs. One of the two is somebody."""
    old, new = before or _nobody(after), after or _nobody(before)
    if before == after:
        return None
    return Delta(
        there=(before is not None, after is not None),
        values=_values(old.values, new.values),
        tracks=_tracks(old, new) if old.tracks != new.tracks else {},
        household=None if old.household == new.household else (old.household, new.household),
    )


def _nobody(like: Employee | None) -> Employee:
    if like is None:
        raise ValueError("a difference between nobody and nobody")
    return Employee(id=like.id, unit_code=like.unit_code, values={})


def _tracks(old: Employee, new: Employee) -> dict[Track, tuple[Spans, Spans]]:
    sides = ((track, old.tracks.get(track, ()), new.tracks.get(track, ())) for track in Track)
    return {track: (before, after) for track, before, after in sides if before != after}


def _values(old: Values, new: Values) -> dict[str, tuple[str, str]]:
    if not old:
        return {key: ("", text) for key, text in new.items()}
    different = {key for key, _ in old.items() ^ new.items()}
    return {
        key: (old.get(key, ""), new.get(key, ""))
        for key in (*old, *(key for key in new if key not in old))
        if key in different and old.get(key, "") != new.get(key, "")
    }


def reverted(delta: Delta, after: Employee) -> Employee | None:
    """The person before the step; None: there was nobody."""
    return _moved(delta, after, to=0)


def applied(delta: Delta, before: Employee) -> Employee | None:
    """The person after the step; None: nobody is left."""
    return _moved(delta, before, to=1)


def _moved(delta: Delta, employee: Employee, *, to: int) -> Employee | None:
    if not delta.there[to]:
        return None
    values = dict(employee.values)
    for key, pair in delta.values.items():
        values.pop(key, None)
        if pair[to]:
            values[key] = pair[to]
    tracks = dict(employee.tracks)
    for track, sides in delta.tracks.items():
        tracks.pop(track, None)
        if sides[to]:
            tracks[track] = sides[to]
    household = employee.household if delta.household is None else delta.household[to]
    return replace(employee, values=values, tracks=tracks, household=household)


def told(delta: Delta) -> Iterator[FieldChange]:
    """Every value that changed, in the order of the fields."""
    if delta.there != (True, True):
        yield FieldChange(key=THERE, before=_flag(delta.there[0]), after=_flag(delta.there[1]))
    for key, (before, after) in delta.values.items():
        yield FieldChange(key=key, before=before, after=after)
    for old, new in delta.tracks.values():
        yield from _told_of_track(old, new)
    if delta.household is not None:
        before, after = (str(len(side)) for side in delta.household)
        yield FieldChange(key=HOUSEHOLD, before=before, after=after)


def _told_of_track(old: Spans, new: Spans) -> Iterator[FieldChange]:
    """Only the days on which a difference begins: it goes on by itself."""
    going_on: dict[str, tuple[str, str]] = {}
    for day in sorted({span.since for span in (*old, *new)}):
        before, after = in_force(old, day), in_force(new, day)
        now = _values(before, after)
        for key, pair in now.items():
            if going_on.get(key) != pair:
                yield FieldChange(key=key, before=pair[0], after=pair[1], since=day)
        going_on = now


def _flag(is_so: bool) -> str:
    return "1" if is_so else "0"
