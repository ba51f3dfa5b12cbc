"""What keeps the program itself in order: copies of the data, and how old its rules are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop.services.ports import Clock

AUTOMATIC = "backups"
"""folder below the data folder"""
OFTEN = timedelta(days=1)
"""a copy is made by itself once the last one is older: at most a day's work hangs on one file"""


class CopyKind(StrEnum):
    """Why a copy was made; the newest few of each kind are kept."""

    BY_HAND = "copy"
    DAILY = "daily"
    UPGRADE = "upgrade"
    """before a newer program changed the tables"""
    RESTORE = "restore"
    """before another copy was put back"""
    DAMAGED = "damaged"
    """what could not be read any more, kept for somebody who may save more of it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of the data."""

    file: Path
    at: datetime
    kind: CopyKind = CopyKind.BY_HAND
    size: int = 0
    """bytes"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitInside:
    code: str
    name: str
    people: int
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a copy holds, so that a person knows it again."""

    file: Path
    units: tuple[UnitInside, ...]
    newest: datetime | None
    """of the journal of its dossiers"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """``before``: the copy that was made of what was there; ``kept``: the dossiers that stayed as
    they were, since they had gone to the outbox already."""

    before: Copy
    kept: tuple[str, ...]
    paused: bool
    """the outbox waits for a yes: the copy brought parcels that this computer did not know"""


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

    def save(self, folder: Path, now: datetime, kind: CopyKind = CopyKind.BY_HAND) -> Copy:
        """Raises SurroundingsFault ``store.disk``."""
        ...

    def copies(self, folder: Path) -> list[Copy]:
        """Newest first."""
        ...

    def changed_since(self, moment: datetime) -> bool: ...

    def look(self, file: Path) -> Inside:
        """Raises DataFault ``copy.missing``, ``copy.damaged``, ``copy.not_ours``; UsageFault
        ``store.newer``, ``store.mode``."""
        ...

    def sent(self) -> tuple[str, ...]:
        """Dossiers that are in the outbox, or were sent: no copy takes them back."""
        ...

    def restore(self, file: Path, folder: Path, now: datetime) -> Restored:
        """Raises what ``look`` does; SurroundingsFault ``store.busy``, ``store.disk``."""
        ...


class UpkeepApi(Protocol):
    def about(self) -> About: ...

    def back_up(self, folder: Path | None = None) -> Copy:
        """A whole copy of the data, also while it is in use; None: the program's own folder.

        Raises SurroundingsFault ``store.disk``.
        """
        ...

    def back_up_daily(self) -> Copy | None:
        """A copy into the program's own folder, if the last one is a day old and something changed.

        Raises SurroundingsFault ``store.disk``.
        """
        ...

    def last_copy(self) -> Copy | None:
        """In the program's own folder; of what can be read."""
        ...

    def copies(self) -> Sequence[Copy]:
        """In the program's own folder, the newest first."""
        ...

    def look(self, file: Path) -> Inside:
        """Raises DataFault ``copy.missing``, ``copy.damaged``, ``copy.not_ours``; UsageFault
        ``store.newer``, ``store.mode``."""
        ...

    def sent(self) -> Sequence[str]:
        """Dossiers that stay as they are now, whatever copy is put back."""
        ...

    def restore(self, file: Path) -> Restored:
        """The data as they were in the copy, whole or not at all; but what had gone to the outbox
        and what the agency wrote stays as it is now. What is there is copied before.

        Raises what ``look`` does; SurroundingsFault ``store.busy``, ``store.disk``.
        """
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
        return self.room.save(folder or self._own, self.clock())

    def back_up_daily(self) -> Copy | None:
        now, last = self.clock(), self.last_copy()
        if last and (now - last.at < OFTEN or not self.room.changed_since(last.at)):
            return None
        return self.room.save(self._own, now, CopyKind.DAILY)

    def last_copy(self) -> Copy | None:
        whole = (each for each in self.copies() if each.kind is not CopyKind.DAMAGED)
        return next(whole, None)

    def copies(self) -> Sequence[Copy]:
        return tuple(self.room.copies(self._own))

    def look(self, file: Path) -> Inside:
        return self.room.look(file)

    def sent(self) -> Sequence[str]:
        return self.room.sent()

    def restore(self, file: Path) -> Restored:
        return self.room.restore(file, self._own, self.clock())

    @property
    def _own(self) -> Path:
        return self.data / AUTOMATIC
