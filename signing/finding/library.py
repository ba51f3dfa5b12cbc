"""What a library file says of itself, read without loading it: word size, and whether it exports
``C_GetFunctionList``, which makes it a PKCS#11 module (tokens §1.1, §1.3)."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from signing.finding import elf, macho, pe
from signing.finding.tables import Broken

ENTRY = b"C_GetFunctionList"
OUR_BITS = struct.calcsize("P") * 8
MOST_BYTES = 64 * 1024 * 1024
"""the largest driver met has some 12 MB"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFile:
    """``bits``: 32 or 64, of all the versions in the file the one of ours, if there is one."""

    bits: int
    is_module: bool | None
    """None: its tables cannot be read, so it cannot be told without loading it"""


def read_library(path: Path) -> LibraryFile | None:
    """None for a file that is no ELF, PE or Mach-O library. Raises OSError."""
    with path.open("rb") as file:
        return library_of(file.read(MOST_BYTES))


def library_of(data: bytes) -> LibraryFile | None:
    """The same for a file's content. Never raises, whatever it is given."""
    for is_such, bits_of, exports in FORMATS:
        if is_such(data):
            return _described(data, bits_of, exports)
    return None


def _described(data: bytes, bits_of: "BitsOf", exports: "Exports") -> LibraryFile | None:
    try:
        sizes = bits_of(data)
    except Broken:
        return None
    if not sizes:
        return None
    try:
        is_module: bool | None = exports(data, ENTRY)
    except Broken:
        is_module = None
    return LibraryFile(bits=OUR_BITS if OUR_BITS in sizes else sizes[0], is_module=is_module)


BitsOf = Callable[[bytes], tuple[int, ...]]
Exports = Callable[[bytes, bytes], bool]
FORMATS: tuple[tuple[Callable[[bytes], bool], BitsOf, Exports], ...] = (
    (elf.is_elf, elf.bits, elf.exports),
    (pe.is_pe, pe.bits, pe.exports),
    (macho.is_macho, macho.bits, macho.exports),
)
