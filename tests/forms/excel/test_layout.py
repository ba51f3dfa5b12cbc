"""Layouts are data: strict when loaded, found in a workbook by names."""

from pathlib import Path

import pytest

from forms.excel import layout as layouts
from forms.excel.letters import to_letters, to_number
from forms.excel.matching import folded
from forms.excel.workbook import ReadResult, read_workbook
from forms.findings import Finding, Severity
from forms.model import Part
from resources import read_text
from resources.faults import DataFault, UsageFault
from tests.fakes.workbooks import (
    DATA_SHEET,
    LAYOUT,
    data_sheet,
    header_cells,
    letters_of,
    package,
    person_cells,
    roster,
    row_xml,
    sheet_xml,
)

SMALL = """
code = "small"
title_vi = "Nhỏ"
title_en = "Small"
[[sheet]]
part = "lao_dong"
name = "A"
required = true
title_row = 1
header_row = 2
first_data_row = 3
identity = ["ho_ten"]
columns = [{ column = "A", name = "HoTen", key = "ho_ten", title = "Tên" }]
"""


def _found(result: ReadResult, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


@pytest.mark.parametrize("code", layouts.known_codes())
def test_every_shipped_layout_loads_under_its_own_name(code: str) -> None:
    assert layouts.load(code).code == code


@pytest.mark.parametrize("code", layouts.known_codes())
def test_two_different_names_never_look_the_same(code: str) -> None:
    for sheet in layouts.load(code).sheets:
        names = {column.name for column in sheet.named}
        assert len({folded(name) for name in names}) == len(names)


@pytest.mark.parametrize("code", layouts.known_codes())
def test_columns_stand_in_order_without_a_gap(code: str) -> None:
    for sheet in layouts.load(code).sheets:
        numbers = [to_number(column.letters) for column in sheet.columns]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "small"', 'code = "small"\ncolour = "red"'),
        ("required = true", "required = true\nhidden = true"),
        ('title = "Tên"', 'title = "Tên", width = 3'),
        ('title = "Tên"', 'title = "Tên", kind = "guess"'),
        ('column = "A"', 'column = "1"'),
        ('identity = ["ho_ten"]', 'identity = ["other"]'),
    ],
)
def test_a_layout_with_an_unknown_word_is_refused(old: str, new: str) -> None:
    layouts.parse(SMALL)
    with pytest.raises(ValueError, match=r".+"):
        layouts.parse(SMALL.replace(old, new))


def test_a_key_may_not_stand_twice() -> None:
    text = read_text(f"layouts/{LAYOUT}.toml").replace('key = "ma_so_bhxh"', 'key = "ho_ten"', 1)
    with pytest.raises(ValueError, match="stands twice"):
        layouts.parse(text)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_letters_and_numbers(letters: str, number: int) -> None:
    assert to_letters(number) == letters
    assert to_number(letters) == number


def test_a_layout_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as caught:
        read_workbook(tmp_path / "a.xlsx", layout="no-such")
    assert caught.value.code == "layout.not_known"


def test_another_template_is_refused_with_what_was_looked_for(tmp_path: Path) -> None:
    sheet = sheet_xml([row_xml(1, {"A": "Name", "B": "Wage"}), row_xml(2, {"A": "X", "B": 1})])
    path = package({"Sheet1": sheet}).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == "layout.unknown"
    assert "Dữ Liệu" in str(caught.value.params["sheets"])
    assert "HoTen" in str(caught.value.params["names"])


def test_the_right_sheet_without_technical_names_is_another_template(tmp_path: Path) -> None:
    path = package({DATA_SHEET: sheet_xml([])}).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == "layout.unknown"


@pytest.mark.parametrize("name", ["du lieu", "DỮ  LIỆU", "Dữ Liệu ", "Bảng tháng 2"])
def test_the_sheet_may_be_called_a_little_differently(tmp_path: Path, name: str) -> None:
    path = package({"Khác": sheet_xml([]), name: data_sheet({})}).write(tmp_path / "a.xlsx")
    result = read_workbook(path)
    assert result.draft.layout == LAYOUT
    assert result.draft.sections[0].sheet == name


def test_technical_names_may_be_written_a_little_differently(tmp_path: Path) -> None:
    header = {letters: f" {str(name).upper()} " for letters, name in header_cells().items()}
    sheet = sheet_xml([row_xml(3, header), row_xml(4, person_cells())])
    result = read_workbook(package({DATA_SHEET: sheet}).write(tmp_path / "a.xlsx"))
    assert result.draft.rows(Part.LAO_DONG)[0].get("ho_ten") == "Cầm Thử Nghiệm"
    assert result.findings == ()


def test_a_row_put_in_above_moves_the_data_with_it(tmp_path: Path) -> None:
    sheet = sheet_xml([row_xml(6, header_cells()), row_xml(7, person_cells())])
    result = read_workbook(package({DATA_SHEET: sheet}).write(tmp_path / "a.xlsx"))
    assert [row.line for row in result.draft.rows(Part.LAO_DONG)] == [7]


def test_columns_are_found_by_name_and_not_by_place(tmp_path: Path) -> None:
    header = {"D": "PA", "E": "HoTen", "F": "MasoBHXH", "G": "TienLuong", "H": "TuThang"}
    row = {"D": "TM", "E": "Cầm Thử", "F": 123456789, "G": 5_000_000, "H": "2/2026"}
    sheet = sheet_xml([row_xml(3, header), row_xml(4, row)])
    result = read_workbook(package({DATA_SHEET: sheet}).write(tmp_path / "a.xlsx"))
    section = result.draft.sections[0]
    assert section.columns["ho_ten"] == "E"
    assert section.rows[0].get("phuong_an") == "TM"
    assert [found.column for found in _found(result, "clean.leading_zero")] == ["F"]
    missing = _found(result, "layout.column_missing")
    assert {found.field for found in missing} == {"cccd", "ngay_sinh", "gioi_tinh"}
    assert all(found.severity is Severity.ERROR and found.row == 3 for found in missing)
    assert "ChucVu" in str(_found(result, "layout.columns_absent")[0].params["names"])


def test_of_repeated_names_the_first_comes_first(tmp_path: Path) -> None:
    path = roster({"ten_xa_nn": "Phường Một", "ten_xa_nn_2": "Phường Hai"})
    row = read_workbook(path.write(tmp_path / "a.xlsx")).draft.rows(Part.LAO_DONG)[0]
    assert row.get("ten_xa_nn") == "Phường Một"
    assert row.get("ten_xa_nn_2") == "Phường Hai"


def test_a_column_of_ones_own_is_named_and_not_read(tmp_path: Path) -> None:
    header = {**header_cells(), "CE": "Tuổi"}
    sheet = sheet_xml([row_xml(3, header), row_xml(4, {**person_cells(), "CE": 30})])
    result = read_workbook(package({DATA_SHEET: sheet}).write(tmp_path / "a.xlsx"))
    (extra,) = result.findings
    assert (extra.code, extra.severity, extra.column) == (
        "layout.column_extra",
        Severity.INFO,
        "CE",
    )


def test_sheets_that_may_be_left_out_are_read_when_there(tmp_path: Path) -> None:
    household = sheet_xml(
        [
            row_xml(3, header_cells(Part.PHU_LUC)),
            row_xml(4, {letters_of("stt", Part.PHU_LUC): 1, "B": "Cầm Thử Con"}),
        ]
    )
    path = package({DATA_SHEET: data_sheet({}), "Phụ lục": household}).write(tmp_path / "a.xlsx")
    draft = read_workbook(path).draft
    assert [section.part for section in draft.sections] == [Part.LAO_DONG, Part.PHU_LUC]
    assert draft.rows(Part.PHU_LUC)[0].values == {"stt": "1", "ho_ten": "Cầm Thử Con"}
