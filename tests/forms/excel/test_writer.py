"""Rows written in a layout come back as they were, and never as formulas."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from forms.excel.writer import write_rows
from forms.model import Part
from resources.faults import SurroundingsFault, UsageFault

LAYOUT = "vnpt-d02-tk1-2025-11"


def test_names_stand_in_row_three_and_data_from_row_four(tmp_path: Path) -> None:
    out = tmp_path / "roster.xlsx"
    write_rows(out, LAYOUT, {Part.LAO_DONG: [{"ho_ten": "Cầm Thử Nghiệm", "tien_luong": 6000000}]})
    sheet = load_workbook(out)["Dữ Liệu"]
    assert sheet["B3"].value == "HoTen"
    assert sheet["B4"].value == "Cầm Thử Nghiệm"
    assert sheet["J4"].value == 6000000


def test_every_sheet_of_the_layout_is_written(tmp_path: Path) -> None:
    out = tmp_path / "empty.xlsx"
    write_rows(out, LAYOUT, {})
    assert load_workbook(out).sheetnames == ["Dữ Liệu", "Phụ lục", "Bảng kê"]


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-5", "@SUM(A1)", "#REF!", "\t=1"])
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    out = tmp_path / "risky.xlsx"
    write_rows(out, LAYOUT, {Part.LAO_DONG: [{"ghi_chu": text}]})
    cell = load_workbook(out)["Dữ Liệu"]["S4"]
    assert cell.data_type == "s"
    assert cell.value == text


def test_a_control_character_is_left_out(tmp_path: Path) -> None:
    out = tmp_path / "control.xlsx"
    write_rows(out, LAYOUT, {Part.LAO_DONG: [{"ho_ten": "Cầm\x07 Thử"}]})
    assert load_workbook(out)["Dữ Liệu"]["B4"].value == "Cầm Thử"


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no column for 'luong'"):
        write_rows(tmp_path / "x.xlsx", LAYOUT, {Part.LAO_DONG: [{"luong": 1}]})
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        write_rows(tmp_path / "x.xlsx", "no-such", {})
    assert caught.value.code == "layout.not_known"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsFault) as caught:
        write_rows(tmp_path / "gone" / "x.xlsx", LAYOUT, {})
    assert caught.value.code == "workbook.cannot_write"
