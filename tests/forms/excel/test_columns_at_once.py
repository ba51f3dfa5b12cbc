"""A sheet is cleaned column by column, with the answers of cell by cell, told line by line."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.clean_doubts import NO_SIGNS, doubts_of, signs_of
from forms.excel.clean_usual import USUAL_COLUMN
from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind
from forms.packed import CHUNK_ROWS
from tests.fakes.sheets import person, read_sheet

DIGITS = st.text("0123456789", min_size=2, max_size=12) | st.text("0²٣", min_size=10, max_size=12)
LONG = st.text(st.characters(max_codepoint=0x1FF), min_size=11, max_size=16)
CELLS = st.one_of(
    st.lists(st.from_regex(r"0?[0-9]{9}([0-9]{2})?", fullmatch=True), min_size=1, max_size=5),
    st.lists(DIGITS, min_size=1, max_size=5),
    st.lists(st.from_regex(r"[a-z]{6,9}@vi-du\.example", fullmatch=True), min_size=1, max_size=5),
    st.lists(LONG, min_size=1, max_size=5),
    st.lists(st.integers(-2, 10**16).map(float), min_size=1, max_size=5),
    st.lists(st.floats(), min_size=1, max_size=5),
)


@given(kind=st.sampled_from(sorted(USUAL_COLUMN)), cells=CELLS)
def test_a_column_passed_at_once_would_pass_cell_by_cell(kind: Kind, cells: list[Raw]) -> None:
    values = USUAL_COLUMN[kind](type(cells[0]), cells)
    if values is None:
        return
    for raw, value in zip(cells, values, strict=True):
        cleaned = clean_value(kind, raw)
        assert cleaned == (value, None, None, "")
        assert not doubts_of(kind, raw, cleaned)
        assert signs_of(kind, raw, cleaned) is NO_SIGNS


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (Kind.SOCIAL_NUMBER, ["0123456789", "079195012345"]),
        (Kind.CITIZEN_ID, ["079195012345", "079195012346"]),
        (Kind.PHONE, ["0912345678", "0312345678"]),
        (Kind.TEXT, ["thu.mot@vi-du.example", "thu.hai@vi-du.example"]),
        (Kind.TEXT, [1.0, 2.0]),
        (Kind.CODE, [1.0, 0.0]),
    ],
)
def test_the_usual_columns_are_passed_at_once(kind: Kind, cells: list[Raw]) -> None:
    values = USUAL_COLUMN[kind](type(cells[0]), cells)
    assert values is not None
    assert list(values) == [clean_value(kind, raw).value for raw in cells]


def test_findings_stand_line_by_line_and_from_left_to_right() -> None:
    rows = [person("31/02/2020", name="CẦM THỬ", note="  a ") for _ in range(3)]
    _, findings = read_sheet(*rows, kind="date")
    places = [(finding.row, finding.column) for finding in findings]
    assert places == sorted(places, key=lambda place: (place[0] or 0, place[1] or ""))
    assert {column for _, column in places} >= {"E", "F"}


def test_true_is_not_a_remembered_one() -> None:
    rows, _ = read_sheet(person(1.0), person(True), person(1.0), kind="text")
    assert [row.get("o") for row in rows] == ["1", "TRUE", "1"]
    rows, _ = read_sheet(person(True), person(1.0), person(True), kind="text")
    assert [row.get("o") for row in rows] == ["TRUE", "1", "TRUE"]


@given(
    gaps=st.sets(st.integers(0, 3 * CHUNK_ROWS), max_size=4),
    strangers=st.sets(st.integers(0, 3 * CHUNK_ROWS), max_size=4),
)
def test_rows_between_which_there_is_nothing_keep_their_lines(
    gaps: set[int], strangers: set[int]
) -> None:
    """Somebody without any number is looked at alone, and is somebody all the same."""
    rows = [_row(number, gaps, strangers) for number in range(3 * CHUNK_ROWS)]
    found, _ = read_sheet(*rows)
    assert [row.line for row in found] == [
        line for line, row in enumerate(rows, start=2) if any(cell != "" for cell in row)
    ]
    assert all(row.get("o") == str(row.line) for row in found)


def _row(number: int, gaps: set[int], strangers: set[int]) -> Sequence[Raw]:
    if number in gaps:
        return [""] * 6
    whole = person(float(number + 2))
    return [whole[0], whole[1], "", "", *whole[4:]] if number in strangers else whole
