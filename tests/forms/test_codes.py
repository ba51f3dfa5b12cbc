"""Code lists: whole, dated, searchable without marks."""

import doctest

import pytest

import forms.codes
from forms.catalog import codes, versions
from forms.codes import UnknownCodeList, code_list, fold, former, names, parse
from forms.numbers import hospital_code

ABOUT = "# origin: thử; date: 2026-01; complete: yes\n"


@pytest.mark.parametrize(
    ("name", "rows", "code", "label"),
    [
        ("tinh", 34, "79", "Thành phố Hồ Chí Minh"),
        ("tinh_cu", 63, "02", "Tỉnh Hà Giang"),
        ("xa", 3321, "00004", "Phường Ba Đình"),
        ("benh_vien", 12002, "01001", "Bệnh viện Hữu Nghị"),
        ("dan_toc", 56, "01", "Kinh"),
        ("quoc_tich", 240, "VN", "Việt Nam"),
        ("phuong_an", 27, "TM", "Tăng mới"),
        ("loai", 5, "1", "Tăng lao động"),
        ("moi_quan_he", 23, "20", "Con rể"),
        ("ivan", 15, "00110", "Công ty Cổ phần MISA"),
    ],
)
def test_a_list_has_all_its_codes(name: str, rows: int, code: str, label: str) -> None:
    found = code_list(name)
    assert len(found.entries) == rows
    assert found.contains(code)
    assert found.name_of(code) == label


@pytest.mark.parametrize("name", sorted(names()))
def test_every_list_says_where_and_when_it_is_from(name: str) -> None:
    found = code_list(name)
    assert found.origin
    assert found.date.startswith("20")
    assert found.entries


def test_every_list_that_a_form_asks_for_is_there() -> None:
    definitions = [v.definition for code in codes() for v in versions(code)]
    asked = {f.code_list for d in definitions for f in d.fields if f.code_list}
    assert asked <= names()
    assert len(asked) >= 12


def test_a_code_may_be_written_in_two_ways() -> None:
    papers = code_list("loai_giay_to")
    assert papers.contains("01")
    assert papers.name_of("01") == papers.name_of("1") == "Sổ hộ khẩu"
    assert not papers.contains("001")


def test_codes_from_before_know_what_came_after() -> None:
    before = former("tinh")
    assert before is not None
    entry = before.entry("02")
    assert entry is not None
    assert code_list("tinh").contains(entry.more["now"])
    assert former("dan_toc") is None


def test_places_lie_in_provinces_that_exist() -> None:
    provinces = code_list("tinh")
    for entry in code_list("xa").entries.values():
        assert provinces.contains(entry.more["province"])
    for entry in code_list("benh_vien").entries.values():
        assert provinces.contains(entry.more["province"])
        assert hospital_code.is_valid(entry.code)


def test_new_communes_do_not_stand_among_the_old() -> None:
    before = former("xa")
    assert before is not None
    assert not set(before.entries) & set(code_list("xa").entries)


def test_every_movement_under_a_kind_is_a_movement_and_a_kind() -> None:
    for entry in code_list("phuong_an_theo_loai").entries.values():
        assert code_list("phuong_an").contains(entry.more["phuong_an"])
        assert code_list("loai").contains(entry.more["loai"])


def test_search_needs_no_marks() -> None:
    found = code_list("tinh").search("ho chi")
    assert [entry.code for entry in found] == ["79"]
    assert code_list("tinh").search("79") == found
    assert len(code_list("xa").search("phuong", limit=7)) == 7
    assert code_list("tinh").search("không có tỉnh này") == ()


def test_folding_takes_every_mark_off() -> None:
    assert doctest.testmod(forms.codes).failed == 0
    assert fold("Nguyễn Thị ÁNH Đào") == "nguyen thi anh dao"
    assert fold("Hòa") == fold("Hoà") == "hoa"


def test_a_list_that_is_not_there_is_said_so() -> None:
    with pytest.raises(UnknownCodeList):
        code_list("khong_co")
    assert code_list("tinh").name_of("99") is None


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n1,a\n",
        ABOUT + "ma,ten\n1,a\n",
        ABOUT + "code,name\n1,a\n1,b\n",
        ABOUT + "code,name\n,a\n",
        ABOUT + "code,name,more\n1,a\n",
    ],
)
def test_a_broken_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="thu"):
        parse("thu", text)
