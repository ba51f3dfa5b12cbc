"""Fields of one row held against each other, and numbers against what they mean."""

from datetime import date

import pytest

from forms.findings import Severity
from tests.fakes.checked import HEAD, PERSON, WITH_TK1, changed, draft, findings, said


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("ma_so_bhxh", "990000001", "check.social_number"),
        ("ma_so_bhxh", "99O0000017", "check.social_number"),
        ("ma_so_bhxh", "07919000001", "check.social_number"),
        ("cccd", "07919000000", "check.citizen_id"),
        ("cccd", "9817654321", "check.citizen_id"),
        ("cccd", "không có", "check.citizen_id"),
        ("cccd", "000190000001", "check.citizen_id_shape"),
        ("cccd", "079990000001", "check.citizen_id_shape"),
        ("cccd", "990000012", "check.citizen_id_old"),
        ("cccd", "C9900001", "check.citizen_id_passport"),
        ("cccd", "003190000001", "check.citizen_id_province"),
        ("cccd", "079090000001", "check.citizen_id_sex"),
        ("cccd", "079191000001", "check.citizen_id_birth"),
        ("dien_thoai", "12345", "check.phone"),
        ("ma_ho_gia_dinh", "123", "check.household"),
    ],
)
def test_numbers_that_cannot_or_hardly_be(key: str, value: str, code: str) -> None:
    assert said(WITH_TK1, **{key: value}) == [(code, key)]


def test_a_foreigner_may_have_a_passport() -> None:
    foreigner = changed(WITH_TK1, quoc_tich="JP", dan_toc="99")
    assert said(foreigner, cccd="TZ9900001") == []
    assert said(foreigner, cccd="990000001234567890") == [("check.citizen_id", "cccd")]
    assert said(changed(PERSON, quoc_tich="JP"), cccd="9900000012") == []


def test_born_abroad_is_no_unknown_province() -> None:
    assert said(PERSON, cccd="101190000001") == []


def test_somebody_without_any_number_cannot_be_declared() -> None:
    assert ("check.no_identity", "cccd") in said(PERSON, cccd="", ma_so_bhxh="", da_co_so="0")
    assert said(PERSON, cccd="") == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"den_thang": "10/2026"}, "check.month_order", "den_thang"),
        ({"tu_thang": "12/2026"}, "check.month_after_period", "tu_thang"),
        ({"tu_thang": "06/1985"}, "check.month_early", "tu_thang"),
        ({"tu_thang": "01/2005"}, "check.too_young", "ngay_sinh"),
        ({"loai": "3"}, "check.movement_kind", "phuong_an"),
        ({"loai": "2", "phuong_an": "CD"}, "check.movement_kind_old", "phuong_an"),
        ({"ngay_chet": "01/11/2026"}, "check.death_movement", "ngay_chet"),
        ({"tien_luong": "0"}, "check.wage_zero", "tien_luong"),
        ({"tien_luong": "7500"}, "check.wage_small", "tien_luong"),
        ({"tien_luong": "75"}, "check.coefficient_large", "tien_luong"),
        ({"phu_cap_cv": "0.5"}, "check.allowance_without_coefficient", "phu_cap_cv"),
        ({"phu_cap_tnvk": "5"}, "check.allowance_without_coefficient", "phu_cap_tnvk"),
        ({"ma_so_bhxh": "", "kem_tk1": ""}, "check.book_without_number", "ma_so_bhxh"),
        ({"ma_vung_ltt": "02"}, "check.region_differs", "ma_vung_ltt"),
    ],
)
def test_cells_that_do_not_go_together(changes: dict[str, str], code: str, field: str) -> None:
    assert (code, field) in said(PERSON, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"tien_luong": "2.34", "phu_cap_cv": "0.5", "phu_cap_tn_nghe": "12"},
        {"phu_cap_cv": "0", "phu_cap_tnvk": "0"},
        {"den_thang": "11/2026"},
        {"loai": "3", "phuong_an": "GH", "ngay_chet": "01/11/2026"},
        {"loai": "3", "phuong_an": "TS", "den_thang": "04/2027"},
        {"hdld_xdth_tu_ngay": "01/11/2026", "hdld_xdth_den_ngay": "01/11/2026"},
        {"hdld_xdth_tu_ngay": "01/11/2026", "hdld_xdth_den_ngay": "31/10/2029"},
    ],
)
def test_cells_that_do(changes: dict[str, str]) -> None:
    assert said(PERSON, **changes) == []


PAIRS = ["vtvl_nql", "vtvl_cmktbc", "vtvl_cmktbt", "vtvl_khac", "nndh", "hdld_xdth", "hdld_khac"]


@pytest.mark.parametrize("pair", PAIRS)
def test_no_end_is_before_its_start(pair: str) -> None:
    dates = {f"{pair}_tu_ngay": "02/01/2026", f"{pair}_den_ngay": "01/01/2026"}
    assert said(PERSON, **dates) == [("check.date_order", f"{pair}_den_ngay")]


@pytest.mark.parametrize(
    ("died", "code"),
    [("21/11/2026", "check.death_in_future"), ("01/01/1980", "check.death_before_birth")],
)
def test_a_death_lies_between_birth_and_today(died: str, code: str) -> None:
    assert said(PERSON, loai="3", phuong_an="GH", ngay_chet=died) == [(code, "ngay_chet")]


def test_birth_is_held_against_the_filing_date() -> None:
    assert ("check.birth_in_future", "ngay_sinh") in said(PERSON, ngay_sinh="21/11/2026")
    assert ("check.birth_long_ago", "ngay_sinh") in said(PERSON, ngay_sinh="1920")
    tomorrow = findings(draft([changed(PERSON, ngay_sinh="21/11/2026")]), today=date(2026, 12, 1))
    assert "check.birth_in_future" not in [f.code for f in tomorrow]


def test_fifteen_in_the_first_month_is_old_enough() -> None:
    fifteen = {"ngay_sinh": "30/11/2011", "cccd": "079311000001"}
    assert said(PERSON, **fifteen) == []
    younger = {"ngay_sinh": "01/12/2011", "cccd": "079311000001"}
    assert said(PERSON, **younger) == [("check.too_young", "ngay_sinh")]


def test_a_father_on_maternity_leave_is_only_doubted() -> None:
    father = changed(PERSON, gioi_tinh="1", cccd="079090000001", loai="3", phuong_an="TS")
    (found,) = findings(draft([father]))
    assert (found.code, found.severity) == ("check.movement_sex", Severity.WARNING)


def test_places_lie_in_their_province() -> None:
    assert said(WITH_TK1, ma_xa_nn="00004", ma_tinh_nn="79") == [
        ("check.commune_province", "ma_xa_nn")
    ]
    assert said(WITH_TK1, ma_tinh_benh_vien="79") == [("check.hospital_province", "ma_benh_vien")]


def test_an_old_province_holds_the_communes_of_the_new_one() -> None:
    old = changed(WITH_TK1, ma_tinh_nn="02")
    assert said(old, ma_xa_nn="00691") == [("code.ended", "ma_tinh_nn")]
    assert ("check.commune_province", "ma_xa_nn") in said(old, ma_xa_nn="00004")


def test_a_clinic_may_be_named_with_the_old_province_of_its_code() -> None:
    here = changed(WITH_TK1, ma_benh_vien="70007")
    assert said(here, ma_tinh_benh_vien="75") == []
    assert said(here, ma_tinh_benh_vien="70") == [("code.ended", "ma_tinh_benh_vien")]


def test_household_members_are_checked_the_same_way() -> None:
    member = changed(HEAD, gioi_tinh="1", ngay_sinh="1991")
    found = findings(draft([WITH_TK1], [member]))
    assert {(f.sheet, f.code) for f in found} == {
        ("Phụ lục", "check.citizen_id_sex"),
        ("Phụ lục", "check.citizen_id_birth"),
    }
