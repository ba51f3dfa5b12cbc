"""From when to when a code is good, what came after it, and how it is found."""

from datetime import date

import pytest

from forms.code_validity import dated, find_code, search_codes
from forms.codes import UnknownCodeList, code_list, names
from forms.findings import Severity
from tests.fakes.checked import WITH_TK1, changed, draft, findings

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
NEW = {
    "ngan_hang": 3,
    "nghe_nghiep": 58,
    "doi_tuong_the": 43,
    "phuong_an_d03": 4,
    "phuong_an_d05": 11,
    "co_quan_cu": 31,
    "xa_chuyen_doi": 10_061,
}


@pytest.mark.parametrize(("name", "rows"), sorted(NEW.items()))
def test_a_catalogue_has_all_its_rows(name: str, rows: int) -> None:
    assert len(code_list(name).entries) == rows


def test_old_provinces_ended_and_new_ones_began() -> None:
    old, new = find_code("tinh", "02"), find_code("tinh", "08")
    assert old is not None
    assert new is not None
    assert (old.good_on(BEFORE), old.good_on(AFTER)) == (True, False)
    assert (new.good_on(BEFORE), new.good_on(AFTER)) == (False, True)
    assert (old.kind, old.answer) == ("tinh_cu", "08")


def test_what_has_no_known_date_is_good() -> None:
    found = find_code("dan_toc", "01")
    assert found is not None
    assert found.validity.valid_from is found.validity.valid_to is None
    assert found.good_on(BEFORE)


def test_a_row_may_have_its_own_dates() -> None:
    found = find_code("nghe_nghiep", "62")
    assert found is not None
    assert found.validity.valid_from == date(2021, 1, 15)
    assert "34/2020" in found.validity.source


def test_every_known_date_has_a_source() -> None:
    for name in names():
        for entry in list(code_list(name).entries.values())[:5]:
            days = dated(name, entry).validity
            if days.valid_from or days.valid_to:
                assert days.source


def test_search_finds_codes_of_today_first_and_each_once() -> None:
    found = search_codes("tinh", "kon tum")
    assert [(f.code, f.kind) for f in found] == [("62", "tinh_cu")]
    assert [f.code for f in search_codes("tinh", "ho chi minh")] == ["79"]
    communes = search_codes("xa", "phuc xa")
    assert ("00001", "xa_chuyen_doi") in [(f.code, f.kind) for f in communes]
    reused = search_codes("xa", "truc bach")
    assert [(f.code, f.name, f.answer) for f in reused] == [("00004", "Phường Trúc Bạch", "00004")]
    assert search_codes("tinh", "không có tỉnh này") == ()
    assert len(search_codes("xa", "phuong", limit=7)) == 7


def test_an_unknown_list_is_said_so() -> None:
    with pytest.raises(UnknownCodeList):
        find_code("khong_co", "1")


@pytest.mark.parametrize(
    ("code", "said", "proposed"),
    [
        ("00001", "code.ended", "00097"),
        ("00007", "code.ended_several", None),
        ("26935", "code.ended_unknown", None),
    ],
)
def test_a_code_that_has_ended_is_explained(code: str, said: str, proposed: str | None) -> None:
    found = findings(draft([changed(WITH_TK1, ma_xa_ks=code)]))
    ended = [f for f in found if f.field == "ma_xa_ks" and f.code.startswith("code.")]
    assert [(f.code, f.severity, f.row) for f in ended] == [(said, Severity.WARNING, 4)]
    assert ended[0].params["ended"] == "30/06/2025"
    assert "19/2025/QĐ-TTg" in str(ended[0].params["source"])
    assert ended[0].params.get("proposed") == proposed


def test_before_it_ended_the_code_was_good() -> None:
    old = changed(WITH_TK1, ma_tinh_ks="01", ma_xa_ks="00001")
    found = findings(draft([old]), today=BEFORE)
    assert not [f for f in found if f.code.startswith("code.")]
