"""The last hours before a deadline, at a smaller size: ``dev.py bench storm`` has the full one."""

from functools import cache

import pytest

from tests.bench.storm import MOST_LOAD, Course, Outage, Storm, naive, with_backoff

STORM = Storm(units=45_000)


@cache
def ours() -> Course:
    return with_backoff(STORM)


def test_every_parcel_arrives() -> None:
    assert ours().arrived == STORM.units
    assert ours().late == 0


@pytest.mark.parametrize("outage", STORM.outages)
def test_five_minutes_after_each_recovery_the_gateway_is_left_in_peace(outage: Outage) -> None:
    assert ours().calm(outage) < MOST_LOAD
    assert any(ours().load(minute) > 2 for minute in range(STORM.outages[0].ends // 60))


def test_naive_retry_strikes_the_gateway_down_for_good() -> None:
    course = naive(STORM)
    assert course.arrived < STORM.units
    assert all(course.calm(outage) > 10 * MOST_LOAD for outage in STORM.outages)
