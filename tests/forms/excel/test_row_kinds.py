"""Rows that are nobody are known as such; a row that names somebody never is."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.cleaned import Raw
from forms.excel.row_kinds import RowKind, folded_cell, row_kind
from resources import read_text
from tests.fakes.sheets import HEADING, person, read_sheet

NUMBERS = (2, 3)
TITLES = {
    place: frozenset({folded_cell(title)})
    for place, title in enumerate(
        ["STT", "Họ và tên", "Mã số BHXH", "Số CCCD", "Tiền lương", "Ghi chú"]
    )
}


def row(*cells: Raw) -> list[Raw]:
    return [*cells, *[""] * (6 - len(cells))]


NOBODY = [
    (row("", "Cộng"), RowKind.TOTAL),
    (row("Tổng cộng", "", "", "", 250000000.0), RowKind.TOTAL),
    (row("", "TỔNG CỘNG:", "", "", 250000000.0, "15 người"), RowKind.TOTAL),
    (row("", "Sub total", "", "", 1.0), RowKind.TOTAL),
    (row("", "Cộng tăng", "", "", 5.0), RowKind.TOTAL),
    (row("I. Tăng"), RowKind.SECTION),
    (row("I", "Tăng"), RowKind.SECTION),
    (row("II", "Giảm lao động"), RowKind.SECTION),
    (row("II"), RowKind.SECTION),
    (row("", "1. Lao động"), RowKind.SECTION),
    (row("I.1", "Lao động"), RowKind.SECTION),
    (row("A.", "Điều chỉnh"), RowKind.SECTION),
    (row("", "GIẢM"), RowKind.SECTION),
    (row("A", "B", "1", "2", "3", "4"), RowKind.NUMBERS),
    (row(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), RowKind.NUMBERS),
    (row("(1)", "(2)", "(3)", "(4)", "(5)=(3)+(4)", "(6)"), RowKind.NUMBERS),
    (row("STT", "Họ và tên", "Mã số BHXH", "Số CCCD", "Tiền lương", "Ghi chú"), RowKind.HEADING),
    (row("STT", "HỌ VÀ TÊN", "Mã số BHXH"), RowKind.HEADING),
    (row("", "Người lập biểu", "", "", "Giám đốc"), RowKind.SIGNATURE),
    (row("", "(Ký, ghi rõ họ tên)", "", "", "(Ký, đóng dấu)"), RowKind.SIGNATURE),
    (row("", "", "", "", "Hà Nội, ngày 05 tháng 11 năm 2026"), RowKind.SIGNATURE),
    (row("", "", "", "", "Ngày … tháng … năm …"), RowKind.SIGNATURE),
]

SOMEBODY = [
    row(5.0, "Tăng"),
    row("", "Tăng Thị Thử"),
    row(1.0, "A Tăng"),
    row(1.0, "Vi Giảm"),
    row(1.0, "Cộng Thử Nghiệm"),
    row(1.0, "Cộng", "0123456789"),
    row(1.0, "Tổng", "", 79195012345.0),
    row("I. Tăng", "", "0123456789"),
    row(1.0, "Giám Thị Đốc", "", "", "Giám đốc"),
    row(1.0, "Cầm Thử", "", "", "", "Ngày 5 tháng 11 năm 2026"),
    row("STT", "Cầm Thử", "Mã số BHXH"),
    row(1.0, "Ly", 2.0, 3.0),
]

FIELDS: st.SearchStrategy[Raw] = st.sampled_from(
    ["", "x", "Cộng", "Tăng", "I", "1", 1.0, 250000000.0, "Giám đốc", "Ghi chú", date(2026, 1, 1)]
)


@st.composite
def names(draw: st.DrawFn) -> str:
    parts = tomllib.loads(read_text("practice/names.toml"))
    sex = parts[draw(st.sampled_from(["male", "female"]))]
    words = [draw(st.sampled_from(parts["all"]["families"])), draw(st.sampled_from(sex["given"]))]
    words[1:1] = draw(st.lists(st.sampled_from([*sex["middle"], "Tăng", "Cộng"]), max_size=2))
    name = " ".join(words)
    return draw(st.sampled_from([name, name.upper(), name.lower()]))


@pytest.mark.parametrize(("cells", "kind"), NOBODY)
def test_a_row_that_is_nobody_is_known(cells: list[Raw], kind: RowKind) -> None:
    assert row_kind(cells, numbers=NUMBERS, headings=TITLES) is kind


@pytest.mark.parametrize("cells", SOMEBODY)
def test_a_row_that_may_be_somebody_is_not_taken_for_another(cells: list[Raw]) -> None:
    assert row_kind(cells, numbers=NUMBERS, headings=TITLES) is None


def test_an_empty_row_is_of_no_kind() -> None:
    assert row_kind(row(""), numbers=NUMBERS) is None


@given(names(), FIELDS, FIELDS, FIELDS)
def test_a_row_with_a_name_is_never_skipped(name: str, first: Raw, wage: Raw, note: Raw) -> None:
    cells = [first, name, "", "", wage, note]
    assert row_kind(cells, numbers=NUMBERS, headings=TITLES) is None
    rows, _ = read_sheet(cells)
    assert [found.line for found in rows] == [2]


@given(
    st.sampled_from([cells for cells, _ in NOBODY]),
    st.sampled_from(NUMBERS),
    st.sampled_from(["0123456789", "079195012345", 79195012345.0, "012 345 678", "C1234567"]),
)
def test_a_row_with_a_number_is_never_skipped(cells: list[Raw], place: int, number: Raw) -> None:
    numbered = [*cells[:place], number, *cells[place + 1 :]]
    rows, _ = read_sheet(numbered)
    assert len(rows) == 1


@given(st.lists(st.one_of(FIELDS, st.text(max_size=12), st.floats(0, 100)), min_size=6, max_size=6))
def test_any_row_is_judged_without_a_fault(cells: list[Raw]) -> None:
    assert row_kind(cells, numbers=NUMBERS, headings=TITLES) in (None, *RowKind)


def test_what_was_skipped_is_listed_by_kind() -> None:
    blank: list[Raw] = [""] * 6
    rows, findings = read_sheet(
        row("A", "B", "1", "2", "3", "4"),
        row("I. Tăng"),
        person(),
        blank,
        person(),
        list(HEADING),
        row("", "Cộng", "", "", 2.0),
        row("II. Giảm"),
        person(),
        row("", "Tổng cộng", "", "", 3.0),
        blank,
        row("", "Người lập biểu"),
        row("", "Cầm Người Ký"),
        blank,
    )
    assert [found.line for found in rows] == [4, 6, 10, 14]
    assert [
        (found.code, found.severity.value, found.row, dict(found.params)) for found in findings
    ] == [
        ("rows.below_signature", "warning", 14, {}),
        ("rows.numbers", "info", 2, {"count": 1, "lines": "2"}),
        ("rows.section", "info", 3, {"count": 2, "lines": "3, 9"}),
        ("rows.blank", "info", 5, {"count": 2, "lines": "5, 12"}),
        ("rows.heading", "info", 7, {"count": 1, "lines": "7"}),
        ("rows.total", "info", 8, {"count": 2, "lines": "8, 11"}),
        ("rows.signature", "info", 13, {"count": 1, "lines": "13"}),
    ]


def test_blank_rows_behind_the_list_are_nothing_to_tell() -> None:
    blank: list[Raw] = [""] * 6
    rows, findings = read_sheet(person(), *[blank] * 1000)
    assert (len(rows), findings) == (1, ())


def test_only_the_first_lines_are_named() -> None:
    _, findings = read_sheet(*[row("Cộng")] * 7, person())
    assert findings[0].params == {"count": 7, "lines": "2, 3, 4, 5, 6, …"}
