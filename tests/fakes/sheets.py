"""A small list of people as the reading library gives it, and what is read of it."""

from collections.abc import Sequence

from forms.excel import layout as layouts
from forms.excel.cleaned import Raw
from forms.excel.finding_log import FindingLog
from forms.excel.matching import SheetMatch, find_header
from forms.excel.reader import SheetReader
from forms.findings import Finding
from forms.model import Row

SHEET = "Danh sách"
_LAYOUT = """
code = "test"
title_vi = "Mẫu thử"
title_en = "Test"
[[sheet]]
part = "lao_dong"
name = "Danh sách"
required = true
title_row = 1
header_row = 1
first_data_row = 2
identity = ["ho_ten", "ma_so_bhxh", "cccd"]
columns = [
    { column = "A", name = "STT", key = "stt", title = "STT" },
    { column = "B", name = "HoTen", key = "ho_ten", title = "Họ và tên", needed = true },
    { column = "C", name = "SoBHXH", key = "ma_so_bhxh", title = "Mã số BHXH",\
      kind = "social_number", needed = true },
    { column = "D", name = "SoCCCD", key = "cccd", title = "Số CCCD",\
      kind = "citizen_id", needed = true },
    { column = "E", name = "O", key = "o", title = "Ô thử", kind = "KIND" },
    { column = "F", name = "GhiChu", key = "ghi_chu", title = "Ghi chú" },
]
"""
HEADING: list[Raw] = ["STT", "HoTen", "SoBHXH", "SoCCCD", "O", "GhiChu"]
NOBODY: Raw = ""


def person(cell: Raw = "", *, name: str = "Cầm Thử", note: Raw = "") -> list[Raw]:
    """A row of somebody with ``cell`` in the column of the kind to be tried (E)."""
    return [1.0, name, "0123456789", "079195012345", cell, note]


def read_sheet(
    *rows: Sequence[Raw], kind: str = "text", from_1904: bool = False
) -> tuple[Sequence[Row], tuple[Finding, ...]]:
    """Reads rows that begin at line 2, below the heading; ``kind`` is that of column E."""
    log = FindingLog()
    table = [HEADING, *rows]
    reader = SheetReader(match_of(kind), first_column=1, from_1904=from_1904, log=log)
    found = reader.read(table, {}, lambda _line: None)
    return found, log.all()


def match_of(kind: str = "text") -> SheetMatch:
    """The heading above, found."""
    layout = layouts.parse(_LAYOUT.replace("KIND", kind)).sheets[0]
    match = find_header(layout, SHEET, [HEADING], 1)
    assert match is not None
    return match
