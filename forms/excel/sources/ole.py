"""Compound files, the container of .xls. Source: [MS-CFB].

The chains of sectors are followed here, with an end to every one, and the one stream that counts
is packed anew, so that the reading library never meets a chain that runs in a circle.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from resources.faults import DataFault

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_LAST_SECTOR = 0xFFFFFFFA
_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_FAT = 0xFFFFFFFD
_ENTRY_BYTES = 128
_MINI_BYTES = 64
_MINI_LIMIT = 4096
_IN_HEADER = 109
_STREAM, _ROOT = 2, 5
_PACKED_SECTOR = 4096


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory. Raises DataFault ``workbook.broken`` for any damage."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES or not content.startswith(MAGIC):
            raise DataFault("workbook.broken")
        shift = _u16(content, 30)
        if shift not in (9, 12):
            raise DataFault("workbook.broken")
        self._content = content
        self._size = 1 << shift
        self._most = len(content) // self._size + 1
        self._fat = self._read_fat()
        self._entries = self._read_entries()
        self._mini_fat: Sequence[int] = ()
        self._mini = b""

    @property
    def names(self) -> frozenset[str]:
        """Of all streams and storages."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """Raises DataFault ``workbook.broken`` when there is none, or it is cut short."""
        for entry in self._entries:
            if entry.name == name and entry.kind == _STREAM:
                return self._stream(entry)
        raise DataFault("workbook.broken")

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size >= _MINI_LIMIT:
            return _whole(self._chain(entry.start), entry.size)
        self._load_mini()
        pieces = (
            self._mini[number * _MINI_BYTES : (number + 1) * _MINI_BYTES]
            for number in _follow(entry.start, self._mini_fat, len(self._mini_fat))
        )
        return _whole(b"".join(pieces), entry.size)

    def _load_mini(self) -> None:
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        if root is None:
            raise DataFault("workbook.broken")
        self._mini = self._chain(root.start)
        self._mini_fat = _numbers(self._chain(_u32(self._content, 60)))

    def _read_fat(self) -> Sequence[int]:
        listed = [*struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76)]
        following = _u32(self._content, 68)
        for _ in range(self._most):
            if following > _LAST_SECTOR:
                break
            more = _numbers(self._sector(following))
            listed.extend(more[:-1])
            following = more[-1]
        else:
            raise DataFault("workbook.broken")
        sectors = [number for number in listed if number <= _LAST_SECTOR]
        if len(sectors) > self._most:
            raise DataFault("workbook.broken")
        return _numbers(b"".join(self._sector(number) for number in sectors))

    def _read_entries(self) -> list[_Entry]:
        directory = self._chain(_u32(self._content, 48))
        starts = range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
        return [self._entry(directory[at : at + _ENTRY_BYTES]) for at in starts]

    def _entry(self, raw: bytes) -> _Entry:
        length = min(_u16(raw, 64), 64)
        name = raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
        size = _u32(raw, 120) if self._size == 512 else struct.unpack_from("<Q", raw, 120)[0]
        return _Entry(name, raw[66], _u32(raw, 116), size)

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(n) for n in _follow(start, self._fat, self._most))

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        piece = self._content[begin : begin + self._size]
        if not piece:
            raise DataFault("workbook.broken")
        return piece.ljust(self._size, b"\0")


def _follow(start: int, table: Sequence[int], most: int) -> list[int]:
    chain: list[int] = []
    while start <= _LAST_SECTOR:
        if start >= len(table) or len(chain) >= most:
            raise DataFault("workbook.broken")
        chain.append(start)
        start = table[start]
    return chain


def _whole(content: bytes, size: int) -> bytes:
    if len(content) < size:
        raise DataFault("workbook.broken")
    return content[:size]


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _u16(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "little")


def _u32(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "little")


def pack(name: str, stream: bytes) -> bytes:
    """A compound file whose only stream is this one, padded to whole sectors with zeros.

    Streams up to some 400 MB: the table of sectors is listed in the header alone.
    """
    data = stream.ljust(_MINI_LIMIT, b"\0")
    data += bytes(-len(data) % _PACKED_SECTOR)
    sectors = len(data) // _PACKED_SECTOR
    mini = bytes(_PACKED_SECTOR)
    per_fat = _PACKED_SECTOR // 4
    fats = -(-(sectors + 2) // (per_fat - 1))
    directory = _directory(name, len(data), mini=fats + 1, first=fats + 2)
    chain = [*range(fats + 3, fats + 2 + sectors), _END]
    table = [_FAT] * fats + [_END, _END] + chain
    table += [_FREE] * (fats * per_fat - len(table))
    return _header(fats) + struct.pack(f"<{len(table)}I", *table) + directory + mini + data


def _header(fats: int) -> bytes:
    fixed = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(MAGIC, 0x3E, 4, 0xFFFE, 12, 6),
        *(1, fats, fats, 0, _MINI_LIMIT, _END, 0, _END, 0),
    )
    listed = [*range(fats)] + [_FREE] * (_IN_HEADER - fats)
    return (fixed + struct.pack(f"<{_IN_HEADER}I", *listed)).ljust(_PACKED_SECTOR, b"\0")


def _directory(name: str, size: int, *, mini: int, first: int) -> bytes:
    """The library wants a stream of small streams to be there, be it empty."""
    root = _packed_entry("Root Entry", _ROOT, child=1, start=mini, size=0)
    only = _packed_entry(name, _STREAM, child=_FREE, start=first, size=size)
    return (root + only).ljust(_PACKED_SECTOR, b"\0")


def _packed_entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII36xIQ", text, len(text), kind, 1, _FREE, _FREE, child, start, size
    )
