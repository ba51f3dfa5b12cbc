"""The user's own workbook back, with its faulty cells marked and a first sheet that lists them."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from forms.excel.files import replace_file
from forms.excel.guard import open_workbook
from forms.excel.safe_cells import put
from forms.findings import Finding, Severity
from resources.faults import DataFault, UsageFault
from resources.messages import text

Words = Callable[[Finding], str]
_Place = tuple[str, int, str]
"""sheet, row, column letters"""

_FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="FFFFC7CE"),
    Severity.WARNING: PatternFill("solid", start_color="FFFFF2B3"),
}
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_BOLD = Font(bold=True)
_LINK = Font(color="FF0563C1", underline="single")
_HEADINGS = ("error_book.severity", "error_book.sheet", "error_book.cell", "error_book.message")
_WIDTHS = {"A": 14, "B": 18, "C": 10, "D": 110}
_LONGEST_COMMENT = 2_000
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 110


def write_report(
    source: Path, findings: Iterable[Finding], out: Path, *, words: Words, lang: str = "vi"
) -> None:
    """Writes ``out``; ``words`` gives the sentence of a finding in the user's language.

    Errors are red, warnings yellow, both with a comment; everything is listed on the first
    sheet with a link to its cell. The source is never touched.

    Raises UsageFault ``error_book.over_source``, SurroundingsFault ``workbook.cannot_write`` and
    what ``open_workbook`` raises.
    """
    if _same(source, out):
        raise UsageFault("error_book.over_source", file=out.name)
    book = _load(source)
    ordered = sorted(findings, key=lambda finding: _ORDER[finding.severity])
    _mark_cells(book, ordered, words, lang)
    _list_findings(book, ordered, words, lang)
    replace_file(out, book.save)


def _same(source: Path, out: Path) -> bool:
    return out.resolve() == source.resolve() or (out.exists() and out.samefile(source))


def _load(source: Path) -> Workbook:
    archive = open_workbook(source)
    macros = source.suffix.lower() == ".xlsm"
    try:
        return load_workbook(BytesIO(archive.content), keep_vba=macros)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError) as error:
        # openpyxl has no error of its own for a workbook that it does not understand
        raise DataFault("workbook.broken", file=source.name) from error


def _mark_cells(book: Workbook, findings: Sequence[Finding], words: Words, lang: str) -> None:
    marked = [(place, finding) for finding in findings if (place := _place(book, finding))]
    grave = [(place, finding) for place, finding in marked if finding.severity in _FILLS]
    grave.sort(key=lambda pair: pair[0])
    for place, group in groupby(grave, key=lambda pair: pair[0]):
        sheet, row, column = place
        cell = book[sheet][f"{column}{row}"]
        if isinstance(cell, Cell):
            _mark(cell, [finding for _, finding in group], words, lang)


def _place(book: Workbook, finding: Finding) -> _Place | None:
    if finding.sheet is None or finding.row is None or finding.column is None:
        return None
    known = finding.sheet in book.sheetnames and isinstance(book[finding.sheet], Worksheet)
    return (finding.sheet, finding.row, finding.column) if known else None


def _mark(cell: Cell, findings: Sequence[Finding], words: Words, lang: str) -> None:
    """The gravest finding comes first and gives the colour."""
    cell.fill = _FILLS[findings[0].severity]
    lines = [cell.comment.text] if cell.comment else []
    lines += dict.fromkeys(words(finding) for finding in findings)
    comment = Comment("\n".join(lines)[:_LONGEST_COMMENT], text("error_book.author", lang))
    comment.width, comment.height = _COMMENT_WIDTH, _COMMENT_HEIGHT
    cell.comment = comment


def _list_findings(book: Workbook, findings: Sequence[Finding], words: Words, lang: str) -> None:
    sheet = book.create_sheet(_free_title(book, text("error_book.title", lang)), 0)
    for number, code in enumerate(_HEADINGS, start=1):
        cell = _cell(sheet, 1, number)
        put(cell, text(code, lang))
        cell.font = _BOLD
    for row, finding in enumerate(findings, start=2):
        _list_one(book, sheet, row, finding, words(finding), lang)
    for letters, width in _WIDTHS.items():
        sheet.column_dimensions[letters].width = width
    sheet.freeze_panes = "A2"
    _show_first(book)


def _list_one(
    book: Workbook, sheet: Worksheet, row: int, finding: Finding, message: str, lang: str
) -> None:
    severity = _cell(sheet, row, 1)
    put(severity, text(f"error_book.{finding.severity.value}", lang))
    if finding.severity in _FILLS:
        severity.fill = _FILLS[finding.severity]
    put(_cell(sheet, row, 2), finding.sheet or "")
    place = _cell(sheet, row, 3)
    put(place, f"{finding.column or ''}{finding.row or ''}")
    put(_cell(sheet, row, 4), message)
    if target := _place(book, finding):
        _link(place, target)


def _link(cell: Cell, target: _Place) -> None:
    sheet, row, column = target
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{column}{row}")
    cell.font = _LINK


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of our own sheet, which has no merged ones."""
    return cast(Cell, sheet.cell(row, column))


def _free_title(book: Workbook, title: str) -> str:
    """A workbook that was marked before already has a sheet of this name."""
    titles = [title, *(f"{title} {number}" for number in range(2, len(book.sheetnames) + 3))]
    taken = {name.casefold() for name in book.sheetnames}
    return next(name for name in titles if name.casefold() not in taken)


def _show_first(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
    book.active = 0
