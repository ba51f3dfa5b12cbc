"""“Năm sinh: Nam | Nữ” and crosses for sex: recognised, written in a mapping, read, and told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from forms.excel.mapping import ColumnMapping
from forms.excel.mapping_file import field_titles, mapping_of, parse_mapping, written_mapping
from forms.excel.preview import first_rows
from forms.excel.workbook import ReadResult, read_workbook
from forms.findings import Finding, Severity
from forms.model import Part
from resources.faults import DataFault
from resources.messages import text as words
from tests.fakes.payrolls import NAMES, VALUES, Cell, fields, guesses, letters, write_book

CCCD = VALUES["cccd"]
BIRTHS: Sequence[tuple[Cell, Cell]] = (
    ("05/02/1995", None),
    (None, 1990),
    (None, "01/2001"),
    ("30/06/1988", "-"),
    (0, "12/12/1992"),
)
CROSSES: Sequence[tuple[Cell, Cell]] = (("x", None), (None, "X"), ("", "x"), (1, 0), (None, 1))
SEXES = ["1", "0", "0", "1", "0"]


def listed(
    path: Path, top: str | None, cells: Sequence[tuple[Cell, Cell]], *more: Sequence[Cell]
) -> Path:
    """A heading of two rows as it is printed: names in column B, men in C, women in D."""
    above = ["STT", "Họ và tên", top, None, "Số CCCD"]
    below = [None, None, "Nam", "Nữ", None]
    rows: list[Sequence[Cell]] = [
        [at, name, *pair, number]
        for at, (name, pair, number) in enumerate(zip(NAMES, cells, CCCD, strict=True), 1)
    ]
    merged = ["A1:A2", "B1:B2", "E1:E2", *(["C1:D1"] if top else [])]
    return write_book(path, [above, below, *rows, *more], merged=merged)


def read(path: Path) -> ReadResult:
    return read_workbook(path, mapping=mapping_of(guesses(path)[0]))


def column(result: ReadResult, key: str) -> list[str]:
    return [row.get(key) for row in result.draft.rows(Part.LAO_DONG)]


def found(result: ReadResult, code: str) -> list[Finding]:
    return [each for each in result.findings if each.code == code]


@pytest.mark.parametrize(
    "top", ["Năm sinh", "Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NĂM SINH"]
)
def test_the_birth_date_under_men_or_women(tmp_path: Path, top: str) -> None:
    path = listed(tmp_path / "a.xlsx", top, BIRTHS)
    guess = guesses(path)[0]
    assert letters(guess) == {
        "A": "stt",
        "B": "ho_ten",
        "C": "ngay_sinh.nam",
        "D": "ngay_sinh.nu",
        "E": "cccd",
    }
    assert guess.first_data_row == 3
    assert {each.why for each in guess.columns[2:4]} == {"columns.birth_by_sex"}
    assert all(each.confidence >= 0.9 for each in guess.columns[2:4])
    result = read(path)
    assert column(result, "ngay_sinh") == [
        "05/02/1995",
        "1990",
        "01/2001",
        "30/06/1988",
        "12/12/1992",
    ]
    assert column(result, "gioi_tinh") == SEXES
    assert not [each for each in result.findings if each.severity is Severity.ERROR]


def test_the_same_where_merging_is_not_known_and_without_marks(tmp_path: Path) -> None:
    rows = [["Ho va ten", "Ngay sinh", None, "So CCCD"], [None, "Nam", "Nu", None]]
    data = [[name, *pair, cccd] for name, pair, cccd in zip(NAMES, BIRTHS, CCCD, strict=True)]
    guess = guesses(write_book(tmp_path / "a.xlsx", [*rows, *data]))[0]
    assert list(letters(guess).values()) == ["ho_ten", "ngay_sinh.nam", "ngay_sinh.nu", "cccd"]


def test_dates_decide_under_a_heading_of_the_sex_or_none(tmp_path: Path) -> None:
    """Surely enough to propose, not surely enough to be as good as said."""
    for name, top in (("a.xlsx", "Giới tính"), ("b.xlsx", None)):
        guess = guesses(listed(tmp_path / name, top, BIRTHS))[0]
        assert (letters(guess)["C"], letters(guess)["D"]) == ("ngay_sinh.nam", "ngay_sinh.nu")
        assert guess.columns[2].confidence == 0.75


def test_women_may_stand_before_men(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [["Họ và tên", "Năm sinh nữ", "Năm sinh nam", "Số CCCD"]]
    rows += [[n, b, a, c] for n, (a, b), c in zip(NAMES, BIRTHS, CCCD, strict=True)]
    path = write_book(tmp_path / "a.xlsx", rows)
    assert column(read(path), "gioi_tinh") == SEXES
    assert column(read(path), "ngay_sinh")[1] == "1990"


def test_day_month_and_year_in_columns_of_their_own_are_no_sexes(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        ["Họ và tên", "Ngày sinh", None, None, "Số CCCD"],
        [None, "Ngày", "Tháng", "Năm", None],
    ]
    rows += [[name, 1, 2, 1990, cccd] for name, cccd in zip(NAMES, CCCD, strict=True)]
    guess = guesses(write_book(tmp_path / "a.xlsx", rows, merged=["B1:D1"]))[0]
    assert not [key for key in fields(guess).values() if "." in key]


def test_crosses_under_men_and_women(tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", "Giới tính", CROSSES)
    guess = guesses(path)[0]
    assert (letters(guess)["C"], letters(guess)["D"]) == ("gioi_tinh.nam", "gioi_tinh.nu")
    assert guess.columns[2].why == "columns.cross_by_sex"
    assert column(read(path), "gioi_tinh") == SEXES


@pytest.mark.parametrize("heading", ["Nữ", "NỮ", "Giới tính nữ"])
def test_one_column_of_women_with_crosses(tmp_path: Path, heading: str) -> None:
    rows: list[Sequence[Cell]] = [["Họ và tên", heading, "Số CCCD"]]
    rows += [[n, b, c] for n, (_, b), c in zip(NAMES, CROSSES, CCCD, strict=True)]
    path = write_book(tmp_path / "a.xlsx", rows)
    guess = guesses(path)[0]
    assert letters(guess)["B"] == "gioi_tinh.nu"
    assert guess.columns[1].why == "columns.women_cross"
    result = read(path)
    assert column(result, "gioi_tinh") == SEXES
    assert found(result, "clean.blank_is_male")


def test_a_column_that_says_the_sex_outright_goes_before_one_of_crosses(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [["Họ và tên", "Nữ", "Giới tính", "Số CCCD"]]
    rows += [
        [name, "x", sex, cccd]
        for name, sex, cccd in zip(NAMES, VALUES["gioi_tinh"], CCCD, strict=True)
    ]
    guess = guesses(write_book(tmp_path / "a.xlsx", rows))[0]
    assert letters(guess) == {"A": "ho_ten", "C": "gioi_tinh", "D": "cccd"}


@pytest.mark.parametrize(
    ("top", "cells"),
    [("Năm sinh", (1990, "1991")), ("Giới tính", ("x", 1)), ("Năm sinh", (1990, 1))],
)
def test_both_filled_is_an_error_at_the_cell(
    tmp_path: Path, top: str, cells: tuple[Cell, Cell]
) -> None:
    usual = BIRTHS if top == "Năm sinh" else CROSSES
    result = read(listed(tmp_path / "a.xlsx", top, [usual[0], usual[1], cells, *usual[3:]]))
    (said,) = found(result, "columns.both_sexes")
    assert (said.severity, said.row, said.column, said.field) == (
        Severity.ERROR,
        5,
        "D",
        "gioi_tinh",
    )
    assert said.params == {"men": "C", "women": "D", "before": f"{cells[0]} | {cells[1]}"}
    assert column(result, "gioi_tinh")[2] not in ("0", "1")
    assert "C" in words(said.code, **said.params)


@pytest.mark.parametrize("top", ["Năm sinh", "Giới tính"])
def test_neither_filled_is_said_of_people_alone(tmp_path: Path, top: str) -> None:
    usual = BIRTHS if top == "Năm sinh" else CROSSES
    total: Sequence[Cell] = [None, "Tổng cộng", None, None, None]
    cells = [(None, None), *usual[1:]]
    result = read(listed(tmp_path / "a.xlsx", top, cells, [], total))
    (said,) = found(result, "columns.neither_sex")
    assert (said.severity, said.row) == (Severity.WARNING, 3)
    assert column(result, "gioi_tinh")[0] == ""
    assert len(column(result, "ho_ten")) == len(NAMES)


def test_a_bad_date_of_a_woman_is_told_at_her_cell(tmp_path: Path) -> None:
    cells = [("31/31/1995", None), (None, "32/13/1990"), *BIRTHS[2:]]
    result = read(listed(tmp_path / "a.xlsx", "Ngày sinh", cells))
    told = [(each.row, each.column) for each in found(result, "clean.not_a_date")]
    assert told == [(3, "C"), (4, "D")]
    assert column(result, "gioi_tinh") == SEXES


def test_a_row_of_column_numbers_and_a_heading_repeated_are_nobody(tmp_path: Path) -> None:
    numbers: Sequence[Cell] = [1, 2, 3, 4, 5]
    again: Sequence[Cell] = ["STT", "Họ và tên", "Nam", "Nữ", "Số CCCD"]
    result = read(listed(tmp_path / "a.xlsx", "Năm sinh", BIRTHS, again, numbers))
    assert len(column(result, "ho_ten")) == len(NAMES)
    assert not found(result, "columns.both_sexes")


def test_the_preview_shows_date_and_sex(tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx", "Năm sinh", BIRTHS)
    shown = first_rows(path, mapping_of(guesses(path)[0]), 2)
    assert shown.keys == ("stt", "ho_ten", "ngay_sinh", "gioi_tinh", "cccd")
    assert [row[2:4] for row in shown.rows] == [("05/02/1995", "1"), ("1990", "0")]


def test_the_mapping_is_written_and_read_back(tmp_path: Path) -> None:
    guess = guesses(listed(tmp_path / "a.xlsx", "Năm sinh", BIRTHS))[0]
    headings = {each.column: each.heading for each in guess.columns}
    text = written_mapping(mapping_of(guess), headings)
    assert 'C = "ngay_sinh.nam"  # Năm sinh / Nam' in text
    assert parse_mapping(text) == mapping_of(guess)
    assert field_titles()["ngay_sinh.nu"] == "Ngày sinh, cột của Nữ"
    assert field_titles("en")["gioi_tinh.nu"].startswith("Sex")


def _file(**columns: str) -> str:
    mapping = ColumnMapping(sheet="A", header_row=1, first_data_row=2, columns=columns)
    return written_mapping(mapping, {})


@pytest.mark.parametrize(
    ("columns", "code", "line"),
    [
        ({"A": "ho_ten", "B": "ngay_sinh.nam"}, "mapping.half_alone", 7),
        ({"A": "ho_ten", "B": "ngay_sinh.nu"}, "mapping.half_alone", 7),
        ({"A": "ho_ten", "B": "gioi_tinh.nam"}, "mapping.half_alone", 7),
        (
            {"A": "ho_ten", "B": "ngay_sinh.nam", "C": "ngay_sinh.nu", "D": "ngay_sinh"},
            "mapping.field_twice",
            9,
        ),
        (
            {"A": "ho_ten", "B": "ngay_sinh.nam", "C": "ngay_sinh.nu", "D": "gioi_tinh"},
            "mapping.field_twice",
            9,
        ),
        ({"A": "ho_ten", "B": "gioi_tinh.nu", "C": "gioi_tinh"}, "mapping.field_twice", 8),
        ({"A": "ho_ten", "B": "gioi_tinh.nu", "C": "gioi_tinh.nu"}, "mapping.field_twice", 8),
    ],
)
def test_halves_that_make_no_whole_are_refused(
    columns: dict[str, str], code: str, line: int
) -> None:
    with pytest.raises(DataFault) as caught:
        parse_mapping(_file(**columns))
    assert (caught.value.code, caught.value.params["line"]) == (code, line)
    assert str(line) in words(code, **caught.value.params)


def test_a_column_of_women_may_stand_alone() -> None:
    assert parse_mapping(_file(A="ho_ten", B="gioi_tinh.nu")).columns["B"] == "gioi_tinh.nu"
