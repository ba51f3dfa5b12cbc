"""A claim is kept while its parcel is on its way, also while a gateway says nothing for long."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from resources.faults import Fault

_LOG = logging.getLogger(__name__)


@contextmanager
def kept(renew: Callable[[], None], *, every: float) -> Iterator[None]:
    """Calls ``renew`` every so many seconds, from a thread of its own, while the block runs.

    A store that is busy for a moment is asked again next time.
    """
    end = Event()

    def go_on() -> None:
        while not end.wait(every):
            try:
                renew()
            except Fault as fault:
                _LOG.info("claim not renewed: %s", fault.code)

    thread = Thread(target=go_on, name="claim", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
