"""What the agency owes by when, and what is overdue. 24/11/2026 is a public holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.services.moments import VIETNAM
from forms import catalog, clocks
from forms.clocks import Awaited, Clock, load_limits, working_day_after
from forms.definition import Confidence
from forms.model import DossierState as S
from forms.procedures import DayKind, Deadline
from forms.strict_toml import DefinitionFault
from resources.messages import text

FRIDAY = datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM)
FIVE = Deadline(days=5, kind=DayKind.WORKING, source="luật", confidence=Confidence.CERTAIN)


def awaited(state: S, after: timedelta, deadline: Deadline | None = FIVE) -> tuple[Clock, ...]:
    return clocks.clocks(
        state, since=FRIDAY, accepted=FRIDAY, deadline=deadline, now=FRIDAY + after
    )


@pytest.mark.parametrize("state", sorted(set(S) - {S.SENT, S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT}))
def test_of_what_was_not_sent_or_is_over_nothing_is_awaited(state: S) -> None:
    assert awaited(state, timedelta(days=30)) == ()


def test_a_receipt_is_due_within_two_hours() -> None:
    (clock,) = awaited(S.SENT, timedelta(hours=1, minutes=59))
    assert (clock.awaited, clock.overdue, clock.params["due"]) == (
        Awaited.RECEIPT,
        False,
        "11:30 20/11/2026",
    )
    assert clock.confidence is Confidence.LIKELY


def test_a_receipt_that_does_not_come_is_overdue_by_hours() -> None:
    (clock,) = awaited(S.SENT, timedelta(hours=7, minutes=10))
    assert (clock.code, clock.late, clock.advice) == (
        "clock.receipt.overdue",
        5,
        "clock.receipt.act",
    )


def test_the_result_is_due_at_the_end_of_the_last_working_day() -> None:
    result, complete = awaited(S.ACCEPTED, timedelta(hours=1))
    assert (result.code, result.params["due"]) == ("clock.result.waiting", "30/11/2026")
    assert (complete.code, complete.params["due"]) == ("clock.completeness.waiting", "26/11/2026")


def test_once_the_time_to_complain_is_over_it_is_not_spoken_of() -> None:
    (result,) = awaited(S.ACCEPTED, timedelta(days=7))
    assert result.awaited is Awaited.RESULT


def test_the_clock_of_the_result_goes_on_while_it_is_worked_on() -> None:
    (result,) = clocks.clocks(
        S.PROCESSING,
        since=FRIDAY + timedelta(days=3),
        accepted=FRIDAY,
        deadline=FIVE,
        now=FRIDAY + timedelta(days=12),
    )
    assert (result.code, result.late) == ("clock.result.overdue", 2)


def test_without_a_known_limit_nothing_is_overdue() -> None:
    (result, _) = awaited(S.ACCEPTED, timedelta(0), None)
    assert (result.code, result.overdue, result.due) == ("clock.result.open", False, None)


def test_calendar_days_count_the_weekend() -> None:
    three = Deadline(days=3, kind=DayKind.CALENDAR, source="x", confidence=Confidence.CERTAIN)
    (result, _) = awaited(S.ACCEPTED, timedelta(0), three)
    assert result.params["due"] == "23/11/2026"


def test_a_supplement_is_the_units_own_turn() -> None:
    (clock,) = awaited(S.SUPPLEMENT, timedelta(days=40))
    assert (clock.code, clock.advice) == ("clock.supplement.open", "clock.supplement.wait")


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 4, 29), 1, date(2026, 5, 4)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_days_off_and_holidays_are_no_working_days(day: date, count: int, last: date) -> None:
    assert working_day_after(day, count) == last


@pytest.mark.parametrize("state", [S.SENT, S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT])
@pytest.mark.parametrize("days", [0, 60])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_everything_that_can_be_said_has_its_words(state: S, days: int, lang: str) -> None:
    for deadline in (FIVE, None):
        for clock in awaited(state, timedelta(days=days), deadline):
            assert text(clock.code, lang, **clock.params)
            assert text(clock.advice, lang, **clock.params)


def test_every_procedure_that_can_be_filed_has_a_clock_or_none_is_known() -> None:
    for procedure in catalog.procedures():
        shown = awaited(S.ACCEPTED, timedelta(0), procedure.deadline)
        assert shown[0].awaited is Awaited.RESULT


@pytest.mark.parametrize(
    "slip",
    [
        'awaits = "tea"\nhours = 1',
        'awaits = "receipt"\nsince = ["nowhere"]\nhours = 1',
        'awaits = "receipt"',
        'awaits = "receipt"\nhours = 1\nworking_days = 1',
        'awaits = "receipt"\nhours = 1\nmore = 1',
    ],
)
def test_a_slip_in_the_data_is_a_fault(slip: str) -> None:
    with pytest.raises(DefinitionFault):
        list(load_limits(f'[[clock]]\nsource = "x"\nconfidence = "C"\n{slip}'))


def test_moments_of_another_zone_are_the_same_moments() -> None:
    utc = clocks.clocks(
        S.SENT, since=FRIDAY, accepted=None, deadline=None, now=FRIDAY.astimezone(UTC)
    )
    assert utc == awaited(S.SENT, timedelta(0))
