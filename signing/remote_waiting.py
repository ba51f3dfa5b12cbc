"""How long one waits for a confirmation on a phone, and how one stops waiting."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from signing.errors import DeviceFault


def _nobody_cancels() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """``cancelled`` is asked before every question to the service."""

    seconds: float = 180.0
    every: float = 2.0
    """seconds between two questions"""
    cancelled: Callable[[], bool] = _nobody_cancels
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def begin(self) -> "Waiting":
        return Waiting(self, self.clock() + self.seconds)


@dataclass(frozen=True, slots=True)
class Waiting:
    patience: Patience
    until: float

    def pause(self) -> None:
        """Raises DeviceFault ``remote.cancelled`` or ``remote.not_confirmed``."""
        patience = self.patience
        if patience.cancelled():
            raise DeviceFault("remote.cancelled")
        left = self.until - patience.clock()
        if left <= 0:
            raise DeviceFault("remote.not_confirmed", seconds=round(patience.seconds))
        patience.sleep(min(patience.every, left))
        if patience.cancelled():
            raise DeviceFault("remote.cancelled")
