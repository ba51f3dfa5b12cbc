"""When to try again: full-jitter exponential backoff, the gateway's own wish before it. Pure.

The figures are those by which 900,000 programs that all want the same gateway on the same evening
leave it in peace after it failed (``tests/bench/storm.py``).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

LEAST_SECONDS = 1.0
"""so that nothing is tried twice within one round"""
FIRST_SECONDS = 5.0
MOST_SECONDS = 30 * 60.0
SPREAD = 30.0
"""times the gateway's wish: over so long those are spread whom it asked to come later, for it asks
everyone the same"""


def delay(attempts: int, draw: Callable[[], float]) -> float:
    """Seconds: a share in [0, 1) of 5, 10, 20 … up to 30 minutes, but never less than one."""
    return seconds(attempts=attempts, retry_after=None, draw=draw)


def seconds(
    *,
    attempts: int,
    retry_after: float | None,
    draw: Callable[[], float],
    crowded: bool = True,
) -> float:
    """To the next try. Never earlier than ``retry_after``; jitter comes on top of it.

    ``crowded``: the gateway asked it of everyone; otherwise it concerns this program alone.
    """
    wish = retry_after or 0.0
    ceiling = FIRST_SECONDS * 2.0 ** min(attempts, 20)
    return wish + jittered(max(ceiling, SPREAD * wish if crowded else 0.0), draw)


def jittered(ceiling: float, draw: Callable[[], float]) -> float:
    return max(LEAST_SECONDS, draw() * min(MOST_SECONDS, ceiling))


def next_try(
    now: datetime,
    *,
    attempts: int,
    retry_after: float | None,
    draw: Callable[[], float],
    crowded: bool = True,
) -> datetime:
    """As ``seconds``."""
    wait = seconds(attempts=attempts, retry_after=retry_after, draw=draw, crowded=crowded)
    return now + timedelta(seconds=wait)
