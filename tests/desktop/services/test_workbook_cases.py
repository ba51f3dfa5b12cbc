"""Any workbook in: guessed, shown, imported by a mapping, and remembered for the same headings."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.workbook_cases import REMEMBERED, headings_key
from forms.excel.layout import load
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.excel.mapping_file import mapping_of
from resources.faults import DataFault, UsageFault
from tests.fakes.desk import PERIOD, UNIT, Desk
from tests.fakes.payrolls import NAMES, book_of_layout, column, sheet_of, write_book


def _payroll(path: Path, *, people: int = 5, wage: str = "Lương cơ bản") -> Path:
    rows = sheet_of(
        column("Họ và tên", "ho_ten"),
        column("Số CCCD", "cccd"),
        column(wage, "tien_luong"),
        column("Mã riêng", "stt"),
    )
    return write_book(path, rows[: people + 1])


def _import(desk: Desk, workbook: Path, mapping: ColumnMapping) -> None:
    desk.services.workbooks.import_mapped(workbook, mapping, unit_code=UNIT.code, period=PERIOD)


def test_the_guess_of_a_workbook(desk: Desk, tmp_path: Path) -> None:
    (guess,) = desk.services.workbooks.columns(_payroll(tmp_path / "a.xlsx"))
    assert [each.field for each in guess.columns] == ["ho_ten", "cccd", "tien_luong", None]


def test_a_workbook_that_lists_nobody_has_no_guess(desk: Desk, tmp_path: Path) -> None:
    assert desk.services.workbooks.columns(write_book(tmp_path / "a.xlsx", [["Chào"]])) == ()


def test_a_preview_shows_the_first_rows_as_they_would_be_taken(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    mapping = mapping_of(desk.services.workbooks.columns(path)[0])
    shown = desk.services.workbooks.preview(path, mapping, rows=2)
    assert shown.keys == ("ho_ten", "cccd", "tien_luong")
    assert [row[0] for row in shown.rows] == list(NAMES[:2])
    assert shown.refused == ()


def test_an_import_reads_by_the_mapping_and_keeps_a_dossier(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    mapping = mapping_of(desk.services.workbooks.columns(path)[0])
    done = desk.services.workbooks.import_mapped(
        path, mapping, unit_code=UNIT.code, period=PERIOD, report=tmp_path / "report.xlsx"
    )
    assert done.dossier is not None
    assert desk.services.draft(done.dossier.id) == desk.forms.read.draft
    assert desk.forms.mappings == [mapping]
    assert done.report == tmp_path / "report.xlsx"


def test_what_was_confirmed_is_applied_to_the_same_headings(desk: Desk, tmp_path: Path) -> None:
    before = desk.services.workbooks.columns(_payroll(tmp_path / "10.xlsx"))[0]
    confirmed = {"A": "ho_ten", "B": "cccd", "D": "stt"}
    mapping = replace(mapping_of(before), columns=confirmed, first_data_row=3)
    _import(desk, tmp_path / "10.xlsx", mapping)
    after = desk.services.workbooks.columns(_payroll(tmp_path / "11.xlsx", people=3))[0]
    assert mapping_of(after) == mapping
    assert {each.why for each in after.columns} == {REMEMBERED}
    assert after.columns[0].samples == NAMES[:3]


def test_other_headings_are_guessed_afresh(desk: Desk, tmp_path: Path) -> None:
    first = desk.services.workbooks.columns(_payroll(tmp_path / "a.xlsx"))[0]
    _import(desk, tmp_path / "a.xlsx", replace(mapping_of(first), columns={"A": "ho_ten"}))
    other = desk.services.workbooks.columns(_payroll(tmp_path / "b.xlsx", wage="Tiền lương"))[0]
    assert REMEMBERED not in {each.why for each in other.columns}


def test_the_order_in_which_a_name_is_joined_is_remembered(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    guess = desk.services.workbooks.columns(path)[0]
    columns = {"D": "ho_ten", "A": "ho_ten", "B": "cccd"}
    _import(desk, path, replace(mapping_of(guess), columns=columns))
    again = mapping_of(desk.services.workbooks.columns(path)[0]).columns
    assert [letters for letters, key in again.items() if key == "ho_ten"] == ["D", "A"]


def test_an_import_that_fails_leaves_nothing_remembered(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    guess = desk.services.workbooks.columns(path)[0]
    with pytest.raises(UsageFault, match=r"unit\.unknown"):
        desk.services.workbooks.import_mapped(
            path, mapping_of(guess), unit_code="ZZ9999Z", period=PERIOD
        )
    assert REMEMBERED not in {each.why for each in desk.services.workbooks.columns(path)[0].columns}


def test_nothing_readable_is_not_remembered(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    guess = desk.services.workbooks.columns(path)[0]
    desk.forms.read = replace(desk.forms.read, draft=None)
    _import(desk, path, replace(mapping_of(guess), columns={"A": "ho_ten"}))
    assert desk.services.workbooks.columns(path)[0] == guess


def _titled(path: Path, people: int = 4) -> Path:
    """The second row of the heading says what nobody but the clerk understands."""
    head = [["Họ và tên", "Số CCCD", "Lương cơ bản"], ["(1a)", "(2b)", "Phép năm"]]
    rows = sheet_of(column("x", "ho_ten"), column("y", "cccd"), column("z", "tien_luong"))
    return write_book(path, [*head, *rows[1 : people + 1]])


def test_a_heading_row_of_ones_own_is_read_anew(desk: Desk, tmp_path: Path) -> None:
    path = _titled(tmp_path / "a.xlsx")
    workbooks = desk.services.workbooks
    sheet = workbooks.columns(path)[0].sheet
    below = workbooks.columns_below(path, sheet, 2)
    assert (below.header_row, below.first_data_row) == (2, 3)
    assert below.columns[2].heading.endswith("Phép năm")
    assert below.columns[0].samples == NAMES[:4]


def test_a_heading_row_below_all_rows_has_no_columns(desk: Desk, tmp_path: Path) -> None:
    path = _titled(tmp_path / "a.xlsx")
    sheet = desk.services.workbooks.columns(path)[0].sheet
    below = desk.services.workbooks.columns_below(path, sheet, 5_000)
    assert (below.columns, below.rows) == ((), 0)


def test_a_sheet_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DataFault, match=r"mapping\.no_sheet"):
        desk.services.workbooks.columns_below(_titled(tmp_path / "a.xlsx"), "Không có", 1)


def test_a_heading_row_of_ones_own_is_remembered(desk: Desk, tmp_path: Path) -> None:
    path = _titled(tmp_path / "10.xlsx")
    found = desk.services.workbooks.columns(path)[0]
    mapping = ColumnMapping(
        sheet=found.sheet,
        header_row=2,
        first_data_row=4,
        columns={"A": "ho_ten", "B": "cccd", "C": "tien_luong"},
    )
    assert found.header_row == 1
    _import(desk, path, mapping)
    again = desk.services.workbooks.columns(_titled(tmp_path / "11.xlsx", people=2))[0]
    assert mapping_of(again) == mapping
    assert {each.why for each in again.columns} == {REMEMBERED}


def test_columns_are_confirmed_without_taking_anything(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    guess = desk.services.workbooks.columns(path)[0]
    mapping = replace(mapping_of(guess), columns={"A": "ho_ten", "B": "cccd"})
    desk.services.workbooks.confirm(path, mapping)
    assert mapping_of(desk.services.workbooks.columns(path)[0]) == mapping
    assert not desk.services.dossiers(UNIT.code)
    assert not desk.services.count_people(UNIT.code)


def test_columns_that_do_not_fit_are_not_confirmed(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    guess = desk.services.workbooks.columns(path)[0]
    with pytest.raises(DataFault, match=r"mapping\."):
        desk.services.workbooks.confirm(path, replace(mapping_of(guess), columns={"ZZ": "ho_ten"}))
    assert desk.services.workbooks.columns(path)[0] == guess


def test_a_known_layout_needs_no_memory(desk: Desk, tmp_path: Path) -> None:
    path = book_of_layout(tmp_path / "a.xlsx", load("tokhai-2026-11"))
    guess = desk.services.workbooks.columns(path)[0]
    assert guess.layout == "tokhai-2026-11"
    _import(desk, path, replace(mapping_of(guess), columns={"B": "ho_ten"}))
    assert desk.services.workbooks.columns(path)[0] == guess


def test_a_mapping_that_does_not_fit_shows_nothing(desk: Desk, tmp_path: Path) -> None:
    path = _payroll(tmp_path / "a.xlsx")
    mapping = ColumnMapping(sheet="?", header_row=1, first_data_row=2, columns={"A": "ho_ten"})
    with pytest.raises(DataFault, match=r"mapping\.no_sheet"):
        desk.services.workbooks.preview(path, mapping)


def test_the_memory_holds_no_heading(desk: Desk) -> None:
    """A person's name may stand in a row that was taken for a heading."""
    columns = (ColumnGuess(column="A", heading=NAMES[0], field=None, confidence=0.0),)
    guess = SheetGuess(sheet="S", header_row=1, first_data_row=2, columns=columns, rows=0)
    assert headings_key(guess).startswith("columns.")
    assert len(headings_key(guess)) == len("columns.") + 64
    typed = replace(columns[0], heading=f"  {NAMES[0].upper()}")
    assert headings_key(replace(guess, columns=(typed,))) == headings_key(guess)
