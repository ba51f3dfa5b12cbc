"""Pure operations on a person: set, set since a day, put right, take away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from forms.model import Period
from forms.roster import spans
from forms.roster.fields import fields, keys_of
from forms.roster.model import Employee, Span, Track, Values
from resources.faults import UsageFault


def with_values(employee: Employee, values: Mapping[str, str]) -> Employee:
    """Fields of the person; an empty text takes the value away."""
    return replace(employee, values=spans.changed(employee.values, values))


def since(employee: Employee, track: Track, day: date, values: Mapping[str, str]) -> Employee:
    """Fields of a track from ``day`` on, each until it changes anyway."""
    return with_track(employee, track, spans.put(employee.tracks.get(track, ()), day, values))


def corrected(
    employee: Employee, track: Track, values: Mapping[str, str], *, otherwise: date
) -> Employee:
    """The newest span of a track put right; where there is none, one begins on ``otherwise``."""
    known = employee.tracks.get(track, ())
    return with_track(employee, track, spans.correct_newest(known, values, otherwise=otherwise))


def without_span(employee: Employee, track: Track, day: date) -> Employee:
    """As if what began on ``day`` had never been."""
    return with_track(employee, track, spans.remove(employee.tracks.get(track, ()), day))


def with_track(employee: Employee, track: Track, new: Sequence[Span]) -> Employee:
    if new == employee.tracks.get(track, ()):
        return employee
    tracks = {key: value for key, value in employee.tracks.items() if key is not track}
    return replace(employee, tracks={**tracks, track: tuple(new)} if new else tracks)


def with_household(employee: Employee, members: Sequence[Values]) -> Employee:
    """Empty values and members of whom nothing is said are left out."""
    filled = (spans.changed(member, {}) for member in members)
    return replace(employee, household=tuple(member for member in filled if member))


def with_field(
    employee: Employee, key: str, text: str, *, day: date | None, otherwise: date
) -> Employee:
    """One field, wherever it stands; ``day`` None puts the newest span right.

    Raises UsageFault ``roster.field_unknown``.
    """
    field = fields().get(key)
    if field is None:
        raise UsageFault("roster.field_unknown", field=key)
    if field.track is None:
        return with_values(employee, {key: text})
    if day is None:
        return corrected(employee, field.track, {key: text}, otherwise=otherwise)
    return since(employee, field.track, day, {key: text})


def new_employee(unit_code: str, flat: Values, day: date) -> Employee:
    """A person of flat values, those of the tracks since ``day``.

    Raises UsageFault ``roster.field_unknown``.
    """
    for key in flat:
        if key not in fields():
            raise UsageFault("roster.field_unknown", field=key)
    made = with_values(Employee(id=None, unit_code=unit_code, values={}), of_track(flat, None))
    for track in Track:
        made = since(made, track, day, of_track(flat, track))
    return made


def of_track(flat: Values, track: Track | None) -> Values:
    keys = keys_of(track)
    return {key: text for key, text in flat.items() if key in keys and text}


def flatten(employee: Employee, period: Period) -> dict[str, str]:
    """Everything in force at the end of the month."""
    return employee.in_month(period)


def there(employee: Employee, period: Period) -> bool:
    """Whether the person is at the unit at the end of the month, on leave or not."""
    return is_there(employee.tracks, period.last_day)


def is_there(tracks: Mapping[Track, Sequence[Span]], day: date) -> bool:
    """Nothing says that they left, and something (unless nothing is known) that they came."""
    stay = spans.in_force(tuple(tracks.get(Track.THAM_GIA, ())), day).get("dang_tham_gia")
    if stay is not None:
        return stay != ABSENT
    begun = [known[0].since <= day for known in tracks.values() if known]
    return any(begun) or not begun


ABSENT, ACTIVE = "absent", "active"
"""values of ``dang_tham_gia``, beside ``leave:<phương án>``"""
