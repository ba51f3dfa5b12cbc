"""A guess depends on what the columns hold, not on their order or on how headings are typed."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.excel.guess.assign import best_pairs
from forms.excel.guess.sheets import guess_sheet
from forms.excel.guess.synonyms import NOTHING, meaning, synonyms
from forms.excel.layout import MAPPED, load
from forms.excel.mapping import SheetGuess
from forms.excel.mapping_file import field_keys
from forms.excel.sources.facts import Merged
from forms.model import Part
from tests.fakes.payrolls import VALUES, Cell

HEADINGS = {
    "Họ và tên": "ho_ten",
    "Mã số BHXH": "ma_so_bhxh",
    "Số CCCD": "cccd",
    "Ngày sinh": "ngay_sinh",
    "Giới tính": "gioi_tinh",
    "Lương đóng BHXH": "tien_luong",
    "Điện thoại": "dien_thoai",
    "Email": "email",
    "Chức vụ": "chuc_vu",
    "Số tài khoản": "so_tai_khoan",
}


class Sheet:
    """A sheet in memory."""

    name = "S"
    first_column = 1
    merged: tuple[Merged, ...] = ()

    def __init__(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows = rows

    def rows(self) -> Iterator[Sequence[Cell]]:
        return iter(self._rows)

    @property
    def last_line(self) -> int:
        return len(self._rows)


def _guess(headings: Mapping[str, str]) -> SheetGuess:
    titles: list[Cell] = list(headings)
    data = [list(row) for row in zip(*(VALUES[key] for key in headings.values()), strict=True)]
    found = guess_sheet(Sheet([titles, *data]))
    assert found is not None
    return found


@given(st.permutations(sorted(HEADINGS)))
@settings(max_examples=60)
def test_the_order_of_the_columns_does_not_matter(order: list[str]) -> None:
    guess = _guess({heading: HEADINGS[heading] for heading in order})
    assert {each.heading: each.field for each in guess.columns} == HEADINGS


_STYLES = st.sampled_from(["as is", "upper", "lower", "no marks", "nfd", "spaces", "star", "dots"])


def _restyled(heading: str, style: str) -> str:
    plain = unicodedata.normalize("NFD", heading.replace("Đ", "D").replace("đ", "d"))
    return {
        "as is": heading,
        "upper": heading.upper(),
        "lower": heading.lower(),
        "no marks": "".join(each for each in plain if not unicodedata.combining(each)),
        "nfd": unicodedata.normalize("NFD", heading),
        "spaces": f"  {heading.replace(' ', '   ')}\n",
        "star": f"{heading} (*)",
        "dots": heading.replace(" ", "_") + ":",
    }[style]


@given(st.lists(_STYLES, min_size=len(HEADINGS), max_size=len(HEADINGS)))
@settings(max_examples=80)
def test_marks_capitals_spaces_and_signs_do_not_matter(styles: list[str]) -> None:
    typed = {
        _restyled(heading, style): key
        for (heading, key), style in zip(HEADINGS.items(), styles, strict=True)
    }
    guess = _guess(typed)
    assert [each.field for each in guess.columns] == list(HEADINGS.values())
    assert {each.confidence for each in guess.columns} == {1.0}


@given(
    st.lists(
        st.lists(
            st.one_of(st.text(max_size=30), st.integers(), st.none().map(lambda _: "")), max_size=6
        ),
        max_size=12,
    )
)
def test_no_sheet_breaks_the_guessing(rows: list[list[Cell]]) -> None:
    width = max(map(len, rows), default=0)
    guess = guess_sheet(Sheet([[*row, *[""] * (width - len(row))] for row in rows]))
    assert guess is None or 0 < guess.header_row < guess.first_data_row


@given(
    st.dictionaries(
        st.integers(1, 6),
        st.dictionaries(st.sampled_from("abcd"), st.floats(0.35, 1.0), max_size=4),
        max_size=6,
    )
)
def test_pairs_are_one_to_one_and_the_surest_that_can_be(
    scores: dict[int, dict[str, float]],
) -> None:
    pairs = best_pairs(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert all(field in scores[column] for column, field in pairs.items())
    free_columns = scores.keys() - pairs.keys()
    free_fields = {field for each in scores.values() for field in each} - set(pairs.values())
    assert not any(field in scores[column] for column in free_columns for field in free_fields)


def test_one_sure_pair_is_worth_more_than_two_doubtful_ones() -> None:
    assert best_pairs({1: {"a": 1.0, "b": 0.6}, 2: {"a": 0.6}}) == {1: "a"}


def test_every_field_of_the_table_of_headings_exists() -> None:
    known = set(field_keys())
    table = synonyms()
    said = {*table.exact.values(), *table.likely.values()} - {NOTHING}
    assert {key.partition(":")[0] for key in said} <= known


def test_every_field_has_a_heading_that_says_it() -> None:
    sheet = load(MAPPED).sheet(Part.LAO_DONG)
    assert sheet is not None
    silent = [
        column.title
        for column in sheet.named
        if meaning((column.title,)).get(column.key, 0.0) < 0.9
    ]
    assert silent == []


@pytest.mark.parametrize("path", [(), ("",), ("   ",), ("***",), ("Ơ", "Ờ")])
def test_a_heading_that_says_nothing_means_nothing(path: tuple[str, ...]) -> None:
    assert meaning(path) == {}
