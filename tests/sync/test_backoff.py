"""When a parcel is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from sync.backoff import MOST_SECONDS, SPREAD, delay, next_try, seconds

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SHARES = st.floats(0, 1, exclude_max=True)
ATTEMPTS = st.integers(0, 100_000)


@given(ATTEMPTS, st.floats(0, 86_400), SHARES)
def test_never_before_the_time_the_gateway_asked_for(
    attempts: int, asked: float, share: float
) -> None:
    again = next_try(NOW, attempts=attempts, retry_after=asked, draw=lambda: share)
    assert again >= NOW + timedelta(seconds=asked)


@given(ATTEMPTS, SHARES)
@example(100_000, 0.999999)
def test_never_later_than_half_an_hour(attempts: int, share: float) -> None:
    assert delay(attempts, lambda: share) <= MOST_SECONDS == 30 * 60


@given(ATTEMPTS)
def test_never_at_once_however_the_dice_fall(attempts: int) -> None:
    assert next_try(NOW, attempts=attempts, retry_after=None, draw=lambda: 0.0) > NOW


def test_waits_twice_as_long_each_time_at_most() -> None:
    assert [delay(n, lambda: 0.5) for n in range(5)] == [2.5, 5, 10, 20, 40]


def test_two_parcels_do_not_come_back_at_the_same_moment() -> None:
    early, late = (delay(5, lambda share=share: share) for share in (0.1, 0.9))  # type: ignore[misc]  # bound per turn
    assert late > 8 * early


def test_those_whom_the_gateway_sends_away_are_spread_over_many_times_its_wish() -> None:
    first, last = (
        seconds(attempts=0, retry_after=20, draw=lambda share=share: share)
        for share in (0.0, 0.99)  # type: ignore[misc]  # bound per turn
    )
    assert (first, round(last)) == (21, round(20 + 0.99 * SPREAD * 20))


def test_the_spread_has_its_end_too() -> None:
    assert seconds(attempts=0, retry_after=3600, draw=lambda: 0.999) < 3600 + MOST_SECONDS


def test_a_rest_of_the_program_itself_is_not_spread() -> None:
    assert seconds(attempts=0, retry_after=240, draw=lambda: 0.999, crowded=False) < 246
