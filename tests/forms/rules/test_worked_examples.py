"""The worked examples P1–P20 of the domain rules: printed by an agency, or derived."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.model import Period
from forms.rules.arrears import make_up, wage_rise
from forms.rules.contribution import Contribution, contribute
from forms.rules.deadlines import registration, retro_free_until
from forms.rules.household import household_member, near_poor, paternity_days
from forms.rules.late import late, late_old, monthly_k, old_arrears
from forms.rules.money import half_up
from forms.rules.persons import CoefficientPay, Fund, Group, Leave, PersonMonth


def person(month: str, wage: int = 0, **more: object) -> PersonMonth:
    plain = PersonMonth(group=Group.STANDARD, month=Period.parse(month), region=1, wage=wage)
    return replace(plain, **more)  # type: ignore[arg-type]  # test-only keyword pass-through


def fund_total(found: Contribution, *funds: Fund) -> int:
    return sum(found.share(payer, fund) for payer in found.exact for fund in funds)


def one_line(found: Contribution, *funds: Fund) -> int:
    """Several shares rounded together, as the old printed lists did."""
    exact = [found.exact[payer].get(fund, Decimal(0)) for payer in found.exact for fund in funds]
    return half_up(sum(exact, Decimal(0)))


def test_p1_a_monthly_notice_of_two_workers() -> None:
    one = contribute(person("2026-01", 5_310_000))
    assert 2 * fund_total(one, Fund.HTTT, Fund.ODTS) == 2_655_000
    assert 2 * fund_total(one, Fund.BHYT) == 477_900
    assert 2 * fund_total(one, Fund.BHTN) == 212_400
    assert 2 * fund_total(one, Fund.TNLD) == 53_100
    assert 2 * one.principal == 3_398_400


def test_p2_p3_interest_under_the_old_monthly_formula() -> None:
    march, april = Period(2016, 3), Period(2016, 4)
    bhxh, bhyt = Decimal("6.39"), Decimal("6.5")
    first = late_old(200_000_000, not_overdue=100_000_000, year_rate=bhxh, month=march)
    second = late_old(35_000_000, not_overdue=20_000_000, year_rate=bhyt, month=march)
    assert (str(first.k_percent), str(second.k_percent)) == ("1.0650", "1.0833")
    assert first.amount + second.amount == 1_227_495
    later = [
        late_old(200_000_000, not_overdue=0, year_rate=bhxh, month=april).amount,
        late_old(35_000_000, not_overdue=0, year_rate=bhyt, month=april).amount,
    ]
    assert later == [2_130_000, 379_155]
    assert 475_000_000 + 1_227_495 + sum(later) == 478_736_650


def test_k_is_cut_not_rounded() -> None:
    assert str(monthly_k(Decimal("5.80"), Period(2020, 1))[0]) == "0.9666"


def test_p4_old_arrears_for_evasion() -> None:
    owed = [
        (Period(2015, 1), 50_000_000),
        (Period(2015, 2), 60_000_000),
        (Period(2015, 5), 65_000_000),
        (Period(2015, 6), 70_000_000),
    ]
    rows, _ = old_arrears(owed, computed=Period(2016, 5), k_percent=Decimal("1.065"))
    assert [row.months for row in rows] == [15, 14, 11, 10]
    assert [row.interest for row in rows] == [7_987_500, 8_946_000, 7_614_750, 7_455_000]
    assert sum(row.interest for row in rows) == 32_003_250


@pytest.mark.parametrize(
    ("pay", "bhxh", "bhyt"),
    [
        (
            CoefficientPay(scale=Decimal("4.74"), position=Decimal("0.40"), seniority=Decimal(19)),
            1_828_863,
            316_534,
        ),
        (CoefficientPay(scale=Decimal("3.33"), seniority=Decimal(5)), 1_045_454, 180_944),
    ],
)
def test_p5_coefficient_pay_and_rounding(pay: CoefficientPay, bhxh: int, bhyt: int) -> None:
    found = contribute(person("2015-06", coefficient=pay, group=Group.STATE_BUDGET, region=4))
    assert one_line(found, Fund.HTTT, Fund.ODTS, Fund.TNLD) == bhxh
    assert one_line(found, Fund.BHYT) == bhyt


def test_p6_two_caps() -> None:
    found = contribute(person("2016-06", 120_000_000))
    assert found.bases["bhxh"].amount == found.bases["bhyt"].amount == 24_200_000
    assert found.bases["bhtn"].amount == 70_000_000


@pytest.mark.parametrize(
    ("month", "bhxh", "bhyt"), [("2026-06", 585_000, 105_300), ("2026-07", 632_500, 113_850)]
)
def test_p7_household_owner_at_the_floor(month: str, bhxh: int, bhyt: int) -> None:
    found = contribute(person(month, 1, group=Group.HOUSEHOLD_OWNER))
    assert fund_total(found, Fund.HTTT, Fund.ODTS) == bhxh
    assert fund_total(found, Fund.BHYT) == bhyt
    assert found.total("employer") == 0


def test_p8_employee_share() -> None:
    assert contribute(person("2026-01", 5_500_000)).total("employee") == 577_500


def test_p9_a_month_with_five_unpaid_days_after_maternity_is_due() -> None:
    june = contribute(person("2024-06", 10_000_000, leave=Leave.MATERNITY, unpaid_days=5))
    assert june.principal > 0
    assert june.counts_bhxh
    away = [
        contribute(person(month, 10_000_000, leave=Leave.MATERNITY))
        for month in ("2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05")
    ]
    assert all(month.counts_bhxh and month.principal == 0 for month in away)
    assert not any(month.counts_bhtn for month in away)


@pytest.mark.parametrize(
    ("amount", "days", "interest"),
    [(10_000, 240, 720), (12_000, 60, 216), (11_000, 30, 99), (10_000, 60, 180)],
)
def test_p10_interest_by_the_day(amount: int, days: int, interest: int) -> None:
    due = date(2025, 12, 31)
    owed = late(amount, due=due, paid=date.fromordinal(due.toordinal() + days))
    assert (owed.days, owed.amount) == (days, interest)


@pytest.mark.parametrize(
    ("month", "employer"),
    [
        ("2021-08", 2_100_000),
        ("2021-10", 2_000_000),
        ("2022-06", 2_000_000),
        ("2022-07", 2_050_000),
        ("2022-09", 2_050_000),
        ("2022-10", 2_150_000),
    ],
)
def test_p11_covid_months(month: str, employer: int) -> None:
    found = contribute(person(month, 10_000_000))
    assert found.total("employer") == employer
    assert found.total("employee") == 1_050_000


def test_covid_cuts_leave_state_budget_units_alone() -> None:
    found = contribute(person("2021-10", 10_000_000, group=Group.STATE_BUDGET))
    assert found.total("employer") == 2_150_000


def test_p12_caps_after_july_2026() -> None:
    august = contribute(person("2026-08", 120_000_000))
    assert august.bases["bhxh"].amount == 50_600_000
    assert august.bases["bhtn"].amount == 106_200_000
    assert august.total("employee") == 5_869_000
    assert august.total("employer") == 11_435_000
    june = contribute(person("2026-06", 120_000_000))
    assert june.bases["bhxh"].amount == 46_800_000
    assert june.total("employee") == 5_508_000


def test_p14_foreigner() -> None:
    found = contribute(person("2026-03", 30_000_000, group=Group.FOREIGN))
    assert found.total("employee") == 2_850_000
    assert found.total("employer") == 6_150_000
    assert fund_total(found, Fund.BHTN) == 0


@pytest.mark.parametrize(("unpaid", "due"), [(14, False), (13, True)])
def test_p15_fourteen_day_edge(unpaid: int, due: bool) -> None:
    found = contribute(person("2026-03", 10_000_000, unpaid_days=unpaid, standard_days=22))
    assert (found.principal > 0) is due
    assert found.counts_bhxh is due


def test_p15_an_agreement_to_pay_covers_bhxh_but_not_bhtn() -> None:
    found = contribute(person("2026-03", 10_000_000, unpaid_days=14, agreed=True))
    assert found.counts_bhxh
    assert fund_total(found, Fund.BHTN) == 0


def test_p17_the_first_day_counts_when_registering() -> None:
    limit = registration(date(2026, 8, 1))
    assert limit.last_good_day == date(2026, 8, 30)
    assert date(2026, 8, 31) > limit.last_good_day


def test_p18_htt_suspension_and_make_up() -> None:
    people = [
        person(f"2026-{month:02}", 10_000_000, leave=Leave.SUSPENSION) for month in range(3, 9)
    ]
    months = [contribute(each) for each in people for _ in range(10)]
    assert sum(each.principal for each in months) == 6 * 10_000_000
    on_time = make_up(months, paid=date(2026, 9, 30))
    assert (on_time.principal, on_time.interest) == (132_000_000, 0)
    assert on_time.free_until == date(2026, 9, 30)
    assert make_up(months, paid=date(2026, 10, 10)).days == 10


def test_p19_retro_wage_rise() -> None:
    owed = wage_rise(
        person("2026-05", 10_000_000),
        new_wage=12_000_000,
        last=Period(2026, 7),
        decision=date(2026, 8, 15),
        paid=date(2026, 9, 30),
    )
    assert [row.principal for row in owed.months] == [640_000] * 3
    assert (owed.principal, owed.interest, owed.free_until) == (1_920_000, 0, date(2026, 9, 30))
    assert retro_free_until(date(2026, 8, 15)).day == date(2026, 9, 30)


def test_p20_union_fee_stands_apart() -> None:
    found = contribute(person("2026-03", 40_000_000))
    assert found.union_fee == 800_000
    assert found.due == date(2026, 4, 30)
    assert found.principal == 40_000_000 * 32 // 100


def test_p13_near_poor_and_household() -> None:
    month = Period(2017, 7)
    assert near_poor(month=month, months=6, local_support=Decimal(10)).amount == 70_200
    members = [household_member(nth, month=month, months=12).amount for nth in (1, 2, 3)]
    assert members == [702_000, 491_400, 421_200]


@pytest.mark.parametrize(
    ("children", "surgery", "days"),
    [(1, False, 5), (1, True, 7), (2, False, 10), (3, False, 13), (2, True, 14), (3, True, 17)],
)
def test_p16_leave_of_a_father(children: int, surgery: bool, days: int) -> None:
    assert paternity_days(Period(2026, 3), children=children, surgery=surgery) == days
