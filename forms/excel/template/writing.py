"""Front door: the empty template, and people written in it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from forms.excel import layout as layouts
from forms.excel.files import replace_file
from forms.excel.layout import OWN, Layout, SheetLayout
from forms.excel.template.catalogues import catalogue_sheet, defined_names, list_columns
from forms.excel.template.data_sheets import Record, empty_sheet, filled_sheet
from forms.excel.template.guide import guide_sheet
from forms.excel.writing.book import write_book
from forms.model import Part

NUMBER = "stt"


def write_template(out: Path, lang: str = "vi") -> None:
    """Guide, sheets to fill in, hidden lists.

    Raises SurroundingsFault ``workbook.cannot_write``.
    """
    layout = layouts.load(OWN)
    title = _title(layout, lang)
    columns = list_columns(_lists(layout))
    sheets = [
        guide_sheet(layout, lang),
        *(empty_sheet(sheet, title) for sheet in layout.sheets),
        catalogue_sheet(columns),
    ]
    names = tuple(defined_names(columns))
    replace_file(out, partial(write_book, sheets=sheets, names=names, recalculate=True))


def export_people(
    out: Path,
    rows: Iterable[Mapping[str, str]],
    *,
    household: Iterable[Mapping[str, str]] = (),
    papers: Iterable[Mapping[str, str]] = (),
) -> None:
    """Streams rows into the template, so that they can be mended and read in again.

    Rows map field keys to canonical text; keys without a column are left out, people without a
    number are numbered. Raises SurroundingsFault ``workbook.cannot_write``.
    """
    layout = layouts.load(OWN)
    given = {Part.LAO_DONG: _numbered(rows), Part.PHU_LUC: household, Part.BANG_KE: papers}
    title = layout.title_vi
    sheets = [
        filled_sheet(sheet, title, _known(sheet, given.get(sheet.part, ())))
        for sheet in layout.sheets
    ]
    replace_file(out, partial(write_book, sheets=sheets))


def _title(layout: Layout, lang: str) -> str:
    return layout.title_en if lang == "en" else layout.title_vi


def _lists(layout: Layout) -> tuple[str, ...]:
    columns = (column for sheet in layout.sheets for column in sheet.named)
    return tuple(dict.fromkeys(column.code_list for column in columns if column.code_list))


def _numbered(rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
    for number, values in enumerate(rows, 1):
        yield values if values.get(NUMBER) else {**values, NUMBER: str(number)}


def _known(sheet: SheetLayout, rows: Iterable[Mapping[str, str]]) -> Iterator[Record]:
    keys = {column.key for column in sheet.named}
    for values in rows:
        yield {key: value for key, value in values.items() if key in keys}
