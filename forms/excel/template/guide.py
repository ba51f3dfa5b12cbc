"""The first sheet of the template: how to fill it in, field by field, with two invented people."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from forms.excel.layout import Layout, SheetLayout
from forms.excel.writing.book import NewSheet, row
from forms.excel.writing.cells import HEADING, TITLE, WRAPPED, cell
from forms.model import Part
from resources import read_text
from resources.messages import LANGUAGES, text

_STEPS = tuple(f"template.step_{number}" for number in range(1, 8))
_HEADINGS = (
    "template.sheet",
    "template.column",
    "template.field",
    "template.needed",
    "template.hint",
    "template.first_sample",
    "template.second_sample",
)
_WIDTHS = (16, 8, 34, 10, 60, 26, 26)
_VIEW = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'


def guide_sheet(layout: Layout, lang: str) -> NewSheet:
    """The instructions stand in both languages, ``lang`` first; the table in ``lang``."""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_WIDTHS, 1)
    )
    return NewSheet(
        name=text("template.guide", lang),
        rows=partial(_rows, layout, lang),
        before=f"{_VIEW}<cols>{widths}</cols>",
    )


def _rows(layout: Layout, lang: str) -> Iterator[str]:
    line = 0
    for each in (lang, *(other for other in LANGUAGES if other != lang)):
        line += 1
        yield row(line, [cell(1, line, text("template.title", each), TITLE)])
        for code in _STEPS:
            line += 1
            yield row(line, [cell(1, line, text(code, each))])
        line += 1
    line += 1
    yield _line(line, [text(code, lang) for code in _HEADINGS], HEADING)
    for sheet in layout.sheets:
        for texts in _fields(sheet, lang):
            line += 1
            yield _line(line, texts, WRAPPED)


def _line(line: int, texts: Sequence[str], style: int) -> str:
    return row(line, (cell(at, line, each, style) for at, each in enumerate(texts, 1)))


def _fields(sheet: SheetLayout, lang: str) -> Iterator[tuple[str, ...]]:
    people = samples() if sheet.part is Part.LAO_DONG else ({}, {})
    for column in sheet.named:
        needed = text("template.yes", lang) if column.needed else ""
        shown = tuple(person.get(column.key, "") for person in people)
        yield (sheet.name, column.letters, column.title, needed, column.hint, *shown)


@cache
def samples() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Two invented people by field key."""
    first, second = tomllib.loads(read_text("templates/samples.toml"))["person"]
    return first, second
