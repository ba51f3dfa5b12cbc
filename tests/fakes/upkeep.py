"""Upkeep in memory."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.services.upkeep import About, Copy, CopyKind, Inside, Restored, RuleData, UnitInside
from resources.faults import DataFault, SurroundingsFault

NOW = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)


@dataclass
class FakeUpkeep:
    """Copies go nowhere; ``full`` is a disk without room."""

    made: list[Copy] = field(default_factory=list)
    full: bool = False
    sent_dossiers: tuple[str, ...] = ()
    restored: list[Path] = field(default_factory=list)
    daily: int = 0
    """how often the day's copy was asked for"""

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

    def back_up_daily(self) -> Copy | None:
        self.daily += 1
        if self.full:
            raise SurroundingsFault("store.disk")
        return None

    def copies(self) -> tuple[Copy, ...]:
        return tuple(reversed(self.made))

    def look(self, file: Path) -> Inside:
        if file not in [each.file for each in self.made]:
            raise DataFault("copy.damaged", file=file.name)
        unit = UnitInside(code="TA0000Z", name="Công ty TNHH Ví Dụ", people=3, dossiers=2)
        return Inside(file=file, units=(unit,), newest=NOW)

    def sent(self) -> tuple[str, ...]:
        return self.sent_dossiers

    def restore(self, file: Path) -> Restored:
        self.restored.append(file)
        before = Copy(file=file.with_name("tokhai-2-restore.db"), at=NOW, kind=CopyKind.RESTORE)
        return Restored(before=before, kept=self.sent_dossiers, paused=False)
