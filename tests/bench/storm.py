"""The last hours before a deadline: 900,000 units, a gateway that saturates and fails twice.

Simulated second by second with the client's own functions: ``sync.backoff`` says when a parcel is
tried again, ``sync.breaker`` when a program leaves the gateway in peace. Every unit is a program of
its own with one parcel; a round begins every 30 seconds, so that a try waits for the next one.

The gateway serves so many tries a second. What is more is told to come later (503 with
``Retry-After``), which costs it a tenth of a served one: who is asked far too often serves nobody.
Once it does not answer at all, once it answers nothing but 503.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sync import breaker
from sync.backoff import seconds
from sync.breaker import Breaker
from tests.bench.measure import Measure

HOUR, MINUTE = 3600, 60
ROUND = 30
"""seconds between two rounds of a program that runs"""
REFUSAL_COST = 0.1
SAVED = 5
"""seconds of the capacity: how much may wait in its queue"""
RETRY_AFTER = 60.0
"""what the gateway asks for when it has too much to do"""
CALM_AFTER = 5 * MINUTE
MOST_LOAD = 1.2
NAIVE_EVERY = 30
LONGEST = 60 * HOUR
"""by then everything has arrived or never will"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    begins: int
    lasts: int
    retry_after: float | None
    """None: nothing answers"""

    @property
    def ends(self) -> int:
        return self.begins + self.lasts


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """A day that ends with the deadline."""

    units: int = 900_000
    rush_share: float = 0.6
    rush: int = 4 * HOUR
    day: int = 24 * HOUR
    headroom: float = 1.5
    """capacity over the rush's average"""
    outages: tuple[Outage, ...] = (
        Outage(begins=21 * HOUR, lasts=10 * MINUTE, retry_after=None),
        Outage(begins=22 * HOUR + 30 * MINUTE, lasts=10 * MINUTE, retry_after=RETRY_AFTER),
    )

    @property
    def capacity(self) -> float:
        """tries a second"""
        return self.headroom * self.units * self.rush_share / self.rush

    def arrivals(self, draw: random.Random) -> Sequence[int]:
        """How many units send for the first time in each second of the day."""
        begins = self.day - self.rush
        counts = [0] * self.day
        early = round(self.units * (1 - self.rush_share))
        for _ in range(early):
            counts[int(draw.random() * begins)] += 1
        for _ in range(self.units - early):
            counts[begins + int(draw.random() * self.rush)] += 1
        return counts

    def outage_at(self, second: int) -> Outage | None:
        return next((one for one in self.outages if one.begins <= second < one.ends), None)


@dataclass(slots=True, kw_only=True)
class Course:
    """What the gateway saw."""

    storm: Storm
    offered: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """minute → tries"""
    arrived: int = 0
    late: int = 0
    """arrived after the deadline"""
    last: int = 0
    """second in which the last parcel arrived"""

    def load(self, minute: int) -> float:
        """times the capacity"""
        return self.offered[minute] / MINUTE / self.storm.capacity

    def calm(self, outage: Outage) -> float:
        """The highest load from five minutes after the recovery to the next outage."""
        following = [one.begins for one in self.storm.outages if one.begins >= outage.ends]
        end = min(following, default=max(self.offered, default=0) * MINUTE)
        minutes = range(-(-(outage.ends + CALM_AFTER) // MINUTE), end // MINUTE)
        return max((self.load(minute) for minute in minutes), default=0.0)

    def peak(self) -> float:
        return max(map(self.load, tuple(self.offered)), default=0.0)

    def note(self, second: int, offered: int, served: int) -> None:
        self.offered[second // MINUTE] += offered
        if served:
            self.arrived += served
            self.last = second
            self.late += served if second >= self.storm.day else 0


@dataclass(slots=True)
class Gateway:
    """Serves what fits into the capacity, of which it can save a few idle seconds."""

    capacity: float
    spare: float = 0.0

    def serve(self, offered: int) -> int:
        """So many that serving them and refusing the others takes no more than there is."""
        self.spare = min(self.spare + self.capacity, SAVED * self.capacity)
        served = min(
            offered, max(0, int((self.spare - REFUSAL_COST * offered) / (1 - REFUSAL_COST)))
        )
        self.spare = max(0.0, self.spare - served - REFUSAL_COST * (offered - served))
        return served


@dataclass(slots=True)
class Unit:
    """One program with its one parcel."""

    attempts: int = 0
    breaker: Breaker = field(default_factory=Breaker)

    def fails(self, now: float, retry_after: float | None, draw: Callable[[], float]) -> float:
        """Seconds to the next try."""
        self.breaker = breaker.failed(breaker.let_through(self.breaker, now), now)
        wait = seconds(attempts=self.attempts, retry_after=retry_after, draw=draw)
        self.attempts += 1
        return wait

    def rests(self, rest: float, draw: Callable[[], float]) -> float:
        """As ``fails``, without a call."""
        wait = seconds(attempts=self.attempts, retry_after=rest, draw=draw, crowded=False)
        self.attempts += 1
        return wait


def with_backoff(storm: Storm, seed: int = 1) -> Course:
    draw = random.Random(seed)
    course, due = Course(storm=storm), defaultdict[int, list[Unit]](list)
    arrivals, gateway = storm.arrivals(draw), Gateway(storm.capacity)
    for second in range(LONGEST):
        fresh = arrivals[second] if second < storm.day else 0
        tries = list(awake(due.pop(second, []), second, due, draw))
        tries += [Unit() for _ in range(fresh)]
        outage = storm.outage_at(second)
        served = 0 if outage else gateway.serve(len(tries))
        draw.shuffle(tries)
        retry_after = outage.retry_after if outage else RETRY_AFTER
        for unit in tries[served:]:
            wait = unit.fails(second, retry_after, draw.random)
            due[next_round(second + wait, draw)].append(unit)
        course.note(second, len(tries), served)
        if second >= storm.day and not due:
            break
    return course


def awake(
    units: Sequence[Unit], second: int, due: dict[int, list[Unit]], draw: random.Random
) -> Iterator[Unit]:
    """Those that really call; the others leave the gateway in peace."""
    for unit in units:
        rest = breaker.wait(unit.breaker, second)
        if rest > 0:
            due[next_round(second + unit.rests(rest, draw.random), draw)].append(unit)
        else:
            yield unit


def next_round(moment: float, draw: random.Random) -> int:
    """Rounds of different programs begin at different seconds."""
    return int(moment + draw.random() * ROUND) + 1


def naive(storm: Storm, seed: int = 1) -> Course:
    """Everybody again after 30 seconds, whatever the gateway says."""
    course, due = Course(storm=storm), defaultdict[int, int](int)
    arrivals, gateway = storm.arrivals(random.Random(seed)), Gateway(storm.capacity)
    for second in range(LONGEST):
        tries = due.pop(second, 0) + (arrivals[second] if second < storm.day else 0)
        down = storm.outage_at(second) is not None
        served = 0 if down else gateway.serve(tries)
        if tries > served:
            due[second + NAIVE_EVERY] += tries - served
        course.note(second, tries, served)
        if second >= storm.day and not due:
            break
    return course


def story(name: str, course: Course) -> str:
    storm = course.storm
    calm = ", ".join(f"{course.calm(one):.2f}" for one in storm.outages)
    minutes = (course.last - storm.day) / MINUTE
    return (
        f"storm, {name}: {course.arrived:,} of {storm.units:,} arrived, {course.late:,} after the "
        f"deadline (the last {minutes:+.0f} min), highest load {course.peak():.1f} × capacity, "
        f"from 5 min after each recovery at most {calm}"
    )


def measure_storm() -> Iterator[Measure]:
    """Parcels that never arrive, and the load after each recovery against the capacity."""
    storm = Storm()
    ours, theirs = with_backoff(storm), naive(storm)
    for name, course, wanted in (("our backoff", ours, MOST_LOAD), ("naive retry", theirs, None)):
        sys.stdout.write(story(name, course) + "\n")
        yield Measure(
            name=f"storm, {name}: parcels that never arrive",
            yardstick="units",
            job=float(storm.units - course.arrived),
            bare=float(storm.units),
            target=0.0 if wanted else None,
            unit="",
        )
        for number, outage in enumerate(storm.outages, 1):
            yield Measure(
                name=f"storm, {name}: load 5 min after recovery {number}",
                yardstick="capacity",
                job=course.calm(outage) * storm.capacity,
                bare=storm.capacity,
                target=wanted,
                unit="/s",
            )
