"""Layout and content → pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from forms.paper.content import PaperContent
from forms.paper.document import Mark, Page, PaperDocument, Stroke, Text
from forms.paper.faces import Face
from forms.paper.flow import LEADING, Line, lines_of, set_lines
from forms.paper.fonts import width_of
from forms.paper.layout import Cell, Columns, Look, PaperLayout, Paragraph, RowTable
from forms.paper.markup import Filling, keys_in, pieces
from forms.paper.sheets import Sheets
from forms.paper.table import PaperRow, opening_height, put_table
from forms.paper.wording import likely_note, page_words

_FOOT = 8.0
"""size of the page numbers"""
_BANNER = 10.0
"""size of the banner, which stands above them"""
_TITLES = 2
"""lines above a list that never part from it"""
_UNDER = 2.0
"""between a text and the line drawn under it"""


def compose(
    layout: PaperLayout, content: PaperContent, *, title: str, banner: str = ""
) -> PaperDocument:
    """One form; where every row is a declaration of its own, one after another.

    ``banner``: stands on every page.
    """
    if layout.each:
        rows = content.lists.get(layout.each, ())
        known = _Known()
        sections = [_Section(layout, content, row, banner, known).pages() for row in rows]
    else:
        sections = [_Section(layout, content, None, banner, _Known()).pages()]
    return PaperDocument(
        title=title,
        width=layout.frame.width,
        height=layout.frame.height,
        pages=tuple(page for section in sections for page in section),
    )


@dataclass(slots=True)
class _Known:
    """What most declarations of one document share. Kept as long as the document is made, so that
    an ``id`` stays that of the same thing."""

    lines: dict[tuple[str, float, float, float, tuple[str, ...]], list[Line]] = field(
        default_factory=dict
    )
    """text, its width, size and indent, and what is filled in → its lines"""
    marks: dict[tuple[int, int, float, float], tuple[Mark, ...]] = field(default_factory=dict)
    """paragraph, its lines, and where they stand → what is drawn"""


class _Section:
    """Pages that are numbered together."""

    def __init__(
        self,
        layout: PaperLayout,
        content: PaperContent,
        row: PaperRow | None,
        banner: str,
        known: _Known,
    ) -> None:
        self._layout, self._content, self._row = layout, content, row
        self._banner, self._known = banner, known
        header = content.header
        self._filling = Filling(
            shown={**header.shown, **(row.shown if row else {})},
            raw={**header.raw, **(row.raw if row else {})},
        )
        self._sheets = Sheets(layout.frame)

    def pages(self) -> tuple[Page, ...]:
        for place in range(len(self._layout.blocks)):
            self._put(place)
        pages = self._sheets.pages()
        return tuple(
            Page((*page.marks, *self._foot(number, len(pages))))
            for number, page in enumerate(pages, 1)
        )

    def _put(self, place: int) -> None:
        block = self._layout.blocks[place]
        if isinstance(block, RowTable):
            rows, ending = self._rows(block.part), self._ending(place)
            put_table(self._sheets, block, rows, ending=ending)
        elif isinstance(block, Columns):
            self._put_columns(block)
        else:
            self._sheets.need(self._together(place))
            self._put_paragraph(block)

    def _together(self, place: int) -> float:
        """Height of a title and the list below it, which begins on the same page; else 0."""
        titles: list[Paragraph] = []
        for block in self._layout.blocks[place : place + _TITLES + 1]:
            if isinstance(block, RowTable):
                opening = opening_height(self._layout.frame, block)
                return opening + sum(map(self._block_height, titles))
            if isinstance(block, Columns):
                return 0
            titles.append(block)
        return 0

    def _ending(self, place: int) -> float:
        """Height of what follows a list: signatures and notes never stand alone on a page."""
        height = 0.0
        for block in self._layout.blocks[place + 1 :]:
            if isinstance(block, RowTable):
                break
            height += self._block_height(block)
        return height

    def _block_height(self, block: Paragraph | Columns) -> float:
        if isinstance(block, Columns):
            return self._columns_height(block)
        size = block.size or self._layout.frame.size
        return block.before + len(self._lines(block, self._layout.frame.inner, size)) * (
            size * LEADING
        )

    def _columns_height(self, columns: Columns) -> float:
        share = self._layout.frame.inner / sum(cell.width for cell in columns.cells)
        tallest = max(self._height(cell, cell.width * share) for cell in columns.cells)
        return columns.before + tallest + columns.after

    def _rows(self, part: str) -> Sequence[PaperRow]:
        if self._row is None:
            return self._content.lists.get(part, ())
        return self._content.households.get(self._row.raw.get("stt", ""), ())

    def _put_paragraph(self, paragraph: Paragraph) -> None:
        sheets, frame = self._sheets, self._layout.frame
        size = paragraph.size or frame.size
        if not sheets.is_fresh:
            sheets.y += paragraph.before
        lines = whole = self._lines(paragraph, frame.inner, size)
        while lines:
            sheets.need(size * LEADING)
            fits = max(1, int((sheets.room + 0.01) / (size * LEADING)))
            where = (frame.left, sheets.y, frame.inner, size)
            if lines is whole and len(whole) <= fits:
                sheets.put(self._drawn(paragraph, whole, *where))
            else:
                sheets.put(_marks(paragraph, lines[:fits], *where))
            sheets.y += min(fits, len(lines)) * size * LEADING
            lines = lines[fits:]
        sheets.y += _UNDER if paragraph.rule else 0

    def _put_columns(self, columns: Columns) -> None:
        sheets, frame = self._sheets, self._layout.frame
        share = frame.inner / sum(cell.width for cell in columns.cells)
        edges = list(accumulate((cell.width * share for cell in columns.cells), initial=frame.left))
        before = 0 if sheets.is_fresh else columns.before
        height = max(self._height(cell, cell.width * share) for cell in columns.cells)
        sheets.need(before + height + columns.after)
        top = sheets.y + (0 if sheets.is_fresh else columns.before)
        for cell, left in zip(columns.cells, edges, strict=False):
            sheets.put(self._cell_marks(cell, left, top, cell.width * share))
        sheets.y = top + height + columns.after

    def _cell_marks(self, cell: Cell, left: float, top: float, width: float) -> Iterator[Mark]:
        y = top
        for paragraph in cell.lines:
            size = paragraph.size or self._layout.frame.size
            y += paragraph.before
            lines = self._lines(paragraph, width, size)
            yield from self._drawn(paragraph, lines, left, y, width, size)
            y += len(lines) * size * LEADING + (_UNDER if paragraph.rule else 0)

    def _height(self, cell: Cell, width: float) -> float:
        height = 0.0
        for paragraph in cell.lines:
            size = paragraph.size or self._layout.frame.size
            height += paragraph.before + len(self._lines(paragraph, width, size)) * size * LEADING
            height += _UNDER if paragraph.rule else 0
        return height

    def _lines(self, paragraph: Paragraph, width: float, size: float) -> list[Line]:
        values = self._filling.values(keys_in(paragraph.text))
        asked = (paragraph.text, width, size, paragraph.indent, values)
        lines = self._known.lines.get(asked)
        if lines is None:
            set_in = pieces(paragraph.text, self._filling)
            lines = lines_of(set_in, size=size, width=width, indent=paragraph.indent)
            self._known.lines[asked] = lines
        return lines

    def _drawn(
        self, paragraph: Paragraph, lines: list[Line], x: float, y: float, width: float, size: float
    ) -> tuple[Mark, ...]:
        """The marks of lines that may stand in the same place of other declarations."""
        asked = (id(paragraph), id(lines), x, y)
        marks = self._known.marks.get(asked)
        if marks is None:
            marks = tuple(_marks(paragraph, lines, x, y, width, size))
            self._known.marks[asked] = marks
        return marks

    def _foot(self, number: int, pages: int) -> Iterator[Mark]:
        frame = self._layout.frame
        baseline = frame.height - frame.bottom * 0.45
        said = page_words(number, pages)
        start = frame.width - frame.right - width_of(said, Face.REGULAR, _FOOT)
        form = self._layout.form
        if self._layout.look is Look.LIKELY:
            form = f"{form} – {likely_note()}"
        yield Text(frame.left, baseline, form, Face.REGULAR, _FOOT)
        yield Text(start, baseline, said, Face.REGULAR, _FOOT)
        if self._banner:
            middle = (frame.width - width_of(self._banner, Face.BOLD, _BANNER)) / 2
            yield Text(middle, baseline - _FOOT * LEADING, self._banner, Face.BOLD, _BANNER)


def _marks(
    paragraph: Paragraph, lines: list[Line], x: float, y: float, width: float, size: float
) -> Iterator[Mark]:
    yield from set_lines(
        lines, x=x, y=y, width=width, size=size, align=paragraph.align, indent=paragraph.indent
    )
    if paragraph.rule:
        under, middle = y + len(lines) * size * LEADING + _UNDER / 2, x + width / 2
        yield Stroke(middle - paragraph.rule / 2, under, middle + paragraph.rule / 2, under)
