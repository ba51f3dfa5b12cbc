"""The parts of a zipped workbook, unpacked by ourselves so that no header is believed."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from forms.excel.limits import LIMITS, Limits
from resources.faults import DataFault

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_ENCRYPTED_FLAG = 0x1
_CHUNK = 1024 * 1024
_PACKED = 128 * 1024
"""given to the unpacker at once: what is left of it is copied for every chunk"""


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip in memory whose directory has been checked."""

    content: bytes
    entries: Mapping[str, ZipInfo]

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, at most about 1 MB at a time.

        Raises DataFault ``workbook.broken`` when the part is damaged or not as long as declared.
        """
        entry = self.entries[name]
        length = 0
        checksum = 0
        for chunk in _unpacked(entry, self.packed(entry)):
            length += len(chunk)
            if length > entry.file_size:
                raise DataFault("workbook.broken")
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if length != entry.file_size or checksum != entry.CRC:
            raise DataFault("workbook.broken")

    def packed(self, entry: ZipInfo) -> memoryview:
        """The bytes of a part as they stand in the file. Raises DataFault ``workbook.broken``."""
        start = entry.header_offset
        header = self.content[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size:
            raise DataFault("workbook.broken")
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        begin = start + _LOCAL_HEADER.size + name_length + extra_length
        end = begin + entry.compress_size
        if magic != _LOCAL_MAGIC or end > len(self.content):
            raise DataFault("workbook.broken")
        return memoryview(self.content)[begin:end]


def ahead(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks, the next one unpacked while the one before is looked at."""
    rest = iter(chunks)
    with ThreadPoolExecutor(1) as worker:
        following = worker.submit(next, rest, None)
        while (chunk := following.result()) is not None:
            following = worker.submit(next, rest, None)
            yield chunk


def open_archive(content: bytes, limits: Limits = LIMITS) -> Archive:
    """Reads the directory and holds it against the limits, before anything is unpacked.

    Raises DataFault ``workbook.broken``, ``workbook.locked_parts``, ``workbook.too_many_parts``
    or ``workbook.zip_bomb``.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise DataFault("workbook.broken") from error
    _check_entries(entries, limits)
    return Archive(content, {entry.filename: entry for entry in entries})


def plain_name(name: str) -> str:
    """As the reading library may look a part up: without regard to case and slashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _check_entries(entries: list[ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise DataFault("workbook.too_many_parts", parts=len(entries), most=limits.parts)
    if len({plain_name(entry.filename) for entry in entries}) != len(entries):
        raise DataFault("workbook.broken")
    for entry in entries:
        _check_entry(entry, limits)
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise DataFault("workbook.zip_bomb")


def _check_entry(entry: ZipInfo, limits: Limits) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise DataFault("workbook.locked_parts")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise DataFault("workbook.broken")
    large = entry.file_size > limits.ratio_from_bytes
    if large and entry.file_size > entry.compress_size * limits.ratio:
        raise DataFault("workbook.zip_bomb")


def _unpacked(entry: ZipInfo, packed: memoryview) -> Iterator[bytes]:
    if entry.compress_type == ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _PACKED):
            yield from _inflated(unpacker, packed[at : at + _PACKED])
        if not unpacker.eof:
            yield unpacker.flush()
    except zlib.error as error:
        raise DataFault("workbook.broken") from error
    if not unpacker.eof:
        raise DataFault("workbook.broken")


def _inflated(unpacker: "zlib._Decompress", packed: memoryview) -> Iterator[bytes]:
    """What the next packed bytes give; none after the end."""
    rest: bytes | memoryview = packed
    while len(rest) and not unpacker.eof:
        chunk = unpacker.decompress(rest, _CHUNK)
        rest = unpacker.unconsumed_tail
        if chunk:
            yield chunk
