"""Workbooks that the practice gateway gives out, from rows of values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from forms.excel.writing.book import NewSheet, row, write_book
from forms.excel.writing.cells import cell

Cells = Mapping[int, object]
"""1-based column → text or number"""


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    lines: Mapping[int, Cells]
    """1-based line → its cells"""


def workbook(*pages: Page) -> bytes:
    out = BytesIO()
    write_book(out, [_sheet(page) for page in pages])
    return out.getvalue()


def stacked(first: int, lines: Iterable[Sequence[object]]) -> dict[int, Cells]:
    """Lines one below the other, each from the first column on."""
    return {
        line: dict(enumerate(values, start=1)) for line, values in enumerate(lines, start=first)
    }


def _sheet(page: Page) -> NewSheet:
    def rows() -> Iterator[str]:
        for line, cells in sorted(page.lines.items()):
            yield row(line, (cell(at, line, value) for at, value in sorted(cells.items())))

    return NewSheet(name=page.name, rows=rows)
