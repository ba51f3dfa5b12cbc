"""A workbook of another kind as an .xlsx: the same sheets, the same values at the same places."""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from forms.excel.cleaned import Raw
from forms.excel.sources.model import Sheet, Source
from forms.excel.sources.opening import open_source
from forms.excel.writing.book import NewSheet, row, write_book
from forms.excel.writing.cells import cell


def as_xlsx(path: Path) -> bytes:
    """The whole new workbook. Raises as ``open_source`` does."""
    source = open_source(path)
    packed = BytesIO()
    write_book(packed, [_sheet(source, name) for name in source.sheets])
    return packed.getvalue()


def _sheet(source: Source, name: str) -> NewSheet:
    hidden = not source.sheets[name].visible
    return NewSheet(name=name, rows=partial(_rows, source.load(name)), hidden=hidden)


def _rows(sheet: Sheet) -> Iterator[str]:
    first = sheet.first_column
    for line, cells in enumerate(sheet.rows(), 1):
        yield _row(line, first, cells)


def _row(line: int, first: int, cells: Sequence[Raw]) -> str:
    return row(line, (cell(column, line, value) for column, value in enumerate(cells, first)))
