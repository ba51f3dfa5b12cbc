"""Loading a PKCS#11 module in the agent's process, and telling real slots from Windows' own."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import PyKCS11
from PyKCS11 import PyKCS11Error

from resources import read_text
from resources.faults import Fault
from signing.agent.loading import load, named_for_pykcs11
from signing.agent.outcome import ckr_fault
from signing.agent.raw import OK, RawModule
from signing.errors import DeviceFault


def open_library(module: Path) -> Any:
    """An initialised library: with locks of the system's, else without any (tokens §4.2).

    Raises DeviceFault.
    """
    library = PyKCS11.PyKCS11Lib()
    try:
        library.load(named_for_pykcs11(module))
    except PyKCS11Error as error:
        if error.value != PyKCS11.CKR_CANT_LOCK:
            raise _load_fault(module, error.value) from error
        return _open_without_locks(module)
    return library


def _open_without_locks(module: Path) -> Any:
    value = RawModule(module).initialize_without_locks()
    if value != OK:
        raise _load_fault(module, value)
    library = PyKCS11.PyKCS11Lib()
    try:
        library.load(named_for_pykcs11(module))
    except PyKCS11Error as error:
        raise _load_fault(module, error.value) from error
    return library


def _load_fault(module: Path, value: int) -> Fault:
    """PyKCS11 uses negative values for a library it cannot load or that is no PKCS#11 module;
    why it cannot be loaded is then asked of the system."""
    if value >= 0:
        return ckr_fault(value)
    try:
        load(module)
    except DeviceFault as fault:
        return fault
    return DeviceFault("token.module_broken")


def is_virtual(library: Any, slot: int) -> bool:
    """Whether the slot is one of the system's own, such as Windows Hello, and no reader."""
    try:
        name = str(library.getSlotInfo(slot).slotDescription).casefold()
    except PyKCS11Error:
        return False  # whether it can be read at all is told when its token is asked for
    return any(part in name for part in _virtual_names())


@cache
def _virtual_names() -> tuple[str, ...]:
    table = tomllib.loads(read_text("tokens/slots.toml"))
    return tuple(str(each["name"]).casefold() for each in table["virtual"])
