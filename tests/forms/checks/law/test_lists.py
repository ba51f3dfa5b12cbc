"""Movements in one list and across lists, people with two birth dates, divided communes."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.practice.roster import make_roster
from forms.checks import check
from forms.checks.law import check_law
from forms.checks.law.severities import SEVERITIES
from forms.findings import Finding, Severity
from forms.model import Period
from forms.rules.dated import Confidence
from resources.messages import catalogue, placeholders, text
from tests.fakes.checked import PERIOD, TODAY, UNIT, changed, draft
from tests.fakes.lawful import EMPLOYEE, STATE, law_of
from tests.fakes.rosters import drafted

KEYS = [*EMPLOYEE, "den_thang", "hdld_xdth_tu_ngay", "hdld_xdth_den_ngay", "quoc_tich", "ma_xa_nn"]


def moved(*codes: str, month: str = "11/2026") -> list[dict[str, str]]:
    return [changed(EMPLOYEE, phuong_an=code, tu_thang=month) for code in codes]


def said(found: tuple[Finding, ...]) -> list[tuple[str, int | None]]:
    return [(f.code, f.row) for f in found if f.code.startswith("law.movement")]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("TM", "GH"), []),
        (("GH", "TH"), []),
        (("TM", "TD"), [("law.movement.already_active", 5)]),
        (("GH", "GD"), [("law.movement.absent", 5)]),
        (("GH", "DC", "CD"), []),
        (("KL", "DC"), []),
    ],
)
def test_movements_of_one_month_in_their_best_order(
    codes: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    assert said(law_of(moved(*codes))) == expected


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("TM", "TH", "already_active"),
        ("DC", "TM", "already_active"),
        ("KL", "TM", "on_leave"),
        ("TS", "DC", "on_leave"),
        ("TM", "ON", "not_on_leave"),
        ("GH", "DC", "absent"),
        ("GH", "ON", "absent"),
    ],
)
def test_a_later_month_must_follow_from_the_one_before(first: str, second: str, code: str) -> None:
    rows = [*moved(second), *moved(first, month="10/2026")]
    found = [f for f in law_of(rows) if f.code.startswith("law.movement")]
    (refused,) = found
    assert refused.code == f"law.movement.{code}"
    assert (refused.row, refused.field, refused.params["line"]) == (4, "phuong_an", 5)
    assert refused.severity is Severity.ERROR
    assert refused.params.get("proposed") == ("ON" if (first, second) == ("KL", "TM") else None)


def test_what_is_not_known_of_the_past_is_told_once_and_never_passed() -> None:
    other = changed(EMPLOYEE, stt="2", ma_so_bhxh="9900000025", cccd="079190000003")
    found = law_of([EMPLOYEE, other])
    assert [(f.code, f.row, f.params["count"]) for f in found] == [(STATE, 4, 2)]


def test_an_earlier_declaration_makes_the_state_known() -> None:
    first = changed(EMPLOYEE, phuong_an="KL")
    assert law_of(moved("ON"), earlier=[first]) == ()
    found = law_of(moved("TM"), earlier=[first])
    assert said(found) == [("law.movement.on_leave_before", 4)]
    assert found[0].severity is Severity.WARNING
    assert said(law_of(moved("TD"), earlier=[EMPLOYEE]))[0][0].endswith("already_active_before")
    gone = changed(EMPLOYEE, phuong_an="GH")
    assert said(law_of(moved("DC"), earlier=[gone])) == [("law.movement.absent_before", 4)]
    assert said(law_of(moved("ON"), earlier=[EMPLOYEE])) == [
        ("law.movement.not_on_leave_before", 4)
    ]


def test_the_same_declaration_again_and_another_name_are_told() -> None:
    again = law_of([changed(EMPLOYEE, phuong_an="DC")], earlier=[changed(EMPLOYEE, phuong_an="DC")])
    assert [(f.code, f.field) for f in again] == [("law.declared_before", "phuong_an")]
    renamed = changed(EMPLOYEE, phuong_an="DC", ho_ten="Phạm Văn Núi Xa")
    found = law_of([renamed], earlier=[EMPLOYEE])
    assert [(f.code, f.field) for f in found] == [("law.named_otherwise_before", "ho_ten")]


def test_one_number_has_one_birth_date() -> None:
    rows = [EMPLOYEE, changed(EMPLOYEE, phuong_an="DC", ngay_sinh="06/06/1990")]
    (found,) = [f for f in law_of(rows) if f.code == "law.birth_differs"]
    assert (found.row, found.field, found.params["line"]) == (5, "ngay_sinh", 4)
    rows[1]["ngay_sinh"] = "1990"
    assert not [f for f in law_of(rows) if f.code == "law.birth_differs"]


def test_a_divided_commune_that_gave_its_code_on_is_asked_for() -> None:
    old = {"ma_xa_nn": "27019", "ten_xa_nn": "Phường Tân Quý"}
    (found,) = [f for f in law_of([{**EMPLOYEE, **old}]) if f.code == "law.commune_divided"]
    assert found.field == "ma_xa_nn"
    assert found.params["now"] == "27019 Phường Tân Sơn Nhì; 27022 Phường Phú Thọ Hòa"
    assert "proposed" not in found.params
    new = {**old, "ten_xa_nn": "Phường Tân Sơn Nhì"}
    assert not [f for f in law_of([{**EMPLOYEE, **new}]) if f.code == "law.commune_divided"]


def test_a_cell_that_the_form_refuses_is_not_held_against_the_law_too() -> None:
    rows = draft([changed(EMPLOYEE, ty_le_dong="320", tien_luong="1000000")])
    found = check(rows, unit=UNIT, period=PERIOD, filing_date=TODAY)
    codes = {f.code for f in found}
    assert {"check.not_percent", "law.wage_below_floor"} <= codes
    assert "law.rate_differs" not in codes


def test_lists_of_other_people_have_no_such_law() -> None:
    rows = draft([changed(EMPLOYEE, tien_luong="1000000")])
    found = check(rows, unit=UNIT, period=PERIOD, filing_date=TODAY, procedure="603")
    assert not [f for f in found if f.code.startswith("law.")]


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    helpers = {"law.doubt.L", "law.doubt.U"}
    assert {c for c in catalogue() if c.startswith("law.")} == set(SEVERITIES) | helpers


def test_every_finding_names_its_source_and_its_confidence() -> None:
    for code in SEVERITIES:
        wanted = placeholders(catalogue()[code]["vi"])
        if "source" in wanted:
            assert "{source}" in catalogue()[code]["en"]
    rows = [changed(EMPLOYEE, tien_luong="1000000", ty_le_dong="29")]
    for found in law_of(rows):
        if found.code != STATE:
            assert found.params["source"]
            assert found.params["confidence"] in set(Confidence)
        assert "{" not in text(found.code, **found.params)
        assert "{" not in text(found.code, "en", **found.params)


def test_no_finding_repeats_a_number_of_a_person() -> None:
    rows = [EMPLOYEE, changed(EMPLOYEE, phuong_an="TD", ngay_sinh="06/06/1991")]
    for found in law_of(rows, earlier=[EMPLOYEE]):
        shown = {str(value) for value in found.params.values()}
        assert not shown & {EMPLOYEE["cccd"], EMPLOYEE["ma_so_bhxh"], EMPLOYEE["ho_ten"]}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), st.text() | st.text("0123456789/.", max_size=12)))
def test_no_value_whatever_breaks_the_checks(values: dict[str, str]) -> None:
    rows = [values, {**EMPLOYEE, **values}, {**EMPLOYEE, **values, "phuong_an": "GH"}]
    found = law_of(rows, earlier=[EMPLOYEE, values])
    assert {finding.code for finding in found} <= set(SEVERITIES)


EXTREMES = [
    *("0", "1", "NaN", "-5", "1e400", "Infinity", "2.34", "999999999999999", "TM", "ON", "JP"),
    *("01/1900", "12/2999", "12/9999", "12/2008", "1961", "31/12/9999", "29/02/2024", "31/01/2026"),
]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(EXTREMES)),
    st.integers(1996, 2100),
)
def test_no_extreme_value_breaks_the_checks(values: dict[str, str], year: int) -> None:
    period = Period(year, 3)
    law_of([{**EMPLOYEE, **values}], period=period, today=period.first_day, earlier=[values])


def test_a_large_clean_roster_has_nothing_but_notes() -> None:
    made, _ = drafted(make_roster(3000, seed=11, period=PERIOD))
    found = check_law(made, unit=UNIT, period=PERIOD, filing_date=date(2026, 11, 20))
    assert {f.severity for f in found} == {Severity.INFO}
