"""A delta as JSON: short keys, for there is one for each person of each step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from forms.roster.deltas import Delta
from forms.roster.model import Span, Track, Values

_THERE, _VALUES, _TRACKS, _HOUSEHOLD = "t", "v", "s", "h"


def written(delta: Delta) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if delta.there != (True, True):
        found[_THERE] = [int(side) for side in delta.there]
    if delta.values:
        found[_VALUES] = delta.values
    if delta.tracks:
        found[_TRACKS] = {
            track.value: [_written_spans(side) for side in sides]
            for track, sides in delta.tracks.items()
        }
    if delta.household is not None:
        found[_HOUSEHOLD] = delta.household
    return found


def _written_spans(spans: Sequence[Span]) -> list[tuple[str, Values]]:
    return [(span.since.isoformat(), span.values) for span in spans]


def read(found: Mapping[str, Any]) -> Delta:
    before, after = found.get(_THERE, (1, 1))
    household = found.get(_HOUSEHOLD)
    return Delta(
        there=(bool(before), bool(after)),
        values={key: (old, new) for key, (old, new) in found.get(_VALUES, {}).items()},
        tracks={
            Track(track): (_read_spans(old), _read_spans(new))
            for track, (old, new) in found.get(_TRACKS, {}).items()
        },
        household=None if household is None else (tuple(household[0]), tuple(household[1])),
    )


def _read_spans(spans: Sequence[Sequence[Any]]) -> tuple[Span, ...]:
    return tuple(Span(date.fromisoformat(since), values) for since, values in spans)
