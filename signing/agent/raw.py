"""The few calls that PyKCS11 does not make as some drivers need them, by ctypes.

A driver may refuse to lock for itself (CKR_CANT_LOCK): then it is initialised without arguments,
for one thread. Another answers length 0 when asked for a size: then the value is read into a
buffer that is large enough (tokens §3). Numbers and structures are those of PKCS#11 2.40.
"""

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INITIALIZE, GET_ATTRIBUTE_VALUE = 0, 24
"""places in CK_FUNCTION_LIST, after its version"""
OK, ALREADY_INITIALIZED = 0, 0x191
ROOM = 8192
"""bytes; the longest certificate met has some 2,500"""
_PACKING = 1 if sys.platform == "win32" else 0
_FUNCTIONS = 68


class _Attribute(ctypes.Structure):
    _pack_ = _PACKING
    _fields_ = (
        ("type", ctypes.c_ulong),
        ("value", ctypes.c_void_p),
        ("length", ctypes.c_ulong),
    )


class _FunctionList(ctypes.Structure):
    _pack_ = _PACKING
    _fields_ = (
        ("major", ctypes.c_ubyte),
        ("minor", ctypes.c_ubyte),
        ("functions", ctypes.c_void_p * _FUNCTIONS),
    )


@dataclass(frozen=True, slots=True)
class RawModule:
    """A module that is loaded, or is being loaded, in this process."""

    module: Path

    def initialize_without_locks(self) -> int:
        """C_Initialize(NULL): the return value; initialised already is as good."""
        value = int(self._call(INITIALIZE, ctypes.c_void_p)(None))
        return OK if value == ALREADY_INITIALIZED else value

    def attribute(self, session: int, handle: int, attribute: int) -> bytes:
        """One attribute's value without asking for its size; empty when it is not given."""
        room = ctypes.create_string_buffer(ROOM)
        wanted = _Attribute(attribute, ctypes.cast(room, ctypes.c_void_p), ROOM)
        read = self._call(
            GET_ATTRIBUTE_VALUE,
            *(ctypes.c_ulong, ctypes.c_ulong, ctypes.POINTER(_Attribute), ctypes.c_ulong),
        )
        if int(read(session, handle, ctypes.byref(wanted), 1)) != OK or wanted.length > ROOM:
            return b""
        return room.raw[: wanted.length]

    def _call(self, place: int, *arguments: Any) -> Any:
        listed = ctypes.POINTER(_FunctionList)()
        library = ctypes.CDLL(str(self.module))
        library.C_GetFunctionList.restype = ctypes.c_ulong
        value = library.C_GetFunctionList(ctypes.byref(listed))
        if value != OK:
            raise OSError(f"C_GetFunctionList answered 0x{value:X}")
        prototype = ctypes.CFUNCTYPE(ctypes.c_ulong, *arguments)
        return prototype(listed.contents.functions[place])
