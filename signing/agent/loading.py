"""Why a library cannot be loaded, said by the system when it is loaded without being used."""

import ctypes
import sys
from pathlib import Path

from signing.errors import DeviceFault

DEPENDENCY_MISSING = {126, 127}
"""ERROR_MOD_NOT_FOUND, ERROR_PROC_NOT_FOUND: mostly a C++ runtime (tokens §1.3)"""
MISSING_IN_LINUX = ("cannot open shared object file", "undefined symbol", "version `")


def load(module: Path) -> None:
    """Loads it into this process. Raises DeviceFault ``token.module_missing``,
    ``token.module_dependency`` where something that the driver needs is missing, else
    ``token.module_broken``."""
    if not module.exists():
        raise DeviceFault("token.module_missing")
    try:
        library = ctypes.CDLL(str(module))
    except OSError as error:
        raise DeviceFault(_code(error)) from error
    if not hasattr(library, "C_GetFunctionList"):
        raise DeviceFault("token.module_broken")


def named_for_pykcs11(module: Path, *, platform: str = sys.platform) -> str:
    """By what PyKCS11 finds the module; on Windows it is loaded here before.

    There PyKCS11 opens files by names in the system's 8-bit letters, so that a folder with a
    Vietnamese name is not found, nor is what the driver needs looked for in the driver's own
    folder. A library that is loaded already is found by its bare name.
    Raises DeviceFault as ``load``.
    """
    if platform != "win32":
        return str(module)
    load(module)
    return module.name


def _code(error: OSError) -> str:
    """That the file is there is known; Python says of a DLL that it "or one of its dependencies"
    was not found."""
    missing = isinstance(error, FileNotFoundError)
    if missing or getattr(error, "winerror", None) in DEPENDENCY_MISSING:
        return "token.module_dependency"
    lacks = any(words in str(error) for words in MISSING_IN_LINUX)
    return "token.module_dependency" if lacks else "token.module_broken"
