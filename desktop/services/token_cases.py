"""Finding the token's driver, watching it, and explaining what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from desktop.services.known_keys import LastKey, last_key
from desktop.services.ports import Clock, Store
from desktop.services.token_api import FoundDriver
from resources.faults import Fault
from signing.doctor.examination import Hear, Tell, unheard, untold
from signing.doctor.model import Examination
from signing.finding.places import Reader
from signing.finding.presence import Presence
from signing.finding.search import FoundModule, in_order
from signing.model import TokenSlot


class ExamineDesk(Protocol):
    """``module``: the one driver to try, else every one that is found."""

    def __call__(
        self, module: Path | None, *, now: datetime, tax_code: str | None, tell: Tell, hear: Hear
    ) -> Examination: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRoom:
    """This computer's drivers and readers."""

    find: Callable[[], Sequence[FoundModule]]
    count_tokens: Callable[[Path], int]
    list_tokens: Callable[[Path], Sequence[TokenSlot]]
    readers: Callable[[], tuple[Reader, ...] | None]
    seconds: Callable[[], float]
    """a clock that only grows"""
    examine: ExamineDesk
    write_bundle: Callable[[Examination, Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCases:
    """``desktop.services.token_api.TokenDeskApi``."""

    store: Store
    room: TokenRoom
    clock: Clock
    _watched: dict[Path, Presence[Sequence[TokenSlot]]] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def last_key(self, unit_code: str) -> LastKey | None:
        with self.store.reading() as work:
            return last_key(work, unit_code)

    def find(self, unit_code: str | None = None) -> Sequence[FoundDriver]:
        known = self.last_key(unit_code) if unit_code else None
        remembered = known.module if known else ""
        asked = [self._asked(module, remembered) for module in self.room.find()]
        by_path = {each.module.path: each for each in asked}
        order = in_order(
            (each.module for each in asked),
            remembered=remembered,
            with_token=(each.module.path for each in asked if each.tokens),
        )
        return tuple(by_path[module.path] for module in order)

    def watch(self, module: Path) -> Sequence[TokenSlot]:
        return self._presence(module).answer()

    def look_again(self, module: Path) -> Sequence[TokenSlot]:
        return self._presence(module).again()

    def examine(
        self,
        module: Path | None = None,
        *,
        unit_code: str | None = None,
        tell: Tell = untold,
        hear: Hear = unheard,
    ) -> Examination:
        tax_code = self._tax_code(unit_code)
        return self.room.examine(module, now=self.clock(), tax_code=tax_code, tell=tell, hear=hear)

    def write_bundle(self, examination: Examination, out: Path) -> None:
        self.room.write_bundle(examination, out)

    def _tax_code(self, unit_code: str | None) -> str | None:
        if unit_code is None:
            return None
        with self.store.reading() as work:
            return work.units.get(unit_code).tax_code

    def _asked(self, module: FoundModule, remembered: str) -> FoundDriver:
        """One that fails is told as such, and the next is asked."""
        same = module.path == remembered
        if not module.usable:
            return FoundDriver(module=module, tokens=None, remembered=same)
        try:
            tokens = self.room.count_tokens(Path(module.path))
        except Fault as fault:
            params = tuple(fault.params.items())
            return FoundDriver(
                module=module, tokens=None, remembered=same, fault=fault.code, params=params
            )
        return FoundDriver(module=module, tokens=tokens, remembered=same)

    def _presence(self, module: Path) -> Presence[Sequence[TokenSlot]]:
        with self._lock:
            if module not in self._watched:
                self._watched[module] = Presence(
                    look=self.room.readers,
                    ask=lambda: self.room.list_tokens(module),
                    clock=self.room.seconds,
                )
            return self._watched[module]
