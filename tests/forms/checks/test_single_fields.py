"""One field by itself: there when it must be, of the right type and length, in its list."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.checks.problem import find_list
from forms.codes import CodeList
from forms.findings import Severity
from tests.fakes.checked import PERSON, WITH_TK1, changed, draft, findings, said


@pytest.mark.parametrize("values", [PERSON, WITH_TK1], ids=["alone", "with TK1"])
def test_good_rows_have_no_findings(values: dict[str, str]) -> None:
    assert said(values) == []


REQUIRED = ["ho_ten", "phuong_an", "chuc_vu", "tien_luong", "da_co_so", "tinh_lai", "tu_thang"]


@pytest.mark.parametrize("key", REQUIRED)
def test_a_required_field_is_not_left_empty(key: str) -> None:
    assert ("check.required", key) in said(PERSON, **{key: ""})


@pytest.mark.parametrize("key", ["ma_xa_nn", "ma_benh_vien", "dia_chi_nn"])
def test_who_has_no_number_must_give_addresses_and_clinic(key: str) -> None:
    new = changed(WITH_TK1, ma_so_bhxh="", da_co_so="0")
    assert said(new) == []
    assert said(new, **{key: ""}) == [("check.required", key)]
    assert said(WITH_TK1, **{key: ""}) == []


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("phu_cap_luong", "-1", "check.not_money"),
        ("phu_cap_luong", "12.5", "check.not_money"),
        ("tien_luong", "mười triệu", "check.not_number"),
        ("tien_luong", "-5000000", "check.not_number"),
        ("ty_le_dong", "320", "check.not_percent"),
        ("tinh_lai", "2", "check.not_flag"),
        ("tu_thang", "13/2026", "check.not_month"),
        ("tu_thang", "2026-11", "check.not_month"),
        ("hdld_tu_ngay", "30/02/2026", "check.not_date"),
        ("hdld_tu_ngay", "2026", "check.not_date"),
        ("hdld_tu_ngay", "01/01/1920", "check.date_far"),
        ("ngay_sinh", "00/1990", "check.not_birth_date"),
        ("ngay_sinh", "1890", "check.not_birth_date"),
        ("phuong_an", "XX", "check.unknown_code"),
        ("gioi_tinh", "Nam", "check.unknown_code"),
        ("ho_ten", "Lê " + "Dài " * 30, "check.too_long"),
        ("chuc_vu", "x" * 501, "check.too_long"),
        ("ghi_chu", "x" * 501, "check.too_long"),
        ("ghi_chu", "a\x0bb", "check.illegal_character"),
        ("ghi_chu", "a\ufffe", "check.illegal_character"),
        ("ghi_chu", "\ud800", "check.illegal_character"),
    ],
)
def test_a_value_that_the_form_does_not_take(key: str, value: str, code: str) -> None:
    assert said(PERSON, **{key: value}) == [(code, key)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ngay_sinh", "06/1990"),
        ("ngay_sinh", "1990"),
        ("ty_le_dong", "32.5"),
        ("tien_luong", "2.34"),
        ("ho_ten", "Lê " + "x" * 97),
        ("ghi_chu", "dòng một\ndòng hai"),
        ("ma_so_bhxh", "079190000001"),
        ("tu_thang", "02/2019"),
    ],
)
def test_unusual_but_good_values_pass(key: str, value: str) -> None:
    assert said(PERSON, **{key: value}) == []


def test_a_field_beside_the_forms_may_not_hold_what_xml_cannot() -> None:
    assert said(PERSON, ten_loai="a\x00") == [("check.illegal_character", "ten_loai")]


def test_fields_of_tk1_count_only_for_those_who_file_one() -> None:
    assert said(PERSON, ma_xa_nn="khong co") == []
    assert said(WITH_TK1, ma_xa_nn="00000") == [("check.unlisted_code", "ma_xa_nn")]


def test_old_commune_and_province_codes_are_only_doubted() -> None:
    found = findings(draft([changed(WITH_TK1, ma_xa_ks="00001")]))
    assert [(f.code, f.severity) for f in found] == [("code.ended", Severity.WARNING)]
    assert found[0].params["now"] == "00097 Phường Hồng Hà"
    assert found[0].params["proposed"] == "00097"
    assert found[0].params["ended"] == "30/06/2025"
    assert said(WITH_TK1, ma_tinh_nn="02", ma_xa_nn="")[0] == ("code.ended", "ma_tinh_nn")


def test_one_cell_has_one_error() -> None:
    found = findings(draft([changed(PERSON, ma_so_bhxh="99 chưa rõ " * 5)]))
    assert [f.code for f in found] == ["check.social_number"]


def test_without_its_list_a_column_is_not_checkable_and_never_passed() -> None:
    def lists(name: str) -> CodeList | None:
        return None if name in ("phuong_an", "phuong_an_theo_loai") else find_list(name)

    people = [changed(PERSON, phuong_an="XX", stt=str(n)) for n in range(1, 4)]
    found = [f for f in findings(draft(people), lists=lists) if f.severity is Severity.INFO]
    assert [(f.code, f.field, f.row, f.params["list"]) for f in found] == [
        ("check.not_checkable", "phuong_an", None, "phuong_an"),
        ("check.not_checkable", "phuong_an", None, "phuong_an_theo_loai"),
    ]


def test_a_finding_names_its_cell() -> None:
    (found,) = findings(draft([PERSON, changed(PERSON, stt="2", phuong_an="DC", tu_thang="x")]))[:1]
    assert (found.sheet, found.row, found.field) == ("Dữ Liệu", 5, "tu_thang")
    assert found.column == "I"


KEYS = [*WITH_TK1, "den_thang", "ngay_chet", "hdld_xdth_tu_ngay", "hdld_xdth_den_ngay", "cccd_ch"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), st.text() | st.text("0123456789/.", max_size=12)))
def test_no_value_whatever_breaks_the_checks(values: dict[str, str]) -> None:
    rows = [values, {**WITH_TK1, **values}]
    found = findings(draft(rows, rows, rows))
    assert all(
        finding.code.startswith(("check.", "code.", "form.not_written")) for finding in found
    )
