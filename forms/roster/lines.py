"""A person as one flat line of texts, and back: what a store keeps of everybody.

A line names its values by columns, and leaves empty ones out::

    ho_ten             a value of the person
    luong/tien_luong   a value of the newest span of a track
    luong@             since when that span holds (ISO 8601)
    luong<             the spans before it, as JSON ``[[since, {…}], …]``; mostly there are none
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from forms.roster.fields import fields
from forms.roster.model import Employee, Span, Track, Values

Line = Mapping[str, str]
"""column → text"""
Tracks = dict[Track, tuple[Span, ...]]


@cache
def value_column(track: Track | None, key: str) -> str:
    return key if track is None else f"{track.value}/{key}"


@cache
def since_column(track: Track) -> str:
    return f"{track.value}@"


@cache
def older_column(track: Track) -> str:
    return f"{track.value}<"


@cache
def home_column(key: str) -> str:
    """Where the newest value of a field of the roster stands. Raises KeyError."""
    return value_column(fields()[key].track, key)


def to_line(employee: Employee) -> dict[str, str]:
    """Everything but the household."""
    line = _filled(employee.values)
    for track, spans in employee.tracks.items():
        line.update(_track_line(track, spans))
    return line


def _filled(values: Values) -> dict[str, str]:
    if "" in values.values():
        return {key: text for key, text in values.items() if text}
    return dict(values)


def _track_line(track: Track, spans: Sequence[Span]) -> dict[str, str]:
    newest, names = spans[-1], _names_of(track)
    line = {names[key]: text for key, text in newest.values.items()}
    line[since_column(track)] = newest.since.isoformat()
    if len(spans) > 1:
        line[older_column(track)] = _older_text(spans[:-1])
    return line


def changed_columns(before: Employee, after: Employee) -> dict[str, str]:
    """What must be written over the line of ``before``; empty: taken away."""
    changed: dict[str, str] = {}
    if before.values is not after.values:
        _add_difference(changed, before.values, after.values)
    if before.tracks != after.tracks:
        for track in dict.fromkeys((*before.tracks, *after.tracks)):
            old, new = before.tracks.get(track, ()), after.tracks.get(track, ())
            if old != new:
                lines = (_track_line(track, side) if side else {} for side in (old, new))
                _add_difference(changed, *lines)
    return changed


def _add_difference(changed: dict[str, str], old: Line, new: Line) -> None:
    changed.update(dict.fromkeys(old.keys() - new.keys(), ""))
    changed.update(new.items() - old.items())


class _Names(dict[str, str]):
    """key → column of a track."""

    def __init__(self, track: Track) -> None:
        super().__init__()
        self._head = value_column(track, "")

    def __missing__(self, key: str) -> str:
        found = self[key] = self._head + key
        return found


@cache
def _names_of(track: Track) -> Mapping[str, str]:
    return _Names(track)


def _older_text(spans: Sequence[Span]) -> str:
    told = [(span.since.isoformat(), dict(span.values)) for span in spans]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def day_of(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=4096)
def older_spans(text: str) -> tuple[Span, ...]:
    """Of an older column; nobody changes what is handed out."""
    return tuple(Span(day_of(since), values) for since, values in json.loads(text))


@dataclass(frozen=True, slots=True)
class _TrackPlaces:
    track: Track
    since: int
    older: int | None
    values: tuple[tuple[str, int], ...]


class LineReader:
    """Reads lines whose texts stand in the order of ``columns``, empty where there is none."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.places = {column: at for at, column in enumerate(self.columns)}
        self._own = tuple((c, at) for c, at in self.places.items() if _is_own(c))
        self._tracks = tuple(
            self._track(track) for track in Track if since_column(track) in self.places
        )
        self._keys = dict(self._own)
        for one in self._tracks:
            self._keys.update(one.values)
        self._flat = tuple(self._keys.items())

    def _track(self, track: Track) -> _TrackPlaces:
        head = value_column(track, "")
        values = ((c.removeprefix(head), at) for c, at in self.places.items() if c.startswith(head))
        since, older = self.places[since_column(track)], self.places.get(older_column(track))
        return _TrackPlaces(track, since, older, tuple(values))

    def values(self, cells: Sequence[str]) -> Values:
        return {key: text for key, at in self._own if (text := cells[at])}

    def tracks(self, cells: Sequence[str]) -> Tracks:
        found: Tracks = {}
        for one in self._tracks:
            if since := cells[one.since]:
                newest = {key: text for key, at in one.values if (text := cells[at])}
                older = "" if one.older is None else cells[one.older]
                before = older_spans(older) if older else ()
                found[one.track] = (*before, Span(day_of(since), newest))
        return found

    def flat(self, cells: Sequence[str]) -> dict[str, str]:
        """The newest values."""
        return {key: text for key, at in self._flat if (text := cells[at])}

    def begun(self, cells: Sequence[str], day: str) -> bool:
        """Whether every newest span holds on that day (ISO 8601): then the newest is in force."""
        return all(cells[one.since] <= day for one in self._tracks)


@cache
def _is_own(column: str) -> bool:
    return not column.startswith(_TRACKED)


_TRACKED = tuple(f"{track.value}{sign}" for track in Track for sign in "/@<")


@lru_cache(maxsize=256)
def reader_of(columns: tuple[str, ...]) -> LineReader:
    return LineReader(columns)


@cache
def _places() -> Mapping[str, int]:
    return {home_column(key): at for at, key in enumerate(fields())}


def in_usual_order(columns: Sequence[str]) -> list[str]:
    """Those of the person first, as in the file of fields; then the tracks, one by one."""
    return sorted(columns, key=lambda one: (not _is_own(one), _places().get(one, 999), one))
