"""Reading somebody else's file in bounded time."""

import threading
from collections.abc import Callable
from typing import TypeVar

from resources.faults import DataFault

T = TypeVar("T")


def in_time(job: Callable[[], T], seconds: float) -> T:
    """A thread cannot be ended; what is late is left behind and its result is not taken.

    Raises DataFault ``pdf.too_slow``, and whatever the job raises.
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(job())
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True, name="pdf")
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise DataFault("pdf.too_slow")
    return done[0]
