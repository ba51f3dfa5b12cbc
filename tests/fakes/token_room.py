"""A computer's drivers and readers for tests: what is plugged in is said by the test."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.services.token_cases import TokenRoom
from resources.faults import Fault
from signing.doctor.examination import Hear, Tell, unheard, untold
from signing.doctor.model import Examination
from signing.finding.places import Reader
from signing.finding.search import FoundModule
from signing.model import TokenSlot


@dataclass
class FakeTokens:
    modules: Sequence[FoundModule] = ()
    tokens: dict[str, int | Fault] = field(default_factory=dict)
    """path of a driver → how many tokens it sees, or how it fails"""
    slots: tuple[TokenSlot, ...] = ()
    readers: tuple[Reader, ...] | None = ()
    seconds: float = 0.0
    asked: list[Path] = field(default_factory=list)
    """each time a driver was asked"""
    examined: list[tuple[Path | None, str | None]] = field(default_factory=list)
    bundles: list[Path] = field(default_factory=list)
    examination: Examination = field(default=Examination(checks=(), usable=False))

    def room(self) -> TokenRoom:
        return TokenRoom(
            find=lambda: self.modules,
            count_tokens=self.count_tokens,
            list_tokens=self.list_tokens,
            readers=lambda: self.readers,
            seconds=lambda: self.seconds,
            examine=self.examine,
            write_bundle=lambda _examination, out: self.bundles.append(out),
        )

    def count_tokens(self, module: Path) -> int:
        self.asked.append(module)
        seen = self.tokens.get(str(module), 0)
        if isinstance(seen, Fault):
            raise seen
        return seen

    def list_tokens(self, module: Path) -> tuple[TokenSlot, ...]:
        self.asked.append(module)
        return self.slots

    def examine(
        self,
        module: Path | None,
        *,
        now: datetime,
        tax_code: str | None,
        tell: Tell = untold,
        hear: Hear = unheard,
    ) -> Examination:
        tell(0, 1)
        for check in self.examination.checks:
            hear(check)
        self.examined.append((module, tax_code))
        return self.examination
