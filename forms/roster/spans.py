"""One track of a person over time: pure operations on its spans.

A track is normal when its spans ascend, no two stand on one day, neighbours differ, and it begins
with a span that says something. Every operation yields a normal track.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from forms.roster.model import Span, Values

Spans = tuple[Span, ...]


def normal(spans: Iterable[Span]) -> Spans:
    """Equal neighbours become one; nothing said before anything was said is left out."""
    kept: list[Span] = []
    said: Values = {}
    for span in spans:
        if span.values != said:
            kept.append(span)
            said = span.values
    return tuple(kept)


def in_force(spans: Spans, day: date) -> Values:
    """The values on that day; empty before the first span."""
    at = bisect_right(spans, day, key=_since)
    return spans[at - 1].values if at else {}


def put(spans: Spans, day: date, changes: Mapping[str, str]) -> Spans:
    """Each value holds from ``day`` until the day on which that field changes anyway.

    An empty text takes the value away.
    """
    if not spans:
        said = changes if all(changes.values()) else changed({}, changes)
        return (Span(day, said),) if said else ()
    at = bisect_right(spans, day, key=_since)
    before = spans[at - 1].values if at else {}
    changes = {key: text for key, text in changes.items() if before.get(key, "") != text}
    if not changes:
        return spans
    kept = spans[: at - 1] if at and spans[at - 1].since == day else spans[:at]
    begun = Span(day, changed(before, changes))
    return normal((*kept, begun, *_carried(spans[at:], before, changes)))


def _carried(later: Spans, before: Values, changes: Mapping[str, str]) -> Iterable[Span]:
    """The spans after it, as far as they only went on with what was changed."""
    for span in later:
        changes = {
            key: text
            for key, text in changes.items()
            if span.values.get(key, "") == before.get(key, "")
        }
        yield Span(span.since, changed(span.values, changes)) if changes else span


def correct_newest(spans: Spans, changes: Mapping[str, str], *, otherwise: date) -> Spans:
    """The newest span was wrong. Where there is none, one begins on ``otherwise``."""
    if not spans:
        return put(spans, otherwise, changes)
    newest = spans[-1]
    return normal((*spans[:-1], Span(newest.since, changed(newest.values, changes))))


def remove(spans: Spans, since: date) -> Spans:
    """Without the span of that day: what was in force before goes on."""
    return normal(span for span in spans if span.since != since)


def changed(values: Values, changes: Mapping[str, str]) -> Values:
    """Filled values alone."""
    return {key: text for key, text in {**values, **changes}.items() if text}


def _since(span: Span) -> date:
    return span.since
