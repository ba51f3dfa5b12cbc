"""Payrolls and registers of many shapes: the heading is found and each column understood."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.payrolls import (
    NAMES,
    VALUES,
    Cell,
    column,
    fields,
    guesses,
    letters,
    sheet_of,
    write_book,
)

PLAIN = sheet_of(
    column("STT", "stt"),
    column("Họ và tên", "ho_ten"),
    column("Số CCCD", "cccd"),
    column("Ngày sinh", "ngay_sinh"),
    column("Lương đóng BHXH", "tien_luong"),
)
PLAIN_FIELDS = {
    "STT": "stt",
    "Họ và tên": "ho_ten",
    "Số CCCD": "cccd",
    "Ngày sinh": "ngay_sinh",
    "Lương đóng BHXH": "tien_luong",
}


def _guessed(tmp_path: Path, rows: Sequence[Sequence[Cell]], *merged: str) -> dict[str, str]:
    return fields(guesses(write_book(tmp_path / "a.xlsx", rows, merged=merged))[0])


def test_a_plain_list(tmp_path: Path) -> None:
    guess = guesses(write_book(tmp_path / "a.xlsx", PLAIN))[0]
    assert fields(guess) == PLAIN_FIELDS
    assert (guess.sheet, guess.header_row, guess.first_data_row, guess.rows) == ("Sheet1", 1, 2, 5)
    assert {each.confidence for each in guess.columns} == {1.0}
    assert guess.columns[1].samples == NAMES


def test_the_companys_name_and_a_title_above(tmp_path: Path) -> None:
    above: list[list[Cell]] = [
        ["CÔNG TY TNHH MÂY TRẮNG"],
        ["Địa chỉ: số 1 đường Không Có, xã Bịa"],
        [],
        [None, None, "BẢNG LƯƠNG THÁNG 11 NĂM 2026"],
        [],
    ]
    guess = guesses(write_book(tmp_path / "a.xlsx", [*above, *PLAIN], merged=["C4:E4"]))[0]
    assert (guess.header_row, guess.first_data_row) == (6, 7)
    assert fields(guess) == PLAIN_FIELDS


def test_empty_columns_before_and_between(tmp_path: Path) -> None:
    rows = [[None, None, row[0], None, *row[1:]] for row in PLAIN]
    guess = guesses(write_book(tmp_path / "a.xlsx", rows))[0]
    assert letters(guess)["E"] == "ho_ten"
    assert fields(guess) == PLAIN_FIELDS


def test_abbreviations(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ & tên", "ho_ten"),
        column("CMND/CCCD", "cccd"),
        column("NS", "ngay_sinh"),
        column("GT", "gioi_tinh"),
        column("T.Lương", "tien_luong"),
        column("SĐT", "dien_thoai"),
        column("Số TK", "so_tai_khoan"),
        column("MST", "ma_so_bhxh"),
    )
    assert _guessed(tmp_path, rows) == {
        "Họ & tên": "ho_ten",
        "CMND/CCCD": "cccd",
        "NS": "ngay_sinh",
        "GT": "gioi_tinh",
        "T.Lương": "tien_luong",
        "SĐT": "dien_thoai",
        "Số TK": "so_tai_khoan",
    }


def test_without_diacritics_and_in_capitals(tmp_path: Path) -> None:
    titles = ["STT", "HO VA TEN", "SO CCCD", "NGAY SINH", "LUONG DONG BHXH"]
    found = _guessed(tmp_path, [titles, *PLAIN[1:]])
    assert list(found.values()) == list(PLAIN_FIELDS.values())


def test_english_headings(tmp_path: Path) -> None:
    rows = sheet_of(
        column("No.", "stt"),
        column("Full name", "ho_ten"),
        column("ID Card No", "cccd"),
        column("DOB", "ngay_sinh"),
        column("Gender", "gioi_tinh"),
        column("Position", "chuc_vu"),
        column("Salary", "tien_luong"),
        column("Phone", "dien_thoai"),
    )
    assert list(_guessed(tmp_path, rows).values()) == [
        "stt",
        "ho_ten",
        "cccd",
        "ngay_sinh",
        "gioi_tinh",
        "chuc_vu",
        "tien_luong",
        "dien_thoai",
    ]


def test_two_languages_in_one_cell_and_in_two_rows(tmp_path: Path) -> None:
    one = [["Họ và tên\n(Full name)", "Số CCCD / ID No", "Ngày sinh (DOB)"]]
    data = [list(row) for row in zip(NAMES, VALUES["cccd"], VALUES["ngay_sinh"], strict=True)]
    assert list(_guessed(tmp_path, [*one, *data]).values()) == ["ho_ten", "cccd", "ngay_sinh"]
    two = [["Họ và tên", "Số CCCD", "Ngày sinh"], ["Full name", "ID No", "DOB"]]
    guess = guesses(write_book(tmp_path / "b.xlsx", [*two, *data]))[0]
    assert (guess.header_row, guess.first_data_row) == (2, 3)
    assert [each.confidence for each in guess.columns] == [1.0, 1.0, 1.0]


def test_a_heading_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    top = ["STT", "Họ và tên", "Hợp đồng lao động", None, "Tiền lương", None]
    low = [None, None, "Số", "Ngày ký", "BHXH", "Thực lĩnh"]
    data = [
        [at, name, f"HĐ-{at}", "01/02/2020", 6_000_000 + at, 9_000_000]
        for at, name in enumerate(NAMES, 1)
    ]
    merged = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
    found = _guessed(tmp_path, [top, low, *data], *merged)
    assert found == {
        "STT": "stt",
        "Họ và tên": "ho_ten",
        "Hợp đồng lao động / Số": "so_hop_dong",
        "Hợp đồng lao động / Ngày ký": "ngay_ky_hop_dong",
        "Tiền lương / BHXH": "tien_luong",
    }


def test_the_same_heading_where_merging_is_not_known(tmp_path: Path) -> None:
    top = ["STT", "Họ và tên", "Hợp đồng lao động", None, "Số CCCD"]
    low = [None, None, "Số", "Ngày ký", None]
    data = [
        [at, name, f"HĐ-{at}", "01/02/2020", cccd]
        for at, (name, cccd) in enumerate(zip(NAMES, VALUES["cccd"], strict=True), 1)
    ]
    guess = guesses(write_book(tmp_path / "a.xlsx", [top, low, *data]))[0]
    assert (guess.header_row, guess.first_data_row) == (2, 3)
    assert list(fields(guess).values()) == [
        "stt",
        "ho_ten",
        "so_hop_dong",
        "ngay_ky_hop_dong",
        "cccd",
    ]


def test_a_heading_of_three_rows_and_column_numbers(tmp_path: Path) -> None:
    top = ["STT", "Họ và tên", "Số CCCD", "Tiền lương", None, None]
    middle = [None, None, None, "Mức lương", "Phụ cấp", None]
    low = [None, None, None, None, "Chức vụ", "Thâm niên nghề"]
    numbers = ["A", "B", 1, 2, 3, 4]
    data = [
        [at, name, cccd, 6_000_000 + at, None, None]
        for at, (name, cccd) in enumerate(zip(NAMES, VALUES["cccd"], strict=True), 1)
    ]
    merged = ("A1:A3", "B1:B3", "C1:C3", "D1:F1", "E2:F2", "D2:D3")
    path = write_book(tmp_path / "a.xlsx", [top, middle, low, numbers, *data], merged=merged)
    guess = guesses(path)[0]
    assert (guess.header_row, guess.first_data_row, guess.rows) == (3, 5, 5)
    assert list(letters(guess).values()) == [
        "stt",
        "ho_ten",
        "cccd",
        "tien_luong",
        "phu_cap_cv",
        "phu_cap_tn_nghe",
    ]


def test_a_name_in_two_columns(tmp_path: Path) -> None:
    data = [[*name.rsplit(" ", 1), cccd] for name, cccd in zip(NAMES, VALUES["cccd"], strict=True)]
    guess = guesses(write_book(tmp_path / "a.xlsx", [["Họ đệm", "Tên", "Số CCCD"], *data]))[0]
    assert letters(guess) == {"A": "ho_ten", "B": "ho_ten", "C": "cccd"}


def test_first_and_last_name_are_joined_family_name_first(tmp_path: Path) -> None:
    data = [
        [name.rsplit(" ", 1)[1], name.rsplit(" ", 1)[0], cccd]
        for name, cccd in zip(NAMES, VALUES["cccd"], strict=True)
    ]
    guess = guesses(write_book(tmp_path / "a.xlsx", [["First name", "Last name", "ID No"], *data]))
    assert list(letters(guess[0])) == ["B", "A", "C"]


def test_one_title_over_the_two_columns_of_a_name(tmp_path: Path) -> None:
    data = [[*name.rsplit(" ", 1), cccd] for name, cccd in zip(NAMES, VALUES["cccd"], strict=True)]
    rows = [["Họ và tên", None, "Số CCCD"], *data]
    for merged in ((), ("A1:B1",)):
        guess = guesses(write_book(tmp_path / "a.xlsx", rows, merged=merged))[0]
        assert letters(guess) == {"A": "ho_ten", "B": "ho_ten", "C": "cccd"}


def test_a_lone_column_called_name_is_the_name(tmp_path: Path) -> None:
    rows = sheet_of(column("Tên", "ho_ten"), column("CCCD", "cccd"))
    guess = guesses(write_book(tmp_path / "a.xlsx", rows))[0]
    assert letters(guess) == {"A": "ho_ten", "B": "cccd"}
    assert guess.columns[0].confidence < 1


def test_columns_without_a_heading_are_known_by_their_content(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ và tên", "ho_ten"),
        column("Mã số BHXH", "ma_so_bhxh"),
        column(None, "cccd"),
        column("Cột 1", "email"),
        column("Cột 2", "gioi_tinh"),
        column("Cột 3", "dien_thoai"),
        column("Cột 4", "phuong_an"),
    )
    guess = guesses(write_book(tmp_path / "a.xlsx", rows))[0]
    assert letters(guess) == {
        "A": "ho_ten",
        "B": "ma_so_bhxh",
        "C": "cccd",
        "D": "email",
        "E": "gioi_tinh",
        "F": "dien_thoai",
        "G": "phuong_an",
    }
    by_content = [each for each in guess.columns if each.why == "columns.by_content"]
    assert [each.column for each in by_content] == ["C", "D", "E", "F", "G"]
    assert all(each.confidence < 0.8 for each in by_content)


def test_the_wage_of_the_declaration_goes_before_other_wages(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ tên", "ho_ten"),
        column("CCCD", "cccd"),
        column("Lương cơ bản", "tien_luong"),
        column("Lương đóng BHXH", "tien_luong"),
        column("Thực lĩnh", "tien_luong"),
        column("Tổng thu nhập", "tien_luong"),
    )
    found = _guessed(tmp_path, rows)
    assert [heading for heading, key in found.items() if key == "tien_luong"] == ["Lương đóng BHXH"]


def test_money_that_was_paid_is_not_the_wage(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ tên", "ho_ten"),
        column("CCCD", "cccd"),
        column("Thực lĩnh", "tien_luong"),
        column("Mã số thuế", "ma_so_bhxh"),
        column("Mã nhân viên", "stt"),
    )
    assert list(_guessed(tmp_path, rows).values()) == ["ho_ten", "cccd"]


def test_a_tax_code_is_not_taken_for_a_social_number(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ tên", "ho_ten"),
        column("MST TNCN", "ma_so_bhxh"),
        column("Số sổ", "ma_so_bhxh"),
    )
    assert _guessed(tmp_path, rows) == {"Họ tên": "ho_ten", "Số sổ": "ma_so_bhxh"}


def test_a_heading_that_its_values_contradict_is_doubted(tmp_path: Path) -> None:
    rows = sheet_of(column("Họ tên", "ho_ten"), column("Số CCCD", "chuc_vu"))
    guess = guesses(write_book(tmp_path / "a.xlsx", [*rows]))
    doubted = {each.heading: each.confidence for each in guess[0].columns} if guess else {}
    assert doubted.get("Số CCCD", 0) < 0.7


def test_each_field_goes_to_one_column(tmp_path: Path) -> None:
    rows = sheet_of(
        column("Họ tên", "ho_ten"),
        column("Người phụ trách", "ho_ten"),
        column("CCCD", "cccd"),
        column("Điện thoại", "dien_thoai"),
        column("Điện thoại di động", "dien_thoai"),
    )
    found = list(_guessed(tmp_path, rows).values())
    assert len(found) == len(set(found))


def test_the_likeliest_of_several_sheets_comes_first(tmp_path: Path) -> None:
    more: dict[str, Sequence[Sequence[Cell]]] = {
        "Hướng dẫn": [["Điền họ tên và số CCCD vào trang sau."]],
        "Chấm công": [["Họ và tên", "Ngày công"], *([name, 26] for name in NAMES)],
        "Liên hệ": sheet_of(column("Họ và tên", "ho_ten"), column("Email", "email")),
    }
    found = guesses(write_book(tmp_path / "a.xlsx", PLAIN, name="Lương", more=more))
    assert [guess.sheet for guess in found] == ["Lương", "Liên hệ"]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["Ghi nhớ", "Gọi điện cho ngân hàng"]],
        [["Tháng", "Doanh thu"], [1, 5_000_000], [2, 6_000_000]],
        [["Mã hàng", "Tên hàng", "Số lượng"], ["A1", "Bút bi", 5]],
    ],
)
def test_what_lists_nobody_is_not_guessed(tmp_path: Path, rows: list[list[Cell]]) -> None:
    assert guesses(write_book(tmp_path / "a.xlsx", rows or [[None]])) == ()


def test_a_long_list_is_counted_whole(tmp_path: Path) -> None:
    data = [[at, f"Nguyễn Văn {chr(65 + at % 26)}", "079095000011"] for at in range(1, 1001)]
    guess = guesses(write_book(tmp_path / "a.xlsx", [["STT", "Họ và tên", "CCCD"], *data]))[0]
    assert guess.rows == 1000
