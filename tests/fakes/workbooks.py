"""Workbooks made by hand, whole or damaged, without a spreadsheet library.

A ``Package`` is the parts of an .xlsx; tests change a part or the zip and write it.
"""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from forms.excel import layout as layouts
from forms.model import Part

LAYOUT = "vnpt-d02-tk1-2025-11"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DATA_SHEET = "Dữ Liệu"

CellValue = str | float | int | bool | None
PERSON: Mapping[str, CellValue] = {
    "stt": 1,
    "ho_ten": "Cầm Thử Nghiệm",
    "ma_so_bhxh": "0123456789",
    "phuong_an": "TM",
    "chuc_vu": "Nhân viên",
    "tien_luong": 6_000_000,
    "tu_thang": "02/2026",
    "cccd": "079095012345",
    "ngay_sinh": "05/02/1995",
    "gioi_tinh": 1,
}
"""an invented person in field keys"""


@dataclass(slots=True)
class Package:
    """Part name → content."""

    parts: dict[str, bytes] = field(default_factory=dict)

    def write(self, path: Path, compression: int = zipfile.ZIP_DEFLATED) -> Path:
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path


def cell_xml(place: str, value: CellValue) -> str:
    """One cell; None gives an empty, styled one."""
    if value is None:
        return f'<c r="{place}" s="0"/>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def row_xml(line: int, cells: Mapping[str, CellValue | bytes], attributes: str = "") -> str:
    """``cells``: letters → value; bytes are the XML of the whole cell."""
    inside = "".join(
        value.decode() if isinstance(value, bytes) else cell_xml(f"{letters}{line}", value)
        for letters, value in cells.items()
    )
    return f'<row r="{line}"{attributes}>{inside}</row>'


def sheet_xml(rows: Iterable[str], before: str = "") -> bytes:
    """A worksheet part from the XML of its rows."""
    body = "".join(rows)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def package(sheets: Mapping[str, bytes], workbook_properties: str = "") -> Package:
    """A whole package: sheet name → worksheet part."""
    numbers = range(1, len(sheets) + 1)
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, sheets, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook_properties}'
            f"<sheets>{entries}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ),
    }
    content = {name: text.encode() for name, text in parts.items()}
    for number, part in zip(numbers, sheets.values(), strict=True):
        content[f"xl/worksheets/sheet{number}.xml"] = part
    return Package(content)


def letters_of(key: str, part: Part = Part.LAO_DONG) -> str:
    """Where a field stands in the layout."""
    sheet = layouts.load(LAYOUT).sheet(part)
    column = sheet.column(key) if sheet else None
    if column is None:
        raise KeyError(key)
    return column.letters


def header_cells(part: Part = Part.LAO_DONG) -> dict[str, CellValue | bytes]:
    """Letters → technical name, as in the layout."""
    sheet = layouts.load(LAYOUT).sheet(part)
    return {column.letters: column.name for column in sheet.named} if sheet else {}


def person_cells(**changes: CellValue | bytes) -> dict[str, CellValue | bytes]:
    """Letters → value for the invented person, some fields changed."""
    merged: dict[str, CellValue | bytes] = {**PERSON, **changes}
    placed = {letters_of(key): value for key, value in merged.items() if value != ""}
    return dict(sorted(placed.items(), key=lambda pair: (len(pair[0]), pair[0])))


def data_sheet(*people: Mapping[str, CellValue | bytes], first_line: int = 4) -> bytes:
    """The main sheet: technical names in line 3, then one row a person."""
    lines = [
        row_xml(line, person_cells(**person)) for line, person in enumerate(people, first_line)
    ]
    return sheet_xml([row_xml(3, header_cells()), *lines])


def roster(*people: Mapping[str, CellValue | bytes]) -> Package:
    """A workbook whose only sheet lists these people."""
    return package({DATA_SHEET: data_sheet(*people)})
