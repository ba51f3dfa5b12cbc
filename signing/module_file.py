"""Whether a file can be a PKCS#11 module for this program, told from its first bytes.

A driver for another word size cannot be loaded, and the systems' own words for it help nobody
("%1 is not a valid Win32 application", tokens §1.3); so it is named before it is loaded.
"""

import struct
from pathlib import Path

from signing.errors import DeviceFault

OUR_BITS = struct.calcsize("P") * 8
ELF_BITS = {1: 32, 2: 64}
PE_BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}
PE_OFFSET_AT = 0x3C
HEAD = 4096


def check_module(module: Path) -> None:
    """Raises DeviceFault ``token.module_missing``, ``token.module_bitness`` or
    ``token.module_broken``."""
    try:
        with module.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise DeviceFault("token.module_missing", module=module.name) from error
    bits = bits_of(head)
    if bits is None:
        raise DeviceFault("token.module_broken", module=module.name)
    if bits != OUR_BITS:
        raise DeviceFault("token.module_bitness", module=module.name, bits=bits, ours=OUR_BITS)


def bits_of(head: bytes) -> int | None:
    """32 or 64 for an ELF, PE or Mach-O library; None for anything else."""
    if head[:4] == b"\x7fELF" and len(head) > 4:
        return ELF_BITS.get(head[4])
    if head[:2] == b"MZ":
        return _pe_bits(head)
    if head[:4] in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        return 64
    return None


def _pe_bits(head: bytes) -> int | None:
    if len(head) < PE_OFFSET_AT + 4:
        return None
    (offset,) = struct.unpack_from("<I", head, PE_OFFSET_AT)
    if head[offset : offset + 4] != b"PE\0\0" or len(head) < offset + 6:
        return None
    (machine,) = struct.unpack_from("<H", head, offset + 4)
    return PE_BITS.get(machine)
