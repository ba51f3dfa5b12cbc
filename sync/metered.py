"""Whether the network at hand is paid by the byte, as far as the system tells.

Windows says it through ``GetNetworkConnectivityHint`` (iphlpapi, Windows 10 of 2020 on), Linux
through NetworkManager. Anything else is unknown, and unknown is said as such: nothing is guessed
from names of networks.
"""

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any

SECONDS = 3.0
FIELDS = "GENERAL.STATE,GENERAL.METERED,IP4.GATEWAY,IP6.GATEWAY"
CONNECTED = "100"


class Metered(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


MeteredNow = Callable[[], Metered]
"""asked before a large parcel goes out"""


class ConnectivityHint(ctypes.Structure):
    """NL_NETWORK_CONNECTIVITY_HINT of nldef.h."""

    _fields_ = (
        ("level", ctypes.c_int),
        ("cost", ctypes.c_int),
        ("approaching_data_limit", ctypes.c_ubyte),
        ("over_data_limit", ctypes.c_ubyte),
        ("roaming", ctypes.c_ubyte),
    )


COSTS = {1: Metered.NO, 2: Metered.YES, 3: Metered.YES}
"""NL_NETWORK_CONNECTIVITY_COST_HINT: unrestricted, fixed, variable; 0 is unknown"""


def metered() -> Metered:
    """Of this computer, now. Takes up to some seconds; raises nothing."""
    if sys.platform == "win32":
        return by_hint(_windows_hint())
    return by_network_manager(_devices()) if sys.platform == "linux" else Metered.UNKNOWN


def by_hint(ask: Callable[[Any], int] | None) -> Metered:
    """``ask`` fills a ConnectivityHint and returns 0; None: this Windows has no such call."""
    hint = ConnectivityHint()
    if ask is None or ask(ctypes.byref(hint)) != 0:
        return Metered.UNKNOWN
    if hint.roaming or hint.over_data_limit:
        return Metered.YES
    return COSTS.get(hint.cost, Metered.UNKNOWN)


def by_network_manager(devices: str) -> Metered:
    """``devices``: terse output of ``nmcli device show``, devices parted by empty lines. Those
    that are connected and lead somewhere count; one that is paid for makes the answer."""
    said = {metered_of(block) for block in devices.split("\n\n")} - {None}
    for answer in (Metered.YES, Metered.UNKNOWN, Metered.NO):
        if answer in said:
            return answer
    return Metered.UNKNOWN


def metered_of(block: str) -> Metered | None:
    """None for a device through which nothing goes out."""
    facts = dict(line.partition(":")[::2] for line in block.splitlines())
    leads = any(facts.get(f"IP{version}.GATEWAY", "").strip("- ") for version in (4, 6))
    if facts.get("GENERAL.STATE", "").partition(" ")[0] != CONNECTED or not leads:
        return None
    word = facts.get("GENERAL.METERED", "").partition(" ")[0]
    return Metered(word) if word in set(Metered) else Metered.UNKNOWN


def _windows_hint() -> Callable[[Any], int] | None:
    try:
        library = ctypes.WinDLL("iphlpapi")  # type: ignore[attr-defined,unused-ignore]  # Windows
        ask: Callable[[Any], int] = library.GetNetworkConnectivityHint
    except (OSError, AttributeError):
        return None
    return ask


def _devices() -> str:
    """Empty where there is no NetworkManager."""
    program = shutil.which("nmcli")
    if program is None:
        return ""
    command = [program, "-t", "-f", FIELDS, "device", "show"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
