"""The token on the desk in memory: drivers found, a token watched, a check with one fault."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from desktop.services.token_api import FoundDriver, LastKey
from resources.faults import Fault, SurroundingsFault
from signing.doctor.examination import Hear, Tell, unheard, untold
from signing.doctor.model import Check, Examination, Status, fail, ok, skipped, warn
from signing.finding.search import FoundModule, Source
from signing.model import TokenSlot


def found_driver(
    path: Path, *, tokens: int | None = 0, bits: int = 64, fault: str | None = None
) -> FoundDriver:
    module = FoundModule(
        path=str(path), source=Source.LISTED, known=None, bits=bits, is_module=True
    )
    return FoundDriver(module=module, tokens=tokens, remembered=False, fault=fault)


def checked(*, usable: bool = False) -> Examination:
    """A computer whose one driver is of the wrong word size; ``usable``: a good one."""
    about = {"module": "may_csp11.dll"}
    steps = [
        ok("doctor.system", system="Windows 11", bits=64),
        ok("doctor.service_running"),
        warn("doctor.readers_none", "cure.other_port"),
        skipped("doctor.slot_virtual", slot=1, reader="Windows Hello", **about),
    ]
    if usable:
        return Examination(checks=(*steps, ok("doctor.verdict_usable")), usable=True)
    verdict = Check(code="doctor.verdict_not_usable", status=Status.FAIL)
    wrong = fail("doctor.driver_bitness", "cure.other_bitness", bits=32, ours=64, **about)
    return Examination(checks=(*steps, wrong, verdict), usable=False)


@dataclass
class FakeTokenDesk:
    """``slots``: what a driver shows now. ``hold``: the check waits until it is set."""

    slots: Callable[[Path], Sequence[TokenSlot]] = lambda _: ()
    found: list[FoundDriver] = field(default_factory=list)
    last: LastKey | None = None
    examination: Examination = field(default_factory=checked)
    hold: Event | None = None
    asked: list[str] = field(default_factory=list)
    unwritable: bool = False
    fails: Fault | None = None
    """what the next check raises"""

    def last_key(self, unit_code: str) -> LastKey | None:
        return self.last

    def find(self, unit_code: str | None = None) -> Sequence[FoundDriver]:
        self.asked.append("find")
        return tuple(self.found)

    def watch(self, module: Path) -> Sequence[TokenSlot]:
        return self.slots(module)

    def look_again(self, module: Path) -> Sequence[TokenSlot]:
        self.asked.append(f"look again {module.name}")
        return self.slots(module)

    def examine(
        self,
        module: Path | None = None,
        *,
        unit_code: str | None = None,
        tell: Tell = untold,
        hear: Hear = unheard,
    ) -> Examination:
        """With ``hold`` all but the last two steps are heard before the driver hangs."""
        tell(0, 2)
        self.asked.append(f"examine {module.name if module else 'all'} for {unit_code}")
        for check in self.examination.checks[:-2]:
            hear(check)
        while self.hold is not None and not self.hold.wait(0.02):
            tell(0, 2)
        for check in self.examination.checks[-2:]:
            hear(check)
        tell(1, 2)
        fault, self.fails = self.fails, None
        if fault is not None:
            raise fault
        return self.examination

    def write_bundle(self, examination: Examination, out: Path) -> None:
        if self.unwritable:
            raise SurroundingsFault("doctor.bundle_failed", file=out.name)
        out.write_bytes(b"zip")
