"""A gateway that does not answer is left in peace for a while. Pure.

After some failures in a row nothing goes out for a rest. Then one call alone is let through: when
it succeeds all is as before, when it fails the rest doubles. So a gateway that comes back is not
struck down again by everyone at once, and this program does not wait out the same silence for
every parcel anew. Times are seconds of one clock that never goes back.
"""

from dataclasses import dataclass, replace

FAILURES = 5
REST_SECONDS = 15.0
MOST_REST_SECONDS = 240.0
PROBE_SECONDS = 180.0
"""a call that was let through and never told its end"""
MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    failures: int = 0
    """in a row"""
    rests: int = 0
    """in a row"""
    until: float | None = None
    """end of the rest; None: everything goes through"""
    probe: float | None = None
    """since when one call tries alone"""


def wait(breaker: Breaker, now: float) -> float:
    """Seconds before a call may go; 0: at once."""
    if breaker.until is None:
        return 0.0
    if breaker.probe is not None:
        return max(0.0, breaker.probe + PROBE_SECONDS - now)
    return max(0.0, breaker.until - now)


def let_through(breaker: Breaker, now: float) -> Breaker:
    """A call goes now, as ``wait`` allowed; the first after a rest goes alone."""
    return breaker if breaker.until is None else replace(breaker, probe=now)


def succeeded() -> Breaker:
    return Breaker()


def failed(breaker: Breaker, now: float) -> Breaker:
    """A call failed in a way that says something of the gateway."""
    if breaker.until is not None and breaker.probe is None:
        return breaker  # it had begun before the rest
    failures = breaker.failures + 1
    if breaker.probe is None and failures < FAILURES:
        return replace(breaker, failures=failures)
    seconds = REST_SECONDS * 2.0 ** min(breaker.rests, MOST_DOUBLINGS)
    rest = min(MOST_REST_SECONDS, seconds)
    return Breaker(failures=failures, rests=breaker.rests + 1, until=now + rest)


def ended(breaker: Breaker) -> Breaker:
    """A call ended and says nothing of the gateway: the next may try."""
    return replace(breaker, probe=None)
