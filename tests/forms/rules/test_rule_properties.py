"""What must hold for every person and month, whatever the figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model import Period
from forms.rules.contribution import contribute
from forms.rules.deadlines import due_date, registration
from forms.rules.late import late
from forms.rules.money import half_up
from forms.rules.persons import Fund, Group, Leave, PersonMonth
from forms.rules.retirement import past_retirement_at, retirement
from forms.rules.tables import series
from forms.rules.working_days import working_days

MONTHS = st.integers(0, 12 * 17 + 10).map(lambda n: Period(2009, 1).plus(n))
WAGES = st.integers(0, 500_000_000)


@st.composite
def people(draw: st.DrawFn) -> PersonMonth:
    month = draw(MONTHS)
    open_groups = [group for group in Group if series("rates", group.value).covers(month)]
    return PersonMonth(
        group=draw(st.sampled_from(open_groups)),
        month=month,
        region=draw(st.integers(1, 4)),
        wage=draw(WAGES),
        unpaid_days=draw(st.none() | st.integers(0, 22)),
        standard_days=22,
        leave=draw(st.none() | st.sampled_from([Leave.SICK, Leave.CUSTODY, Leave.MATERNITY])),
        first_month=draw(st.booleans()),
        pension_eligible=draw(st.booleans()),
    )


@given(people())
def test_shares_are_whole_dong_and_sum_to_the_total(person: PersonMonth) -> None:
    found = contribute(person)
    for payer in ("employer", "employee"):
        shares = [found.share(payer, fund) for fund in Fund]
        assert all(share >= 0 for share in shares)
        assert sum(shares) == found.total(payer)
        exact = sum(found.exact[payer].values(), Decimal(0))
        assert abs(found.total(payer) - exact) <= Decimal("2.5")
    assert found.sources


@given(people(), WAGES)
def test_more_wage_never_means_less_contribution(person: PersonMonth, more: int) -> None:
    higher = contribute(replace(person, wage=person.wage + more))
    lower = contribute(person)
    assert higher.principal >= lower.principal
    for kind, base in lower.bases.items():
        assert higher.bases[kind].amount >= base.amount


@given(people())
def test_a_base_lies_between_its_floor_and_its_cap(person: PersonMonth) -> None:
    cap = contribute(replace(person, wage=10**12)).bases["bhxh"].amount
    floor = contribute(replace(person, wage=0)).bases["bhxh"].amount
    assert floor <= contribute(person).bases["bhxh"].amount <= cap


@given(MONTHS, st.sampled_from([1, 3, 6]))
def test_money_is_never_due_before_its_month_ends(month: Period, cycle: int) -> None:
    due = due_date(month, cycle=cycle).day
    assert due >= month.last_day
    assert due <= month.plus(6).last_day


def test_due_dates_moved_by_a_month_in_july_2025() -> None:
    assert due_date(Period(2025, 6)).day == date(2025, 6, 30)
    assert due_date(Period(2025, 7)).day == date(2025, 8, 31)
    assert due_date(Period(2026, 1), cycle=3).day == date(2026, 4, 30)
    assert due_date(Period(2026, 2), cycle=6).day == date(2026, 7, 31)


@given(st.integers(0, 10**12), st.integers(0, 2000))
def test_interest_grows_by_the_day(principal: int, days: int) -> None:
    due = date(2025, 9, 30)
    owed = late(principal, due=due, paid=due + timedelta(days=days))
    assert owed.days == days
    assert owed.amount == half_up(Decimal(principal) * 3 * days / 10_000)


def test_days_before_the_daily_rule_are_not_counted_and_it_is_said() -> None:
    owed = late(1_000_000, due=date(2025, 5, 31), paid=date(2025, 7, 10))
    assert owed.days == 10
    assert any(source.key == "late-before-daily" for source in owed.sources)


def test_paying_early_costs_nothing() -> None:
    assert late(1_000_000, due=date(2026, 3, 31), paid=date(2026, 3, 1)).amount == 0


@pytest.mark.parametrize(
    ("sex", "born", "day", "reaches", "first"),
    [
        ("M", "1961-01", 15, "2021-04-15", "2021-05"),
        ("M", "1966-04", 1, "2028-04-01", "2028-05"),
        ("F", "1966-08", 31, "2021-12-31", "2022-01"),
        ("F", "1975-05", 20, "2035-05-20", "2035-06"),
        ("F", "1968-10", 31, "2025-06-30", "2025-07"),
    ],
)
def test_retirement(sex: str, born: str, day: int, reaches: str, first: str) -> None:
    found = retirement(sex, Period.parse(born), day)
    assert found.day == date.fromisoformat(reaches)
    assert found.first_pension_month == Period.parse(first)


def test_covered_or_not_at_signing() -> None:
    born = Period(1966, 4)
    assert not past_retirement_at("M", born, 10, date(2028, 4, 9))
    assert past_retirement_at("M", born, 10, date(2028, 4, 10))


def test_registration_window_and_evasion() -> None:
    limit = registration(date(2026, 3, 10))
    assert limit.last_good_day == date(2026, 4, 8)
    assert limit.evasion_from == date(2026, 6, 8)


def test_working_days_leave_out_tet() -> None:
    assert working_days(Period(2026, 3)) == 22
    assert working_days(Period(2026, 2)) < 20
