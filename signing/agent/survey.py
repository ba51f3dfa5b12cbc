"""What each slot of a module is, token or not, for the check that explains itself. Runs in the
agent's process; nothing is logged in to, and one bad slot never stops the survey."""

from typing import Any

import PyKCS11
from PyKCS11 import PyKCS11Error

from signing.agent.opening import is_virtual
from signing.agent.outcome import ckr_fault
from signing.agent.protocol import Message

MOST_SLOTS = 64


def survey(library: Any) -> list[Message]:
    """``[{slot, reader, state, fault, params}]``; ``state``: ``token``, ``unset`` (never set up),
    ``empty``, ``virtual`` (the system's own, such as Windows Hello) or ``unreadable``.

    Raises PyKCS11Error where the slots cannot be listed at all.
    """
    present = set(library.getSlotList(tokenPresent=True))
    slots = list(dict.fromkeys((*library.getSlotList(tokenPresent=False), *sorted(present))))
    return [_described(library, slot, slot in present) for slot in slots[:MOST_SLOTS]]


def _described(library: Any, slot: int, present: bool) -> Message:
    told = {"slot": slot, "reader": _reader(library, slot), "fault": None, "params": {}}
    try:
        return {**told, "state": _state(library, slot, present)}
    except PyKCS11Error as error:
        fault = ckr_fault(error.value)
        return {**told, "state": "unreadable", "fault": fault.code, "params": dict(fault.params)}


def _state(library: Any, slot: int, present: bool) -> str:
    if is_virtual(library, slot):
        return "virtual"
    if not present:
        return "empty"
    flags = library.getTokenInfo(slot).flags
    return "token" if flags & PyKCS11.CKF_TOKEN_INITIALIZED else "unset"


def _reader(library: Any, slot: int) -> str:
    try:
        name = str(library.getSlotInfo(slot).slotDescription)
    except PyKCS11Error:
        return ""
    return name.replace("\x00", " ").strip()
