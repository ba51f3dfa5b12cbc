"""Sets text into lines of a given width: words wrap, what has no space is broken, dots stretch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from forms.paper.document import Box, Mark, Text
from forms.paper.faces import Face
from forms.paper.fonts import face_for, width_of
from forms.paper.layout import Align
from forms.paper.markup import Dots, Gap, Piece, Said, Tick

LEADING = 1.17
"""distance of base lines, in sizes"""
_RISE = 0.84
"""from the top of a line to its base line, in sizes"""
_TICK = 0.78
"""side of a tick box, in sizes"""
_TICKED = "x"


class _Item(NamedTuple):
    text: str
    face: Face
    width: float
    kind: type[Piece]


_Atom = list[_Item]
"""items without a space between them"""


@dataclass(slots=True)
class Line:
    """What stands on one line, left to right."""

    atoms: list[_Atom] = field(default_factory=list)
    width: float = 0


def lines_of(
    pieces: Iterable[Piece], *, size: float, width: float, indent: float = 0
) -> list[Line]:
    """At least one line, be it empty."""
    space = width_of(" ", Face.REGULAR, size)
    lines = [Line()]
    room = width - indent
    for atom in _atoms(pieces, size):
        left = room - lines[-1].width - (space if lines[-1].atoms else 0)
        for part in _broken(atom, size, width, left):
            wide = sum(item.width for item in part)
            line = lines[-1]
            gap = space if line.atoms else 0
            if line.atoms and line.width + gap + wide > room + 0.01:
                lines.append(line := Line())
                room, gap = width, 0
            line.atoms.append(part)
            line.width += gap + wide
    return lines


def set_lines(
    lines: list[Line], *, x: float, y: float, width: float, size: float, align: Align, indent: float
) -> Iterator[Mark]:
    """The marks of lines set from ``y`` (their top) downwards."""
    for number, line in enumerate(lines):
        pushed = 0 if number else indent
        room = width - pushed
        if align is Align.LEFT:
            _stretch(line, room, size)
        shift = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}[align]
        start = x + pushed + max(0.0, room - line.width) * shift
        yield from _marks(line, start, y + number * size * LEADING + size * _RISE, size)


def wrapped(text: str, *, face: Face, size: float, width: float) -> list[str]:
    """Plain text in lines, for the cells of tables. ``text`` is ``printable``."""
    if width_of(text, face, size) <= width:
        return [text]
    lines: list[str] = []
    room, space = 0.0, width_of(" ", face, size)
    for word in _short_words(text, face, size, width):
        wide = width_of(word, face, size)
        if lines and wide <= room:
            lines[-1] += f" {word}"
            room -= wide + space
        else:
            lines.append(word)
            room = width - wide - space
    return lines


def _short_words(text: str, face: Face, size: float, width: float) -> Iterator[str]:
    for word in text.split(" "):
        if width_of(word, face, size) <= width:
            yield word
        else:
            yield from _chunks(word, face, size, width)


def _chunks(word: str, face: Face, size: float, width: float) -> Iterator[str]:
    begin, used = 0, 0.0
    for place, letter in enumerate(word):
        wide = width_of(letter, face, size)
        if place > begin and used + wide > width:
            yield word[begin:place]
            begin, used = place, 0.0
        used += wide
    yield word[begin:]


def _atoms(pieces: Iterable[Piece], size: float) -> Iterator[_Atom]:
    open_atom: _Atom = []
    for piece in pieces:
        if not isinstance(piece, Said):
            open_atom.append(_mark_item(piece, size))
            continue
        for place, word in enumerate(piece.text.split(" ")):
            if place and open_atom:
                yield open_atom
                open_atom = []
            if word:
                face = face_for(word, piece.face)
                open_atom.append(_Item(word, face, width_of(word, face, size), Said))
    if open_atom:
        yield open_atom


def _mark_item(piece: Dots | Gap | Tick, size: float) -> _Item:
    if isinstance(piece, Gap):
        return _Item("", Face.REGULAR, piece.count * width_of(".", Face.REGULAR, size), Gap)
    if isinstance(piece, Tick):
        return _Item(_TICKED if piece.ticked else "", Face.REGULAR, size * _TICK, Tick)
    dots = "." * piece.count
    return _Item(dots, Face.REGULAR, width_of(dots, Face.REGULAR, size), Dots)


def _broken(atom: _Atom, size: float, width: float, left: float) -> Iterator[_Atom]:
    """The atom in parts none of which is wider than a line; dots begin on the line that is open,
    which has ``left`` free."""
    if sum(item.width for item in atom) <= (left if atom[-1].kind is Dots else width):
        yield atom
        return
    if len(atom) == 1 and atom[0].kind is Dots:
        yield from _dots(atom[0], size, width, left)
        return
    for item in atom:
        if item.width <= width:
            yield [item]
            continue
        for chunk in _chunks(item.text, item.face, size, width):
            yield [_Item(chunk, item.face, width_of(chunk, item.face, size), item.kind)]


def _dots(item: _Item, size: float, width: float, left: float) -> Iterator[_Atom]:
    dot = width_of(".", Face.REGULAR, size)
    remaining = len(item.text)
    while remaining > 0:
        count = min(remaining, max(1, int(left / dot)))
        yield [_Item("." * count, item.face, count * dot, Dots)]
        remaining, left = remaining - count, width


def _stretch(line: Line, room: float, size: float) -> None:
    """Dotted places take what is left of the line."""
    places = [
        (atom, place) for atom in line.atoms for place, item in enumerate(atom) if item.kind is Dots
    ]
    dot = width_of(".", Face.REGULAR, size)
    more = int((room - line.width) / dot / len(places)) if places else 0
    for atom, place in places:
        atom[place] = _wider(atom[place], max(0, more), dot)
    line.width += max(0, more) * len(places) * dot


def _wider(item: _Item, dots: int, dot: float) -> _Item:
    return _Item(item.text + "." * dots, item.face, item.width + dots * dot, item.kind)


def _marks(line: Line, x: float, baseline: float, size: float) -> Iterator[Mark]:
    space = width_of(" ", Face.REGULAR, size)
    run: Text | None = None
    for place, atom in enumerate(line.atoms):
        for first, item in enumerate(atom):
            glue = " " if place and not first else ""
            x += space if glue else 0
            joins = run is not None and run.face is item.face is not Face.OTHER
            if item.kind in (Tick, Gap):
                if run:
                    yield run
                run = None
                yield from _tick(item, x, baseline, size) if item.kind is Tick else ()
            elif run is not None and joins:
                run = run._replace(text=run.text + glue + item.text)
            else:
                if run:
                    yield run
                run = Text(x, baseline, item.text, item.face, size)
            x += item.width
    if run:
        yield run


def _tick(item: _Item, x: float, baseline: float, size: float) -> Iterator[Mark]:
    side = size * _TICK * 0.9
    yield Box(x, baseline - side * 0.92, side)
    if item.text:
        inset = (side - width_of(item.text, item.face, size)) / 2
        yield Text(x + inset, baseline - side * 0.22, item.text, item.face, size)
