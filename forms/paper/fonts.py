"""How wide letters are, and in which of the shipped fonts they stand.

Official forms are set in a Times-like face; a letter that it lacks is taken from a wider one.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache

from fontTools.ttLib import TTFont

from forms.paper.faces import FONT_FILES, Face
from resources import locate

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@cache
def advances(face: Face) -> Mapping[str, float]:
    """Letter → its width at one point of size."""
    with locate(FONT_FILES[face]).open("rb") as file:
        font = TTFont(file, lazy=True)
        scale = 1 / font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {chr(code): widths[name][0] * scale for code, name in font.getBestCmap().items()}


def width_of(text: str, face: Face, size: float) -> float:
    """In points. ``text`` must be ``printable``, ``face`` one that ``face_for`` allows."""
    return sum(map(advances(face).__getitem__, text)) * size


def face_for(text: str, face: Face) -> Face:
    """``face`` when it has every letter, else the one that has."""
    return face if advances(face).keys() >= set(text) else Face.OTHER


def printable(text: str) -> str:
    """One line of whole letters that some face has; white space becomes single spaces.

    Marks that were typed apart from their letter are joined to it.
    """
    joined = " ".join(unicodedata.normalize("NFC", text).split(None))
    if advances(Face.REGULAR).keys() >= set(joined):
        return joined
    known = advances(Face.REGULAR).keys() | advances(Face.OTHER).keys()
    return "".join(letter if letter in known else _UNKNOWN for letter in joined)
