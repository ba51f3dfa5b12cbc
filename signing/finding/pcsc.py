"""The smart card service's own list of readers: WinSCard of Windows, pcsclite elsewhere.

Asking it is cheap and touches no driver, unlike a driver, which blocks when it is asked often
(tokens §3). Where pcsclite is missing, the USB devices of Linux are looked at instead.
"""

import ctypes
import sys
from functools import cached_property
from typing import Any

from signing.finding.places import Reader, Service
from signing.finding.usb import usb_devices

OK = 0
NO_SERVICE, SERVICE_STOPPED, NO_READERS = 0x8010001D, 0x8010001E, 0x8010002E
SYSTEM_SCOPE = 2
MOST_READERS = 32
IN_WINDOWS = sys.platform == "win32"
LIBRARIES = {"win32": "winscard.dll", "darwin": "/System/Library/Frameworks/PCSC.framework/PCSC"}
LIBRARY = LIBRARIES.get(sys.platform, "libpcsclite.so.1")
_Number = ctypes.c_uint32 if sys.platform == "darwin" else ctypes.c_ulong
_Text = ctypes.c_wchar_p if IN_WINDOWS else ctypes.c_char_p


class _ReaderState(ctypes.Structure):
    """SCARD_READERSTATE; the place for the card's answer differs in length."""

    _pack_ = 1 if sys.platform == "darwin" else 0
    _fields_ = (
        ("name", _Text),
        ("user", ctypes.c_void_p),
        ("known", _Number),
        ("now", _Number),
        ("length", _Number),
        ("answer", ctypes.c_ubyte * (36 if IN_WINDOWS else 33)),
    )


def _load(name: str) -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL(name)
    return ctypes.CDLL(name)


class PcscReaders:
    """``places.Readers``. ``library``: a stand-in for the service's own, in tests."""

    def __init__(self, library: Any = None) -> None:
        self._given = library

    @cached_property
    def _library(self) -> Any:
        """None where it is not installed."""
        if self._given is not None:
            return self._given
        try:
            return _load(LIBRARY)
        except OSError:
            return None

    def service(self) -> Service:
        if self._library is None:
            return Service.ABSENT
        value, context = self._open()
        if value != OK:
            return Service.STOPPED
        self._close(context)
        return Service.RUNNING

    def readers(self) -> tuple[Reader, ...] | None:
        """USB devices instead where there is no service to ask."""
        if self._library is None:
            return usb_devices()
        value, context = self._open()
        if value in (NO_SERVICE, SERVICE_STOPPED):
            return (
                () if IN_WINDOWS else usb_devices()
            )  # Windows stops it when nothing is plugged in
        if value != OK:
            return None
        try:
            return self._states(context, self._names(context))
        finally:
            self._close(context)

    def _open(self) -> tuple[int, ctypes.c_size_t]:
        context = ctypes.c_size_t(0)
        call = self._library.SCardEstablishContext
        value = call(_Number(SYSTEM_SCOPE), None, None, ctypes.byref(context))
        return value & 0xFFFFFFFF, context

    def _close(self, context: ctypes.c_size_t) -> None:
        self._library.SCardReleaseContext(context)

    def _names(self, context: ctypes.c_size_t) -> list[str]:
        wide = "W" if IN_WINDOWS else ""
        call = getattr(self._library, f"SCardListReaders{wide}")
        size = _Number(0)
        if call(context, None, None, ctypes.byref(size)) & 0xFFFFFFFF != OK:
            return []
        if IN_WINDOWS:
            room = ctypes.create_unicode_buffer(size.value)
            call(context, None, room, ctypes.byref(size))
            text = "".join(room)
        else:
            octets = ctypes.create_string_buffer(size.value)
            call(context, None, octets, ctypes.byref(size))
            text = octets.raw.decode("utf-8", "replace")
        return [name for name in text.split("\0") if name][:MOST_READERS]

    def _states(self, context: ctypes.c_size_t, names: list[str]) -> tuple[Reader, ...]:
        """At once: nothing is waited for."""
        states = (_ReaderState * len(names))()
        for state, name in zip(states, names, strict=True):
            state.name = name if IN_WINDOWS else name.encode()
        call = getattr(
            self._library, "SCardGetStatusChangeW" if IN_WINDOWS else "SCardGetStatusChange"
        )
        if names:
            call(context, _Number(0), states, _Number(len(names)))
        return tuple(
            Reader(name=name, state=int(state.now))
            for name, state in zip(names, states, strict=True)
        )
