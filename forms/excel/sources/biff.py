"""The records of an .xls stream, walked before the reading library sees them. Source: [MS-XLS]."""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.biff_strings import string_sizes
from forms.excel.sources.facts import FactsLog, Issue, SheetFacts
from resources.faults import DataFault

_HEAD = struct.Struct("<HH")
_BOF, _EOF, _CONTINUE, _FILEPASS, _DATE_1904 = 0x0809, 0x000A, 0x003C, 0x002F, 0x0022
_SHEET, _SST, _NAME, _EXTERN, _BOOK_LINK = 0x0085, 0x00FC, 0x0018, 0x0017, 0x01AE
_CONNECTION, _EXTENT, _ROW, _COLUMNS = 0x0876, 0x0200, 0x0208, 0x007D
_FORMULA, _BOOL_OR_ERROR, _MANY_NUMBERS, _SHARED_STRING = 0x0006, 0x0205, 0x00BD, 0x00FD
_CELLS = frozenset({0x0203, 0x0204, _BOOL_OR_ERROR, 0x027E, _MANY_NUMBERS, _SHARED_STRING})
_ALL_CELLS = _CELLS | {0x00D6, _FORMULA}
_NEEDLESS = frozenset({_NAME, _EXTERN, _EXTENT})
"""names, references and a claimed extent: nothing of them is read, and each may be a lie"""
_NOTHING = b"\xff\x0f"
"""a record type that nobody knows"""
_OWN_BOOK = (b"\x01\x04", b"\x01\x3a")
_BIFF8 = 0x0600
_ERROR_RESULT = 2
_WORKSHEET, _MACRO_SHEET = 0, 1
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True, kw_only=True)
class BiffSheet:
    name: str
    start: int
    visible: bool
    is_list: bool
    """a worksheet, not a chart or a macro sheet"""
    facts: SheetFacts = field(default_factory=SheetFacts)


@dataclass(slots=True, kw_only=True)
class BiffBook:
    stream: bytearray
    """what nobody needs is made unknown in place, so that all offsets stay true"""
    sheets: list[BiffSheet] = field(default_factory=list)
    from_1904: bool = False
    reaches_out: bool = False
    """links to other files, connections, macro sheets"""
    string_sizes: tuple[int, ...] = ()


def read_biff(stream: bytes, file: str, limits: Limits = LIMITS) -> BiffBook:
    """Walks all records. Raises DataFault ``workbook.is_excel_95``, ``workbook.has_password``,
    ``workbook.sheet_too_big``, ``workbook.text_too_long`` and ``workbook.broken``."""
    book = BiffBook(stream=bytearray(stream))
    _read_globals(book, file)
    cells = 0
    for sheet in book.sheets:
        log = FactsLog(sheet=sheet.name, limits=limits)
        _read_sheet(book, sheet.start, log)
        sheet.facts = log.facts()
        cells += log.last_row * log.last_column
        if cells > limits.cells:
            raise DataFault("workbook.sheet_too_big", sheet=sheet.name, cell="A1")
    return book


def _records(stream: bytes | bytearray, at: int) -> Iterator[tuple[int, int, int, int]]:
    """(type, where the record begins, where its data begins, where they end)."""
    size = len(stream)
    while at + 4 <= size:
        kind, length = _HEAD.unpack_from(stream, at)
        end = at + 4 + length
        if end > size:
            raise DataFault("workbook.broken")
        yield kind, at, at + 4, end
        at = end


def _read_globals(book: BiffBook, file: str) -> None:
    stream = book.stream
    strings: list[bytes] = []
    previous = first = 0
    for kind, at, begin, end in _records(stream, 0):
        if not first:
            first = _check_version(kind, stream[begin:end], file)
        data = bytes(stream[begin:end])
        if kind == _EOF:
            break
        if kind == _SST or (kind == _CONTINUE and previous == _SST):
            strings.append(data)
        _take_global(book, kind, at, data, file)
        previous = kind if kind != _CONTINUE else previous
    book.string_sizes = string_sizes(strings)


def _check_version(kind: int, data: bytes | bytearray, file: str) -> int:
    if kind != _BOF or len(data) < 4:
        raise DataFault("workbook.broken")
    if int.from_bytes(data[:2], "little") != _BIFF8:
        raise DataFault("workbook.is_excel_95", file=file)
    return kind


def _take_global(book: BiffBook, kind: int, at: int, data: bytes, file: str) -> None:
    if kind == _FILEPASS:
        raise DataFault("workbook.has_password", file=file)
    if kind == _SHEET:
        _take_sheet(book, data)
    elif kind == _DATE_1904:
        book.from_1904 = data[:1] == b"\x01"
    elif kind in _NEEDLESS:
        book.stream[at : at + 2] = _NOTHING
    elif kind == _CONNECTION or (kind == _BOOK_LINK and data[2:4] not in _OWN_BOOK):
        book.reaches_out = True


def _take_sheet(book: BiffBook, data: bytes) -> None:
    if len(data) < 8:
        raise DataFault("workbook.broken")
    start, hidden, kind, length, flags = struct.unpack_from("<IBBBB", data)
    wide = flags & 1
    name = data[8 : 8 + length * (2 if wide else 1)].decode(
        "utf-16-le" if wide else "latin-1", "replace"
    )
    if start >= len(book.stream):
        raise DataFault("workbook.broken")
    book.reaches_out = book.reaches_out or kind == _MACRO_SHEET
    book.sheets.append(
        BiffSheet(name=name, start=start, visible=not hidden & 3, is_list=kind == _WORKSHEET)
    )


def _read_sheet(book: BiffBook, start: int, log: FactsLog) -> None:
    stream = book.stream
    used: Counter[int] = Counter()
    depth = 0
    for kind, at, begin, end in _records(stream, start):
        if kind in _ALL_CELLS:
            _take_cell(stream, kind, begin, end, log, used)
        elif kind == _ROW and end - begin >= 16 and stream[begin + 12] & 0x20:
            log.hide_row(int.from_bytes(stream[begin : begin + 2], "little") + 1)
        elif kind == _COLUMNS and end - begin >= 10 and stream[begin + 8] & 1:
            first, last = _HEAD.unpack_from(stream, begin)
            log.hide_columns(first + 1, last + 1)
        elif kind in _NEEDLESS:
            stream[at : at + 2] = _NOTHING
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    log.weigh_used(used, book.string_sizes)


def _take_cell(
    stream: bytearray, kind: int, begin: int, end: int, log: FactsLog, used: Counter[int]
) -> None:
    if end - begin < 7:
        raise DataFault("workbook.broken")
    row, column = _HEAD.unpack_from(stream, begin)
    last = column if kind != _MANY_NUMBERS else column + (end - begin) // 6
    if row >= log.last_row or last >= log.last_column:
        log.reach(row + 1, last + 1)
    if kind == _SHARED_STRING:
        used[int.from_bytes(stream[begin + 6 : begin + 10], "little")] += 1
    elif kind == _BOOL_OR_ERROR and stream[begin + 7 : begin + 8] == b"\x01":
        log.note(Issue.ERROR, row + 1, column + 1, _ERRORS.get(stream[begin + 6], ""))
    elif (
        kind == _FORMULA
        and stream[begin + 12 : begin + 14] == b"\xff\xff"
        and stream[begin + 6] == _ERROR_RESULT
    ):
        log.note(Issue.ERROR, row + 1, column + 1, _ERRORS.get(stream[begin + 8], ""))
