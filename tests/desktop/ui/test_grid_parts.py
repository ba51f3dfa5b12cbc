"""Finding cells, choosing codes, remembering a layout. Without a display."""

import pytest

from desktop.ui.code_choice import CodeField
from desktop.ui.field_values import GridField, compared
from desktop.ui.grid_layout import GridLayout, layout_key
from desktop.ui.seeking import Found, find
from forms.excel.kinds import Kind

TEXTS = (("do thi may", "an van gio", "may bac"), ("x", "may may", ""))


def test_cells_are_found_without_diacritics_in_the_order_seen() -> None:
    assert find(TEXTS, "MAY").places == [(0, 0), (1, 1), (2, 0)]
    assert find(TEXTS, "thi  may").places == [(0, 0)]


def test_the_next_cell_is_sought_round_and_round() -> None:
    found = find(TEXTS, "may")
    assert found.after((0, 0), 1) == (1, 1)
    assert found.after((2, 0), 1) == (0, 0)
    assert found.after((0, 0), -1) == (2, 0)
    assert found.at_or_after((1, 1)) == (1, 1)


def test_how_many_were_found_is_told() -> None:
    found = find(TEXTS, "may")
    assert found.count((1, 1)) == "2 / 3"
    assert found.count((0, 1)) == "– / 3"
    assert find(TEXTS, "zz").count((0, 0)) == "Không thấy"
    assert Found("").count((0, 0)) == ""
    assert find(TEXTS, "zz").after((0, 0), 1) is None


PROVINCE, WARD = CodeField(list="tinh"), CodeField(list="xa", province="01")


@pytest.mark.parametrize(
    ("field", "typed", "written"),
    [
        (PROVINCE, "ha noi", "01"),
        (PROVINCE, "01", "01"),
        (PROVINCE, " 79 ", "79"),
        (PROVINCE, "h", "h"),
        (PROVINCE, "nowhere", "nowhere"),
        (PROVINCE, "", ""),
        (WARD, "ba dinh", "00004"),
        (CodeField(list="xa"), "ba dinh", "ba dinh"),
        (CodeField(list="phuong_an"), "tang moi", "TM"),
        (CodeField(list="phuong_an"), "tm", "TM"),
        (CodeField(list="quoc_tich"), "viet nam", "VN"),
        (CodeField(list="dan_toc", takes_name=True), "kinh", "Kinh"),
        (CodeField(list="dan_toc", takes_name=True), "01", "Kinh"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.list,
)
def test_a_code_stays_and_a_name_becomes_its_code_where_one_fits(
    field: CodeField, typed: str, written: str
) -> None:
    assert field.settled(typed) == written


def test_the_code_itself_is_offered_first_and_only_those_of_the_province() -> None:
    assert CodeField(list="phuong_an").offers("tm")[0].code == "TM"
    assert {each.code for each in WARD.offers("ba dinh")} == {"00004"}
    assert PROVINCE.offers("ha noi")[0].words == "01 – Thành phố Hà Nội"


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (Kind.MONEY, "12,5 triệu", "12500000"),
        (Kind.WAGE, "12.500.000 đ", "12500000"),
        (Kind.DATE, "1/6/26", "01/06/2026"),
        (Kind.MONTH, "6/2026", "06/2026"),
        (Kind.DATE, "someday", "someday"),
    ],
)
def test_what_is_compared_is_read_as_a_cell_would_be(kind: Kind, typed: str, stored: str) -> None:
    assert compared(GridField(key="x", title="x", kind=kind), typed) == stored


def test_a_layout_is_remembered_whole() -> None:
    kept = GridLayout(columns=("ho_ten", "cccd"), widths={"ho_ten": 210}, frozen="cccd")
    assert GridLayout.parse(kept.text) == kept
    assert GridLayout.parse(GridLayout().text) == GridLayout()
    assert layout_key("ZZ0001Z", "x/lao_dong") != layout_key("ZZ0002Z", "x/lao_dong")


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[1]", '{"columns": "a", "widths": {"a": "wide"}, "frozen": 1}'],
    ids=["empty", "words", "list", "wrong"],
)
def test_what_cannot_be_read_of_a_layout_is_forgotten(text: str) -> None:
    assert GridLayout.parse(text) == GridLayout()


def test_columns_stand_still_up_to_the_one_chosen() -> None:
    keys = ("stt", "ho_ten", "cccd")
    assert GridLayout().frozen_count(keys, "ho_ten") == 2
    assert GridLayout(frozen="").frozen_count(keys, "ho_ten") == 0
    assert GridLayout(frozen="cccd").frozen_count(keys, "ho_ten") == 3
    assert GridLayout(frozen="hidden").frozen_count(keys, "ho_ten") == 0
