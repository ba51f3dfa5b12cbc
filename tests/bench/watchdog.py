"""How long the window did not answer: the greatest gap between two turns of its loop, and where.

A second thread looks on; when a turn takes long it notes what the window's thread is doing, so
that a gap is told with the line of ours that made it.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication

ROOT = Path(__file__).resolve().parents[2]
CALM = 0.3
"""seconds without work until a thing counts as done"""
LOOK_AFTER, LOOK_EVERY = 0.05, 0.01
LONGEST = 900.0
KEPT_LINES = 3
QT, HELD = "(Qt itself)", "(another thread held the interpreter)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """Seconds. ``frozen``: the longest time without an answer; ``own``: what the window's thread
    itself worked in it, the rest is waiting for a processor or for the interpreter; ``where``: our
    lines in it."""

    name: str
    whole: float
    frozen: float
    own: float
    where: str


class Watchdog:
    """Turns the window's events and measures each turn."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        self._busy = busy
        self._window = threading.get_ident()
        self._turn_began = 0.0
        self._seen: Counter[str] = Counter()
        self._on = True
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._on = False
        self._thread.join()

    def felt(self, name: str, act: Callable[[], object]) -> Felt:
        """Does it, and turns the window's events until nothing is under way for a while."""
        begun = settled = time.perf_counter()
        worst = self._turn(act)
        while (now := time.perf_counter()) - settled <= CALM and now - begun < LONGEST:
            worst = max(worst, self._turn(QCoreApplication.processEvents))
            if self._busy():
                settled = time.perf_counter()
            time.sleep(0.001)
        frozen, own, where = worst
        return Felt(name=name, whole=settled - begun, frozen=frozen, own=own, where=where)

    def _turn(self, act: Callable[[], object]) -> tuple[float, float, str]:
        self._seen.clear()
        worked = time.thread_time()
        self._turn_began = begun = time.perf_counter()
        act()
        self._turn_began = 0.0
        gap, own = time.perf_counter() - begun, time.thread_time() - worked
        at = self._seen.most_common(1)
        return gap, own, at[0][0] if at else HELD

    def _look_on(self) -> None:
        while self._on:
            began = self._turn_began
            if began and time.perf_counter() - began > LOOK_AFTER:
                self._seen[told(lines_of(self._window))] += 1
            time.sleep(LOOK_EVERY)


def lines_of(thread: int) -> list[tuple[str, int]]:
    """(file, line), innermost first. No other thread runs meanwhile: one that went on would leave
    to us what it holds, a painter of a widget that is gone perhaps."""
    pause = sys.getswitchinterval()
    sys.setswitchinterval(LONGEST)
    try:
        return list(_walked(sys._current_frames().get(thread)))
    finally:
        sys.setswitchinterval(pause)


def _walked(frame: FrameType | None) -> Iterator[tuple[str, int]]:
    while frame is not None:
        yield frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back


def told(lines: Sequence[tuple[str, int]]) -> str:
    """Our innermost lines, innermost first."""
    ours = [
        f"{path.relative_to(ROOT)}:{line}"
        for file, line in lines
        if (path := Path(file)).is_relative_to(ROOT) and path.parent.name != "bench"
    ]
    return " < ".join(ours[:KEPT_LINES]) or QT
