"""The whole check: surroundings, then every driver, then what all of it means."""

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from signing.doctor.bench import OpenBench, Pulse, agent_bench
from signing.doctor.certificates import Judge
from signing.doctor.driver import ExamineDriver, can_sign
from signing.doctor.model import Check, Examination, Status, fail, ok
from signing.doctor.surroundings import surroundings
from signing.finding.places import Places
from signing.finding.search import FoundModule, find_modules, look_at

MOOT = {
    "doctor.slots_empty",
    "doctor.readers_none",
    "doctor.service_stopped",
    "doctor.driver_bitness",
}
"""what stops mattering when a token works all the same"""


Tell = Callable[[int, int], None]
"""called with (drivers tried, drivers in all) before each driver and again and again while one is
waited for; what it raises ends the check there, and the driver with it"""
Hear = Callable[[Check], None]
"""called with each step as soon as it is made"""


def untold(_tried: int, _whole: int) -> None:
    return None


def unheard(_check: Check) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examine:
    """``chosen``: the one driver to try; None for every one that is found on this computer."""

    places: Places
    judge: Judge
    chosen: str | None = None
    open_bench: OpenBench = agent_bench
    release: str = ""
    tell: Tell = untold
    hear: Hear = unheard

    def __call__(self) -> Examination:
        """Never raises for what is wrong with a driver or a token, and never asks for a PIN.

        What was heard while it was made and turned out not to matter is ``skipped`` in the end.
        """
        release = self.release or f"{platform.system()} {platform.release()}"
        before = self._heard(surroundings(self.places, release=release))
        groups = list(self._groups(self._modules()))
        usable = any(map(can_sign, groups))
        none = self._heard(_none_found(groups))
        found = [*before, *none, *(check for group in groups for check in group)]
        settled = tuple(_settled(check) if usable else check for check in found)
        verdict = self._heard((_verdict(usable),))
        return Examination(checks=(*settled, *verdict), usable=usable)

    def _heard(self, checks: Iterable[Check]) -> tuple[Check, ...]:
        made = []
        for check in checks:
            self.hear(check)
            made.append(check)
        return tuple(made)

    def _modules(self) -> Sequence[FoundModule]:
        if self.chosen is None:
            return find_modules(self.places)
        return (look_at(self.places, self.chosen),)

    def _groups(self, modules: Sequence[FoundModule]) -> Iterator[tuple[Check, ...]]:
        for tried, module in enumerate(modules):
            pulse = partial(self.tell, tried, len(modules))
            pulse()
            yield self._heard(self._driver(module, pulse))
        self.tell(len(modules), len(modules))

    def _driver(self, module: FoundModule, pulse: Pulse) -> Iterator[Check]:
        return ExamineDriver(
            module=module, open_bench=self.open_bench, judge=self.judge, pulse=pulse
        )()


def _none_found(groups: Sequence[Sequence[Check]]) -> Sequence[Check]:
    return () if groups else (fail("doctor.driver_none", "cure.install_driver"),)


def _settled(check: Check) -> Check:
    if check.code not in MOOT:
        return check
    return replace(check, status=Status.SKIPPED, cure=None)


def _verdict(usable: bool) -> Check:
    """The cures stand beside what each of them mends."""
    if usable:
        return ok("doctor.verdict_usable")
    return Check(code="doctor.verdict_not_usable", status=Status.FAIL)
