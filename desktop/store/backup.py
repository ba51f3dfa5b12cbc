"""Copies of the database, whole while it is in use, the last few of each kind kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.services.upkeep import Copy, CopyKind, Inside, Restored
from desktop.store.errors import sorted_errors
from desktop.store.looking import look_into
from desktop.store.mode import Mode
from desktop.store.restoring import put_back, put_in_place, sent_in
from resources.faults import SurroundingsFault

KEPT = 5
"""of each kind"""
PATTERN = "tokhai-*.db"
STAMP = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteCopies:
    """``desktop.services.upkeep.CopyRoom`` over the database file ``source``."""

    source: Path
    mode: Mode = "real"

    def save(self, folder: Path, now: datetime, kind: CopyKind = CopyKind.BY_HAND) -> Copy:
        with sorted_errors():
            made = save_copy(self.source, folder, reason=kind.value, now=now)
            keep_newest(folder)
        return _described(made, now)

    def copies(self, folder: Path) -> list[Copy]:
        """Files of the pattern whose name tells no time are nobody's copy of ours."""
        with sorted_errors():
            found = _stamped(sorted(folder.glob(PATTERN), reverse=True))
            return [_described(file, at) for file, at in found]

    def changed_since(self, moment: datetime) -> bool:
        """As far as the files tell; what stands beside the database holds its newest changes."""
        with sorted_errors():
            files = self.source.parent.glob(f"{self.source.name}*")
            return any(each.stat().st_mtime > moment.timestamp() for each in files)

    def look(self, file: Path) -> Inside:
        return look_into(file, self.mode)

    def sent(self) -> tuple[str, ...]:
        return sent_in(self.source)

    def restore(self, file: Path, folder: Path, now: datetime) -> Restored:
        look_into(file, self.mode)
        with sorted_errors():
            before = self._kept_before(folder, now)
            if before is not None:
                kept, paused = put_back(file, self.source)
                return Restored(before=before, kept=kept, paused=paused)
            return self._instead_of_damaged(file, folder, now)

    def _kept_before(self, folder: Path, now: datetime) -> Copy | None:
        """None where what is there cannot be read."""
        try:
            return self.save(folder, now, CopyKind.RESTORE)
        except SurroundingsFault as fault:
            if fault.code != "store.corrupt":
                raise
            return None

    def _instead_of_damaged(self, file: Path, folder: Path, now: datetime) -> Restored:
        """Nothing of it can be carried over. It goes aside once all that follows is ready."""
        aside = folder / _name(now, CopyKind.DAMAGED.value)
        paused = put_in_place(file, self.source, make_way=lambda: self._put_aside(aside))
        return Restored(before=_described(aside, now), kept=(), paused=paused)

    def _put_aside(self, aside: Path) -> None:
        self.source.replace(aside)
        for each in self.source.parent.glob(f"{self.source.name}-*"):
            each.unlink()  # belongs to the damaged file: beside another it would damage that too


def _described(file: Path, at: datetime) -> Copy:
    return Copy(file=file, at=at, kind=_kind(file), size=file.stat().st_size)


def _kind(file: Path) -> CopyKind:
    """A revision stands where an upgrade was the reason."""
    reason = file.stem.split("-", 2)[-1]
    known = {each.value: each for each in CopyKind}
    return known.get(reason, CopyKind.UPGRADE)


def _stamped(files: list[Path]) -> Iterator[tuple[Path, datetime]]:
    for file in files:
        try:
            at = datetime.strptime(file.name.split("-")[1], STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        yield file, at


def _name(now: datetime, reason: str) -> str:
    return f"tokhai-{now.astimezone(UTC).strftime(STAMP)}-{reason}.db"


def save_copy(source: Path, folder: Path, *, reason: str, now: datetime) -> Path:
    """``tokhai-<UTC time>-<reason>.db`` below ``folder``; never half a copy under that name.

    ``reason``: a kind, or the revision that an old database is upgraded from.
    Raises OSError and sqlite3.Error.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / _name(now, reason)
    partial = target.with_suffix(".partial")
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(partial)) as new:
        old.backup(new)
    partial.replace(target)
    return target


def keep_newest(folder: Path, kept: int = KEPT) -> None:
    """Of each kind: a day's copies never push out the one before an upgrade."""
    ours = [file for file, _ in _stamped(sorted(folder.glob(PATTERN)))]
    for kind in CopyKind:
        for old in [file for file in ours if _kind(file) is kind][:-kept]:
            old.unlink()
