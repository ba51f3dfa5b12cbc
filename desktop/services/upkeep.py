"""What keeps the program itself in order: copies of the data, and how old its rules are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desktop.services.ports import Clock

AUTOMATIC = "backups"
"""folder below the data folder"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of the data."""

    file: Path
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleData:
    """By what the figures are computed."""

    newest: date
    """the last date from which a rule in the data begins to hold"""
    hash: str
    """SHA-256 of all of them"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a helpdesk asks first."""

    version: str
    """empty where the program runs without having been installed"""
    data: Path
    log: Path
    rules: RuleData


class CopyRoom(Protocol):
    """The data folder, as far as copies of it go."""

    def save(self, folder: Path, now: datetime) -> Path:
        """Raises SurroundingsFault ``store.disk``."""
        ...

    def copies(self, folder: Path) -> list[Copy]:
        """Newest first."""
        ...


class UpkeepApi(Protocol):
    def about(self) -> About: ...

    def back_up(self, folder: Path | None = None) -> Copy:
        """A whole copy of the data, also while it is in use; None: the program's own folder.

        Raises SurroundingsFault ``store.disk``.
        """
        ...

    def last_copy(self) -> Copy | None:
        """In the program's own folder."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepCases:
    """``UpkeepApi``."""

    data: Path
    log: Path
    room: CopyRoom
    rules: Callable[[], RuleData]
    version: Callable[[], str]
    clock: Clock

    def about(self) -> About:
        return About(version=self.version(), data=self.data, log=self.log, rules=self.rules())

    def back_up(self, folder: Path | None = None) -> Copy:
        now = self.clock()
        return Copy(file=self.room.save(folder or self.data / AUTOMATIC, now), at=now)

    def last_copy(self) -> Copy | None:
        return next(iter(self.room.copies(self.data / AUTOMATIC)), None)
