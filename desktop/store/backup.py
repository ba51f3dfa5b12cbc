"""Copies of the database, whole while it is in use, the last few kept."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

KEPT = 5
PATTERN = "tokhai-*.db"


def save_copy(source: Path, folder: Path, *, revision: str, now: datetime) -> Path:
    """``tokhai-<UTC time>-<revision>.db`` below ``folder``; never half a copy under that name.

    Raises OSError and sqlite3.Error.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"tokhai-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}-{revision}.db"
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
