"""A switchboard of troubles for practice and tests: what goes wrong at the gateway's next calls."""

import re
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from resources.faults import UsageFault


class Trouble(StrEnum):
    """What a gateway or the way to it can do."""

    CUT = "cut"
    """the connection ends after ``amount`` bytes of the body"""
    STATUS = "status"
    """an HTTP status, ``amount``; 429 and 503 with ``Retry-After``"""
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
    DUPLICATE = "duplicate"
    """the call is done twice, as by a proxy that sent it again; notices stand twice on the page"""
    REORDERED = "reordered"
    """the answer to an earlier call comes now; notices stand in the wrong order"""
    CERTIFICATE = "certificate"
    """a connection with a certificate by an authority that nobody trusts"""


class Call(StrEnum):
    """The calls of the gateway, and the connection before any of them."""

    ANNOUNCE = "announce"
    CREATE = "create"
    OFFSET = "offset"
    CHUNK = "chunk"
    TERMINATE = "terminate"
    SUBMIT = "submit"
    ASK = "ask"
    TOKEN = "token"  # noqa: S105  # the name of a call
    NOTICES = "notices"
    FILE = "file"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Planned:
    trouble: Trouble
    amount: int = 0
    wait: int = 1
    """seconds of ``Retry-After``"""


ALWAYS = 0
_FAULT = re.compile(
    r"(?P<call>[a-z]+)=(?P<what>[a-z]+|[1-5][0-9]{2})(?::(?P<number>[0-9]{1,9}))?"
    r"(?:\*(?P<times>[0-9]{1,6}))?\Z"
)


class Faults:
    """Troubles planned per call, each used once, in order. Safe between threads."""

    def __init__(self) -> None:
        self._planned: dict[Call, deque[Planned]] = {call: deque() for call in Call}
        self._standing: dict[Call, Planned] = {}
        self._lock = Lock()

    def plan(
        self, call: Call, trouble: Trouble, amount: int = 0, *, times: int = 1, wait: int = 1
    ) -> None:
        """``times`` 0: until ``clear``, whenever nothing else is planned."""
        planned = Planned(trouble, amount, wait)
        with self._lock:
            if times == ALWAYS:
                self._standing[call] = planned
            else:
                self._planned[call].extend([planned] * times)

    def plan_text(self, fault: str) -> None:
        """``CALL=FAULT[:NUMBER][*TIMES]``; FAULT is a trouble or a status, and NUMBER its amount
        or the status's ``Retry-After``. Raises UsageFault ``practice.fault``."""
        call, planned, times = read_fault(fault)
        self.plan(call, planned.trouble, planned.amount, times=times, wait=planned.wait)

    def take(self, call: Call) -> Planned | None:
        with self._lock:
            waiting = self._planned[call]
            return waiting.popleft() if waiting else self._standing.get(call)

    def clear(self) -> None:
        with self._lock:
            self._standing.clear()
            for waiting in self._planned.values():
                waiting.clear()


def read_fault(fault: str) -> tuple[Call, Planned, int]:
    """Raises UsageFault ``practice.fault``."""
    found = _FAULT.match(fault)
    try:
        if found is None:
            raise ValueError
        call, what, number = Call(found["call"]), found["what"], int(found["number"] or 0)
        times = int(found["times"] if found["times"] is not None else 1)
        if what.isdigit() and call is not Call.CONNECTION:
            return call, Planned(Trouble.STATUS, int(what), number or 1), times
        trouble = Trouble(what)
        of_connection = call is Call.CONNECTION
        if trouble is Trouble.STATUS or (trouble is Trouble.CERTIFICATE) is not of_connection:
            raise ValueError
    except ValueError as error:
        raise UsageFault("practice.fault", fault=fault[:60]) from error
    return call, Planned(trouble, number), times
