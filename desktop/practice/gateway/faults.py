"""A switchboard of troubles for practice and tests: what goes wrong at the gateway's next calls."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Trouble(StrEnum):
    """What a gateway or the way to it can do."""

    CUT = "cut"
    """the connection ends after ``amount`` bytes of the body"""
    STATUS = "status"
    """an HTTP status, ``amount``"""
    RUBBISH = "rubbish"
    """an answer that is no JSON"""
    CAPTIVE = "captive"
    """the login page of a Wi-Fi network"""
    SLOW = "slow"
    """``amount`` milliseconds of silence first"""
    FORGED = "forged"
    """a receipt signed by somebody else's key"""
    STALE = "stale"
    """the receipt of another dossier"""
    TAMPERED = "tampered"
    """a receipt changed after it was signed"""
    FORGOTTEN = "forgotten"
    """the upload is no longer known"""


class Call(StrEnum):
    """The calls of the gateway."""

    ANNOUNCE = "announce"
    CREATE = "create"
    OFFSET = "offset"
    CHUNK = "chunk"
    SUBMIT = "submit"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Planned:
    trouble: Trouble
    amount: int = 0


class Faults:
    """Troubles planned per call, each used once, in order. Safe between threads."""

    def __init__(self) -> None:
        self._planned: dict[Call, deque[Planned]] = {call: deque() for call in Call}
        self._lock = Lock()

    def plan(self, call: Call, trouble: Trouble, amount: int = 0, *, times: int = 1) -> None:
        with self._lock:
            self._planned[call].extend([Planned(trouble, amount)] * times)

    def take(self, call: Call) -> Planned | None:
        with self._lock:
            waiting = self._planned[call]
            return waiting.popleft() if waiting else None
