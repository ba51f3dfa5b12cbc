"""One driver: its file, then what it does when it is used, step by step up to its certificates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from resources.faults import Fault, Param
from signing.agent.client import wanted
from signing.doctor.bench import Bench, OpenBench, Pulse, SlotState
from signing.doctor.certificates import Judge
from signing.doctor.model import Check, Status, fail, of_fault, ok, skipped, warn
from signing.finding.library import OUR_BITS
from signing.finding.search import FoundModule
from signing.model import TokenSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamineDriver:
    """``module``: its file name goes into every line, since there may be several."""

    module: FoundModule
    open_bench: OpenBench
    judge: Judge
    pulse: Pulse = wanted

    def __call__(self) -> Iterator[Check]:
        """Stops at the first step that fails: what comes after it cannot be tried."""
        about = self._about()
        yield ok("doctor.driver", **about, folder=_folder(self.module.path))
        refused = _file_refused(self.module, about)
        if refused:
            yield refused
            return
        yield ok("doctor.driver_file", **about, bits=OUR_BITS)
        with self.open_bench(Path(self.module.path), self.pulse) as bench:
            yield from self._used(bench, about)

    def _used(self, bench: Bench, about: dict[str, Param]) -> Iterator[Check]:
        try:
            bench.load()
            yield ok("doctor.driver_loads", **about)
            bench.open()
            yield ok("doctor.driver_initialises", **about)
            slots = bench.survey()
            yield from _slots(slots, about)
            if any(each.state == "token" for each in slots):
                yield from self._tokens(bench.tokens(), about)
        except Fault as fault:
            yield of_fault(fault, **about)

    def _tokens(self, tokens: Sequence[TokenSlot], about: dict[str, Param]) -> Iterator[Check]:
        for token in tokens:
            named = {**about, "label": token.label, "maker": token.manufacturer}
            yield ok("doctor.token", **named, model=token.model)
            yield from _flags(token, named)
            if token.needs_login_to_list:
                yield warn("doctor.token_hides", None, **named)
            elif not token.certificates:
                yield fail("doctor.token_without_certificates", "cure.ask_provider", **named)
            for held in token.certificates:
                yield from self.judge.checks(held)

    def _about(self) -> dict[str, Param]:
        return {"module": _name(self.module.path), "brand": self.module.brand or "–"}


def _file_refused(module: FoundModule, about: dict[str, Param]) -> Check | None:
    if module.bits is None:
        return fail("doctor.driver_no_library", "cure.choose_file", **about)
    if module.bits != OUR_BITS:
        cure = "cure.other_bitness"
        return fail("doctor.driver_bitness", cure, **about, bits=module.bits, ours=OUR_BITS)
    if module.is_module is False:
        return fail("doctor.driver_no_module", "cure.right_driver", **about)
    return None


def _slots(slots: Sequence[SlotState], about: dict[str, Param]) -> Iterator[Check]:
    """Every slot that is not an empty one; the empty ones as one line."""
    for slot in slots:
        told = {**about, "slot": slot.slot, "reader": slot.reader or "–"}
        if slot.state == "virtual":
            yield skipped("doctor.slot_virtual", **told)
        elif slot.state == "unset":
            yield warn("doctor.slot_unset", "cure.ask_provider", **told)
        elif slot.state == "unreadable":
            yield _unreadable(slot, told)
    if not any(slot.state in ("token", "unset", "unreadable") for slot in slots):
        yield warn("doctor.slots_empty", "cure.other_port", **about, count=len(slots))


def _unreadable(slot: SlotState, told: dict[str, Param]) -> Check:
    """A device of another maker is none of this driver's business; any other failure is."""
    if slot.fault == "token.not_recognized":
        return skipped("doctor.slot_unknown_device", **told)
    ckr = slot.params.get("ckr", "–")
    return fail("doctor.slot_unreadable", "cure.replug", **told, ckr=ckr)


def _flags(token: TokenSlot, named: dict[str, Param]) -> Iterator[Check]:
    if token.pin_locked:
        yield fail("doctor.pin_locked", "cure.unlock", **named)
    elif token.pin_final_try:
        yield warn("doctor.pin_final_try", "cure.ask_keeper", **named)
    elif token.pin_count_low:
        yield warn("doctor.pin_count_low", "cure.keyboard", **named)
    if token.has_pin_pad:
        yield ok("doctor.pin_pad", **named)


def can_sign(checks: Sequence[Check]) -> bool:
    """Whether a token among these is fit to sign: not locked, with a certificate that may be used
    or that shows itself only after the PIN."""
    codes = {check.code for check in checks if check.status is not Status.FAIL}
    fit = codes & {
        "doctor.certificate_usable",
        "doctor.certificate_usable_unproven",
        "doctor.token_hides",
    }
    return bool(fit) and not any(check.code == "doctor.pin_locked" for check in checks)


def _name(path: str) -> str:
    """A path of Windows has no slash, one of the others no backslash that matters."""
    return PureWindowsPath(path).name


def _folder(path: str) -> str:
    return str(Path(path).parent) if "\\" not in path else str(PureWindowsPath(path).parent)
