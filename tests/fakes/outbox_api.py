"""Pausing and the agency's clock, prepared beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.clocks import Clock
from sync.metered import Metered


@dataclass
class FakeOutbox:
    paused: bool = False
    cost: Metered = Metered.UNKNOWN
    awaited: dict[str, tuple[Clock, ...]] = field(default_factory=dict)

    def metered(self) -> Metered:
        return self.cost

    def clocks(self, unit_code: str | None = None) -> Mapping[str, tuple[Clock, ...]]:
        return self.awaited
