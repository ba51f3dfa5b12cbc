"""Whether a file can be a PKCS#11 module for this program, told without loading it.

A driver for another word size cannot be loaded, and the systems' own words for it help nobody
("%1 is not a valid Win32 application", tokens §1.3); so it is named before it is loaded.
"""

from pathlib import Path

from signing.errors import DeviceFault
from signing.finding.library import OUR_BITS as OUR_BITS
from signing.finding.library import library_of, read_library


def check_module(module: Path) -> None:
    """Raises DeviceFault ``token.module_missing``, ``token.module_bitness`` or
    ``token.module_broken``."""
    try:
        library = read_library(module)
    except OSError as error:
        raise DeviceFault("token.module_missing", module=module.name) from error
    if library is None:
        raise DeviceFault("token.module_broken", module=module.name)
    if library.bits != OUR_BITS:
        raise DeviceFault(
            "token.module_bitness", module=module.name, bits=library.bits, ours=OUR_BITS
        )
    if library.is_module is False:
        raise DeviceFault("token.module_broken", module=module.name)


def bits_of(content: bytes) -> int | None:
    """32 or 64 for an ELF, PE or Mach-O library; None for anything else."""
    library = library_of(content)
    return library.bits if library else None
