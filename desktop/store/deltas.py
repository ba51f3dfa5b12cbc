"""A delta as JSON: short keys, for there is one for each person of each step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.store.column_types import Texts, encoded
from forms.roster.deltas import Delta, between
from forms.roster.model import Employee, Span, Track, Values

_VALUES, _TRACKS, _HOUSEHOLD, _CAME, _WENT = "v", "s", "h", "came", "went"


MARK = '{"new":1}'
"""in place of the delta of one who came: what is known of them now, less what was done since"""


def is_mark(found: Mapping[str, Any]) -> bool:
    return "new" in found


def written_text(before: Employee | None, after: Employee | None, texts: Texts) -> str:
    """What changed, as JSON. Of one who comes or goes there is only the one side to tell."""
    if before is None or after is None:
        one = before or after
        return _one_side(one, texts, came=before is None) if one is not None else "{}"
    delta = between(before, after)
    return encoded(written(delta)) if delta else "{}"


def _one_side(one: Employee, texts: Texts, *, came: bool) -> str:
    """Put together of texts that were made for the tables already."""
    tracks = ",".join(
        f'"{track.value}":[{",".join(_span_text(span, texts) for span in spans)}]'
        for track, spans in one.tracks.items()
    )
    household = f',"{_HOUSEHOLD}":{encoded(list(one.household))}' if one.household else ""
    side = _CAME if came else _WENT
    return f'{{"{side}":{texts.of(one.values)},"{_TRACKS}":{{{tracks}}}{household}}}'


def _span_text(span: Span, texts: Texts) -> str:
    return f'["{span.since.isoformat()}",{texts.of(span.values)}]'


def written(delta: Delta) -> dict[str, Any]:
    found: dict[str, Any] = {}
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


def _read_side(found: Mapping[str, Any]) -> Delta:
    came = _CAME in found
    one = Employee(
        id=None,
        unit_code="",
        values=found[_CAME if came else _WENT],
        tracks={Track(track): _read_spans(spans) for track, spans in found[_TRACKS].items()},
        household=tuple(found.get(_HOUSEHOLD, ())),
    )
    delta = between(None, one) if came else between(one, None)
    return delta or Delta()


def read(found: Mapping[str, Any], after: Employee | None) -> Delta:
    """``after``: the person as the step left them; a mark says no more than that."""
    if is_mark(found):
        return between(None, after) or Delta()
    if _CAME in found or _WENT in found:
        return _read_side(found)
    household = found.get(_HOUSEHOLD)
    return Delta(
        values={key: (old, new) for key, (old, new) in found.get(_VALUES, {}).items()},
        tracks={
            Track(track): (_read_spans(old), _read_spans(new))
            for track, (old, new) in found.get(_TRACKS, {}).items()
        },
        household=None if household is None else (tuple(household[0]), tuple(household[1])),
    )


def _read_spans(spans: Sequence[Sequence[Any]]) -> tuple[Span, ...]:
    return tuple(Span(date.fromisoformat(since), values) for since, values in spans)
