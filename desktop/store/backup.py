"""Copies of the database, whole while it is in use, the last few kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.services.upkeep import Copy
from desktop.store.errors import sorted_errors

KEPT = 5
PATTERN = "tokhai-*.db"
STAMP = "%Y%m%dT%H%M%S%f"
MANUAL = "copy"
"""stands in the name where others have the revision that they were upgraded from"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteCopies:
    """``desktop.services.upkeep.CopyRoom`` over the database file ``source``."""

    source: Path

    def save(self, folder: Path, now: datetime) -> Path:
        with sorted_errors():
            made = save_copy(self.source, folder, revision=MANUAL, now=now)
            keep_newest(folder)
        return made

    def copies(self, folder: Path) -> list[Copy]:
        """Files of the pattern whose name tells no time are nobody's copy of ours."""
        with sorted_errors():
            found = _stamped(sorted(folder.glob(PATTERN), reverse=True))
            return [Copy(file=file, at=at) for file, at in found]


def _stamped(files: list[Path]) -> Iterator[tuple[Path, datetime]]:
    for file in files:
        try:
            at = datetime.strptime(file.name.split("-")[1], STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        yield file, at


def save_copy(source: Path, folder: Path, *, revision: str, now: datetime) -> Path:
    """``tokhai-<UTC time>-<revision>.db`` below ``folder``; never half a copy under that name.

    Raises OSError and sqlite3.Error.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"tokhai-{now.astimezone(UTC).strftime(STAMP)}-{revision}.db"
    partial = target.with_suffix(".partial")
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(partial)) as new:
        old.backup(new)
    partial.replace(target)
    return target


def keep_newest(folder: Path, kept: int = KEPT) -> None:
    """The names sort by time."""
    for old in sorted(folder.glob(PATTERN))[:-kept]:
        old.unlink()
