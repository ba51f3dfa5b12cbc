"""Texts with marks (see ``layout``) → what is to be set: words, dots and tick boxes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from forms.paper.faces import Face
from forms.paper.fonts import face_for, printable, width_of
from forms.words import money_in_words

_MARKS = re.compile(r"(\*\*|__|\{[^{}]*\})")
_PLACE = re.compile(r"(?:(box|words|upper|else|gap) ?)?([a-z0-9_]*)(?:=([^|]*))?(?:\|(\d+))?\Z")

_SPACE = width_of(" ", Face.REGULAR, 1.0)
_DOT = width_of(".", Face.REGULAR, 1.0)
_WIDEST_GAP = 24


@dataclass(frozen=True, slots=True)
class Said:
    """Text of one face; its spaces may become line ends."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Dots:
    """A dotted line to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Room left free, as wide as so many dots."""

    count: float


@dataclass(frozen=True, slots=True)
class Tick:
    ticked: bool


Piece = Said | Dots | Gap | Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in a text's places."""

    shown: Mapping[str, str]
    """key → as a person reads it"""
    raw: Mapping[str, str]
    """key → as declared: codes, flags, plain đồng"""

    def values(self, keys: Iterable[str]) -> tuple[str, ...]:
        """All that stands in these places, in the order of the keys."""
        return tuple(told.get(key, "") for key in keys for told in (self.shown, self.raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place for a value: what stands between braces."""

    verb: str
    key: str
    wanted: str | None
    """for a tick box: the value that ticks it; None: any"""
    dots: int


def pieces(text: str, filling: Filling) -> Iterator[Piece]:
    """Spaces at the ends of a piece are kept: they part it from its neighbours."""
    face = Face.REGULAR
    boxes = _boxes(text)
    for part in _MARKS.split(text):
        if part in ("**", "__"):
            marked = Face.BOLD if part == "**" else Face.ITALIC
            face = Face.REGULAR if face is marked else marked
        elif part.startswith("{"):
            yield from _filled(place(part[1:-1]), filling, face, boxes)
        elif part:
            yield Said(part, face)


@cache
def keys_in(text: str) -> frozenset[str]:
    """Keys of all values that a text wants. Raises ValueError for a place that is none."""
    found = (place(part[1:-1]).key for part in _MARKS.split(text) if part.startswith("{"))
    return frozenset(key for key in found if key)


def place(text: str) -> Place:
    """What a place asks for. Raises ValueError."""
    found = _PLACE.match(text)
    if found is None:
        raise ValueError(f"no such place: {{{text}}}")
    verb, key, wanted, dots = found.groups()
    return Place(verb=verb or "", key=key, wanted=wanted, dots=int(dots or 0))


def _boxes(text: str) -> frozenset[tuple[str, str | None]]:
    """Keys of a text's tick boxes with the values that tick them."""
    places = (place(part[1:-1]) for part in _MARKS.split(text) if part.startswith("{"))
    return frozenset((found.key, found.wanted) for found in places if found.verb == "box")


def _filled(
    wanted: Place, filling: Filling, face: Face, boxes: frozenset[tuple[str, str | None]]
) -> Iterator[Piece]:
    raw = filling.raw.get(wanted.key, "")
    if wanted.verb == "gap":
        yield Gap(wanted.dots)
    elif wanted.verb == "box":
        yield Tick(bool(raw) if wanted.wanted is None else raw == wanted.wanted)
    elif wanted.verb != "else" or (wanted.key, raw) not in boxes:
        value = printable(_worded(wanted, raw, filling.shown.get(wanted.key, "")))
        yield from _written(value, face, wanted.dots)


def _worded(wanted: Place, raw: str, shown: str) -> str:
    if wanted.verb == "words":
        return money_in_words(int(raw)) if raw.isdecimal() else raw
    return shown.upper() if wanted.verb == "upper" else shown


def _written(value: str, face: Face, dots: int) -> Iterator[Piece]:
    """The value, and what its dotted place has left, so that the next label stands apart."""
    if not value and dots:
        yield Dots(dots)
        return
    yield Said(value, face)
    used = sum(width_of(word, face_for(word, face), 1.0) for word in value.split(" "))
    left = dots - (used + value.count(" ") * _SPACE) / _DOT
    if left > 0:
        yield Gap(min(left, _WIDEST_GAP))
