"""Rows → a workbook in one of the import layouts, with our own headings."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from forms.excel import layout as layouts
from forms.excel.files import replace_file
from forms.excel.layout import Column, SheetLayout
from forms.excel.letters import to_number
from forms.excel.writing.book import NewSheet, row, write_book
from forms.excel.writing.cells import cell
from forms.model import Part

Record = Mapping[str, object]


def write_rows(path: Path, layout_code: str, sections: Mapping[Part, Iterable[Record]]) -> None:
    """Writes every sheet of the layout; a record maps field keys to cell values.

    Values may be text, numbers, dates or booleans; None and missing keys leave the cell empty.
    Raises UsageFault ``layout.not_known``, SurroundingsFault ``workbook.cannot_write``, and
    ValueError for a key that the layout does not have.
    """
    layout = layouts.load(layout_code)
    sheets = [
        NewSheet(name=sheet.name, rows=partial(_rows, sheet, sections.get(sheet.part, ())))
        for sheet in layout.sheets
    ]
    replace_file(path, partial(write_book, sheets=sheets))


def _rows(sheet: SheetLayout, records: Iterable[Record]) -> Iterator[str]:
    yield from _heading_rows(sheet)
    yield from data_rows(sheet, records)


def _heading_rows(sheet: SheetLayout) -> Iterator[str]:
    columns = sheet.columns
    if 0 < sheet.title_row < sheet.header_row:
        yield _line(sheet.title_row, {column.letters: column.title for column in columns})
    yield _line(sheet.header_row, {column.letters: column.name for column in columns})


def _line(line: int, texts: Mapping[str, str]) -> str:
    return row(line, (cell(to_number(letters), line, text) for letters, text in texts.items()))


def data_rows(
    sheet: SheetLayout, records: Iterable[Record], formats: Mapping[str, int] | None = None
) -> Iterator[str]:
    """Rows of records from the first data row on. ``formats``: field key → format of its cells.

    Raises ValueError for a key that the layout does not have.
    """
    places = _places(sheet.named)
    styles = formats or {}
    for line, record in enumerate(records, sheet.first_data_row):
        if unknown := record.keys() - places.keys():
            raise ValueError(f"the layout has no column for {min(unknown)!r}")
        yield row(
            line,
            [
                cell(column, line, record[key], styles.get(key, 0))
                for key, column in places.items()
                if key in record
            ],
        )


def _places(columns: Iterable[Column]) -> dict[str, int]:
    """Field key → column, from the left."""
    numbers = ((column.key, to_number(column.letters)) for column in columns)
    return dict(sorted(numbers, key=lambda pair: pair[1]))
