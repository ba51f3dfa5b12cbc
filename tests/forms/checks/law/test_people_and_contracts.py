"""Contracts, registration, age, past months and the clinic, each with its exact place."""

from datetime import date

import pytest

from forms.findings import Severity
from tests.fakes.lawful import EMPLOYEE, codes_of, law_says


def joined(start: str, end: str = "", *, sort: str = "", **changes: str) -> list[str]:
    """What is said of the contract of somebody who joins."""
    dates = {f"hdld_{sort}tu_ngay": start, f"hdld_{sort}den_ngay": end}
    changes = {"hdld_tu_ngay": "", **dates, **changes}
    return [f"{f.code}@{f.field}" for f in law_says(**changes)]


def test_a_contract_of_a_month_is_long_enough() -> None:
    assert joined("01/11/2026", "30/11/2026", sort="xdth_") == []
    assert joined("16/11/2026", "15/12/2026", sort="xdth_") == []


def test_a_contract_of_less_than_a_month_is_refused() -> None:
    assert joined("01/11/2026", "29/11/2026", sort="xdth_") == [
        "law.contract_short@hdld_xdth_den_ngay"
    ]
    assert joined("01/11/2026", "20/11/2026", sort="khac_") == [
        "law.contract_short@hdld_khac_den_ngay"
    ]


def test_probation_alone_is_refused_and_another_agreement_doubted() -> None:
    dates = ("01/11/2026", "31/12/2026")
    assert joined(*dates, sort="khac_", ghi_chu="HĐ Thử Việc 2 tháng") == [
        "law.contract_probation@hdld_khac_tu_ngay"
    ]
    assert joined(*dates, sort="khac_") == ["law.contract_other_only@hdld_khac_tu_ngay"]
    assert joined(*dates, sort="xdth_", ghi_chu="sau thử việc") == []


def test_without_any_date_the_contract_is_not_checkable() -> None:
    assert joined("") == ["law.not_checkable.contract@hdld_tu_ngay"]
    assert joined("", phuong_an="DC") == []


def test_short_contracts_before_2026_were_without_bhtn() -> None:
    found = law_says(
        today=date(2025, 11, 20),
        hdld_tu_ngay="",
        hdld_xdth_tu_ngay="01/11/2025",
        hdld_xdth_den_ngay="31/12/2025",
        tu_thang="11/2025",
        tinh_lai="1",
    )
    assert ("law.contract_no_bhtn", "hdld_xdth_den_ngay") in codes_of(found)


def test_contributions_do_not_begin_before_the_contract() -> None:
    assert joined("01/12/2026") == ["law.contract_after_month@tu_thang"]


@pytest.mark.parametrize(
    ("sort", "end", "said"),
    [
        ("xdth_", "31/10/2027", []),
        ("xdth_", "30/10/2027", ["law.foreign_contract@hdld_xdth_den_ngay"]),
        ("", "", ["law.foreign_contract@hdld_tu_ngay"]),
    ],
)
def test_foreigners_need_a_fixed_term_of_twelve_months(
    sort: str, end: str, said: list[str]
) -> None:
    assert joined("01/11/2026", end, sort=sort, quoc_tich="JP", ty_le_dong="30") == said


def test_a_foreigner_past_retirement_age_on_signing_is_not_covered() -> None:
    said = joined(
        "01/11/2026",
        "31/10/2028",
        sort="xdth_",
        quoc_tich="JP",
        ty_le_dong="30",
        ngay_sinh="05/06/1955",
    )
    assert "law.foreign_retired@hdld_xdth_tu_ngay" in said


@pytest.mark.parametrize(
    ("start", "today", "code"),
    [
        ("01/10/2026", date(2026, 10, 30), None),
        ("01/10/2026", date(2026, 10, 31), "law.registered_late"),
        ("01/10/2026", date(2026, 12, 29), "law.registered_late"),
        ("01/10/2026", date(2026, 12, 30), "law.registration_evasion"),
    ],
)
def test_the_thirty_and_the_sixty_days(start: str, today: date, code: str | None) -> None:
    """P17: effective on the 1st and filed on the 31st is too late."""
    found = [f for f in law_says(today=today, hdld_tu_ngay=start) if "regist" in f.code]
    assert [f.code for f in found] == ([code] if code else [])
    if found:
        assert found[0].field == "hdld_tu_ngay"
        assert found[0].severity is Severity.WARNING
        assert found[0].params["last_day"] == "30/10/2026"
        assert found[0].params["evasion_from"] == "30/12/2026"
        assert "chưa kiểm chứng" in str(found[0].params["source"])


@pytest.mark.parametrize(
    ("sex", "born", "past"),
    [
        ("1", "31/12/1964", True),  # 61 years 6 months in 2026-06
        ("1", "30/06/1965", False),  # 61 years 9 months, so in 2027
        ("0", "15/10/1969", True),  # 57 years in 2026-10
        ("0", "15/11/1969", False),
    ],
)
def test_retirement_age_in_the_first_month(sex: str, born: str, past: bool) -> None:
    found = law_says(gioi_tinh=sex, ngay_sinh=born)
    said = [("law.retired_no_bhtn", "ngay_sinh")] if past else []
    assert codes_of(found) == said


def test_a_birth_year_alone_may_leave_the_age_open() -> None:
    assert codes_of(law_says(gioi_tinh="1", ngay_sinh="1965")) == [
        ("law.not_checkable.age", "ngay_sinh")
    ]
    assert codes_of(law_says(gioi_tinh="1", ngay_sinh="1950")) == [
        ("law.retired_no_bhtn", "ngay_sinh")
    ]


def test_before_2026_the_age_alone_is_told() -> None:
    found = law_says(
        EMPLOYEE,
        gioi_tinh="1",
        ngay_sinh="05/06/1950",
        tu_thang="11/2025",
        tinh_lai="1",
        phuong_an="DC",
    )
    assert ("law.past_retirement_age", "ngay_sinh") in codes_of(found)


def test_past_months_go_on_their_own_line() -> None:
    found = law_says(phuong_an="ON", tu_thang="10/2026")
    assert codes_of(found) == [("law.past_months", "tu_thang")]
    assert found[0].params["confidence"] == "L"


def test_money_for_paying_late_is_told_until_it_is_marked() -> None:
    found = law_says(phuong_an="AD", tu_thang="09/2026", den_thang="09/2026")
    assert codes_of(found) == [("law.late_money", "tinh_lai")]
    assert found[0].params["due"] == "31/10/2026"
    assert found[0].params["percent"] == "0,03"
    assert found[0].params["proposed"] == "1"
    assert law_says(phuong_an="AD", tu_thang="09/2026", den_thang="09/2026", tinh_lai="1") == []
    assert law_says(phuong_an="AD", tu_thang="10/2026", den_thang="10/2026") == []


def test_a_wage_changed_afterwards_owes_the_difference() -> None:
    assert codes_of(law_says(phuong_an="DC", tu_thang="08/2026")) == [
        ("law.retro_wage", "tu_thang")
    ]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 10, 15), []),
        (date(2026, 10, 16), [("law.hospital_out_of_season", "ma_benh_vien")]),
        (date(2026, 11, 10), [("law.hospital_out_of_season", "ma_benh_vien")]),
    ],
)
def test_the_clinic_is_changed_at_the_beginning_of_a_quarter(
    today: date, said: list[tuple[str, str]]
) -> None:
    wish = {"kem_tk1": "1", "noi_dung_thay_doi": "Đổi nơi KCB ban đầu", "phuong_an": "DC"}
    found = law_says(today=today, ma_benh_vien="01001", **wish)
    assert codes_of(found) == said
    if found:
        assert (found[0].params["opens"], found[0].params["closes"]) == ("01/01/2027", "15/01/2027")


def test_who_joins_chooses_a_clinic_at_any_time() -> None:
    assert law_says(kem_tk1="1", noi_dung_thay_doi="Đăng ký nơi KCB", ma_benh_vien="01001") == []
