"""The whole check: surroundings, then every driver, then what all of it means."""

import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from signing.doctor.bench import OpenBench, agent_bench
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
"""called with (drivers tried, drivers in all) before each; what it raises ends the check there"""


def untold(_tried: int, _whole: int) -> None:
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

    def __call__(self) -> Examination:
        """Never raises for what is wrong with a driver or a token, and never asks for a PIN."""
        release = self.release or f"{platform.system()} {platform.release()}"
        before = tuple(surroundings(self.places, release=release))
        groups = list(self._groups(self._modules()))
        usable = any(map(can_sign, groups))
        found = [*before, *_none_found(groups), *(check for group in groups for check in group)]
        settled = tuple(_settled(check) if usable else check for check in found)
        return Examination(checks=(*settled, _verdict(usable)), usable=usable)

    def _modules(self) -> Sequence[FoundModule]:
        if self.chosen is None:
            return find_modules(self.places)
        return (look_at(self.places, self.chosen),)

    def _groups(self, modules: Sequence[FoundModule]) -> Iterator[tuple[Check, ...]]:
        for tried, module in enumerate(modules):
            self.tell(tried, len(modules))
            yield tuple(self._driver(module))
        self.tell(len(modules), len(modules))

    def _driver(self, module: FoundModule) -> Iterator[Check]:
        return ExamineDriver(module=module, open_bench=self.open_bench, judge=self.judge)()


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
