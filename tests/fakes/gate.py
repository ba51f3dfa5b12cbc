"""Work held up until a test has done what it wants to do meanwhile."""

from threading import Event

LONGEST = 30.0
"""seconds; a test that forgets to open fails sooner than the whole run"""


class Gate:
    """Open at first."""

    def __init__(self) -> None:
        self._open = Event()
        self._open.set()

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def wait(self) -> None:
        """On the thread of the work. Raises TimeoutError where nobody opens."""
        if not self._open.wait(LONGEST):
            raise TimeoutError("the gate stayed closed")
