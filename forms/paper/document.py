"""Pages as they will be drawn: placed words, lines and boxes. Knows no form and no PDF.

All lengths are points (1/72 inch) from the top left corner of the page.
"""

from dataclasses import dataclass
from typing import NamedTuple

from forms.paper.faces import Face


class Text(NamedTuple):
    x: float
    baseline: float
    text: str
    face: Face
    size: float


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Box(NamedTuple):
    """The frame of a tick box."""

    x: float
    y: float
    side: float


Mark = Text | Stroke | Box


@dataclass(frozen=True, slots=True)
class Page:
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDocument:
    """One printed form."""

    title: str
    width: float
    height: float
    pages: tuple[Page, ...]
