"""What only the whole draft shows: duplicates, households and papers of nobody."""

from collections.abc import Iterable

import pytest

from tests.fakes.checked import (
    HEAD,
    HUSBAND,
    PAPER,
    PERSON,
    WITH_TK1,
    Values,
    changed,
    draft,
    findings,
)

OTHER = changed(
    PERSON, stt="2", ho_ten="Phạm Thị Trăng Sen", ma_so_bhxh="9900000025", cccd="079190000003"
)


def places(
    people: Iterable[Values], families: Iterable[Values] = (), papers: Iterable[Values] = ()
) -> list[tuple[str, str | None, int | None]]:
    found = findings(draft(people, families, papers))
    return [(f.code, f.field, f.row) for f in found]


def test_a_whole_dossier_without_fault() -> None:
    assert places([WITH_TK1, OTHER], [HEAD, HUSBAND], [PAPER]) == []


def test_a_list_of_nobody_is_refused() -> None:
    assert places([]) == [("check.no_people", "ho_ten", None)]


def test_a_draft_without_any_section_is_refused() -> None:
    from forms.model import Draft

    (found,) = findings(Draft("thu", "thu.xlsx", ()))
    assert (found.code, found.sheet) == ("check.no_people", None)


@pytest.mark.parametrize("hidden", ["ma_so_bhxh", "cccd"])
def test_the_same_person_movement_and_months_twice(hidden: str) -> None:
    again = changed(PERSON, **{hidden: ""}, da_co_so="0", kem_tk1="1", quoc_tich="VN", dan_toc="01")
    found = places([PERSON, OTHER, again])
    assert ("check.duplicate_row", "ho_ten", 6) in found


def test_another_month_or_movement_is_no_duplicate() -> None:
    before = changed(PERSON, tu_thang="10/2026", den_thang="10/2026")
    leaves = changed(PERSON, loai="3", phuong_an="GH")
    assert places([PERSON, before, leaves]) == []


def test_overlapping_months_of_one_movement_are_doubted() -> None:
    leave = changed(PERSON, loai="3", phuong_an="KL", tu_thang="08/2026", den_thang="10/2026")
    longer = changed(leave, tu_thang="10/2026", den_thang="12/2026")
    assert places([leave, longer]) == [("check.overlapping_rows", "tu_thang", 5)]


@pytest.mark.parametrize("shared", ["cccd", "ma_so_bhxh"])
def test_one_number_under_two_names(shared: str) -> None:
    other = changed(OTHER, **{shared: PERSON[shared]}, phuong_an="TD")
    found = findings(draft([PERSON, other]))
    named = [f for f in found if f.code == "check.name_differs"]
    assert [(f.row, f.params["line"], f.params["sheet"]) for f in named] == [(5, 4, "Dữ Liệu")]


def test_where_the_tone_mark_stands_makes_no_other_name() -> None:
    one = changed(PERSON, ho_ten="Lê Thị Hòa Suối")
    two = changed(one, ho_ten="LÊ THỊ HOÀ SUỐI", phuong_an="TD")
    assert places([one, two]) == []
    three = changed(one, ho_ten="Lê Thị Hóa Suối", phuong_an="TD")
    assert ("check.name_differs", "ho_ten", 5) in places([one, three])


def test_a_household_row_must_not_name_its_person_otherwise() -> None:
    found = places([WITH_TK1], [changed(HEAD, ho_ten="Lê Thị Khác Hẳn")])
    assert found == [("check.name_differs", "ho_ten", 4)]


def test_one_citizen_with_two_numbers() -> None:
    second = changed(PERSON, ma_so_bhxh="9900000033", phuong_an="TD")
    assert places([PERSON, second]) == [("check.two_numbers", "ma_so_bhxh", 5)]


def test_dashes_in_the_place_of_numbers_make_nobody_the_same() -> None:
    people = [changed(PERSON, cccd="-", stt="1"), changed(OTHER, cccd="-", stt="2")]
    assert {code for code, _, _ in places(people)} == {"check.citizen_id"}


def test_household_rows_that_would_be_lost() -> None:
    found = places([WITH_TK1], [HEAD, changed(HUSBAND, stt="7")])
    assert ("check.household_unmatched", "stt", 5) in found
    assert places([PERSON], [HEAD]) == [("check.household_without_tk1", "stt", 4)]


def test_a_household_has_one_head() -> None:
    assert places([WITH_TK1], [HEAD, changed(HUSBAND, moi_quan_he="00")]) == [
        ("check.two_heads", "moi_quan_he", 5)
    ]
    assert places([WITH_TK1], [changed(HEAD, moi_quan_he="01")]) == [
        ("check.no_head", "moi_quan_he", 4)
    ]


def test_two_people_under_one_id() -> None:
    twin = changed(OTHER, stt="1")
    assert places([PERSON, twin]) == [("check.shared_id", "stt", 5)]
    assert places([WITH_TK1, twin], [HEAD]) == [("check.shared_id_household", "stt", 5)]
    assert places([PERSON, changed(PERSON, loai="3", phuong_an="KL")]) == []


@pytest.mark.parametrize(
    "paper",
    [
        PAPER,
        changed(PAPER, stt=""),
        changed(PAPER, stt="", ho_ten="Khác Tên", ma_so_bhxh="9900000017"),
    ],
)
def test_a_paper_finds_its_person_by_id_number_or_name(paper: dict[str, str]) -> None:
    assert "check.paper_unmatched" not in [code for code, _, _ in places([PERSON], (), [paper])]


@pytest.mark.parametrize(
    ("paper", "field"),
    [(changed(PAPER, stt="9"), "stt"), (changed(PAPER, stt="", ho_ten="Không Ai Cả"), "ho_ten")],
)
def test_a_paper_of_nobody_is_doubted(paper: dict[str, str], field: str) -> None:
    assert places([PERSON], (), [paper]) == [("check.paper_unmatched", field, 4)]


def test_who_has_no_number_needs_a_tk1() -> None:
    new = changed(PERSON, ma_so_bhxh="", da_co_so="0")
    assert places([new]) == [("check.number_without_tk1", "kem_tk1", 4)]
    with_tk1 = changed(WITH_TK1, ma_so_bhxh="", da_co_so="0")
    assert places([with_tk1, changed(new, loai="3", phuong_an="KL")]) == []


def test_another_region_is_said_once() -> None:
    away = [
        changed(PERSON, stt=str(n), ma_vung_ltt="03", phuong_an=pa)
        for n, pa in enumerate(("TM", "TD", "TC"), 1)
    ]
    (found,) = [f for f in findings(draft(away)) if f.code == "check.region_differs"]
    assert (found.row, found.params) == (4, {"count": 3, "region": "01"})
