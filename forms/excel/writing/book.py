"""A new workbook: its sheets streamed one after the other into the package."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from forms.excel.writing.formats import styles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""the same rows give the same bytes"""
_LEVEL = 4
_RECALCULATE = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
_TOGETHER = 200
"""rows that are packed at a time"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSheet:
    """A sheet to be written. ``rows``: XML of each row, called once."""

    name: str
    rows: Callable[[], Iterable[str]]
    before: str = ""
    """XML before the rows: view, columns"""
    after: str = ""
    """XML behind them: filter, links, choices"""
    hidden: bool = False


def row(line: int, cells: Iterable[str], attributes: str = "") -> str:
    """A row of cells made by ``cells.cell``; nothing when none of them says anything."""
    inside = "".join(cells)
    return f'<row r="{line}"{attributes}>{inside}</row>' if inside else ""


def write_book(
    out: BinaryIO,
    sheets: Sequence[NewSheet],
    *,
    names: Iterable[str] = (),
    recalculate: bool = False,
) -> None:
    """``names``: XML of the defined names; ``recalculate``: formulas have no results yet."""
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for part, content in _frame(sheets, "".join(names), recalculate=recalculate).items():
            package.writestr(_entry(part), content)
        for number, sheet in enumerate(sheets, 1):
            with package.open(_entry(_part(number)), "w", force_zip64=True) as file:
                for piece in _pieces(sheet):
                    file.write(piece.encode())


def _entry(part: str) -> ZipInfo:
    entry = ZipInfo(part, _EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _pieces(sheet: NewSheet) -> Iterator[str]:
    yield f"{_HEAD}<worksheet xmlns={quoteattr(MAIN)}>{sheet.before}<sheetData>"
    waiting: list[str] = []
    for line in sheet.rows():
        waiting.append(line)
        if len(waiting) >= _TOGETHER:
            yield "".join(waiting)
            waiting.clear()
    yield f"{''.join(waiting)}</sheetData>{sheet.after}</worksheet>"


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _frame(sheets: Sequence[NewSheet], names: str, *, recalculate: bool) -> dict[str, bytes]:
    numbers = range(1, len(sheets) + 1)
    types = "".join(_override(_part(number), "worksheet") for number in numbers)
    relations = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    listed = "".join(map(_listed, numbers, sheets))
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    first = next((at for at, sheet in enumerate(sheets) if not sheet.hidden), 0)
    texts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{_override("xl/workbook.xml", "sheet.main")}'
            f"{types}{_override('xl/styles.xml', 'styles')}</Types>"
        ),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab='
            f'"{first}"/></bookViews><sheets>{listed}</sheets>{defined}'
            f"{_RECALCULATE if recalculate else ''}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            relations + _relation(len(sheets) + 1, "styles", "styles.xml")
        ),
    }
    parts = {name: (_HEAD + content).encode() for name, content in texts.items()}
    return {**parts, "xl/styles.xml": styles()}


def _listed(number: int, sheet: NewSheet) -> str:
    state = ' state="hidden"' if sheet.hidden else ""
    return f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{state} r:id="rId{number}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{escape(target)}"/>'
