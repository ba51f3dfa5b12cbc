"""The line of the printed list follows from the draft: codes in words, sums, marks."""

from datetime import date

import pytest

from forms import catalog
from forms.model import Draft, Part, Row, Section
from forms.printed import printed_rows

PERSON = {
    "stt": "17",
    "ho_ten": "Hoàng Thị Thử Nghiệm",
    "ma_so_bhxh": "7900000017",
    "ngay_sinh": "08/1996",
    "chuc_vu": "Kế toán",
    "noi_lam_viec": "Xã Giả Định, tỉnh Ví Dụ",
    "tien_luong": "12500000",
    "phu_cap_luong": "10000000",
    "phu_cap_bo_sung": "5000000",
    "hdld_xdth_tu_ngay": "01/10/2026",
    "tu_thang": "10/2026",
    "ma_benh_vien": "79031",
    "nhan_ban_dien_tu": "1",
    "phuong_an": "TM",
    "vtvl_nql_tu_ngay": "01/09/2026",
}


def printed(filed: date, **changes: str) -> dict[str, str]:
    row = Row(4, {**PERSON, **changes})
    draft = Draft("l", "f.xlsx", (Section(Part.LAO_DONG, "s", {}, (row,)),))
    form = catalog.printed_form("D02-LT", filing_date=filed).definition
    return dict(printed_rows(form, draft)[0])


def test_the_list_of_2026_says_the_movement_in_words() -> None:
    line = printed(date(2026, 10, 5))
    assert line["loai_tang_giam"] == "Tăng mới"
    assert "TM" not in line.values()
    assert "79031" not in line.values()
    assert line["stt"] == "1"


def test_parts_are_joined_added_and_marked() -> None:
    line = printed(date(2026, 10, 5))
    assert line["chuc_vu_noi_lam_viec"] == "Kế toán, Xã Giả Định, tỉnh Ví Dụ"
    assert line["phu_cap_va_bo_sung"] == "15000000"
    assert (line["hd_khong_xac_dinh"], line["hd_xac_dinh"], line["hd_khac"]) == ("", "x", "")
    assert line["ngay_hieu_luc"] == "01/10/2026"
    assert line["hinh_thuc_nhan"] == "bản điện tử"


def test_what_is_empty_stays_empty_and_what_is_no_amount_stays_seen() -> None:
    line = printed(date(2026, 10, 5), phu_cap_luong="", phu_cap_bo_sung="", nhan_ban_dien_tu="0")
    assert (line["phu_cap_va_bo_sung"], line["hinh_thuc_nhan"]) == ("", "")
    assert printed(date(2026, 10, 5), phu_cap_luong="mười")["phu_cap_va_bo_sung"] == (
        "mười + 5000000"
    )


def test_an_unknown_code_is_printed_as_it_is() -> None:
    assert printed(date(2026, 10, 5), phuong_an="ZZ")["loai_tang_giam"] == "ZZ"


def test_the_list_of_27_columns_keeps_its_own_shape() -> None:
    line = printed(date(2026, 4, 30))
    assert (line["phu_cap_luong"], line["phu_cap_bo_sung"]) == ("10000000", "5000000")
    assert line["vtvl_nha_quan_ly"] == "01/09/2026"
    assert "loai_tang_giam" not in line


KEYS_OF_THE_DRAFT = catalog.form("D02-TS", filing_date=date(2026, 10, 5)).definition.keys(
    "lao_dong"
) | catalog.form("TK1-TS", filing_date=date(2026, 10, 5)).definition.keys("lao_dong")


@pytest.mark.parametrize("version", [*catalog.versions("D02-LT"), catalog.versions("D02-TS")[0]])
def test_every_printed_field_is_fed_by_the_draft(version: catalog.FormVersion) -> None:
    nowhere_in_the_workbook = {"chenh_lech_bao_luu"}
    for field in version.definition.fields:
        if field.part == "lao_dong" and field.key not in nowhere_in_the_workbook:
            fed = set(field.made.of) if field.made else {field.key}
            assert fed <= KEYS_OF_THE_DRAFT, field.key
