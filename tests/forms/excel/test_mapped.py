"""A list of no known layout: read by a mapping, by headings beyond doubt, or not at all."""

from pathlib import Path

import pytest

from forms.excel.cleaning import clean_typed
from forms.excel.layout import MAPPED, OWN, known_codes, load
from forms.excel.mapping import ColumnMapping
from forms.excel.preview import first_rows, guess_workbook
from forms.excel.workbook import read_workbook
from forms.findings import Severity
from forms.model import Part
from resources.faults import DataFault
from tests.fakes.payrolls import NAMES, VALUES, Cell, column, sheet_of, write_book


def _payroll(tmp_path: Path) -> Path:
    names = [name.rsplit(" ", 1) for name in NAMES]
    rows = sheet_of(
        ["Họ đệm", *(name[0] for name in names)],
        ["Tên", *(name[1] for name in names)],
        column("Số CCCD", "cccd"),
        ["Lương", "6.000.000 đ", 7_500_000, "mười triệu", 5_310_000, 9_000_000],
    )
    return write_book(tmp_path / "luong.xlsx", [["CÔNG TY MÂY TRẮNG"], *rows], name="Lương")


def _mapping(**columns: str) -> ColumnMapping:
    return ColumnMapping(sheet="Lương", header_row=2, first_data_row=3, columns=columns)


WHOLE = _mapping(A="ho_ten", B="ho_ten", C="cccd", D="tien_luong")


def test_a_list_is_read_by_its_mapping(tmp_path: Path) -> None:
    result = read_workbook(_payroll(tmp_path), mapping=WHOLE)
    (section,) = result.draft.sections
    assert (result.draft.layout, section.part, section.sheet) == (MAPPED, Part.LAO_DONG, "Lương")
    assert dict(section.columns) == {"ho_ten": "A", "cccd": "C", "tien_luong": "D"}
    assert [row.get("ho_ten") for row in section.rows] == list(NAMES)
    assert [row.line for row in section.rows] == [3, 4, 5, 6, 7]
    assert section.rows[0].get("tien_luong") == "6000000"
    refused = [found for found in result.findings if found.severity is Severity.ERROR]
    assert [(found.row, found.column, found.field) for found in refused] == [(5, "D", "tien_luong")]


def test_parts_of_a_name_are_joined_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    mapping = _mapping(B="ho_ten", A="ho_ten")
    row = read_workbook(_payroll(tmp_path), mapping=mapping).draft.rows(Part.LAO_DONG)[0]
    assert row.get("ho_ten") == "Nghiệm Cầm Thử"


def test_its_cells_are_cleaned_when_they_are_edited_later() -> None:
    assert clean_typed(MAPPED, Part.LAO_DONG, "ngay_sinh", "5/2/1995").value == "05/02/1995"
    assert clean_typed(MAPPED, Part.LAO_DONG, "tien_luong", "6.000.000 đ").value == "6000000"


def test_the_layout_of_a_mapped_list_has_every_field_and_needs_none() -> None:
    assert MAPPED not in known_codes()
    mapped, own = load(MAPPED).sheet(Part.LAO_DONG), load(OWN).sheet(Part.LAO_DONG)
    assert mapped is not None
    assert own is not None
    assert [column.key for column in mapped.named] == [column.key for column in own.named]
    assert not any(column.needed for column in mapped.columns)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (_mapping(A="ho_ten", XA="cccd"), "mapping.no_column"),
        (_mapping(D="tien_luong"), "mapping.nobody"),
        (
            ColumnMapping(sheet="Khác", header_row=1, first_data_row=2, columns={"A": "ho_ten"}),
            "mapping.no_sheet",
        ),
    ],
)
def test_a_mapping_of_another_workbook_is_refused(
    tmp_path: Path, mapping: ColumnMapping, code: str
) -> None:
    with pytest.raises(DataFault) as caught:
        read_workbook(_payroll(tmp_path), mapping=mapping)
    assert caught.value.code == code


def test_nothing_is_imported_by_a_guess(tmp_path: Path) -> None:
    with pytest.raises(DataFault) as caught:
        read_workbook(_payroll(tmp_path))
    assert caught.value.code == "columns.unconfirmed"
    assert caught.value.params["sheet"] == "Lương"


def _declaration(*more: list[Cell]) -> list[list[Cell]]:
    headings = {
        "Họ và tên": "ho_ten",
        "Mã số BHXH": "ma_so_bhxh",
        "Số CCCD": "cccd",
        "Ngày sinh": "ngay_sinh",
        "Giới tính": "gioi_tinh",
        "Phương án": "phuong_an",
        "Từ tháng": "tu_thang",
        "Mức lương đóng BHXH": "tien_luong",
    }
    return sheet_of(*(column(heading, key) for heading, key in headings.items()), *more)


def test_a_declaration_whose_headings_leave_no_doubt_is_read_and_said(tmp_path: Path) -> None:
    doubtful: list[Cell] = ["Nghề", *VALUES["chuc_vu"]]
    path = write_book(tmp_path / "a.xlsx", _declaration(doubtful))
    result = read_workbook(path)
    assert result.draft.layout == MAPPED
    assert "chuc_vu" not in result.draft.sections[0].columns
    said = next(found for found in result.findings if found.code == "columns.taken_by_itself")
    assert said.severity is Severity.WARNING
    assert "H “" in str(said.params["columns"])


@pytest.mark.parametrize("missing", range(8))
def test_it_is_not_read_when_one_needed_column_is_in_doubt(tmp_path: Path, missing: int) -> None:
    rows = [[cell for at, cell in enumerate(row) if at != missing] for row in _declaration()]
    with pytest.raises(DataFault) as caught:
        read_workbook(write_book(tmp_path / "a.xlsx", rows))
    assert caught.value.code == "columns.unconfirmed"


def test_one_layout_that_was_asked_for_is_not_replaced_by_a_guess(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", _declaration())
    with pytest.raises(DataFault) as caught:
        read_workbook(path, layout="vnpt-d02-tk1-2025-11")
    assert caught.value.code == "layout.unknown"


def test_the_first_rows_show_what_cleaning_does(tmp_path: Path) -> None:
    shown = first_rows(_payroll(tmp_path), WHOLE, 3)
    assert shown.keys == ("ho_ten", "cccd", "tien_luong")
    assert [row[0] for row in shown.rows] == list(NAMES[:3])
    assert shown.rows[0][2] == "6000000"
    assert (0, 2) in shown.changed
    assert shown.refused == ((2, 2),)


def test_a_workbook_is_guessed_as_its_sheets_are(tmp_path: Path) -> None:
    (guess,) = guess_workbook(_payroll(tmp_path))
    assert (guess.sheet, guess.header_row, guess.layout) == ("Lương", 2, None)
