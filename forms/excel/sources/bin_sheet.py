"""The cells of an .xlsb sheet by place. Source: [MS-XLSB] 2.4."""

import struct
from collections import Counter
from collections.abc import Sequence

from forms.excel.limits import LIMITS, Limits
from forms.excel.sources.bin_records import records
from forms.excel.sources.facts import FactsLog, Issue, SheetFacts
from resources.faults import DataFault

_ROW, _EMPTY, _ERROR, _SHARED, _FORMULA_ERROR = 0, 1, 3, 7, 11
_CELLS = frozenset(range(2, 12))
_COLUMNS, _MERGED, _END_OF_DATA = 60, 176, 146
_HIDDEN_ROW = 0x10
_HIDDEN_COLUMN = 0x01
_HIGHEST = 0x100000
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_U32 = struct.Struct("<I")
_FOUR = struct.Struct("<4I")


def scan_bin_sheet(
    part: bytes,
    *,
    sheet: str,
    limits: Limits = LIMITS,
    string_sizes: Sequence[int] = (),
) -> SheetFacts:
    """The facts of a sheet. Raises DataFault ``workbook.sheet_too_big``,
    ``workbook.text_too_long`` and ``workbook.broken``."""
    log = FactsLog(sheet=sheet, limits=limits)
    used: Counter[int] = Counter()
    try:
        _walk(part, limits, log, used)
    except struct.error as error:
        raise DataFault("workbook.broken") from error
    log.weigh_used(used, string_sizes)
    return log.facts()


def _walk(part: bytes, limits: Limits, log: FactsLog, used: Counter[int]) -> None:
    row = 0
    for kind, begin, end in records(part, limits.records):
        if kind in _CELLS:
            _take_cell(part, kind, begin, end, row, log, used)
        elif kind == _ROW:
            row = _U32.unpack_from(part, begin)[0] + 1
            if row > _HIGHEST:
                raise DataFault("workbook.broken")
            if end - begin >= 12 and part[begin + 11] & _HIDDEN_ROW:
                log.hide_row(row)
        elif kind == _COLUMNS and end - begin >= 18 and part[begin + 16] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<2I", part, begin)
            log.hide_columns(first + 1, last + 1)
        elif kind == _MERGED and end - begin >= 16:
            first_row, last_row, first, last = _FOUR.unpack_from(part, begin)
            log.merge(first_row + 1, first + 1, last_row + 1, last + 1)


def _take_cell(
    part: bytes, kind: int, begin: int, end: int, row: int, log: FactsLog, used: Counter[int]
) -> None:
    if end - begin < 9 or not row:
        raise DataFault("workbook.broken")
    column = _U32.unpack_from(part, begin)[0] + 1
    if row > log.last_row or column > log.last_column:
        log.reach(row, column)
    if kind == _SHARED:
        used[_U32.unpack_from(part, begin + 8)[0]] += 1
    elif kind in (_ERROR, _FORMULA_ERROR):
        log.note(Issue.ERROR, row, column, _ERRORS.get(part[begin + 8], ""))
