"""An end for work that has none of its own.

The limits of a plain connection are for each piece that comes: a server that sends a letter a
second would never be late.
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from sync.errors import Transient

T = TypeVar("T")


def in_time(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives or raises, waited for no longer than this. Raises Transient
    ``gateway.timeout``; the work is then left to end by itself."""
    given: SimpleQueue[T] = SimpleQueue()
    raised: SimpleQueue[Exception] = SimpleQueue()
    ended: SimpleQueue[None] = SimpleQueue()

    def run() -> None:
        try:
            given.put(work())
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            raised.put(error)
        ended.put(None)

    Thread(target=run, daemon=True).start()
    try:
        ended.get(timeout=seconds)
    except Empty as error:
        raise Transient("gateway.timeout") from error
    if not raised.empty():
        raise raised.get()
    return given.get()
