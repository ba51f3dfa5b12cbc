"""Notices come in under either decision, every figure with its cell; bad ones are found."""

from pathlib import Path

import pytest

from forms.excel.notices import read_notices
from forms.findings import Finding, Severity
from forms.model import Period
from forms.reconcile.notice import (
    JOINT,
    SPLIT,
    Column,
    Layout,
    ParticipantList,
    Standing,
    Statement,
)
from forms.reconcile.notice_layouts import lines
from forms.rules.persons import Leave
from resources.faults import DataFault
from resources.messages import text
from tests.fakes.notices import (
    D09_FIRST,
    MINIMUM,
    UNIT,
    CellValue,
    Lines,
    Listed,
    c12_sheet,
    d09_sheet,
    place_of,
    write,
)
from tests.fakes.workbooks import package, row_xml, sheet_xml

OLD = {"layout": Layout.QD595, "split": False}
P1: Lines = {
    "B.1": (2, 2, 2, 2, None),
    "B.2": (10_620_000, 10_620_000, 10_620_000, 10_620_000, None),
    "B.3": (2_655_000, 477_900, 212_400, 53_100, 3_398_400),
}
P1_SPLIT: Lines = {"B.3": (318_600, 2_336_400, 477_900, 212_400, 53_100, 3_398_400)}


def statement_in(tmp_path: Path, sheet: bytes) -> tuple[Statement, tuple[Finding, ...]]:
    notices = read_notices(write(tmp_path / "c12.xlsx", C12=sheet))
    assert notices.statement is not None
    return notices.statement, notices.findings


def list_in(tmp_path: Path, sheet: bytes) -> tuple[ParticipantList, tuple[Finding, ...]]:
    notices = read_notices(write(tmp_path / "d09.xlsx", D09=sheet))
    assert notices.participants is not None
    return notices.participants, notices.findings


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def cell_of(finding: Finding) -> str:
    return f"{finding.column}{finding.row}"


# C12-TS


def test_the_old_layout_has_one_column_for_bhxh(tmp_path: Path) -> None:
    found, findings = statement_in(tmp_path, c12_sheet(P1, layout=Layout.QD595, split=False))
    assert codes(findings) == []
    assert (found.layout, found.columns) == (Layout.QD595, JOINT)
    assert (found.unit_code, found.period) == (UNIT, Period(2026, 1))
    assert found.source == "c12.xlsx"
    amounts = [found.amount("B.3", column) for column in (*JOINT, Column.TOTAL)]
    assert amounts == [2_655_000, 477_900, 212_400, 53_100, 3_398_400]
    assert found.amount("B.1", Column.BHXH) == 2
    assert found.amount("B.1", Column.TOTAL) is None


def test_the_new_layout_has_a_column_for_each_bhxh_fund(tmp_path: Path) -> None:
    found, findings = statement_in(tmp_path, c12_sheet(P1_SPLIT))
    assert codes(findings) == []
    assert (found.layout, found.columns) == (Layout.QD366, SPLIT)
    assert found.amount("B.3", Column.ODTS) == 318_600
    assert found.amount("B.3", Column.HTTT) == 2_336_400


def test_the_old_lines_may_come_under_split_columns(tmp_path: Path) -> None:
    """So the agency printed it between July 2025 and April 2026."""
    found, _ = statement_in(tmp_path, c12_sheet(P1_SPLIT, layout=Layout.QD595, split=True))
    assert (found.layout, found.columns) == (Layout.QD595, SPLIT)


@pytest.mark.parametrize("layout", Layout)
def test_every_line_of_the_form_is_recognised_by_its_printed_number(
    tmp_path: Path, layout: Layout
) -> None:
    found, findings = statement_in(tmp_path, c12_sheet({}, layout=layout, split=False))
    assert codes(findings) == []
    assert list(found.lines) == [code.replace("C.n", "C.1") for code in lines(layout)]


def test_the_increase_of_the_wage_fund_is_known_though_printed_with_another_number(
    tmp_path: Path,
) -> None:
    found, _ = statement_in(tmp_path, c12_sheet({"B.1.1": (1,), "B.2.1": (MINIMUM,)}))
    assert found.amount("B.1.1", Column.ODTS) == 1
    assert found.amount("B.2.1", Column.ODTS) == MINIMUM


def test_every_figure_knows_its_cell(tmp_path: Path) -> None:
    found, _ = statement_in(tmp_path, c12_sheet(P1_SPLIT))
    place = found.lines["B.3"].figures[Column.HTTT].place
    expected = place_of("B.3", Column.HTTT, Layout.QD366, split=True)
    assert (place.sheet, f"{place.column}{place.row}") == ("C12", expected)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("2.655.000", 2_655_000),
        ("2,655,000", 2_655_000),
        ("2 655 000 đ", 2_655_000),
        ("2655000.0", 2_655_000),
        ("2.655.000,00", 2_655_000),
        ("(53.100)", -53_100),
        ("-53.100", -53_100),
        ("12.000", 12_000),
        (477_900.0000001, 477_900),
    ],
)
def test_figures_may_be_typed_in_every_usual_way(
    tmp_path: Path, written: CellValue, amount: int
) -> None:
    found, findings = statement_in(tmp_path, c12_sheet({"B.3": (written,)}))
    assert found.amount("B.3", Column.ODTS) == amount
    assert codes(findings) == []


@pytest.mark.parametrize("written", ["", "-", "–", None])
def test_an_empty_cell_or_a_dash_is_no_figure(tmp_path: Path, written: CellValue) -> None:
    found, findings = statement_in(tmp_path, c12_sheet({"B.3": (written,)}))
    assert found.lines["B.3"].figures == {}
    assert found.lines["B.3"].unreadable == frozenset()
    assert codes(findings) == []


@pytest.mark.parametrize("written", ["khoảng 5 triệu", 0.5, "1,5", "2.655.00", True, 1e300])
def test_an_unreadable_figure_is_found_in_its_cell_and_never_taken_for_nothing(
    tmp_path: Path, written: CellValue
) -> None:
    found, findings = statement_in(tmp_path, c12_sheet({"B.3": (1, 1, written)}))
    (finding,) = findings
    assert (finding.code, finding.severity) == ("notice.figure_unreadable", Severity.ERROR)
    assert cell_of(finding) == place_of("B.3", Column.BHYT, Layout.QD366, split=True)
    assert found.lines["B.3"].unreadable == {Column.BHYT}
    assert text(finding.code, "vi", **finding.params)


def test_a_formula_without_a_result_is_found(tmp_path: Path) -> None:
    place = place_of("B.3", Column.ODTS, Layout.QD366, split=True)
    formula = f'<c r="{place}"><f>1+1</f></c>'.encode()
    found, findings = statement_in(tmp_path, c12_sheet({"B.3": (formula,)}))
    assert codes(findings) == ["notice.figure_unreadable"]
    assert cell_of(findings[0]) == place
    assert found.lines["B.3"].unreadable == {Column.ODTS}


def test_an_error_value_is_found(tmp_path: Path) -> None:
    place = place_of("B.3", Column.ODTS, Layout.QD366, split=True)
    error = f'<c r="{place}" t="e"><v>#REF!</v></c>'.encode()
    _, findings = statement_in(tmp_path, c12_sheet({"B.3": (error,)}))
    assert codes(findings) == ["notice.figure_unreadable"]


def test_a_total_that_is_not_the_sum_of_the_funds_is_found(tmp_path: Path) -> None:
    wrong = {"B.3": (*P1_SPLIT["B.3"][:5], 3_398_401)}
    _, findings = statement_in(tmp_path, c12_sheet(wrong))
    (finding,) = findings
    assert finding.code == "notice.total_differs"
    assert finding.params == {"line": "B.3", "total": 3_398_401, "sum": 3_398_400}
    assert cell_of(finding) == place_of("B.3", Column.TOTAL, Layout.QD366, split=True)


def test_money_paid_too_much_need_not_be_shared_out_to_funds(tmp_path: Path) -> None:
    figures = {"Đ.2.1": (None, None, None, None, None, 100), "Đ.2": (1, 1, 1, 1, 1, -95)}
    _, findings = statement_in(tmp_path, c12_sheet(figures))
    assert codes(findings) == []


def test_lines_that_do_not_add_up_to_their_heading_are_found(tmp_path: Path) -> None:
    figures = {"B.5": (30,), "B.5.1": (10,), "B.5.2": (19,)}
    _, findings = statement_in(tmp_path, c12_sheet(figures))
    (finding,) = findings
    assert finding.code == "notice.sum_differs"
    assert finding.params == {"line": "B.5", "total": 30, "sum": 29}


@pytest.mark.parametrize("decrease", [200, -200])
def test_a_decrease_may_be_written_with_or_without_its_sign(tmp_path: Path, decrease: int) -> None:
    figures = {"B.4": (300,), "B.4.1": (500,), "B.4.2": (decrease,)}
    _, findings = statement_in(tmp_path, c12_sheet(figures))
    assert codes(findings) == []


def test_a_line_without_its_number_is_known_by_its_label(tmp_path: Path) -> None:
    rows = [
        row_xml(1, {"A": "STT", "B": "Nội dung", "C": "BHXH", "D": "BHYT", "E": "BHTN"}),
        row_xml(2, {"A": "B", "B": "Phát sinh trong kỳ"}),
        row_xml(3, {"B": "Số lao động", "C": 2}),
        row_xml(4, {"B": "Quỹ lương", "C": 10_620_000}),
        row_xml(5, {"A": "3", "B": "Phải đóng", "C": 2_655_000}),
    ]
    found, findings = statement_in(tmp_path, sheet_xml(rows))
    assert [found.amount(code, Column.BHXH) for code in ("B.1", "B.2", "B.3")] == [
        2,
        10_620_000,
        2_655_000,
    ]
    assert codes(findings) == []


def test_a_line_that_the_form_does_not_have_is_found_with_its_figures(tmp_path: Path) -> None:
    rows = [
        row_xml(1, {"A": "STT", "B": "Nội dung", "C": "BHXH", "D": "BHYT", "E": "BHTN"}),
        row_xml(2, {"A": "B", "B": "Phát sinh trong kỳ"}),
        row_xml(3, {"A": "9.9", "B": "Khoản lạ", "C": 7}),
    ]
    found, findings = statement_in(tmp_path, sheet_xml(rows))
    assert codes(findings) == ["notice.line_unknown", "notice.lines_absent"]
    assert findings[1].params == {"lines": "B.1, B.2, B.3"}
    assert set(found.lines) == {"B"}


# D09-TS

FIRST = Listed(name="Cầm Thử Nghiệm", number="9900000001", note="Đóng BHXH đến hết tháng 12/2025")
SECOND = Listed(name="Đinh Thị Mẫu", number="9900000002", bases=(), note="Nghỉ thai sản")
THIRD = Listed(name="Giả Văn Định", number="9900000003", bases=("5.310.000",) * 4)


def test_people_come_in_by_group_with_bases_leave_and_paid_month(tmp_path: Path) -> None:
    groups = {Standing.TAKING_PART: [FIRST, SECOND], Standing.NEW: [THIRD]}
    found, findings = list_in(tmp_path, d09_sheet(groups, total=(2 * MINIMUM,) * 4))
    assert codes(findings) == []
    assert (found.unit_code, found.period) == (UNIT, Period(2026, 1))
    first, second, third = found.people
    assert (first.number, first.name, first.birth) == (FIRST.number, FIRST.name, "01/02/1990")
    assert [first.base(column) for column in JOINT] == [MINIMUM] * 4
    assert first.paid_to == Period(2025, 12)
    assert (second.leave, second.bases) == (Leave.MATERNITY, {})
    assert (third.standing, third.base(Column.TNLD)) == (Standing.NEW, MINIMUM)
    assert first.standing is Standing.TAKING_PART
    assert found.totals[Column.BHXH].amount == 2 * MINIMUM


def test_each_base_knows_its_cell(tmp_path: Path) -> None:
    found, _ = list_in(tmp_path, d09_sheet({Standing.TAKING_PART: [FIRST]}))
    place = found.people[0].bases[Column.BHTN].place
    assert (place.sheet, place.column, place.row) == ("D09", "J", D09_FIRST + 1)


def test_a_number_that_excel_took_for_a_number_gets_its_zero_back(tmp_path: Path) -> None:
    rows = [
        row_xml(1, {"A": "STT", "B": "Họ và tên", "C": "Mã số BHXH", "D": "BHXH", "E": "BHYT"}),
        row_xml(2, {"A": 1, "B": "Cầm Thử Nghiệm", "C": 123456789, "D": 1, "E": 1}),
    ]
    found, _ = list_in(tmp_path, sheet_xml(rows))
    assert found.people[0].number == "0123456789"


@pytest.mark.parametrize("written", ["nhiều", -5, 1.5])
def test_an_unreadable_base_is_found(tmp_path: Path, written: CellValue) -> None:
    person = Listed(name="Cầm Thử Nghiệm", number="9900000001", bases=(written, 1, 1, 1))
    found, findings = list_in(tmp_path, d09_sheet({Standing.TAKING_PART: [person]}))
    (finding,) = findings
    assert (finding.code, cell_of(finding)) == ("notice.base_unreadable", f"H{D09_FIRST + 1}")
    assert found.people[0].unreadable == {Column.BHXH}


def test_a_person_without_a_number_is_kept_and_found(tmp_path: Path) -> None:
    person = Listed(name="Cầm Thử Nghiệm")
    found, findings = list_in(tmp_path, d09_sheet({Standing.TAKING_PART: [person]}))
    assert [person.name for person in found.people] == ["Cầm Thử Nghiệm"]
    assert codes(findings) == ["notice.person_without_number"]


def test_a_total_that_does_not_add_up_is_found(tmp_path: Path) -> None:
    sheet = d09_sheet({Standing.TAKING_PART: [FIRST]}, total=(MINIMUM + 1, *(MINIMUM,) * 3))
    _, findings = list_in(tmp_path, sheet)
    assert codes(findings) == ["notice.list_total_differs"]


def test_a_person_on_two_lines_with_two_wages_is_found(tmp_path: Path) -> None:
    other = Listed(name=FIRST.name, number=FIRST.number, bases=(1, 1, 1, 1))
    _, findings = list_in(
        tmp_path, d09_sheet({Standing.TAKING_PART: [FIRST], Standing.CHANGED: [other]})
    )
    assert codes(findings) == ["notice.person_differs"]
    assert findings[0].params == {"other": D09_FIRST + 1}


def test_a_person_who_left_and_stays_is_found(tmp_path: Path) -> None:
    groups = {Standing.TAKING_PART: [FIRST], Standing.LEFT: [FIRST]}
    _, findings = list_in(tmp_path, d09_sheet(groups))
    assert codes(findings) == ["notice.person_left_and_stays"]


def test_names_and_numbers_never_stand_in_the_params_of_findings(tmp_path: Path) -> None:
    other = Listed(name=FIRST.name, number=FIRST.number, bases=("?", 1, 1, 1))
    groups = {Standing.TAKING_PART: [FIRST], Standing.CHANGED: [other], Standing.LEFT: [FIRST]}
    _, findings = list_in(tmp_path, d09_sheet(groups, total=(1, 1, 1, 1)))
    assert findings
    said = " ".join(str(value) for finding in findings for value in finding.params.values())
    assert FIRST.name not in said
    assert FIRST.number not in said


# files


def test_both_notices_may_stand_in_one_workbook(tmp_path: Path) -> None:
    sheets = {"C12": c12_sheet(P1_SPLIT), "D09": d09_sheet({Standing.TAKING_PART: [FIRST]})}
    notices = read_notices(write(tmp_path / "a.xlsx", **sheets))
    assert notices.statement is not None
    assert notices.participants is not None


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = package({"A": sheet_xml([row_xml(1, {"A": "Danh bạ"})])}).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        read_notices(path)
    assert caught.value.code == "notice.not_recognised"


def test_a_damaged_file_is_refused_by_the_guard(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", C12=c12_sheet(P1_SPLIT))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DataFault) as caught:
        read_notices(path)
    assert caught.value.code.startswith("workbook.")


def test_a_sheet_that_breaks_off_is_refused_and_not_half_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", C12=c12_sheet(P1_SPLIT)[:-80])
    with pytest.raises(DataFault):
        read_notices(path)
