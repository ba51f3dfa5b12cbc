"""The one doorway for work that must not hold up the window.

Work runs on a pool; everything it says comes back through one queued signal owned by one
QObject of the UI thread. A failed job is never silent: without a handler of its own it goes
to ``Tasks.unhandled``.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

T = TypeVar("T")
Report = Callable[[int, int], None]
"""(done, in all); raises ``Cancelled`` once the person has cancelled"""
WORKERS = 4
REPORT_EVERY = 0.05
"""seconds between two progress reports that reach the window"""


class Cancelled(Exception):
    """The person cancelled; unwinds the work and says nothing."""


class Order(Enum):
    """What happens when a channel is used again before its job has ended."""

    FREE = "free"
    LATEST = "latest"
    """the earlier one's answer is dropped: somebody typed on"""
    IN_TURN = "in turn"
    """the later one waits"""


class Job:
    """One piece of work and what to do with what it says."""

    def __init__(self, channel: str, order: Order, work: Callable[[Report], Any]) -> None:
        self.channel = channel
        self.order = order
        self.work = work
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[BaseException], None] | None = None
        self.stopped: Callable[[], None] | None = None
        self.progress: Report | None = None
        self.finished: Callable[[], None] | None = None
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """At the next progress report; work that reports none runs to its end."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()


class Tasks(QObject):
    """Runs work elsewhere and answers on the UI thread."""

    unhandled = Signal(object)
    """a failure that no one took"""
    busy_changed = Signal(int)
    """how many jobs are under way"""
    _arrived = Signal(object)

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor or ThreadPoolExecutor(WORKERS, thread_name_prefix="tokhai")
        self._under_way: set[Job] = set()
        self._latest: dict[str, Job] = {}
        self._waiting: dict[str, deque[Job]] = {}
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> int:
        return len(self._under_way)

    def run(
        self,
        work: Callable[[Report], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        stopped: Callable[[], None] | None = None,
        progress: Report | None = None,
        finished: Callable[[], None] | None = None,
        channel: str = "",
        order: Order = Order.FREE,
    ) -> Job:
        """``stopped``: a cancel took effect, in place of ``done`` and ``failed``; ``finished``
        comes last in every case. Nothing runs once closed."""
        job = Job(channel, order, work)
        job.done, job.failed, job.stopped = done, failed, stopped
        job.progress, job.finished = progress, finished
        if self._closed:
            job.cancel()
            return job
        self._under_way.add(job)
        self.busy_changed.emit(self.busy)
        if order is Order.LATEST:
            self._latest[channel] = job
        if order is not Order.IN_TURN or self._first_in_line(job):
            self._start(job)
        return job

    def wait_for(self, channel: str, seconds: float) -> bool:
        """Lets the line of a channel end, the window alive meanwhile. False: it took too long."""
        end = time.monotonic() + seconds
        while self._waiting.get(channel) and time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.005)
        return channel not in self._waiting

    def close(self) -> None:
        """Cancels everything, delivers nothing more, waits for what runs."""
        self._closed = True
        for job in self._under_way:
            job.cancel()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _first_in_line(self, job: Job) -> bool:
        line = self._waiting.setdefault(job.channel, deque())
        line.append(job)
        return len(line) == 1

    def _start(self, job: Job) -> None:
        self._executor.submit(self._work, job)

    def _work(self, job: Job) -> None:
        """On a pool thread; touches nothing of the window but the signal."""
        try:
            answer = job.work(self._reporter(job))
        except Cancelled:
            self._say(job.stopped or (lambda: None), job, last=True)
        except BaseException as error:  # noqa: BLE001  # told on the UI thread, whatever it is
            self._say(partial(self._fail, job, error), job, last=True)
        else:
            self._say(lambda: job.done(answer) if job.done else None, job, last=True)

    def _reporter(self, job: Job) -> Report:
        last_told = 0.0

        def report(done: int, whole: int) -> None:
            nonlocal last_told
            if job.is_cancelled:
                raise Cancelled
            now = time.monotonic()
            if job.progress and (done >= whole or now - last_told >= REPORT_EVERY):
                last_told = now
                told = job.progress
                self._say(lambda: told(done, whole), job, last=False)

        return report

    def _say(self, what: Callable[[], None], job: Job, *, last: bool) -> None:
        self._arrived.emit((what, job, last))

    def _deliver(self, message: tuple[Callable[[], None], Job, bool]) -> None:
        what, job, last = message
        if self._closed:
            return
        wanted = job.order is not Order.LATEST or self._latest.get(job.channel) is job
        try:
            if wanted:
                what()
        finally:
            if last:
                self._end(job, wanted=wanted)

    def _fail(self, job: Job, error: BaseException) -> None:
        if job.failed:
            job.failed(error)
        else:
            self.unhandled.emit(error)

    def _end(self, job: Job, *, wanted: bool) -> None:
        self._under_way.discard(job)
        if self._latest.get(job.channel) is job:
            del self._latest[job.channel]
        if job.order is Order.IN_TURN:
            self._next_in_line(job.channel)
        self.busy_changed.emit(self.busy)
        if job.finished and wanted:
            job.finished()

    def _next_in_line(self, channel: str) -> None:
        line = self._waiting[channel]
        line.popleft()
        if line:
            self._start(line[0])
        else:
            del self._waiting[channel]
