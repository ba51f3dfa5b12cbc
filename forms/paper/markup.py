"""Texts with marks (see ``layout``) → what is to be set: words, dots and tick boxes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.paper.fonts import Face, printable
from forms.words import money_in_words

_MARKS = re.compile(r"(\*\*|__|\{[^{}]*\})")
_TICK = "box "
_WORDS = "words "


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
class Tick:
    ticked: bool


Piece = Said | Dots | Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in a text's places."""

    shown: Mapping[str, str]
    """key → as a person reads it"""
    raw: Mapping[str, str]
    """key → as declared: codes, flags, plain đồng"""


def pieces(text: str, filling: Filling) -> Iterator[Piece]:
    """Spaces at the ends of a piece are kept: they part it from its neighbours."""
    face = Face.REGULAR
    for part in _MARKS.split(text):
        if part in ("**", "__"):
            marked = Face.BOLD if part == "**" else Face.ITALIC
            face = Face.REGULAR if face is marked else marked
        elif part.startswith("{"):
            yield _filled(part[1:-1], filling, face)
        elif part:
            yield Said(part, face)


def keys_in(text: str) -> frozenset[str]:
    """Keys of all values that a text wants."""
    places = (part[1:-1] for part in _MARKS.split(text) if part.startswith("{"))
    return frozenset(key for key in map(_key, places) if key)


def _key(place: str) -> str:
    return place.removeprefix(_TICK).removeprefix(_WORDS).partition("|")[0].partition("=")[0]


def _filled(place: str, filling: Filling, face: Face) -> Piece:
    if place.startswith(_TICK):
        key, _, value = place.removeprefix(_TICK).partition("=")
        return Tick(filling.raw.get(key, "") == value)
    if place.startswith(_WORDS):
        amount = filling.raw.get(_key(place), "")
        return Said(money_in_words(int(amount)) if amount.isdecimal() else amount, face)
    key, _, dots = place.partition("|")
    value = printable(filling.shown.get(key, ""))
    return Said(value, face) if value or not dots else Dots(int(dots))
