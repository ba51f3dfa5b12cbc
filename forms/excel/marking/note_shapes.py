"""The yellow boxes in which notes are shown: one shape for each, in a drawing of the old kind.

Such drawings are not always well-formed XML, so they are read as text, shape by shape.
"""

import re
from collections.abc import Collection, Iterable

from forms.excel.marking.marks import Cell

EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    b'xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_KIND_NAME = b'"_x0000_t202"'
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_PLACE = re.compile(rb"<x:(Row|Column)>\s*(\d+)\s*</x:\1>")
_FIRST_NUMBER = 1024
_WIDE, _HIGH = 4, 6
"""columns and rows that a box covers"""


def with_shapes(drawing: bytes, added: Iterable[Cell], removed: Collection[Cell]) -> bytes:
    """The drawing without the boxes of ``removed`` and with those of ``added``."""

    def left(match: re.Match[bytes]) -> bytes:
        return b"" if _cell_of(match[0]) in removed else match[0]

    if removed:
        drawing = _SHAPE.sub(left, drawing)
    used = [int(number) for number in _NUMBER.findall(drawing)]
    first = max(used, default=_FIRST_NUMBER) + 1
    shapes = "".join(_shape(number, cell) for number, cell in enumerate(added, first))
    if not shapes:
        return drawing
    kind = "" if _KIND_NAME in drawing else _KIND
    at = drawing.rindex(b"</xml>") if b"</xml>" in drawing else len(drawing)
    return drawing[:at] + (kind + shapes).encode() + drawing[at:]


def _cell_of(shape: bytes) -> Cell | None:
    if not _NOTE.search(shape):
        return None
    places = {name: int(number) + 1 for name, number in _PLACE.findall(shape)}
    return (places.get(b"Row", 0), places.get(b"Column", 0))


def _shape(number: int, cell: Cell) -> str:
    row, column = cell[0] - 1, cell[1] - 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 1 + _WIDE}, 15, {row + _HIGH}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
