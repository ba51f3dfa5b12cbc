"""One round over the outbox: claim, send, judge, settle. Restart-safe; no thread outlives it."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from resources.faults import Fault
from sync.backoff import next_try
from sync.crew import Crew, Sum
from sync.errors import Permanent, Transient
from sync.keeping import kept
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement
from sync.ports import Gateway, Judge, Outbox, Progress, Watch

STALE_AFTER = timedelta(minutes=3)
"""a parcel in ``sending`` of which nothing was heard for longer was left by a program that ended;
longer than any one call may take"""
RENEW_AFTER = timedelta(seconds=20)
KEEP_SECONDS = 45.0
"""between two renewals while a gateway is silent: several calls of a parcel, each slow, may
together take longer than ``STALE_AFTER``"""
CROWDED = frozenset({"gateway.busy", "gateway.server"})
"""the gateway sends everyone away: its wish is the same for all, so that they must be spread"""
MOST_IN_A_ROUND = 1000
MOST_KEPT = 64 * 1024
"""bytes of an answer that was of no use; enough to tell what it was"""
draw: Callable[[], float] = random.SystemRandom().random

AT_ONCE = 3
"""parcels on their way at the same time; fewer than a gateway's connections (``sync.hosts``)"""
LOOK_AFTER = timedelta(seconds=1)
"""between two looks whether the outbox was paused"""

GatewayFor = Callable[[Destination], Gateway]
Clock = Callable[[], datetime]
IsPaused = Callable[[], bool]


def no_look() -> None:
    return None


class Paused(Exception):
    """The outbox was paused while this parcel was on its way."""


def never() -> bool:
    return False


def drain(
    outbox: Outbox,
    gateway_for: GatewayFor,
    judge: Judge,
    *,
    now: Clock,
    parcel_id: str | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
    at_once: int = AT_ONCE,
    paused: IsPaused = never,
) -> list[Settlement]:
    """Sends every due parcel once, some at the same time, or at once the one that is named.

    What a gateway or network does wrong ends in a settlement; anything else is raised after every
    parcel went back to ``waiting``, so that none is ever left in ``sending``. ``progress`` and
    ``watch`` are called from any thread; what they raise stops the whole round. While the outbox
    is ``paused`` nothing goes out and what is on its way stops at its next piece; a named parcel
    goes all the same.
    """
    outbox.release_stale(now() - STALE_AFTER)
    round_ = Round(outbox, gateway_for, judge, now, Sum(progress, watch))
    if parcel_id is None:
        return round_.send_all(at_once, paused)
    parcel = outbox.claim(now(), parcel_id)
    return [round_.send(parcel)] if parcel else []


class Round:
    """What stays the same while a round lasts. Safe for several threads."""

    def __init__(
        self, outbox: Outbox, gateway_for: GatewayFor, judge: Judge, now: Clock, told: Sum
    ) -> None:
        self._outbox = outbox
        self._gateway_for = gateway_for
        self._judge = judge
        self._now = now
        self._told = told

    def send_all(self, at_once: int, paused: IsPaused) -> list[Settlement]:
        began = looked = self._now()

        def look() -> None:
            nonlocal looked
            crew.look()
            if self._now() - looked >= LOOK_AFTER:
                looked = self._now()
                if paused():
                    raise Paused

        def take() -> Callable[[], Settlement] | None:
            parcel = None if paused() else self._outbox.claim(began)
            return partial(self.send, parcel, look) if parcel else None

        crew: Crew[Settlement] = Crew(take, most=MOST_IN_A_ROUND)
        return crew.run(at_once)

    def send(self, parcel: Parcel, look: Callable[[], None] = no_look) -> Settlement:
        try:
            with kept(lambda: self._outbox.renew(parcel.id, self._now()), every=KEEP_SECONDS):
                settlement = self._tried(parcel, look)
        except Paused:
            settlement = replace(self._back(parcel, "outcome.paused"), next_try=self._now())
        except BaseException:
            self._outbox.settle(self._back(parcel, "outcome.stopped"))
            raise
        self._outbox.settle(settlement)
        return settlement

    def _tried(self, parcel: Parcel, look: Callable[[], None]) -> Settlement:
        try:
            known, answer = self._answered(parcel, look)
        except Transient as fault:
            return self._back(
                parcel,
                fault.code,
                retry_after=fault.retry_after,
                answer=fault.answer,
                detail=told_of(fault),
            )
        except Permanent as fault:
            return self._failed(parcel, fault)
        return self._judge(known, answer, self._now())

    def _answered(self, parcel: Parcel, look: Callable[[], None]) -> tuple[Parcel, Answer]:
        """What the gateway says, and the parcel as both sides know it.

        A gateway that forgot the parcel gives it another transaction when it is sent again.
        """
        gateway = self._gateway_for(parcel.destination)
        asked = ask(gateway, parcel) if must_ask(gateway, parcel) else None
        if asked is not None:
            return parcel, asked
        unknown = replace(parcel, transaction=None)
        return unknown, self._deliver(gateway, unknown, look)

    def _deliver(self, gateway: Gateway, parcel: Parcel, look: Callable[[], None]) -> Answer:
        return gateway.deliver(
            parcel,
            self._outbox.content(parcel.id),
            remember_upload=lambda url: self._outbox.remember_upload(parcel.id, url),
            progress=self._alive(parcel, look),
        )

    def _alive(self, parcel: Parcel, look: Callable[[], None]) -> Progress:
        """The caller's progress, which also keeps the claim while bytes are moving."""
        heard = self._now()

        def told(done: int, whole: int) -> None:
            nonlocal heard
            now = self._now()
            if now - heard >= RENEW_AFTER:
                self._outbox.renew(parcel.id, now)
                heard = now
            look()
            self._told.told(parcel, done, whole)

        return told

    def _back(
        self,
        parcel: Parcel,
        outcome: str,
        *,
        retry_after: float | None = None,
        answer: bytes = b"",
        detail: str = "",
    ) -> Settlement:
        now = self._now()
        again = next_try(
            now,
            attempts=parcel.attempts,
            retry_after=retry_after,
            draw=draw,
            crowded=outcome in CROWDED,
        )
        return Settlement(
            parcel_id=parcel.id,
            at=now,
            state=ParcelState.WAITING,
            outcome=outcome,
            next_try=again,
            answer=answer[:MOST_KEPT],
            detail=detail,
        )

    def _failed(self, parcel: Parcel, fault: Permanent) -> Settlement:
        now = self._now()
        return Settlement(
            parcel_id=parcel.id,
            at=now,
            state=ParcelState.FAILED,
            outcome=fault.code,
            next_try=now,
            answer=fault.answer[:MOST_KEPT],
            detail=told_of(fault),
        )


def told_of(fault: Fault) -> str:
    """For the journal, whose words have no placeholders."""
    return "; ".join(f"{name}={value}" for name, value in fault.params.items())


def must_ask(gateway: Gateway, parcel: Parcel) -> bool:
    """Whether an earlier try may have reached a gateway that would file it a second time; where
    the gateway gave a transaction, asking is also the shortest way to its answer."""
    may_be_there = parcel.attempts > 0 or parcel.upload_url is not None
    return parcel.transaction is not None or (may_be_there and not gateway.idempotent)


def ask(gateway: Gateway, parcel: Parcel) -> Answer | None:
    """None when the gateway does not know the parcel any more."""
    try:
        return gateway.ask(parcel)
    except Transient as fault:
        if fault.code != "gateway.upload_lost":
            raise
        return None
