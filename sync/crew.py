"""Several parcels at once: threads that take turns until nothing is left to take."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import Generic, TypeVar

from sync.model import Parcel
from sync.ports import Progress, Watch

T = TypeVar("T")


class Stopped(Exception):
    """Another thread failed, or the person cancelled there: this one ends too."""


class Crew(Generic[T]):
    """At most ``at_once`` threads, each with a piece of work of its own.

    ``take`` finds a thread's next piece of work (None: nothing is left) and never runs twice at
    the same time. The first failure stops all: the others meet ``Stopped`` when they look
    (``look``), and the failure is raised when the last has ended, so that none outlives ``run``.
    """

    def __init__(self, take: Callable[[], Callable[[], T] | None], *, most: int) -> None:
        self._take = take
        self._left = most
        self._lock = Lock()
        self._stop = Event()
        self._done: dict[int, T] = {}

    def run(self, at_once: int) -> list[T]:
        """What each piece of work gave, in the order in which they were taken."""
        if at_once == 1:
            self._work()
        else:
            self._work_together(at_once)
        return [self._done[place] for place in sorted(self._done)]

    def look(self) -> None:
        """Raises ``Stopped`` once another has failed."""
        if self._stop.is_set():
            raise Stopped

    def _work_together(self, at_once: int) -> None:
        with ThreadPoolExecutor(at_once, thread_name_prefix="outbox") as pool:
            threads = [pool.submit(self._work) for _ in range(at_once)]
            try:
                wait(threads, return_when=FIRST_EXCEPTION)
                if any(failure_of(thread) for thread in threads if thread.done()):
                    self._stop.set()
            except BaseException:
                self._stop.set()
                raise
        raise_first(threads)

    def _work(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                place, work = self._left, self._take() if self._left > 0 else None
                self._left -= 1
            if work is None:
                return
            self._done[-place] = work()


def failure_of(thread: Future[None]) -> BaseException | None:
    return thread.exception()


def raise_first(threads: Sequence[Future[None]]) -> None:
    """What stopped the others, not that they were stopped."""
    failures = [failure for failure in map(failure_of, threads) if failure is not None]
    for failure in sorted(failures, key=lambda one: isinstance(one, Stopped)):
        raise failure


class Sum:
    """One progress over all parcels under way, beside the progress of each."""

    def __init__(self, progress: Progress | None, watch: Watch | None) -> None:
        self._progress = progress
        self._watch = watch
        self._lock = Lock()
        self._known: dict[str, tuple[int, int]] = {}

    def told(self, parcel: Parcel, done: int, whole: int) -> None:
        """One caller at a time, whichever thread it comes from."""
        with self._lock:
            self._known[parcel.id] = (done, whole)
            if self._watch is not None:
                self._watch(parcel, done, whole)
            if self._progress is not None:
                sums = [sum(each) for each in zip(*self._known.values(), strict=True)]
                self._progress(sums[0], sums[1])
