"""A workbook's rows come in with their places, and every cell that does not has its finding."""

import math
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.excel.workbook import ReadResult, read_workbook
from forms.excel.writer import write_rows
from forms.findings import Finding, Severity
from forms.model import Part, Row
from resources.faults import DataFault, Fault
from resources.messages import catalogue, placeholders, text
from tests.fakes.workbooks import (
    DATA_SHEET,
    LAYOUT,
    PERSON,
    CellValue,
    data_sheet,
    header_cells,
    letters_of,
    package,
    person_cells,
    roster,
    row_xml,
    sheet_xml,
)


def _read(tmp_path: Path, *people: dict[str, CellValue | bytes]) -> ReadResult:
    return read_workbook(roster(*people).write(tmp_path / "a.xlsx"))


def _places(result: ReadResult) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(found.code, found.sheet, found.row, found.column) for found in result.findings]


def _only(result: ReadResult) -> Finding:
    (finding,) = result.findings
    return finding


def test_a_clean_person_comes_in_as_typed_and_without_a_finding(tmp_path: Path) -> None:
    result = _read(tmp_path, {})
    assert result.findings == ()
    (row,) = result.draft.rows(Part.LAO_DONG)
    assert row == Row(4, {**{key: str(value) for key, value in PERSON.items()}})
    assert result.draft.source == "a.xlsx"
    section = result.draft.sections[0]
    assert (section.sheet, section.columns["cccd"]) == (DATA_SHEET, "AB")


CELL_FINDINGS: list[tuple[str, CellValue, str, Severity, str]] = [
    ("ngay_sinh", "hôm qua", "clean.not_a_date", Severity.ERROR, "hôm qua"),
    ("ngay_sinh", "31/02/1990", "clean.not_a_date", Severity.ERROR, "31/02/1990"),
    ("ngay_chet", "xx", "clean.not_a_date", Severity.ERROR, "xx"),
    ("tu_thang", "tháng giêng", "clean.not_a_month", Severity.ERROR, "tháng giêng"),
    ("tien_luong", "sáu triệu", "clean.not_a_number", Severity.ERROR, "sáu triệu"),
    ("tien_luong", "12.500", "clean.ambiguous_number", Severity.ERROR, "12.500"),
    ("phu_cap_luong", 1000.25, "clean.money_fraction", Severity.ERROR, "1000.25"),
    ("ty_le_dong", 0.32, "clean.percent_fraction", Severity.WARNING, "0.32"),
    ("gioi_tinh", "?", "clean.not_a_sex", Severity.ERROR, "?"),
    ("tinh_lai", "5", "clean.not_a_flag", Severity.ERROR, "5"),
    ("ma_so_bhxh", "01234A6789", "clean.not_digits", Severity.ERROR, "01234A6789"),
    ("ma_so_bhxh", "1.23E+9", "clean.digits_lost", Severity.ERROR, "1.23E+9"),
    ("ma_so_bhxh", 123456789, "clean.leading_zero", Severity.INFO, "0123456789"),
    ("cccd", 79095012345, "clean.leading_zero", Severity.INFO, "079095012345"),
    ("ma_xa_nn", 4609, "clean.leading_zero", Severity.INFO, "04609"),
    ("ty_le_dong", "32,5", "clean.changed", Severity.INFO, "32.5"),
    ("kem_tk1", "x", "clean.changed", Severity.INFO, "1"),
    ("ghi_chu", "Tăng  mới ", "clean.spaces", Severity.INFO, "Tăng mới"),
    ("ngay_sinh", "5/2/95", "clean.two_digit_year", Severity.WARNING, "05/02/1995"),
    ("tu_thang", "15/02/2026", "clean.month_from_date", Severity.WARNING, "02/2026"),
]


@pytest.mark.parametrize(("key", "typed", "code", "severity", "value"), CELL_FINDINGS)
def test_a_finding_names_its_cell(
    tmp_path: Path, key: str, typed: CellValue, code: str, severity: Severity, value: str
) -> None:
    result = _read(tmp_path, {}, {key: typed})
    finding = _only(result)
    assert (finding.code, finding.severity) == (code, severity)
    assert (finding.sheet, finding.row) == (DATA_SHEET, 5)
    assert (finding.column, finding.field) == (letters_of(key), key)
    assert result.draft.rows(Part.LAO_DONG)[1].get(key) == value
    assert text(code, "vi", **finding.params)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_value_is_named(tmp_path: Path, error: str) -> None:
    cell = f'<c r="J4" t="e"><f>1/0</f><v>{error}</v></c>'.encode()
    result = _read(tmp_path, {"tien_luong": cell})
    finding = _only(result)
    assert (finding.code, finding.row, finding.column) == ("cell.error", 4, "J")
    assert finding.params["error"] == error
    assert "tien_luong" not in result.draft.rows(Part.LAO_DONG)[0].values


@pytest.mark.parametrize(
    "inside",
    [
        "<f>B4</f>",
        "<f>B4</f><v></v>",
        "<f>B4</f><v/>",
        '<f t="shared" si="0"/>',
        '<f t="shared" si="0"/><v/>',
        "<f>B4</f> <v></v>",
    ],
)
def test_a_formula_without_a_value_is_named(tmp_path: Path, inside: str) -> None:
    cell = f'<c r="J4" s="0">{inside}</c>'.encode()
    finding = _only(_read(tmp_path, {"tien_luong": cell}))
    assert (finding.code, finding.row, finding.column) == ("cell.no_value", 4, "J")
    assert finding.severity is Severity.ERROR


def test_a_formula_is_read_by_its_value(tmp_path: Path) -> None:
    cell = b'<c r="J4"><f>5000000+1</f><v>5000001</v></c>'
    empty = b'<c r="S4" t="str"><f>IF(1=1,"","")</f><v></v></c>'
    result = _read(tmp_path, {"tien_luong": cell, "ghi_chu": empty})
    assert result.findings == ()
    assert result.draft.rows(Part.LAO_DONG)[0].get("tien_luong") == "5000001"


def test_a_helper_column_may_fail_without_stopping_anything(tmp_path: Path) -> None:
    cell = b'<c r="AY4" t="e"><f>X</f><v>#REF!</v></c>'
    finding = _only(_read(tmp_path, {"ma_xa_nn_2": cell}))
    assert (finding.code, finding.severity) == ("cell.error", Severity.INFO)


def test_a_name_that_is_an_error_is_a_person_all_the_same(tmp_path: Path) -> None:
    row = row_xml(4, {"B": b'<c r="B4" t="e"><v>#REF!</v></c>', "J": 5_000_000})
    path = package({DATA_SHEET: sheet_xml([row_xml(3, header_cells()), row])})
    result = read_workbook(path.write(tmp_path / "a.xlsx"))
    assert len(result.draft.rows(Part.LAO_DONG)) == 1
    assert _places(result) == [("cell.error", DATA_SHEET, 4, "B")]


def test_leftovers_of_lists_and_formulas_are_no_people(tmp_path: Path) -> None:
    hospital = letters_of("ten_benh_vien")
    rows = [
        row_xml(3, header_cells()),
        row_xml(4, person_cells()),
        row_xml(5, {hospital: "Trạm y tế Thử"}),
        row_xml(6, {letters_of("ma_benh_vien"): 0}),
        row_xml(7, {"C": 0, "G": " ", letters_of("nhan_ban_giay"): 1}),
        row_xml(8, {"G": b'<c r="G8" t="e"><f>X</f><v>#N/A</v></c>', hospital: "Trạm"}),
        row_xml(9, {"B": None}),
        row_xml(12, person_cells(ho_ten="Cầm Thử Hai")),
    ]
    path = package({DATA_SHEET: sheet_xml(rows)}).write(tmp_path / "a.xlsx")
    result = read_workbook(path)
    assert [row.line for row in result.draft.rows(Part.LAO_DONG)] == [4, 12]
    assert _places(result) == [
        ("rows.blank", DATA_SHEET, 9, None),
        ("workbook.leftover_rows", DATA_SHEET, None, None),
    ]
    assert result.findings[-1].params == {"count": 4}
    assert result.findings[-1].severity is Severity.INFO


@pytest.mark.parametrize("key", ["ho_ten", "ma_so_bhxh", "cccd", "phuong_an"])
def test_one_identifying_field_makes_a_person(tmp_path: Path, key: str) -> None:
    row = row_xml(4, {letters_of(key): "0123456789"})
    path = package({DATA_SHEET: sheet_xml([row_xml(3, header_cells()), row])})
    result = read_workbook(path.write(tmp_path / "a.xlsx"))
    assert result.draft.rows(Part.LAO_DONG) == (Row(4, {key: "0123456789"}),)


def test_nobody_at_all_is_refused(tmp_path: Path) -> None:
    path = package({DATA_SHEET: sheet_xml([row_xml(3, header_cells())])})
    with pytest.raises(DataFault) as caught:
        read_workbook(path.write(tmp_path / "a.xlsx"))
    assert (caught.value.code, caught.value.params) == ("workbook.no_rows", {"sheet": DATA_SHEET})


def test_two_hundred_empty_columns_do_no_harm(tmp_path: Path) -> None:
    row = {
        **person_cells(),
        **{f"{a}{b}": None for a in "DEFGHIJK" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    }
    path = package({DATA_SHEET: sheet_xml([row_xml(3, header_cells()), row_xml(4, row)])})
    result = read_workbook(path.write(tmp_path / "a.xlsx"))
    assert len(result.draft.rows(Part.LAO_DONG)) == 1
    assert result.findings == ()


def test_empty_cells_with_a_format_may_stand_anywhere(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    rows = [row_xml(3, header_cells()), row_xml(4, person_cells()), far]
    path = package({DATA_SHEET: sheet_xml(rows, '<dimension ref="A1:XFD1048576"/>')})
    assert read_workbook(path.write(tmp_path / "a.xlsx")).findings == ()


def test_hidden_rows_are_read(tmp_path: Path) -> None:
    rows = [row_xml(3, header_cells()), row_xml(4, person_cells(), ' hidden="1"')]
    path = package({DATA_SHEET: sheet_xml(rows)}).write(tmp_path / "a.xlsx")
    assert len(read_workbook(path).draft.rows(Part.LAO_DONG)) == 1


def test_a_sheet_that_begins_late_keeps_its_lines_and_letters(tmp_path: Path) -> None:
    header = {"E": "HoTen", "F": "MasoBHXH", "G": "PA", "H": "TuThang", "I": "NgaySinh"}
    rows = [row_xml(9, header), row_xml(10, {"E": "Cầm Thử", "I": "mai"})]
    path = package({DATA_SHEET: sheet_xml(rows)}).write(tmp_path / "a.xlsx")
    result = read_workbook(path)
    assert result.draft.rows(Part.LAO_DONG)[0].line == 10
    found = [place for place in _places(result) if place[0] == "clean.not_a_date"]
    assert found == [("clean.not_a_date", DATA_SHEET, 10, "I")]


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    serial = 43862 - 1462
    sheet = data_sheet({"ngay_chet": serial})
    path = package({DATA_SHEET: sheet}, '<workbookPr date1904="1"/>').write(tmp_path / "a.xlsx")
    assert read_workbook(path).draft.rows(Part.LAO_DONG)[0].get("ngay_chet") == "01/02/2020"


def test_a_broken_number_is_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        _read(tmp_path, {"tien_luong": b'<c r="J4" t="n"><v>abc</v></c>'})
    assert caught.value.code == "workbook.broken"


def test_a_shared_string_that_is_not_there_is_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        _read(tmp_path, {"tien_luong": b'<c r="J4" t="s"><v>7</v></c>'})
    assert caught.value.code == "workbook.broken"


def test_findings_of_one_kind_end_with_how_many_more(tmp_path: Path) -> None:
    result = _read(tmp_path, *({"kem_tk1": "x", "tinh_lai": "có"} for _ in range(60)))
    codes = Counter((found.code, found.field) for found in result.findings)
    assert codes[("clean.changed", "kem_tk1")] == codes[("clean.changed", "tinh_lai")] == 50
    more = [found for found in result.findings if found.code == "finding.more"]
    assert {(found.field, found.params["count"]) for found in more} == {
        ("kem_tk1", 10),
        ("tinh_lai", 10),
    }
    assert all(found.severity is Severity.INFO for found in more)


def test_errors_above_the_cap_stay_errors(tmp_path: Path) -> None:
    result = _read(tmp_path, *({"ngay_sinh": f"x{n}"} for n in range(510)))
    last = result.findings[-1]
    assert (last.code, last.severity, last.params["count"]) == ("finding.more", Severity.ERROR, 10)


def test_progress_is_told_and_may_cancel(tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 1000:
            raise Cancelled

    path = roster(*({} for _ in range(1500))).write(tmp_path / "a.xlsx")
    with pytest.raises(Cancelled):
        read_workbook(path, progress=watch)
    assert seen == [(500, 1503), (1000, 1503)]


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_rows(path, LAYOUT, {Part.LAO_DONG: [PERSON], Part.BANG_KE: [{"ho_ten": "=1+1"}]})
    result = read_workbook(path)
    assert result.findings == ()
    assert result.draft.rows(Part.LAO_DONG) == (
        Row(4, {key: str(value) for key, value in PERSON.items()}),
    )
    assert result.draft.rows(Part.BANG_KE) == (Row(4, {"ho_ten": "=1+1"}),)


def test_ten_thousand_people_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_rows(path, LAYOUT, {Part.LAO_DONG: ({**PERSON, "stt": n} for n in range(10_000))})
    result = read_workbook(path)
    assert len(result.draft.rows(Part.LAO_DONG)) == 10_000


@pytest.mark.parametrize(
    "code",
    [
        code
        for code in catalogue()
        if code.split(".")[0] in {"clean", "cell", "layout", "workbook", "error_book", "finding"}
    ],
)
def test_both_languages_say_the_same_things(code: str) -> None:
    words = catalogue()[code]
    assert set(words) == {"vi", "en"}
    assert placeholders(words["vi"]) == placeholders(words["en"])


def _outcome(path: Path) -> str | None:
    try:
        read_workbook(path)
    except Fault as fault:
        return fault.code
    return None


_xml_text = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=20
)
_numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**16), 10**16)
_cells = st.one_of(_xml_text, _numbers, st.booleans(), st.none())


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(header_cells())), _cells, max_size=30))
def test_any_cells_come_in_or_are_named(cells: dict[str, CellValue]) -> None:
    tried = row_xml(4, {"B": "Cầm Thử", **cells})
    rows = [row_xml(3, header_cells()), tried, row_xml(5, {"B": "Cầm Thử Hai"})]
    with tempfile.TemporaryDirectory() as folder:
        path = package({DATA_SHEET: sheet_xml(rows)}).write(Path(folder) / "a.xlsx")
        result = read_workbook(path)
    for finding in result.findings:
        assert text(finding.code, "vi", **finding.params)
    for row in result.draft.rows(Part.LAO_DONG):
        assert all(value.strip() == value != "" for value in row.values.values())


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), new=st.binary(min_size=0, max_size=4))
def test_any_damage_inside_a_sheet_is_a_fault_or_a_finding(at: float, new: bytes) -> None:
    sheet = data_sheet({}, {"tien_luong": b'<c r="J5" t="e"><v>#N/A</v></c>'})
    place = math.floor(at * len(sheet))
    damaged = sheet[:place] + new + sheet[place + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        path = package({DATA_SHEET: damaged}).write(Path(folder) / "a.xlsx")
        assert _outcome(path) is None or _outcome(path) in catalogue()
