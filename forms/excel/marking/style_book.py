"""Formats of a workbook with coloured ones added: each looks as before but for its fill.

The fill of a mark remembers the colour that was there, as the background colour that a solid fill
has and nobody sees. So a workbook that comes back can be freed of its marks whatever program has
saved it meanwhile: every format with such a fill gets its former one.
"""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from forms.excel.expat import local_name
from forms.excel.marking.spans import Document, Span, with_attribute
from forms.findings import Severity

COLOURS = {
    Severity.ERROR: "FFFFC7CB",
    Severity.WARNING: "FFFFF2B1",
    Severity.INFO: "FFDCE9F9",
}
"""unusual enough that nobody else fills a cell with just these"""

_FORMAT = '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
_SECTIONS = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_NO_COLOUR: Mapping[str, str] = {}
_NO_FILL = 0


class StyleBook:
    """The part of formats. Numbers are those by which cells name their format."""

    def __init__(self, content: bytes) -> None:
        self._document = Document(content)
        root = self._document.root
        self._prefix = root.prefix
        self._sections = {name: root.child(name) for name in _SECTIONS}
        formats = self._sections["cellXfs"]
        self._formats = formats.all("xf") if formats else []
        fills = self._sections["fills"]
        self._fills = fills.all("fill") if fills else []
        self._added: dict[str, list[str]] = {"fonts": [], "fills": [], "cellXfs": []}
        self._fill_numbers: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}
        self._marked: dict[tuple[int, Severity], int] = {}
        self._freed = self._free_marks()

    def marked(self, base: int, severity: Severity) -> int:
        """The format of a cell that has the format ``base`` and is marked now."""
        key = (base, severity)
        if key not in self._marked:
            colour = self._colour_of(base)
            tag, inside = self._format(base)
            tag = with_attribute(tag, "fillId", str(self._mark_fill(severity, colour)))
            tag = with_attribute(tag, "applyFill", "1")
            self._marked[key] = self._add("cellXfs", (tag + inside).decode())
        return self._marked[key]

    def own(
        self, *, font: str = "", severity: Severity | None = None, wrapped: bool = False
    ) -> int:
        """A format for a sheet of ours. ``font``: what stands inside a font element."""
        fill = _NO_FILL if severity is None else self._mark_fill(severity, _NO_COLOUR)
        font_number = self._add(
            "fonts", f"<{self._prefix}font>{self._named(font)}</{self._prefix}font>"
        )
        wrap = ' wrapText="1"' if wrapped else ""
        inside = f'<{self._prefix}alignment vertical="top"{wrap}/>'
        return self._add(
            "cellXfs",
            f'<{self._prefix}xf numFmtId="0" fontId="{font_number}" fillId="{fill}" borderId="0" '
            f'xfId="0" applyFont="1" applyFill="1" applyAlignment="1">{inside}</{self._prefix}xf>',
        )

    def content(self) -> bytes:
        for name, added in self._added.items():
            if added:
                self._append(name, added)
        return self._document.result()

    @property
    def is_changed(self) -> bool:
        return any(self._added.values()) or self._document.is_changed

    def _append(self, name: str, added: list[str]) -> None:
        joined = "".join(added).encode()
        section = self._sections[name]
        if section is None:
            later = _SECTIONS[_SECTIONS.index(name) + 1 :]
            self._document.add_section(name, joined, later)
        elif section.is_empty_tag:
            whole = (
                f"<{self._prefix}{name}>".encode() + joined + f"</{self._prefix}{name}>".encode()
            )
            self._document.replace(section.start, section.end, whole)
        else:
            self._document.set(section, count=str(self._count(name)))
            self._document.append(section, joined)

    def _count(self, name: str) -> int:
        section = self._sections[name]
        return (len(section.children) if section else 0) + len(self._added[name])

    def _add(self, name: str, xml: str) -> int:
        if not self._count(name):
            self._begin(name)
        self._added[name].append(xml)
        return self._count(name) - 1

    def _begin(self, name: str) -> None:
        """A workbook may leave out what every other has: number 0 is the usual look."""
        p = self._prefix
        usual = {
            "fonts": [f"<{p}font>{self._named('')}</{p}font>"],
            "fills": [
                f'<{p}fill><{p}patternFill patternType="{kind}"/></{p}fill>'
                for kind in ("none", "gray125")
            ],
            "cellXfs": [_FORMAT.format(p=p)],
        }
        self._added[name] += usual[name]

    def _named(self, more: str) -> str:
        p = self._prefix
        more = more.replace("<", f"<{p}")
        return f'{more}<{p}sz val="11"/><{p}name val="Calibri"/><{p}family val="2"/>'

    def _format(self, number: int) -> tuple[bytes, bytes]:
        """Its start tag, and what comes behind that."""
        if not self._formats:
            return _FORMAT.format(p=self._prefix).encode(), b""
        span = self._formats[number if number < len(self._formats) else 0]
        raw, length = self._document.raw(span), span.tag_end - span.start
        return raw[:length], raw[length:]

    def _colour_of(self, number: int) -> Mapping[str, str]:
        """Of the solid fill that a cell of this format shows without its mark."""
        if number in self._freed:
            return self._freed[number]
        if number >= len(self._formats):
            return _NO_COLOUR
        fill = self._fill(self._formats[number])
        return _colour(fill, "fgColor") if fill is not None else _NO_COLOUR

    def _fill(self, span: Span) -> Span | None:
        number = span.get("fillId") or "0"
        if not number.isdecimal() or int(number) >= len(self._fills):
            return None
        return self._fills[int(number)]

    def _mark_fill(self, severity: Severity, colour: Mapping[str, str]) -> int:
        return self._solid({"rgb": COLOURS[severity]}, colour or {"indexed": "64"})

    def _solid(self, front: Mapping[str, str], back: Mapping[str, str]) -> int:
        key = (str(sorted(front.items())), tuple(sorted(back.items())))
        if key not in self._fill_numbers:
            p = self._prefix
            self._fill_numbers[key] = self._add(
                "fills",
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor{_written(front)}/>'
                f"<{p}bgColor{_written(back)}/></{p}patternFill></{p}fill>",
            )
        return self._fill_numbers[key]

    def _free_marks(self) -> dict[int, Mapping[str, str]]:
        """Formats that were marked before get the fill back that they had."""
        freed: dict[int, Mapping[str, str]] = {}
        for number, span in enumerate(self._formats):
            fill = self._fill(span)
            if fill is None or _colour(fill, "fgColor").get("rgb", "") not in COLOURS.values():
                continue
            before = _colour(fill, "bgColor")
            freed[number] = _NO_COLOUR if before.get("indexed") == "64" else before
            plain = self._solid(freed[number], {"indexed": "64"}) if freed[number] else _NO_FILL
            self._document.set(span, fillId=str(plain))
        return freed


def _colour(fill: Span, name: str) -> Mapping[str, str]:
    pattern = fill.child("patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return _NO_COLOUR
    colour = pattern.child(name)
    if colour is None:
        return _NO_COLOUR
    return {local_name(key): text for key, text in colour.attributes.items()}


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(text)}" for name, text in attributes.items())
