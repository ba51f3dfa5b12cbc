"""A zip written anew: unchanged parts with their packed bytes as they are, changed ones packed."""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipInfo

from forms.excel.archive import Archive

Content = Callable[[], Iterable[bytes]]
"""the new bytes of a part"""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8 = 0x800
_LEVEL = 4
_EARLIEST = (0 << 9 | 1 << 5 | 1, 0)
"""01/01/1980, 0:00, in the date and time of a zip"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: bytes
    flags: int
    method: int
    moment: tuple[int, int]
    checksum: int
    packed: int
    length: int
    at: int


Progress = Callable[[int, int], None]


def repack(
    archive: Archive,
    changed: Mapping[str, Content],
    out: BinaryIO,
    progress: Progress | None = None,
) -> None:
    """Every part in its order; parts that the archive does not have come last. ``progress``: bytes
    of the parts that are written anew, of how many they had."""
    if progress is not None:
        changed = _told(archive, changed, progress)
    written = [_write(archive, entry, changed, out) for entry in archive.entries.values()]
    new = (name for name in changed if name not in archive)
    written += [_pack(name, _EARLIEST, changed[name], out) for name in new]
    _finish(written, out)


def _told(
    archive: Archive, changed: Mapping[str, Content], progress: Progress
) -> Mapping[str, Content]:
    """The same contents, each chunk of which is told."""
    whole = sum(archive.entries[name].file_size for name in changed if name in archive)
    done = 0

    def told(content: Content) -> Iterator[bytes]:
        nonlocal done
        for chunk in content():
            progress(min(done, whole), whole)
            yield chunk
            done += len(chunk)

    return {name: partial(told, content) for name, content in changed.items()}


def _write(
    archive: Archive, entry: ZipInfo, changed: Mapping[str, Content], out: BinaryIO
) -> _Entry:
    if entry.filename in changed:
        return _pack(entry.filename, _moment(entry), changed[entry.filename], out)
    name, flags = _name(entry.filename)
    at = out.tell()
    done = _Entry(
        name=name,
        flags=flags,
        method=entry.compress_type,
        moment=_moment(entry),
        checksum=entry.CRC,
        packed=entry.compress_size,
        length=entry.file_size,
        at=at,
    )
    out.write(_local(done))
    out.write(_as_packed(archive, entry))
    return done


def _as_packed(archive: Archive, entry: ZipInfo) -> memoryview:
    *_, name_length, extra_length = _LOCAL.unpack_from(archive.content, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + name_length + extra_length
    return memoryview(archive.content)[start : start + entry.compress_size]


def _pack(name: str, moment: tuple[int, int], content: Content, out: BinaryIO) -> _Entry:
    encoded, flags = _name(name)
    at = out.tell()
    out.write(bytes(_LOCAL.size) + encoded)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    checksum = length = packed = 0
    for chunk in content():
        checksum = zlib.crc32(chunk, checksum)
        length += len(chunk)
        packed += out.write(packer.compress(chunk))
    packed += out.write(packer.flush())
    done = _Entry(
        name=encoded,
        flags=flags,
        method=ZIP_DEFLATED,
        moment=moment,
        checksum=checksum,
        packed=packed,
        length=length,
        at=at,
    )
    out.seek(at)
    out.write(_local(done))
    out.seek(0, 2)
    return done


def _local(entry: _Entry) -> bytes:
    return b"".join(
        (
            _LOCAL.pack(
                b"PK\x03\x04",
                _VERSION,
                entry.flags,
                entry.method,
                entry.moment[1],
                entry.moment[0],
                entry.checksum,
                entry.packed,
                entry.length,
                len(entry.name),
                0,
            ),
            entry.name,
        )
    )


def _finish(entries: list[_Entry], out: BinaryIO) -> None:
    start = out.tell()
    for record in map(_central, entries):
        out.write(record)
    size = out.tell() - start
    count = len(entries)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, start, 0))


def _central(entry: _Entry) -> bytes:
    header = _CENTRAL.pack(
        b"PK\x01\x02",
        _VERSION,
        _VERSION,
        entry.flags,
        entry.method,
        entry.moment[1],
        entry.moment[0],
        entry.checksum,
        entry.packed,
        entry.length,
        len(entry.name),
        0,
        0,
        0,
        0,
        0,
        entry.at,
    )
    return header + entry.name


def _name(name: str) -> tuple[bytes, int]:
    return (name.encode("ascii"), 0) if name.isascii() else (name.encode(), _UTF8)


def _moment(entry: ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = entry.date_time
    return (max(year - 1980, 0) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2)
