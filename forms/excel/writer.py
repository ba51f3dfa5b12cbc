"""Rows → a workbook in one of the import layouts, with our own headings."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.exceptions import WorkbookAlreadySaved

from forms.excel import layout as layouts
from forms.excel.files import replace_file
from forms.excel.layout import Column, Layout, SheetLayout
from forms.excel.letters import to_number
from forms.excel.safe_cells import is_plain, text_cell
from forms.model import Part

Record = Mapping[str, object]


def write_rows(path: Path, layout_code: str, sections: Mapping[Part, Iterable[Record]]) -> None:
    """Writes every sheet of the layout; a record maps field keys to cell values.

    Values may be text, numbers, dates or booleans; None and missing keys leave the cell empty.
    Raises UsageFault ``layout.not_known``, SurroundingsFault ``workbook.cannot_write``, and
    ValueError for a key that the layout does not have.
    """
    layout = layouts.load(layout_code)
    book = Workbook(write_only=True)
    try:
        _fill(book, layout, sections)
        replace_file(path, book.save)
    finally:
        _close(book)


def _close(book: Workbook) -> None:
    """A write-only sheet holds a file open until it is closed; saving has closed it already."""
    for sheet in book.worksheets:
        with suppress(WorkbookAlreadySaved):
            sheet.close()


def _fill(book: Workbook, layout: Layout, sections: Mapping[Part, Iterable[Record]]) -> None:
    for sheet_layout in layout.sheets:
        sheet = book.create_sheet(sheet_layout.name)
        for line in _heading_lines(sheet_layout):
            sheet.append(line)
        for line in _data_lines(sheet, sheet_layout, sections.get(sheet_layout.part, ())):
            sheet.append(line)


def _heading_lines(sheet: SheetLayout) -> Iterator[list[object]]:
    for row in range(1, sheet.first_data_row):
        if row == sheet.header_row:
            yield _placed(sheet.columns, {column.letters: column.name for column in sheet.columns})
        elif row == sheet.title_row:
            yield _placed(sheet.columns, {column.letters: column.title for column in sheet.columns})
        else:
            yield []


def _placed(columns: tuple[Column, ...], texts: Mapping[str, str]) -> list[object]:
    line: list[object] = [None] * _width(columns)
    for letters, text in texts.items():
        line[to_number(letters) - 1] = text or None
    return line


def _data_lines(
    sheet: Any, layout: SheetLayout, records: Iterable[Record]
) -> Iterator[list[object]]:
    places = {column.key: to_number(column.letters) - 1 for column in layout.named}
    width = _width(layout.columns)
    for record in records:
        line: list[object] = [None] * width
        for key, value in record.items():
            line[_place(places, key)] = value if is_plain(value) else text_cell(sheet, value)
        yield line


def _place(places: Mapping[str, int], key: str) -> int:
    try:
        return places[key]
    except KeyError:
        raise ValueError(f"the layout has no column for {key!r}") from None


def _width(columns: tuple[Column, ...]) -> int:
    return max(to_number(column.letters) for column in columns)
