"""Much is made at once and nothing is thrown away: looking for garbage meanwhile finds none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class _Resting:
    """The collector is one for the whole process; so is this."""

    lock: Lock = field(default_factory=Lock)
    asked: int = 0
    was_on: bool = False

    def begin(self) -> None:
        with self.lock:
            if not self.asked:
                self.was_on = gc.isenabled()
                gc.disable()
            self.asked += 1

    def end(self) -> None:
        with self.lock:
            self.asked -= 1
            if not self.asked and self.was_on:
                gc.enable()


_RESTING = _Resting()


@contextmanager
def collector_waiting() -> Iterator[None]:
    """The collector of cycles rests until the last of those who asked for it is done.

    Somebody who had turned it off before finds it off afterwards.
    """
    _RESTING.begin()
    try:
        yield
    finally:
        _RESTING.end()
