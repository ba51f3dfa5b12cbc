"""Lists of who comes and who goes, of programs whose sheets are known by their names alone.

Only the names and the number of columns are known (wire format §6.6), so no layout is made of
them: invented headings, as such lists are likely to have, must be guessed sensibly.
"""

from pathlib import Path

from forms.excel.mapping import SheetGuess
from forms.excel.preview import guess_workbook
from tests.fakes.payrolls import NAMES, Cell, write_book

COMES = (
    *("STT", "Họ và tên", "Mã số BHXH", "Số CCCD/CMND", "Ngày sinh", "Giới tính", "Quốc tịch"),
    *("Dân tộc", "Chức danh, công việc", "Tiền lương", "Phụ cấp chức vụ", "Từ tháng"),
    *("Loại hợp đồng", "Ngày hiệu lực HĐLĐ", "Nơi đăng ký KCB", "Ghi chú"),
)
GOES = (
    *("STT", "Họ và tên", "Mã số BHXH", "Ngày sinh", "Giới tính", "Số CCCD", "Lý do giảm"),
    *("Phương án", "Từ tháng", "Đến tháng", "Tiền lương", "Trả thẻ BHYT", "Ghi chú"),
)
NUMBERS = ("7916000011", "7916000012", "0116000013")
IDS = ("079095000011", "001190000012", "079301000013")
BORN = ("05/02/1995", "17/11/1990", "01/01/2001")


def _comes(row: int) -> list[Cell]:
    return [
        *(row + 1, NAMES[row], NUMBERS[row], IDS[row], BORN[row], "Nam", "VN", "01"),
        *("Công nhân may", 6_000_000, 200_000, "11/2026", "01", "01/11/2026", "79034", ""),
    ]


def _goes(row: int) -> list[Cell]:
    return [
        *(row + 1, NAMES[row], NUMBERS[row], BORN[row], "Nữ", IDS[row], "Thôi việc", "GH"),
        *("11/2026", "", 6_000_000, "x", ""),
    ]


def _guess(path: Path, name: str, heads: tuple[str, ...], rows: list[list[Cell]]) -> SheetGuess:
    titled: list[list[Cell]] = [["Danh sách lao động (bảng thử nghiệm)"], [], list(heads), *rows]
    return guess_workbook(write_book(path, titled, name=name))[0]


def _fields(guess: SheetGuess) -> dict[str, str | None]:
    return {each.heading: each.field for each in guess.columns}


def test_who_comes(tmp_path: Path) -> None:
    guess = _guess(tmp_path / "TangLaoDong.xlsx", "Sheet1", COMES, [_comes(r) for r in range(3)])
    assert (guess.layout, guess.header_row, guess.first_data_row) == (None, 3, 4)
    assert (
        _fields(guess).items()
        >= {
            "Họ và tên": "ho_ten",
            "Mã số BHXH": "ma_so_bhxh",
            "Số CCCD/CMND": "cccd",
            "Ngày sinh": "ngay_sinh",
            "Giới tính": "gioi_tinh",
            "Chức danh, công việc": "chuc_vu",
            "Tiền lương": "tien_luong",
            "Phụ cấp chức vụ": "phu_cap_cv",
            "Từ tháng": "tu_thang",
            "Loại hợp đồng": "loai_hop_dong",
            "Ghi chú": "ghi_chu",
        }.items()
    )


def test_who_goes(tmp_path: Path) -> None:
    rows = [_goes(row) for row in range(3)]
    guess = _guess(tmp_path / "GiamLaoDong.xlsx", "Truong_hop_Giam", GOES, rows)
    assert (guess.layout, guess.sheet, guess.header_row) == (None, "Truong_hop_Giam", 3)
    assert (
        _fields(guess).items()
        >= {
            "Họ và tên": "ho_ten",
            "Mã số BHXH": "ma_so_bhxh",
            "Số CCCD": "cccd",
            "Ngày sinh": "ngay_sinh",
            "Giới tính": "gioi_tinh",
            "Phương án": "phuong_an",
            "Từ tháng": "tu_thang",
            "Đến tháng": "den_thang",
            "Tiền lương": "tien_luong",
            "Ghi chú": "ghi_chu",
        }.items()
    )
    assert _fields(guess)["Trả thẻ BHYT"] is None
