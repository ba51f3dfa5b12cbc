"""Every layout in use is known by its own headings, and none is taken for another."""

from pathlib import Path

import pytest

from forms.excel import layout as layouts
from forms.excel.layout import Grade, Match
from forms.excel.number_row import is_number_row
from forms.excel.workbook import read_workbook
from forms.findings import Severity
from forms.model import Part
from tests.fakes.payrolls import NAMES, VALUES, Cell, book_of_layout, guesses, write_book

CODES = layouts.known_codes()
IN_USE = {
    "vnpt-d02-tk1-2025-11",
    "vnpt-d03-tk1",
    "kbhxh-tkd02tk1",
    "ebh-tn0508",
    "bhxh-sms-import",
    "efy-bhxh630",
    "mbhxh-600-tang",
    "mbhxh-600a-giam",
    "mbhxh-600b-dieu-chinh",
    "d02-lt-2026-05",
    "d03-ts-2023",
    "mau-so-3-2026-05",
    "d09-ts-2026-05",
    "tokhai-2026-11",
}


def test_the_layouts_in_use_are_all_there() -> None:
    assert set(CODES) == IN_USE


@pytest.mark.parametrize("code", CODES)
def test_a_workbook_of_a_layouts_own_headings_is_that_layout(code: str, tmp_path: Path) -> None:
    path = book_of_layout(tmp_path / "a.xlsx", layouts.load(code))
    result = read_workbook(path)
    assert result.draft.layout == code
    people = result.draft.rows(Part.LAO_DONG)
    assert [row.get("ho_ten") for row in people] == [NAMES[0]]


@pytest.mark.parametrize("code", CODES)
def test_it_is_so_on_a_sheet_of_another_name_too(code: str, tmp_path: Path) -> None:
    path = book_of_layout(tmp_path / "a.xlsx", layouts.load(code), name="Bảng của tôi")
    assert read_workbook(path).draft.layout == code


@pytest.mark.parametrize("code", CODES)
def test_its_columns_are_said_without_a_doubt(code: str, tmp_path: Path) -> None:
    best = guesses(book_of_layout(tmp_path / "a.xlsx", layouts.load(code)))[0]
    assert best.layout == code
    assert {each.confidence for each in best.columns} == {1.0}


@pytest.mark.parametrize("code", CODES)
def test_a_layout_of_another_procedure_gives_people_and_no_movement(code: str) -> None:
    layout = layouts.load(code)
    sheet = layout.sheet(Part.LAO_DONG)
    assert sheet is not None
    movement = {"phuong_an", "loai", "tu_thang"} & {column.key for column in sheet.named}
    assert not (layout.people_only and movement)
    assert layout.people_only or "tu_thang" in movement


def test_what_the_file_is_and_what_is_not_read_is_said(tmp_path: Path) -> None:
    path = book_of_layout(tmp_path / "a.xlsx", layouts.load("mau-so-3-2026-05"))
    found = {finding.code: finding for finding in read_workbook(path).findings}
    assert "Mẫu số 3" in str(found["layout.people_only"].params["layout"])
    assert "layout.not_seen" in found
    assert "Tháng tham gia" in str(found["layout.columns_unread"].params["names"])
    assert all(finding.severity is Severity.INFO for finding in found.values())


def test_a_layout_that_was_never_seen_whole_says_so_in_its_grade() -> None:
    grades = {code: layouts.load(code).grade for code in CODES}
    assert grades["mbhxh-600-tang"] is Grade.GUESSED
    assert grades["efy-bhxh630"] is Grade.LIKELY
    assert grades["d02-lt-2026-05"] is Grade.CERTAIN


def test_the_printed_list_is_read_with_and_without_its_column_numbers(tmp_path: Path) -> None:
    layout = layouts.load("d02-lt-2026-05")
    path = book_of_layout(tmp_path / "a.xlsx", layout)
    assert read_workbook(path).draft.rows(Part.LAO_DONG)[0].line == 18
    rows = _d02(numbers=False)
    bare = read_workbook(write_book(tmp_path / "b.xlsx", rows))
    assert [row.line for row in bare.draft.rows(Part.LAO_DONG)] == [4, 5]
    with_numbers = read_workbook(write_book(tmp_path / "c.xlsx", _d02(numbers=True)))
    assert [row.line for row in with_numbers.draft.rows(Part.LAO_DONG)] == [5, 6]


def _d02(*, numbers: bool) -> list[list[Cell]]:
    top = "STT|Họ và tên|Mã số BHXH|Ngày/ tháng/ năm sinh|Chức vụ, chức danh nghề, nghề nghiệp, "
    top += "nơi làm việc|Tiền lương||||||Loại HĐLĐ|||Ngày Quyết định, HĐLĐ, HĐLV có hiệu lực|"
    top += "Từ tháng/ năm|Đến tháng/ năm|Nơi đăng ký KCB ban đầu|Hình thức nhận kết quả|"
    top += "Loại tăng, giảm, điều chỉnh|Ghi chú"
    middle = "|||||Hệ số lương/ Tiền lương|Hệ số chênh lệch bảo lưu|Phụ cấp|||Các khoản phụ cấp "
    middle += "lương và thu nhập bổ sung|Không xác định thời hạn|Xác định thời hạn|HĐ, thỏa thuận "
    middle += "khác|||||||"
    low = "|||||||Chức vụ|Thâm niên VK (%)|Thâm niên nghề (%)|||||||||||"
    heading: list[list[Cell]] = [
        [title or None for title in line.split("|")] for line in (top, middle, low)
    ]
    marks: list[list[Cell]] = [["A", "B", *range(1, 20)]] if numbers else []
    people = [_person(at) for at in range(2)]
    return [*heading, *marks, *people]


def _person(at: int) -> list[Cell]:
    cells: list[Cell] = [None] * 21
    for place, key in ((0, "stt"), (1, "ho_ten"), (2, "ma_so_bhxh"), (3, "ngay_sinh")):
        cells[place] = VALUES[key][at]
    cells[5], cells[15] = VALUES["tien_luong"][at], VALUES["tu_thang"][at]
    return cells


@pytest.mark.parametrize(
    ("cells", "numbered"),
    [
        (["A", "B", 1, 2, 3, 4], True),
        (["A", "B", "(1)", "(2)", "(3)=(1)+(2)", None], True),
        ([1, 2, 3, 4, 5], True),
        ([1, "Cầm Thử", "0116000013"], False),
        ([1, 0, 1, 0, 1], False),
        ([None, None], False),
    ],
)
def test_a_row_of_column_numbers(cells: list[Cell], numbered: bool) -> None:
    assert is_number_row(cells) is numbered


def test_a_form_known_by_titles_says_how_many_rows_its_heading_has() -> None:
    for code in CODES:
        for sheet in layouts.load(code).sheets:
            depth = max(column.title.count(" / ") for column in sheet.columns) + 1
            assert sheet.match is Match.NAMES or sheet.heading_rows == depth


def test_a_list_of_ones_own_is_no_printed_form(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["STT", "Họ và tên", "Mã số BHXH", "Ngày sinh", "Ghi chú"]]
    rows.append([1, NAMES[0], "7916000011", "05/02/1995", None])
    assert guesses(write_book(tmp_path / "a.xlsx", rows))[0].layout is None
