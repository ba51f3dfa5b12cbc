"""Wage against floor, minimum and caps of its month; rate against the rates of its month."""

from datetime import date

import pytest

from forms.checks.law.severities import SEVERITIES
from forms.findings import Severity
from forms.model import Period
from tests.fakes.lawful import EMPLOYEE, codes_of, law_of, law_says


def in_month(month: str, **changes: str) -> list[tuple[str, str | None]]:
    """Declared in its own month; the registration rule begins in 2025-07."""
    period = Period.parse(month)
    day = date(period.year, period.month, 20)
    start = f"01/{month}"
    found = law_says(today=day, period=period, tu_thang=month, hdld_tu_ngay=start, **changes)
    return [pair for pair in codes_of(found) if pair[0] != "law.not_checkable.registration"]


def test_a_lawful_row_is_passed() -> None:
    assert law_says() == []


@pytest.mark.parametrize(
    ("month", "wage", "code"),
    [
        ("11/2026", "2529999", "law.wage_below_floor"),
        ("11/2026", "2530000", "law.wage_below_minimum"),
        ("06/2026", "2339999", "law.wage_below_floor"),
        ("06/2026", "2340000", "law.wage_below_minimum"),
        ("11/2026", "5309999", "law.wage_below_minimum"),
        ("12/2025", "4959999", "law.wage_below_minimum"),
        ("06/2025", "4959999", "law.wage_below_floor"),
        ("06/2022", "4419999", "law.wage_below_floor"),
        ("06/2022", "4729399", "law.wage_below_trained"),
    ],
)
def test_a_wage_too_low_for_its_month(month: str, wage: str, code: str) -> None:
    rate = "31" if month == "06/2022" else "32"
    rate = "30.5" if month == "06/2022" else rate
    assert in_month(month, tien_luong=wage, ty_le_dong=rate) == [(code, "tien_luong")]


@pytest.mark.parametrize(
    ("month", "wage", "rate"),
    [
        ("11/2026", "5310000", "32"),
        ("12/2025", "4960000", "32"),
        ("06/2025", "4960000", "32"),
        ("07/2022", "4680000", "31"),
        ("06/2022", "4729400", "30.5"),
    ],
)
def test_a_wage_high_enough_for_its_month(month: str, wage: str, rate: str) -> None:
    assert in_month(month, tien_luong=wage, ty_le_dong=rate) == []


def test_allowances_count_and_the_region_of_the_row_decides() -> None:
    assert in_month("11/2026", tien_luong="5000000", phu_cap_luong="310000") == []
    assert in_month("11/2026", tien_luong="3700000", ma_vung_ltt="04") == []
    found = law_of([{**EMPLOYEE, "tien_luong": "4000000", "ma_vung_ltt": ""}], region=3)
    (low,) = [f for f in found if f.code == "law.wage_below_minimum"]
    assert (low.params["region"], low.params["level"]) == (3, "4.140.000")


def test_the_state_scale_is_not_held_against_the_regional_minimum() -> None:
    assert in_month("06/2025", tien_luong="1.5") == []
    assert in_month("11/2026", tien_luong="1.5") == []
    assert in_month("11/2026", tien_luong="0.9") == [("law.wage_below_floor", "tien_luong")]


def test_a_row_of_many_months_is_looked_at_where_the_law_changes() -> None:
    months = {"phuong_an": "AD", "tu_thang": "05/2026", "den_thang": "08/2026", "tinh_lai": "1"}
    (found,) = law_says(tien_luong="2400000", **months)[:1]
    assert (found.code, found.params["month"]) == ("law.wage_below_minimum", "05/2026")
    (found,) = law_says(tien_luong="46900000", **months)
    assert (found.code, found.params["month"]) == ("law.wage_capped", "05/2026")


def test_both_caps_are_told_and_nothing_is_refused() -> None:
    """P12: region I, 120.000.000 đ in 2026-08."""
    (found,) = law_says(tien_luong="120000000")
    assert (found.code, found.severity) == ("law.wage_capped", Severity.INFO)
    assert (found.params["base_bhxh"], found.params["base_bhtn"]) == ("50.600.000", "106.200.000")
    assert law_says(tien_luong="50600000") == []


def test_wages_of_other_movements_and_nonsense_are_not_judged() -> None:
    assert law_says(tien_luong="1000000", phuong_an="GH") == []
    assert law_says(tien_luong="5700") == []
    assert law_says(tien_luong="0") == []
    assert law_says(tien_luong="không") == []


@pytest.mark.parametrize(
    ("month", "right"),
    [
        ("12/2013", "30.5"),
        ("05/2017", "32.5"),
        ("06/2017", "32"),
        ("08/2021", "31.5"),
        ("10/2021", "30.5"),
        ("07/2022", "31"),
        ("10/2022", "32"),
        ("11/2026", "32"),
    ],
)
def test_the_rate_is_that_of_the_month(month: str, right: str) -> None:
    wage = {"tien_luong": "9000000"}
    assert in_month(month, ty_le_dong=right, **wage) == []
    wrong = law_says(
        period=Period.parse(month),
        today=date(int(month[3:]), int(month[:2]), 20),
        tu_thang=month,
        hdld_tu_ngay=f"01/{month}",
        ty_le_dong="29",
        **wage,
    )
    (found,) = [f for f in wrong if f.code == "law.rate_differs"]
    assert (found.field, found.params["proposed"]) == ("ty_le_dong", right)
    assert found.params["expected"] == right.replace(".", ",")
    assert found.severity is Severity.WARNING


def test_a_rate_that_a_person_may_have_is_not_doubted() -> None:
    assert law_says(ty_le_dong="31.8") == []  # approved TNLĐ rate
    assert law_says(quoc_tich="JP", ty_le_dong="30")[0].code != "law.rate_differs"
    assert codes_of(law_says(quoc_tich="JP", ty_le_dong="32"))[0] == (
        "law.rate_differs",
        "ty_le_dong",
    )
    assert law_says(phuong_an="TL", ty_le_dong="0.5") == []
    assert law_says(phuong_an="TS", ty_le_dong="0") == []
    assert codes_of(law_says(ngay_sinh="05/06/1950", ty_le_dong="30")) == [
        ("law.retired_no_bhtn", "ngay_sinh")
    ]


def test_a_row_across_a_change_of_rate_is_to_be_split() -> None:
    months = {"phuong_an": "AD", "tu_thang": "08/2022", "den_thang": "11/2022", "tinh_lai": "1"}
    found = law_says(ty_le_dong="31", **months)
    assert codes_of(found) == [("law.rate_changes", "ty_le_dong")]
    assert found[0].params["month"] == "10/2022"


def test_months_before_the_tables_are_not_checkable() -> None:
    months = {"phuong_an": "AD", "tu_thang": "05/2001", "den_thang": "06/2001", "tinh_lai": "1"}
    codes = {code for code, _ in codes_of(law_says(**months))}
    assert codes == {
        "law.not_checkable.wage",
        "law.not_checkable.rate",
        "law.not_checkable.months",
    }
    assert all(SEVERITIES[code] is Severity.INFO for code in codes)
