"""The client as a process of its own that dies by SIGKILL at a step that was drawn beforehand.

Everything is real but the clock, which leaps to the next moment at which something is due: the
store on disk, the outbox, the gateway adapter over TLS, the judge of receipts. A step is the
moment before or after a transaction, a call to the gateway, or a write of the outbox.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from desktop.keystore import KeyStore
from desktop.services.destinations import Destinations
from desktop.services.receipts import ReceiptJudge
from desktop.services.rooms import SendingRoom
from desktop.services.sending import DrainOutbox
from desktop.store.opening import open_store
from desktop.store.outbox import SqlOutbox
from desktop.store.session import Session
from desktop.store.unit_of_work import SqlStore
from forms.xml.notice import read_notice
from sync.hosts import Hosts
from sync.line import Line
from sync.model import Destination, ParcelState
from sync.outbox import STALE_AFTER, drain
from sync.states import AT_REST
from sync.transport import HttpsTransport

CLOCK, DEATHS = "clock", "deaths"
"""files beside the database: how far the clock has leapt, and where each life ended"""
STEPS = (
    (SqlOutbox, ("claim", "content", "remember_upload", "settle", "release_stale")),
    (Session, ("commit",)),
    (HttpsTransport, ("request",)),
)
MOST_ROUNDS = 5000


@dataclass
class Fate:
    """Counts steps down; at none left the process is gone."""

    folder: Path
    left: int
    lock: Lock = field(default_factory=Lock)

    def step(self, name: str) -> None:
        with self.lock:
            self.left -= 1
            if self.left == 0:
                with (self.folder / DEATHS).open("a", encoding="ascii") as deaths:
                    deaths.write(name + "\n")
                os.kill(os.getpid(), signal.SIGKILL)


def mortal(fate: Fate, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def done(*given: Any, **named: Any) -> Any:
        fate.step(f"before {name}")
        answer = work(*given, **named)
        fate.step(f"after {name}")
        return answer

    return done


@dataclass
class Leaping:
    """The computer's clock and what was leapt over, kept for the next life."""

    folder: Path
    ahead: float = 0.0

    def __post_init__(self) -> None:
        kept = self.folder / CLOCK
        self.ahead = float(kept.read_text(encoding="ascii")) if kept.exists() else 0.0

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def seconds(self) -> float:
        return self().timestamp()

    def leap_to(self, moment: datetime) -> None:
        self.ahead += max(0.0, (moment - self()).total_seconds()) + 0.001
        fresh = self.folder / f"{CLOCK}.new"
        fresh.write_text(str(self.ahead), encoding="ascii")
        fresh.replace(self.folder / CLOCK)


def live(folder: str, steps: int) -> None:
    """Until every parcel has its answer, or that many steps are over. 0: as long as it takes."""
    here = Path(folder)
    fate = Fate(here, steps)
    for kind, names in STEPS:
        for name in names:
            setattr(kind, name, mortal(fate, name, getattr(kind, name)))
    clock = Leaping(here)
    store = open_store(here, mode="real", now=clock())
    outbox = DrainOutbox(
        store=store,
        sending=room(clock),
        destinations=Destinations(store=store, practice=False, practice_gateway=nowhere),
        clock=clock,
    )
    for _ in range(MOST_ROUNDS):
        outbox()
        if not wait_for_more(store, clock):
            return
    raise AssertionError("the outbox does not come to rest")


def room(clock: Leaping) -> SendingRoom:
    keys = KeyStore()
    line = Line(secrets=keys, logins=keys, hosts=Hosts(clock=clock.seconds))
    return SendingRoom(
        drain=partial(drain),
        gateway_for=line.gateway,
        judge=ReceiptJudge(),
        read_notice=read_notice,
    )


def nowhere() -> Destination:
    raise AssertionError("this is no practice")


def wait_for_more(store: SqlStore, clock: Leaping) -> bool:
    """False: every parcel is at rest."""
    with store.reading() as work:
        open_ones = [one for one in work.parcels.all() if one.state not in AT_REST]
    if not open_ones:
        return False
    if any(one.state is ParcelState.FAILED for one in open_ones):
        raise AssertionError("a parcel was given up")
    left = [one for one in open_ones if one.state is ParcelState.SENDING]
    stale = [clock() + STALE_AFTER + timedelta(seconds=1)] if left else []
    clock.leap_to(min([*stale, *(one.next_try for one in open_ones if one not in left)]))
    return True
