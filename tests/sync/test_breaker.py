"""A gateway in trouble is left in peace, and found again when it is back."""

from hypothesis import given
from hypothesis import strategies as st

from sync.breaker import (
    FAILURES,
    MOST_REST_SECONDS,
    PROBE_SECONDS,
    REST_SECONDS,
    Breaker,
    ended,
    failed,
    let_through,
    succeeded,
    wait,
)


def struck(times: int, now: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(times):
        breaker = failed(let_through(breaker, now), now)
    return breaker


def test_some_failures_are_borne() -> None:
    assert wait(struck(FAILURES - 1), 0.0) == 0.0


def test_then_nothing_goes_out_for_a_rest() -> None:
    breaker = struck(FAILURES)
    assert wait(breaker, 0.0) == REST_SECONDS
    assert wait(breaker, REST_SECONDS - 1) == 1.0
    assert wait(breaker, REST_SECONDS) == 0.0


def test_after_it_one_call_tries_alone() -> None:
    breaker = let_through(struck(FAILURES), REST_SECONDS)
    assert wait(breaker, REST_SECONDS + 1) > 0


def test_one_success_and_all_is_as_before() -> None:
    assert wait(succeeded(), 0.0) == 0.0
    assert succeeded() == Breaker()


def test_a_failed_trial_doubles_the_rest_up_to_a_limit() -> None:
    breaker, now, rests = struck(FAILURES), 0.0, list[float]()
    for _ in range(12):
        rests.append(wait(breaker, now))
        now += rests[-1]
        breaker = failed(let_through(breaker, now), now)
    assert rests[:4] == [15.0, 30.0, 60.0, 120.0]
    assert set(rests[4:]) == {MOST_REST_SECONDS}


def test_a_trial_that_tells_nothing_lets_the_next_one_try() -> None:
    breaker = ended(let_through(struck(FAILURES), REST_SECONDS))
    assert wait(breaker, REST_SECONDS) == 0.0


def test_a_trial_that_never_ended_does_not_bar_the_way_for_ever() -> None:
    breaker = let_through(struck(FAILURES), REST_SECONDS)
    assert wait(breaker, REST_SECONDS + PROBE_SECONDS) == 0.0


def test_failures_of_calls_that_began_before_the_rest_do_not_prolong_it() -> None:
    breaker = struck(FAILURES)
    assert failed(breaker, 10.0) == breaker


MOVES = st.lists(
    st.tuples(st.sampled_from(["failed", "succeeded", "ended"]), st.floats(0, 100)), max_size=60
)


@given(MOVES)
def test_whatever_happens_the_wait_is_bounded_and_a_success_ends_it(
    moves: list[tuple[str, float]],
) -> None:
    breaker, now = Breaker(), 0.0
    for how, seconds in moves:
        now += seconds
        if wait(breaker, now) > 0:
            assert wait(breaker, now) <= max(MOST_REST_SECONDS, PROBE_SECONDS)
            continue
        breaker = let_through(breaker, now)
        breaker = {
            "failed": lambda b=breaker, n=now: failed(b, n),
            "succeeded": succeeded,
            "ended": lambda b=breaker: ended(b),
        }[how]()
        if how == "succeeded":
            assert wait(breaker, now) == 0.0


@given(st.integers(1, 50), st.floats(0.001, 30))
def test_a_dead_gateway_hears_little(callers: int, every: float) -> None:
    """However many parcels knock, in an hour it is asked but a few times."""
    breaker, now, asked = Breaker(), 0.0, 0
    while now < 3600 and asked < 1000:
        for _ in range(callers):
            if wait(breaker, now) == 0.0:
                asked += 1
                breaker = failed(let_through(breaker, now), now)
        now += max(every, wait(breaker, now))
    assert asked <= FAILURES + 4 + 3600 / MOST_REST_SECONDS
