"""When to try again: full-jitter exponential backoff, the gateway's own wish before it. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

LEAST_SECONDS = 1.0
"""so that nothing is tried twice within one round"""
FIRST_SECONDS = 5.0
MOST_SECONDS = 15 * 60.0


def delay(attempts: int, draw: Callable[[], float]) -> float:
    """Seconds: a share in [0, 1) of 5, 10, 20 … up to 15 minutes, but never less than one."""
    ceiling = min(MOST_SECONDS, FIRST_SECONDS * 2.0 ** min(attempts, 20))
    return max(LEAST_SECONDS, draw() * ceiling)


def next_try(
    now: datetime, *, attempts: int, retry_after: float | None, draw: Callable[[], float]
) -> datetime:
    """Never earlier than the gateway asked for; jitter comes on top of its wish."""
    return now + timedelta(seconds=(retry_after or 0.0) + delay(attempts, draw))
