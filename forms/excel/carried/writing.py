"""Writes a draft in the import layout of another program: its sheets, headings and columns."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from forms.excel import layout as layouts
from forms.excel.carried.values import Cell, cell_format, written
from forms.excel.files import replace_file
from forms.excel.layout import Column, SheetLayout
from forms.excel.letters import to_number
from forms.excel.writer import data_rows
from forms.excel.writing.book import NewSheet, row, write_book
from forms.excel.writing.cells import HEADING, NAMES, cell
from forms.model import Draft, Part, Row

NUMBER = "stt"


def write_draft(out: Path, draft: Draft, layout_code: str) -> None:
    """Every sheet of the layout, with what it has a column for.

    Raises UsageFault ``layout.not_known``, SurroundingsFault ``workbook.cannot_write``.
    """
    sheets = [
        NewSheet(name=sheet.name, rows=partial(_rows, sheet, draft.rows(sheet.part)))
        for sheet in layouts.load(layout_code).sheets
    ]
    replace_file(out, partial(write_book, sheets=sheets))


def numbered(rows: Iterable[Row]) -> Iterator[Mapping[str, str]]:
    """The values of people; whoever has no number gets the next that nobody has."""
    known = [each.values for each in rows]
    taken = {values[NUMBER] for values in known if NUMBER in values}
    free = (str(number) for number in range(1, len(known) + len(taken) + 1))
    left = (number for number in free if number not in taken)
    return (values if NUMBER in values else {**values, NUMBER: next(left)} for values in known)


def _rows(sheet: SheetLayout, rows: Iterable[Row]) -> Iterator[str]:
    yield from _headings(sheet)
    people = sheet.part is Part.LAO_DONG and sheet.column(NUMBER) is not None
    values = numbered(rows) if people else (each.values for each in rows)
    formats = {column.key: cell_format(column) for column in sheet.named}
    yield from data_rows(sheet, _records(sheet, values), formats)


def _records(sheet: SheetLayout, rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, Cell]]:
    columns = {column.key: column for column in sheet.named}
    for values in rows:
        yield {key: written(columns[key], value) for key, value in values.items() if key in columns}


def _headings(sheet: SheetLayout) -> Iterator[str]:
    """Titles for people, where there is a row for them, and the names that programs go by."""
    if sheet.title_row < sheet.header_row:
        yield _heading(sheet.title_row, ((each, each.title) for each in sheet.columns), HEADING)
    yield _heading(sheet.header_row, ((each, each.name) for each in sheet.columns), NAMES)


def _heading(line: int, texts: Iterable[tuple[Column, str]], style: int) -> str:
    return row(line, (cell(to_number(each.letters), line, text, style) for each, text in texts))
