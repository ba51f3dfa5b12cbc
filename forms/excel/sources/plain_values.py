"""What the cells of a plain sheet mean: the reading library is asked once for each that differs.

It is given a small workbook with the same formats and strings, and the cells in question alone.
Only texts without any markup are taken as they stand.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from json import loads
from operator import itemgetter
from zipfile import ZIP_STORED, ZipFile

from python_calamine import CalamineWorkbook

from forms.excel.archive import Archive, plain_name
from forms.excel.cleaned import Raw
from forms.excel.sources.damage import damage_named
from forms.excel.sources.plain_sheet import NotPlain, PlainColumn, PlainSheet, Style
from resources.faults import DataFault

_STRINGS = "xl/sharedstrings.xml"
_NEEDED = re.compile(r"\[content_types\]\.xml|(?:_rels|xl|xl/_rels)/[^/]*\.(?:xml|rels)")
_PLAIN_STRING = re.compile(rb"<si><t>([^<&\s][^<&]*)</t></si>")
_ODD_SIGNS = (b" </t>", b"\t", b"\r", b"\n", b"\0")
_ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_ODD_STRINGS = (b":si", b"<si/>", b"<si ", b"</si ", b"<!", b"\0")
"""with one of these in them they cannot be counted"""
_UTF_8 = re.compile(rb'\s*<\?xml [^<>]*encoding="(?:UTF|utf)-8"[^<>]*\?>\s*<sst(?: [^<>]*)?>')
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.'
    b'openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_TAIL = b"</sheetData></worksheet>"
_SAMPLE = b"1.5"
Across = Sequence[Sequence[Raw]]
"""cells of some lines by column"""


class PlainValues:
    """Of one workbook."""

    def __init__(self, archive: Archive, sheet: str, part: str) -> None:
        """``part`` of the package holds ``sheet``, which is any that is plain.

        Raises DataFault ``workbook.broken`` and NotPlain.
        """
        self._sheet, self._part = sheet, part
        names = [name for name in archive.entries if _NEEDED.fullmatch(plain_name(name))]
        parts = {name: b"".join(archive.chunks(name)) for name in names}
        strings = next((name for name in names if plain_name(name) == _STRINGS), "")
        written = parts.pop(strings, b"")
        self._parts = parts
        found = _taken_as_they_stand(written)
        self.strings = self._asked(strings, written) if found is None else found
        self._plain: dict[int, bool] = {}
        self._converted: dict[tuple[int, bytes], Raw] = {}

    def learn(self, styles: Collection[Style]) -> None:
        """Which formats leave a number a number; the library judges the workbook besides."""
        numbers = sorted({style.number for style in styles} - self._plain.keys()) or [0]
        found = self._read((number, _SAMPLE) for number in numbers)
        for number, value in zip(numbers, found, strict=True):
            self._plain[number] = value.__class__ is float and value == float(_SAMPLE)

    def of(self, column: PlainColumn) -> list[Raw]:
        """The cells of a column as the library gives them. Raises DataFault ``workbook.broken``."""
        styles = column.styles
        with damage_named():
            if isinstance(styles, Style) and (found := self._at_once(styles, column.written)):
                return found
            values = column.values()
            if isinstance(styles, Style):
                return self._alike(styles, values)
            by_style = {style: self._read_as(style, values, styles) for style in set(styles)}
            return [by_style[style][value] for style, value in zip(styles, values, strict=True)]

    def _at_once(self, style: Style, written: bytes) -> list[Raw] | None:
        """Numbers without anything odd, which another reader takes much faster than ``int``."""
        if not style.shared and not self._plain[style.number]:
            return None
        try:
            numbers = loads(b"[%b]" % written)
            return self._strings(numbers) if style.shared else list(map(float, numbers))
        except (ValueError, OverflowError):
            return None

    def _strings(self, numbers: Sequence[int]) -> list[Raw]:
        try:
            if len(numbers) > 1:
                return list(itemgetter(*numbers)(self.strings))
            return [self.strings[number] for number in numbers]
        except IndexError as error:
            raise DataFault("workbook.broken") from error

    def _read_as(
        self, style: Style, values: Sequence[bytes], styles: Sequence[Style]
    ) -> dict[bytes, Raw]:
        """Every value that is written in this style."""
        pairs = zip(styles, values, strict=True)
        different = list({value for each, value in pairs if each is style and value})
        return {b"": "", **_meaning(different, self._alike(style, different))}

    def _alike(self, style: Style, values: list[bytes]) -> list[Raw]:
        """Values in one style; an empty one is an empty cell."""
        if b"" in values:
            different = list(set(values) - {b""})
            meant = {b"": "", **_meaning(different, self._alike(style, different))}
            return [meant[value] for value in values]
        if style.shared:
            return self._strings(list(map(int, values)))
        if self._plain[style.number]:
            return list(map(float, values))
        self._convert({(style.number, value) for value in values})
        return [self._converted[style.number, value] for value in values]

    def _convert(self, pairs: Collection[tuple[int, bytes]]) -> None:
        new = sorted(pairs - self._converted.keys())
        if new:
            self._converted.update(zip(new, self._read(new), strict=True))

    def _read(self, cells: Iterable[tuple[int, bytes]]) -> list[Raw]:
        """What the library makes of numbers in these formats."""
        rows = (
            b'<row r="%d"><c r="A%d" s="%d"><v>%b</v></c></row>' % (line, line, number, value)
            for line, (number, value) in enumerate(cells, start=1)
        )
        return self._column(rows, {})

    def _asked(self, name: str, written: bytes) -> list[str]:
        """What the library makes of the shared strings. Raises NotPlain."""
        if any(sign in written for sign in _ODD_STRINGS):
            raise NotPlain
        count = written.count(b"</si>")
        rows = (
            b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (number + 1, number + 1, number)
            for number in range(count)
        )
        found = [value for value in self._column(rows, {name: written}) if isinstance(value, str)]
        if len(found) != count:
            raise NotPlain
        return found

    def _column(self, rows: Iterable[bytes], more: dict[str, bytes]) -> list[Raw]:
        sheet = b"".join(chain((_HEAD,), rows, (_TAIL,)))
        content = BytesIO()
        with ZipFile(content, "w", ZIP_STORED) as package:
            for name, part in {**self._parts, **more, self._part: sheet}.items():
                package.writestr(name, part)
        content.seek(0)
        with damage_named():
            book = CalamineWorkbook.from_filelike(content)
            cells = book.get_sheet_by_name(self._sheet).iter_rows()
            return [row[0] for row in cells]


def _meaning(values: Sequence[bytes], meant: Sequence[Raw]) -> dict[bytes, Raw]:
    return dict(zip(values, meant, strict=True))


def _taken_as_they_stand(written: bytes) -> list[str] | None:
    """The shared strings where they are all words alone."""
    if not written:
        return []
    begun = _UTF_8.match(written)
    if begun is None:
        return None
    strings = written[begun.end() :]
    if any(sign in strings for sign in _ODD_SIGNS) or _ESCAPED.search(strings):
        return None
    found = _PLAIN_STRING.split(strings)
    if b"".join(found[::2]) != b"</sst>":
        return None
    try:
        return b"\0".join(found[1::2]).decode().split("\0") if len(found) > 1 else []
    except UnicodeDecodeError:
        return None


class PlainCells:
    """The cells of a sheet by row, as the reading library would give them."""

    def __init__(self, sheet: PlainSheet, values: PlainValues) -> None:
        values.learn(sheet.styles)
        self._sheet, self._values = sheet, values
        self.start = (0, sheet.first_column - 1)
        self.end = (sheet.last_line - 1, sheet.last_column - 1)
        self.merged_cell_ranges = None
        """they stand in the facts"""

    def iter_rows(self) -> Iterator[list[Raw]]:
        """From line 1 to the last that has a value."""
        for across in self._blocks():
            yield from map(list, zip(*across, strict=True))

    def across(self, first_line: int, most: int) -> Iterator[Across]:
        """The same from a line on by column, ``most`` lines at a time."""
        skip = first_line - 1
        held: list[list[Raw]] = [[] for _ in self._numbers]
        for across in self._blocks():
            for mine, column in zip(held, across, strict=True):
                mine += column[skip:]
            skip = max(skip - len(across[0]), 0)
            while len(held[0]) >= most:
                yield [column[:most] for column in held]
                held = [column[most:] for column in held]
        if held[0]:
            yield list(held)

    @property
    def _numbers(self) -> range:
        return range(self._sheet.first_column, self._sheet.last_column + 1)

    def _blocks(self) -> Iterator[Across]:
        """Columns of some lines after the other; no line is left out."""
        following = 1
        for block in self._sheet.blocks:
            lines = [line for line in block.lines if line <= self._sheet.last_line]
            if not lines:
                return
            empty = ("",) * len(block.lines)
            found = (block.columns.get(number) for number in self._numbers)
            across: Across = [self._values.of(each) if each else empty for each in found]
            yield _without_gaps(across, lines, following)
            following = lines[-1] + 1


def _without_gaps(across: Across, lines: Sequence[int], following: int) -> Across:
    """With empty cells in lines that are not written."""
    count = lines[-1] + 1 - following
    if count == len(lines) == len(across[0]):
        return across
    places = {line: place for place, line in enumerate(lines)}
    order = [places.get(line) for line in range(following, lines[-1] + 1)]
    return [["" if at is None else column[at] for at in order] for column in across]
