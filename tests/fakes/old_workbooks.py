"""An .xls written by hand: just the records a reader needs. Source: [MS-XLS]."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from forms.excel.letters import to_number
from forms.excel.sources.ole import pack
from tests.fakes.workbooks import CellValue

ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
BIFF8 = 0x0600


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int, version: int = BIFF8) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0x0600))


def text(value: str) -> bytes:
    """A counted string with two bytes a letter."""
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSheet:
    """``rows``: line → letters → value; a value that is the name of an error is one."""

    rows: Mapping[int, Mapping[str, CellValue | bytes]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[str, ...] = ()
    state: int = 0
    kind: int = 0
    """0 a worksheet, 1 macros, 2 a chart"""
    before: bytes = b""
    after: bytes = b""
    """records around the rows"""


def _cell(line: int, letters: str, value: CellValue | bytes, strings: list[str]) -> bytes:
    place = struct.pack("<HHH", line - 1, to_number(letters) - 1, 0)
    if isinstance(value, bytes):
        return value
    if value is None:
        return record(0x0201, place)
    if isinstance(value, bool):
        return record(0x0205, place + bytes([value, 0]))
    if isinstance(value, (int, float)):
        return record(0x0203, place + struct.pack("<d", value))
    if value in ERRORS:
        return record(0x0205, place + bytes([ERRORS[value], 1]))
    if value not in strings:
        strings.append(value)
    return record(0x00FD, place + struct.pack("<I", strings.index(value)))


def _sheet(sheet: OldSheet, strings: list[str]) -> bytes:
    columns = b"".join(
        record(0x007D, struct.pack("<HHHHHH", number, number, 2304, 0, 1, 0))
        for number in (to_number(each) - 1 for each in sheet.hidden_columns)
    )
    rows = b"".join(
        record(0x0208, struct.pack("<HHHHHHI", line - 1, 0, 1, 255, 0, 0, 0x20))
        for line in sorted(sheet.hidden_rows)
    )
    cells = b"".join(
        _cell(line, letters, value, strings)
        for line, row in sheet.rows.items()
        for letters, value in row.items()
    )
    kind = {0: 0x10, 1: 0x40, 2: 0x20}[sheet.kind]
    return _bof(kind) + sheet.before + columns + rows + cells + sheet.after + record(0x000A)


def _shared(strings: list[str]) -> bytes:
    """Continued between strings where one record is too small for all."""
    records, data = b"", struct.pack("<II", len(strings), len(strings))
    kind = 0x00FC
    for value in strings:
        if len(data) > 6000:
            records, data, kind = records + record(kind, data), b"", 0x003C
        data += text(value)
    return records + record(kind, data)


def old_stream(
    sheets: Mapping[str, OldSheet],
    *,
    from_1904: bool = False,
    before: bytes = b"",
    version: int = BIFF8,
    strings_record: bytes | None = None,
) -> bytes:
    """The stream ``Workbook``; ``before`` are records put behind the first."""
    strings: list[str] = []
    bodies = [_sheet(sheet, strings) for sheet in sheets.values()]
    shared = _shared(strings) if strings_record is None else strings_record
    head = _bof(0x05, version) + before + record(0x0022, struct.pack("<H", int(from_1904)))
    tail = shared + record(0x000A)
    names = [name.encode("utf-16-le") for name in sheets]
    at = len(head) + sum(4 + 8 + len(name) for name in names) + len(tail)
    bundle = b""
    for name, sheet, body in zip(names, sheets.values(), bodies, strict=True):
        data = struct.pack("<IBBBB", at, sheet.state, sheet.kind, len(name) // 2, 1) + name
        bundle += record(0x0085, data)
        at += len(body)
    return head + bundle + tail + b"".join(bodies)


def old_workbook(sheets: Mapping[str, OldSheet], *, from_1904: bool = False) -> bytes:
    """A whole .xls: sheet name → sheet."""
    return pack("Workbook", old_stream(sheets, from_1904=from_1904))
