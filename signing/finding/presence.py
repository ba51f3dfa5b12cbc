"""When a token's driver is to be asked again: only after something was plugged in or pulled out,
and never twice within ten seconds, since drivers block when they are asked often (tokens §3)."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from signing.finding.places import Reader

Answer = TypeVar("Answer")
REST = 10.0
"""seconds that a driver is left alone"""


class Presence(Generic[Answer]):
    """The latest answer of a driver, asked again when that can have changed.

    ``look``: the readers, cheaply; None where nobody says, and then the driver itself is asked
    after each rest. ``ask``: the driver. ``clock``: seconds that only grow.
    """

    def __init__(
        self,
        *,
        look: Callable[[], tuple[Reader, ...] | None],
        ask: Callable[[], Answer],
        clock: Callable[[], float],
        rest: float = REST,
    ) -> None:
        self._look, self._ask, self._clock, self._rest = look, ask, clock, rest
        self._lock = threading.Lock()
        self._seen: tuple[Reader, ...] | None = None
        self._latest: tuple[float, Answer] | None = None

    def answer(self) -> Answer:
        """Raises what ``ask`` raises, and then asks again the next time."""
        with self._lock:
            seen = self._look()
            if self._latest is not None and not self._is_due(seen, self._latest[0]):
                return self._latest[1]
            return self._asked(seen)

    def again(self) -> Answer:
        """Asked at once, because the person said so."""
        with self._lock:
            return self._asked(self._look())

    def _is_due(self, seen: tuple[Reader, ...] | None, asked_at: float) -> bool:
        changed = seen is None or seen != self._seen
        return changed and self._clock() - asked_at >= self._rest

    def _asked(self, seen: tuple[Reader, ...] | None) -> Answer:
        self._latest = None
        answer = self._ask()
        self._seen, self._latest = seen, (self._clock(), answer)
        return answer
