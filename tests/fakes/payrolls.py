"""Lists of invented people as accountants keep them, written with a spreadsheet library."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from forms.excel import layout as layouts
from forms.excel.guess.sheets import guess_sheets
from forms.excel.layout import BETWEEN, Layout, Match, SheetLayout
from forms.excel.letters import to_number
from forms.excel.mapping import SheetGuess
from forms.excel.sources.opening import open_source

Cell = str | int | float | None
NAMES = ("Cầm Thử Nghiệm", "Nguyễn Văn Giả", "Trần Thị Bịa", "Lê Không Thật", "Phạm Thị Ví Dụ")
VALUES: dict[str, Sequence[Cell]] = {
    "stt": (1, 2, 3, 4, 5),
    "ho_ten": NAMES,
    "ma_so_bhxh": ("7916000011", "7916000012", "0116000013", "7916000014", "4816000015"),
    "cccd": ("079095000011", "001190000012", "079301000013", "048088000014", "079192000015"),
    "ngay_sinh": ("05/02/1995", "17/11/1990", "01/01/2001", "30/06/1988", "12/12/1992"),
    "gioi_tinh": ("Nam", "Nữ", "Nữ", "Nam", "Nữ"),
    "tien_luong": (6_000_000, 7_500_000, 12_500_000, 5_310_000, 9_000_000),
    "dien_thoai": ("0900000001", "0900000002", "0300000003", "0700000004", "0900000005"),
    "email": ("a@vidu.vn", "b@vidu.vn", "c@vidu.vn", "d@vidu.vn", "e@vidu.vn"),
    "phuong_an": ("TM", "GH", "DC", "TM", "CD"),
    "tu_thang": ("11/2026",) * 5,
    "so_tai_khoan": ("19030000001", "19030000002", "1903003", "19030000004", "190300005"),
    "chuc_vu": ("Công nhân may", "Kế toán", "Tổ trưởng", "Nhân viên kho", "Lái xe"),
}


def column(heading: Cell, key: str) -> list[Cell]:
    return [heading, *VALUES[key]]


def sheet_of(*columns: Sequence[Cell]) -> list[list[Cell]]:
    """Columns side by side."""
    return [list(row) for row in zip(*columns, strict=True)]


def write_book(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    *,
    merged: Sequence[str] = (),
    name: str = "Sheet1",
    more: dict[str, Sequence[Sequence[Cell]]] | None = None,
) -> Path:
    """``more``: other sheets, before this one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in {**(more or {}), name: rows}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    for area in merged:
        book[name].merge_cells(area)
    book.save(path)
    return path


def guesses(path: Path) -> tuple[SheetGuess, ...]:
    return guess_sheets(open_source(path))


def fields(guess: SheetGuess) -> dict[str, str]:
    """Heading → field of the columns that are taken for something."""
    return {each.heading: each.field for each in guess.columns if each.field}


def letters(guess: SheetGuess) -> dict[str, str]:
    return {each.column: each.field for each in guess.columns if each.field}


def book_of_layout(path: Path, layout: Layout, *, name: str | None = None) -> Path:
    """A workbook made of the layout's own names or titles, with one invented person."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for part in layout.sheets:
        sheet = book.create_sheet((name if part.required else None) or part.name)
        for line, at, text in _headings(part):
            sheet.cell(line, at, text)
        for each in part.named:
            if each.key in VALUES:
                value = VALUES[each.key][0]
                sheet.cell(part.first_data_row, to_number(each.letters), value)
    book.save(path)
    return path


def _headings(part: SheetLayout) -> list[tuple[int, int, str]]:
    """(line, column, text); titles over several rows stand in the first row they apply to."""
    found: list[tuple[int, int, str]] = []
    first = part.header_row - part.heading_rows + 1
    before: list[str] = []
    for each in part.columns:
        at = to_number(each.letters)
        if part.match is Match.NAMES:
            found.append((part.header_row, at, each.name))
            continue
        levels = each.title.split(BETWEEN) if part.heading_rows > 1 else [each.title]
        same = True
        for level, title in enumerate(levels):
            same = same and level < len(before) - 1 and before[level] == title
            if not same or level == len(levels) - 1:
                found.append((first + level, at, title))
        before = levels
    return found


def all_layouts() -> list[Layout]:
    return [layouts.load(code) for code in layouts.known_codes()]
