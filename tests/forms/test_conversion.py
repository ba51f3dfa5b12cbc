"""Old communes and provinces: one of today, several to ask about, or unknown."""

import pytest

from forms.codes import code_list
from forms.conversion import Candidate, Kind, convert_commune, convert_province


def test_a_commune_that_became_part_of_another() -> None:
    found = convert_commune("00001")
    assert (found.kind, found.name, found.answer) == (Kind.ONE, "Phường Phúc Xá", "00097")
    assert found.candidates[0].name == "Phường Hồng Hà"


def test_a_code_that_goes_on_under_another_name() -> None:
    found = convert_commune("00004")
    assert (found.kind, found.name, found.answer) == (Kind.SAME, "Phường Trúc Bạch", "00004")
    assert found.candidates[0].name == "Phường Ba Đình"


def test_a_divided_commune_is_never_guessed() -> None:
    found = convert_commune("00118")
    assert (found.kind, found.answer) == (Kind.SEVERAL, None)
    assert found.candidates == (
        Candidate(code="00097", name="Phường Hồng Hà", how="Nhập một phần diện tích"),
        Candidate(
            code="00118",
            name="Phường Bồ Đề",
            how="Nhập một phần diện tích, toàn bộ dân số",
        ),
    )


def test_a_wrong_row_of_the_source_is_put_right() -> None:
    assert convert_commune("27691").answer == "27694"
    entry = code_list("xa_chuyen_doi").entry("27691")
    assert entry is not None
    assert entry.more["province"] == "80"


@pytest.mark.parametrize("code", ["99999", "", "x", "26935"])
def test_what_the_table_does_not_say_is_unknown(code: str) -> None:
    found = convert_commune(code)
    assert (found.kind, found.candidates, found.answer) == (Kind.UNKNOWN, (), None)


def test_a_commune_of_today_alone_is_the_same() -> None:
    only_new = set(code_list("xa").entries) - set(code_list("xa_chuyen_doi").entries)
    for code in only_new:
        found = convert_commune(code)
        assert (found.kind, found.answer, found.name) == (Kind.SAME, code, None)
    assert only_new


def test_every_commune_of_before_leads_to_communes_of_today() -> None:
    today = code_list("xa")
    kinds: dict[Kind, int] = {}
    for code in code_list("xa_chuyen_doi").entries:
        found = convert_commune(code)
        kinds[found.kind] = kinds.get(found.kind, 0) + 1
        assert all(today.contains(place.code) and place.name for place in found.candidates)
        assert len({place.code for place in found.candidates}) == len(found.candidates)
    assert kinds[Kind.SEVERAL] == 441
    assert kinds[Kind.UNKNOWN] == 28
    assert sum(kinds.values()) == 10_061


def test_the_two_lists_of_old_communes_agree() -> None:
    for entry in code_list("xa_cu").entries.values():
        now = tuple(place.code for place in convert_commune(entry.code).candidates)
        assert set(entry.more["now"].split()) == set(now)


def test_every_old_province_became_one() -> None:
    for code in code_list("tinh_cu").entries:
        found = convert_province(code)
        assert found.answer is not None
        assert code_list("tinh").contains(found.answer)
        assert found.kind is (Kind.SAME if found.answer == code else Kind.ONE)
    assert convert_province("02").answer == "08"
    assert convert_province("98").kind is Kind.UNKNOWN
