"""A draft's list narrowed, sorted and held so; codes beside their names. Without a display."""

import pytest

from desktop.services.roster_api import Filter
from desktop.services.roster_api import Test as How
from desktop.ui.cells import landed
from desktop.ui.declarations.arranging import STATE, Arrangement, arranged, fields_of, order_of
from desktop.ui.declarations.presenter import with_names
from desktop.ui.declarations.sheet import Sheet, folded_columns, sheets_of
from desktop.ui.declarations.viewing import Viewing
from forms.excel.layout import load
from forms.findings import Finding
from forms.model import Part, Row
from forms.packed import PackedRows
from tests.fakes.services import LAYOUT, check_row, draft, row

PEOPLE = (
    row(4, ho_ten="Đỗ Thị Mây", tien_luong="12500000", ngay_sinh="02/01/1990", ghi_chu="mới"),
    row(5, ho_ten="An Văn Gió", tien_luong="9000000", ngay_sinh="1989"),
    row(6, ho_ten="Bùi Thị Mưa", tien_luong="", ngay_sinh="31-02-90"),
    row(7, ho_ten="An Văn Núi", tien_luong="2.34", ngay_sinh="12/1989", ghi_chu="Mới"),
)


def sheet(*rows: Row, changed: frozenset[tuple[int, str]] = frozenset()) -> Sheet:
    made = draft(*(rows or PEOPLE)).sections[0]
    columns = load(LAYOUT).sheet(Part.LAO_DONG)
    assert columns is not None
    found: tuple[Finding, ...] = tuple(each for one in made.rows for each in check_row(one))
    return dict(sheets_of(made, columns, found, changed))[True]


def shown(how: Arrangement, of: Sheet | None = None) -> list[int]:
    whole = of or sheet()
    return [whole.lines[place] for place in order_of(whole, how)]


@pytest.mark.parametrize(
    ("key", "up", "down"),
    [
        ("ho_ten", [5, 7, 6, 4], [4, 6, 7, 5]),
        ("tien_luong", [7, 5, 4, 6], [4, 5, 7, 6]),
        ("ngay_sinh", [5, 7, 4, 6], [6, 4, 7, 5]),
    ],
)
def test_a_column_is_sorted_by_what_it_means_and_empty_ones_stay_last(
    key: str, up: list[int], down: list[int]
) -> None:
    assert shown(Arrangement(sort=(key, True))) == up
    assert shown(Arrangement(sort=(key, False))) == down


def test_equal_ones_stay_as_declared_either_way() -> None:
    for ascending in (True, False):
        assert shown(Arrangement(sort=("phuong_an", ascending))) == [4, 5, 6, 7]


def test_asked_again_and_again_a_column_is_up_down_and_as_declared() -> None:
    how = Arrangement()
    sorts = []
    for _ in range(3):
        how = how.sorted_by("ho_ten")
        sorts.append(how.sort)
    assert sorts == [("ho_ten", True), ("ho_ten", False), None]


def test_filters_need_no_diacritics_and_hold_together() -> None:
    named = Filter("ho_ten", How.CONTAINS, "an van")
    assert shown(Arrangement(filters=(named,))) == [5, 7]
    assert shown(Arrangement(filters=(named, Filter("ghi_chu", How.FILLED)))) == [7]
    paid = Filter("tien_luong", How.AT_LEAST, "9000000")
    assert shown(Arrangement(filters=(paid,))) == [4, 5]
    born = Filter("ngay_sinh", How.AT_MOST, "12/1989")
    assert shown(Arrangement(filters=(born,))) == [5, 7]


def test_rows_are_narrowed_to_those_with_errors_or_changes() -> None:
    whole = sheet(*PEOPLE, changed=frozenset({(7, "ghi_chu")}))
    wrong = Filter(STATE, How.EQUALS, "error")
    assert shown(Arrangement(filters=(wrong,)), whole) == [5, 6, 7]
    assert shown(Arrangement(filters=(Filter(STATE, How.EQUALS, "changed"),)), whole) == [7]
    assert shown(Arrangement(filters=(Filter(STATE, How.EMPTY),)), whole) == [4]
    assert whole.who(3).splitlines()[1:] == ["có lỗi phải sửa", "đã sửa từ khi mở chương trình"]
    assert STATE in fields_of(whole)


@pytest.mark.parametrize("packed", [False, True], ids=["rows", "packed"])
def test_paste_goes_to_the_rows_and_columns_seen_in_the_order_seen(packed: bool) -> None:
    whole = sheet()
    if packed:
        whole = Sheet(
            whole.part, whole.name, whole.columns, PackedRows.of(PEOPLE), whole.marks, whole.lines
        )
    how = Arrangement(("ho_ten", False), (Filter("tien_luong", How.FILLED),))
    seen = arranged(whole, order_of(whole, how)).with_columns({"ho_ten", "chuc_vu", "ghi_chu"})
    assert [each.line for each in seen.rows] == list(seen.lines) == [4, 7, 5]
    keys = [column.key for column in seen.columns]
    assert keys == ["ho_ten", "chuc_vu", "ghi_chu"]
    pasted = landed("a\tb\nc\td", seen.lines[1:], keys[1:], editable=lambda _: True)
    assert pasted.cells == (
        (7, "chuc_vu", "a"),
        (7, "ghi_chu", "b"),
        (5, "chuc_vu", "c"),
        (5, "ghi_chu", "d"),
    )


def test_what_is_looked_through_reads_as_it_stands_there() -> None:
    seen = sheet().with_columns({"ho_ten", "tien_luong", "gioi_tinh"})
    names, sums, sexes = folded_columns(seen)
    assert (names[0], sums[0], sexes[0]) == ("do thi may", "12.500.000", "nam")
    assert folded_columns(arranged(seen, [])) == [[], [], []]


def test_rows_stay_where_they_are_while_one_types_in_them() -> None:
    viewing = Viewing({Part.LAO_DONG: Arrangement(("ho_ten", True))})
    before = viewing.view("one", sheet()).sheet
    renamed = [row(7, ho_ten="Ý Văn Núi") if each.line == 7 else each for each in PEOPLE]
    after = viewing.view("one", sheet(*renamed)).sheet
    assert list(after.lines) == list(before.lines) == [5, 7, 6, 4]
    assert after.rows[1].get("ho_ten") == "Ý Văn Núi"
    assert list(viewing.view("one", sheet(*renamed), anew=True).sheet.lines) == [5, 6, 4, 7]


def test_other_rows_are_arranged_anew() -> None:
    viewing = Viewing({Part.LAO_DONG: Arrangement(("ho_ten", True))})
    viewing.view("one", sheet())
    more = sheet(*PEOPLE, row(8, ho_ten="Âu Thị Suối"))
    assert list(viewing.view("one", more).sheet.lines) == [5, 7, 8, 6, 4]
    viewing.forget()
    assert list(viewing.view("two", more).sheet.lines) == [4, 5, 6, 7, 8]


def test_a_code_brings_its_name_and_a_name_its_code() -> None:
    section = draft(row(4, ma_tinh_ks="01")).sections[0]
    assert with_names(section, [(4, "ma_tinh_ks", "79")]) == (
        (4, "ma_tinh_ks", "79"),
        (4, "ten_tinh_ks", "Thành phố Hồ Chí Minh"),
    )
    named = with_names(section, [(4, "ten_xa_ks", "phường ba đình")])
    assert named[1:] == ((4, "ma_xa_ks", "00004"),)


def test_what_is_no_code_or_is_written_itself_is_left_alone() -> None:
    section = draft(row(4)).sections[0]
    for cells in (
        [(4, "ma_tinh_ks", "xx")],
        [(4, "ten_tinh_ks", "nowhere")],
        [(4, "ten_phuong_an", "")],
        [(4, "ma_tinh_ks", "79"), (4, "ten_tinh_ks", "TP. HCM")],
    ):
        assert with_names(section, cells) == tuple(cells)
    assert with_names(section, [(4, "phuong_an", "")])[1:] == ((4, "ten_phuong_an", ""),)
