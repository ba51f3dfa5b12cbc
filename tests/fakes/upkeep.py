"""Upkeep in memory."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.services.upkeep import About, Copy, RuleData
from resources.faults import SurroundingsFault

NOW = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)


@dataclass
class FakeUpkeep:
    """Copies go nowhere; ``full`` is a disk without room."""

    made: list[Copy] = field(default_factory=list)
    full: bool = False

    def about(self) -> About:
        rules = RuleData(newest=date(2026, 7, 1), hash="ab" * 32)
        return About(version="0.1.0", data=Path("/data"), log=Path("/data/log"), rules=rules)

    def back_up(self, folder: Path | None = None) -> Copy:
        if self.full:
            raise SurroundingsFault("store.disk")
        self.made.append(Copy(file=(folder or Path("/data/backups")) / "tokhai-1.db", at=NOW))
        return self.made[-1]

    def last_copy(self) -> Copy | None:
        return self.made[-1] if self.made else None
