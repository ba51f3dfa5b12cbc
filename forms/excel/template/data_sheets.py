"""The sheets of the template that are filled in: headings, formats, choices."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from forms.excel.kinds import Kind
from forms.excel.layout import Column, SheetLayout
from forms.excel.letters import to_number
from forms.excel.template.choices import LOOKED_UP, pairs_of, validations
from forms.excel.writer import data_rows
from forms.excel.writing.book import NewSheet, row
from forms.excel.writing.cells import HEADING, NAMES, PLAIN, TEXT, TITLE, cell, in_xml
from forms.excel.writing.formats import NARROW, WIDE

_NUMBERS = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT, Kind.FLAG})
_NARROW_KINDS = _NUMBERS | {Kind.CODE, Kind.CODE_2, Kind.CODE_5, Kind.SEX, Kind.MONTH}
_FROZEN_COLUMNS = 2
"""number and name stay in sight"""

Record = Mapping[str, object]


def empty_sheet(layout: SheetLayout, title: str) -> NewSheet:
    """To be filled in: with choices, and formulas that find codes."""
    return _sheet(layout, title, partial(_empty_rows, layout), validations(layout))


def filled_sheet(layout: SheetLayout, title: str, records: Iterable[Record]) -> NewSheet:
    """Rows of people, every value as text or number as the template has it."""
    rows = partial(data_rows, layout, records, formats(layout))
    return _sheet(layout, title, rows, "")


def formats(layout: SheetLayout) -> dict[str, int]:
    """Field key → format: text, so that zeros stay and no day is taken for a month."""
    return {column.key: _format(column) for column in layout.named}


def _format(column: Column) -> int:
    return PLAIN if column.kind in _NUMBERS else TEXT


def _sheet(
    layout: SheetLayout, title: str, rows: Callable[[], Iterable[str]], after: str
) -> NewSheet:
    def every() -> Iterator[str]:
        yield from _headings(layout, title)
        yield from rows()

    return NewSheet(name=layout.name, rows=every, before=_view(layout), after=after)


def _headings(layout: SheetLayout, title: str) -> Iterator[str]:
    if layout.title_row > 1:
        yield row(1, [cell(1, 1, title, TITLE)])
    titles = ((column, column.title) for column in layout.columns)
    names = ((column, column.name) for column in layout.columns)
    yield _heading(layout.title_row, titles, HEADING)
    yield _heading(layout.header_row, names, NAMES)


def _heading(line: int, texts: Iterable[tuple[Column, str]], style: int) -> str:
    return row(line, (cell(to_number(column.letters), line, text, style) for column, text in texts))


def _empty_rows(layout: SheetLayout) -> Iterator[str]:
    pairs = sorted(pairs_of(layout).values(), key=lambda pair: to_number(pair.code.letters))
    first = layout.first_data_row
    for line in range(first, first + LOOKED_UP if pairs else first):
        cells = (
            f'<c r="{pair.code.letters}{line}" s="{TEXT}" t="str">'
            f"<f>{in_xml(pair.formula(line))}</f><v></v></c>"
            for pair in pairs
        )
        yield row(line, cells)


def _view(layout: SheetLayout) -> str:
    line = layout.first_data_row
    corner = f"C{line}"
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{_width(column)}" '
        f'style="{_format(column)}" customWidth="1"/>'
        for column in layout.columns
        for number in (to_number(column.letters),)
    )
    return (
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane xSplit="{_FROZEN_COLUMNS}" ySplit="{line - 1}" topLeftCell="{corner}" '
        'activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
    )


def _width(column: Column) -> int:
    return NARROW if column.kind in _NARROW_KINDS or column.key == "stt" else WIDE
