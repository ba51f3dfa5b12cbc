"""Ratios: a job against its yardstick in the same run, both in seconds of processor time.

The two take turns and the best of some rounds counts, so that what else the machine does hits
both or neither.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

Job = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One line of the table; ``target`` None where none was set."""

    name: str
    yardstick: str
    job: float
    bare: float
    target: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.job / self.bare if self.bare else float("inf")

    def line(self) -> str:
        wanted = "" if self.target is None else f"≤ {self.target:g}"
        verdict = "" if self.target is None else "ok" if self.ratio <= self.target else "MISSED"
        return (
            f"{self.name:52} {self.job:8.2f} {self.unit:2} {self.ratio:7.2f} × "
            f"{self.yardstick} ({self.bare:.2f} {self.unit})  {wanted:6} {verdict}"
        ).rstrip()


def seconds(job: Job) -> float:
    """Of the processor, once."""
    gc.collect()
    start = process_time()
    job()
    return process_time() - start


def best(job: Job, rounds: int = 3) -> float:
    return min(seconds(job) for _ in range(rounds))


def by_turns(job: Job, yardstick: Job, rounds: int = 3) -> tuple[float, float]:
    """The best of each."""
    turns = [(seconds(yardstick), seconds(job)) for _ in range(rounds)]
    bare, done = zip(*turns, strict=True)
    return min(done), min(bare)


def say(measure: Measure) -> None:
    sys.stdout.write(measure.line() + "\n")
    sys.stdout.flush()
