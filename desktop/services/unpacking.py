"""Archives that somebody hands in: a few files of bounded size, and no paths that lead out."""

import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from resources.faults import DataFault

SKIPPED = ("__macosx/",)
ENCRYPTED_FLAG = 0x1
UNIX_MODE = 16
"""bits above which ``external_attr`` holds the kind of file"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    entries: int = 200
    entry_bytes: int = 64 * 1024 * 1024
    total_bytes: int = 128 * 1024 * 1024
    ratio: int = 200
    ratio_from_bytes: int = 1024 * 1024
    """smaller ones may shrink as much as they like"""


BOUNDS = Bounds()
BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError)
"""what the library says of damaged, locked and unknown archives"""


def unpacked(
    content: bytes, *, source: str, bounds: Bounds = BOUNDS
) -> Sequence[tuple[str, bytes]]:
    """Name and bytes of every file in the archive, in its order; folders are left out.

    Raises DataFault ``inbox.archive.broken``, ``inbox.archive.too_many``, ``inbox.archive.bomb``,
    ``inbox.archive.path``, ``inbox.archive.empty``, each with ``file``.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = list(checked(archive.infolist(), source, bounds))
            return tuple(read_all(archive, entries, source, bounds))
    except BROKEN as error:
        raise DataFault("inbox.archive.broken", file=source) from error


def checked(entries: Sequence[ZipInfo], source: str, bounds: Bounds) -> Iterator[ZipInfo]:
    if len(entries) > bounds.entries:
        raise DataFault("inbox.archive.too_many", file=source, limit=bounds.entries)
    found = False
    for entry in entries:
        refuse_bad(entry, source, bounds)
        if not entry.is_dir() and not entry.filename.lower().startswith(SKIPPED):
            found = True
            yield entry
    if not found:
        raise DataFault("inbox.archive.empty", file=source)


def refuse_bad(entry: ZipInfo, source: str, bounds: Bounds) -> None:
    if leads_out(entry):
        raise DataFault("inbox.archive.path", file=source)
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise DataFault("inbox.archive.broken", file=source)
    grows = entry.file_size > max(entry.compress_size, 1) * bounds.ratio
    if entry.file_size > bounds.entry_bytes or (
        grows and entry.file_size > bounds.ratio_from_bytes
    ):
        raise DataFault("inbox.archive.bomb", file=source)


def leads_out(entry: ZipInfo) -> bool:
    """Nothing is ever written by these names; whoever uses such a one means no good."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    drive = len(entry.filename) > 1 and entry.filename[1] == ":"
    link = stat.S_ISLNK(entry.external_attr >> UNIX_MODE)
    return path.is_absolute() or drive or link or ".." in path.parts


def read_all(
    archive: ZipFile, entries: Sequence[ZipInfo], source: str, bounds: Bounds
) -> Iterator[tuple[str, bytes]]:
    """What the directory says of sizes is not believed."""
    left = bounds.total_bytes
    for entry in entries:
        most = min(left, entry.file_size, bounds.entry_bytes)
        with archive.open(entry) as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise DataFault("inbox.archive.bomb", file=source)
        left -= len(content)
        yield entry.filename, content
