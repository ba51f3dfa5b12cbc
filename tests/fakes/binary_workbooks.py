"""An .xlsb written by hand: just the records a reader needs. Source: [MS-XLSB]."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forms.excel.letters import to_number
from tests.fakes.workbooks import CellValue, Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def record(kind: int, data: bytes = b"") -> bytes:
    """One record: its type and length in sevens of bits."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(data), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + data


def wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


@dataclass(frozen=True, slots=True, kw_only=True)
class BinSheet:
    """``rows``: line → letters → value; a value that is the name of an error is one."""

    rows: Mapping[int, Mapping[str, CellValue | bytes]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    state: int = 0
    extra: bytes = field(default=b"")
    """records put behind the rows"""


def _cell(column: int, value: CellValue | bytes, strings: list[str]) -> bytes:
    place = struct.pack("<II", column, 0)
    if value is None or isinstance(value, bytes):
        return record(1, place)
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    if isinstance(value, (int, float)):
        return record(5, place + struct.pack("<d", value))
    if value in ERRORS:
        return record(3, place + bytes([ERRORS[value]]))
    if value not in strings:
        strings.append(value)
    return record(7, place + struct.pack("<I", strings.index(value)))


def _row(number: int, *, hidden: bool) -> bytes:
    flags = bytes([0, 0x10 if hidden else 0, 0])
    return record(0, struct.pack("<IIH", number - 1, 0, 300) + flags + struct.pack("<I", 0))


def _columns(letters: Iterable[str]) -> bytes:
    infos = b"".join(
        record(60, struct.pack("<IIIIH", number, number, 2304, 0, 1))
        for number in (to_number(each) - 1 for each in letters)
    )
    return record(390) + infos + record(391) if infos else b""


def sheet_part(sheet: BinSheet, strings: list[str]) -> bytes:
    body = b"".join(
        _row(line, hidden=line in sheet.hidden_rows)
        + b"".join(
            _cell(to_number(letters) - 1, value, strings) for letters, value in cells.items()
        )
        for line, cells in sheet.rows.items()
    )
    merges = b"".join(
        record(176, struct.pack("<4I", top - 1, bottom - 1, left - 1, right - 1))
        for top, left, bottom, right in sheet.merged
    )
    return (
        record(129)
        + record(148, struct.pack("<4I", 0, 10, 0, 10))
        + _columns(sheet.hidden_columns)
        + record(145)
        + body
        + sheet.extra
        + record(146)
        + merges
        + record(130)
    )


def bin_package(sheets: Mapping[str, BinSheet], *, from_1904: bool = False) -> Package:
    """A whole .xlsb: sheet name → sheet."""
    strings: list[str] = []
    parts = {
        f"xl/worksheets/sheet{number}.bin": sheet_part(sheet, strings)
        for number, sheet in enumerate(sheets.values(), 1)
    }
    bundle = b"".join(
        record(156, struct.pack("<II", sheet.state, number) + wide(f"rId{number}") + wide(name))
        for number, (name, sheet) in enumerate(sheets.items(), 1)
    )
    targets = [
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)
    ]
    targets.append(("rId99", "sharedStrings", "sharedStrings.bin"))
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    items = b"".join(record(19, b"\0" + wide(text)) for text in strings)
    count = struct.pack("<II", len(strings), len(strings))
    return Package(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="bin" '
                'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
            ).encode(),
            "xl/workbook.bin": record(131)
            + record(153, struct.pack("<III", int(from_1904), 0, 0))
            + record(143)
            + bundle
            + record(144)
            + record(157, b"\0" * 26)
            + record(132),
            "xl/_rels/workbook.bin.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
            ).encode(),
            "xl/sharedStrings.bin": record(159, count) + items + record(160),
            **parts,
        }
    )
