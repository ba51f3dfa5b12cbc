"""One round over the outbox: claim, send, judge, settle. Restart-safe; no threads of its own."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sync.backoff import next_try
from sync.errors import Permanent, Transient
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement
from sync.ports import Gateway, Judge, Outbox, Progress

STALE_AFTER = timedelta(minutes=3)
"""a parcel in ``sending`` of which nothing was heard for longer was left by a program that ended;
longer than any one call may take"""
RENEW_AFTER = timedelta(seconds=20)
MOST_IN_A_ROUND = 1000
MOST_KEPT = 64 * 1024
"""bytes of an answer that was of no use; enough to tell what it was"""
draw: Callable[[], float] = random.SystemRandom().random

GatewayFor = Callable[[Destination], Gateway]
Clock = Callable[[], datetime]


def no_progress(_done: int, _whole: int) -> None:
    return None


def drain(
    outbox: Outbox,
    gateway_for: GatewayFor,
    judge: Judge,
    *,
    now: Clock,
    parcel_id: str | None = None,
    progress: Progress | None = None,
) -> list[Settlement]:
    """Sends every due parcel once, or at once the one that is named.

    What a gateway or network does wrong ends in a settlement; anything else is raised after the
    parcel went back to ``waiting``, so that none is ever left in ``sending``.
    """
    outbox.release_stale(now() - STALE_AFTER)
    round_ = Round(outbox, gateway_for, judge, now, progress or no_progress)
    if parcel_id is not None:
        parcel = outbox.claim(now(), parcel_id)
        return [round_.send(parcel)] if parcel else []
    return round_.send_all()


class Round:
    """What stays the same while a round lasts."""

    def __init__(
        self,
        outbox: Outbox,
        gateway_for: GatewayFor,
        judge: Judge,
        now: Clock,
        progress: Progress,
    ) -> None:
        self._outbox = outbox
        self._gateway_for = gateway_for
        self._judge = judge
        self._now = now
        self._progress = progress

    def send_all(self) -> list[Settlement]:
        settled: list[Settlement] = []
        began = self._now()
        while len(settled) < MOST_IN_A_ROUND:
            parcel = self._outbox.claim(began)
            if parcel is None:
                break
            settled.append(self.send(parcel))
        return settled

    def send(self, parcel: Parcel) -> Settlement:
        try:
            settlement = self._tried(parcel)
        except BaseException:
            self._outbox.settle(self._back(parcel, "outcome.stopped"))
            raise
        self._outbox.settle(settlement)
        return settlement

    def _tried(self, parcel: Parcel) -> Settlement:
        try:
            known, answer = self._answered(parcel)
        except Transient as fault:
            return self._back(
                parcel, fault.code, retry_after=fault.retry_after, answer=fault.answer
            )
        except Permanent as fault:
            return self._failed(parcel, fault)
        return self._judge(known, answer, self._now())

    def _answered(self, parcel: Parcel) -> tuple[Parcel, Answer]:
        """What the gateway says, and the parcel as both sides know it.

        A gateway that forgot the parcel gives it another transaction when it is sent again.
        """
        gateway = self._gateway_for(parcel.destination)
        asked = ask(gateway, parcel) if parcel.transaction is not None else None
        if asked is not None:
            return parcel, asked
        unknown = replace(parcel, transaction=None)
        return unknown, self._deliver(gateway, unknown)

    def _deliver(self, gateway: Gateway, parcel: Parcel) -> Answer:
        return gateway.deliver(
            parcel,
            self._outbox.content(parcel.id),
            remember_upload=lambda url: self._outbox.remember_upload(parcel.id, url),
            progress=self._alive(parcel),
        )

    def _alive(self, parcel: Parcel) -> Progress:
        """The caller's progress, which also keeps the claim while bytes are moving."""
        heard = self._now()

        def told(done: int, whole: int) -> None:
            nonlocal heard
            now = self._now()
            if now - heard >= RENEW_AFTER:
                self._outbox.renew(parcel.id, now)
                heard = now
            self._progress(done, whole)

        return told

    def _back(
        self,
        parcel: Parcel,
        outcome: str,
        *,
        retry_after: float | None = None,
        answer: bytes = b"",
    ) -> Settlement:
        now = self._now()
        again = next_try(now, attempts=parcel.attempts, retry_after=retry_after, draw=draw)
        return Settlement(
            parcel_id=parcel.id,
            at=now,
            state=ParcelState.WAITING,
            outcome=outcome,
            next_try=again,
            answer=answer[:MOST_KEPT],
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
        )


def ask(gateway: Gateway, parcel: Parcel) -> Answer | None:
    """None when the gateway does not know the parcel any more."""
    try:
        return gateway.ask(parcel)
    except Transient as fault:
        if fault.code != "gateway.upload_lost":
            raise
        return None
