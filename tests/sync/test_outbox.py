"""One round over the outbox: whatever happens, a parcel is never left in ``sending``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier, Event, Lock

import pytest

from resources.faults import UsageFault
from sync.backoff import MOST_SECONDS
from sync.errors import Permanent, Transient
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement, Verdict
from sync.outbox import AT_ONCE, LOOK_AFTER, MOST_KEPT, STALE_AFTER, drain
from sync.ports import Progress, Watch
from tests.fakes.clock import Clock
from tests.fakes.outbox import CONTENT, MemoryOutbox, parcel

ANSWER = Answer(verdict=Verdict.RECEIVED, transaction="LT-1", receipt=None, raw=b"{}")


@dataclass
class Gateway:
    """Does with each parcel what it is told to."""

    act: Callable[[], Answer] = lambda: ANSWER
    asked: Callable[[], Answer] = lambda: ANSWER
    idempotent: bool = True
    calls: list[tuple[str, str]] = field(default_factory=list)

    def deliver(
        self,
        parcel: Parcel,
        content: bytes,
        *,
        remember_upload: Callable[[str], None],
        progress: Progress,
    ) -> Answer:
        self.calls.append(("deliver", parcel.id))
        assert content == CONTENT
        remember_upload("https://127.0.0.1:8443/v1/uploads/1")
        progress(0, len(content))
        return self.act()

    def ask(self, parcel: Parcel) -> Answer:
        self.calls.append(("ask", parcel.id))
        return self.asked()


def judge(parcel: Parcel, answer: Answer, now: object) -> Settlement:
    return Settlement(
        parcel_id=parcel.id,
        at=now,  # type: ignore[arg-type]  # a moment
        state=ParcelState.SENT,
        outcome="outcome.received",
        next_try=now + timedelta(minutes=5),  # type: ignore[operator]  # a moment
        transaction=answer.transaction,
        answer=answer.raw,
    )


def raising(error: BaseException) -> Callable[[], Answer]:
    def act() -> Answer:
        raise error

    return act


@dataclass
class Desk:
    """An outbox, a gateway and a clock."""

    outbox: MemoryOutbox
    gateway: Gateway = field(default_factory=Gateway)
    clock: Clock = field(default_factory=Clock)
    judge: Callable[[Parcel, Answer, object], Settlement] = judge

    def drain(
        self,
        parcel_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
        at_once: int = 1,
        paused: Callable[[], bool] = lambda: False,
    ) -> list[Settlement]:
        return drain(
            self.outbox,
            lambda _destination: self.gateway,
            self.judge,
            now=self.clock,
            parcel_id=parcel_id,
            progress=progress,
            watch=watch,
            at_once=at_once,
            paused=paused,
        )


def desk(*parcels: Parcel, **parts: object) -> Desk:
    return Desk(MemoryOutbox.holding(parcels or [parcel()]), **parts)  # type: ignore[arg-type]  # by name


def test_a_parcel_is_delivered_judged_and_settled() -> None:
    one = desk()
    (settlement,) = one.drain()
    assert settlement.outcome == "outcome.received"
    assert one.outbox.only.state is ParcelState.SENT
    assert one.outbox.only.transaction == "LT-1"
    assert one.outbox.only.upload_url == "https://127.0.0.1:8443/v1/uploads/1"


def test_the_gateway_of_the_parcels_own_destination_is_used() -> None:
    asked: list[Destination] = []
    one = desk()

    def gateway_for(destination: Destination) -> Gateway:
        asked.append(destination)
        return one.gateway

    drain(one.outbox, gateway_for, judge, now=one.clock)
    assert asked == [parcel().destination]


@pytest.mark.parametrize(
    "code",
    [
        "gateway.unreachable",
        "gateway.tls",
        "gateway.cut",
        "gateway.timeout",
        "gateway.server",
        "gateway.rubbish",
        "gateway.upload_lost",
        "gateway.busy",
    ],
)
def test_what_may_pass_keeps_the_parcel_for_later(code: str) -> None:
    one = desk(gateway=Gateway(act=raising(Transient(code, answer=b"<html>"))))
    (settlement,) = one.drain()
    assert (settlement.state, settlement.outcome) == (ParcelState.WAITING, code)
    assert settlement.answer == b"<html>"
    wait = settlement.next_try - one.clock()
    assert timedelta() < wait <= timedelta(seconds=MOST_SECONDS)
    assert one.drain() == []


def test_the_gateways_wish_to_wait_is_kept() -> None:
    one = desk(gateway=Gateway(act=raising(Transient("gateway.busy", retry_after=3600))))
    one.drain()
    one.clock.pass_(minutes=59)
    assert one.drain() == []
    one.clock.pass_(minutes=32)
    assert len(one.drain()) == 1


def test_the_programs_own_rest_is_no_wish_of_the_gateway() -> None:
    one = desk(gateway=Gateway(act=raising(Transient("gateway.resting", retry_after=60))))
    (settlement,) = one.drain()
    wait = settlement.next_try - one.clock()
    assert timedelta(seconds=60) <= wait <= timedelta(seconds=65)


@pytest.mark.parametrize("code", ["gateway.refused", "gateway.address", "gateway.ca"])
def test_what_will_never_pass_waits_for_the_user(code: str) -> None:
    one = desk(gateway=Gateway(act=raising(Permanent(code, answer=b"why"))))
    (settlement,) = one.drain()
    assert (settlement.state, settlement.outcome) == (ParcelState.FAILED, code)
    assert settlement.answer == b"why"
    one.clock.pass_(days=9)
    assert one.drain() == []
    one.gateway.act = lambda: ANSWER
    assert one.drain(parcel().id)[0].state is ParcelState.SENT


@pytest.mark.parametrize("fault", [Transient, Permanent])
def test_of_a_useless_answer_only_the_beginning_is_kept(fault: type[Transient]) -> None:
    page = b"x" * (MOST_KEPT + 1)
    one = desk(gateway=Gateway(act=raising(fault("gateway.rubbish", answer=page))))
    assert len(one.drain()[0].answer) == MOST_KEPT


@pytest.mark.parametrize("error", [ValueError("bug"), UsageFault("x.y"), KeyboardInterrupt()])
def test_nothing_stays_in_sending_when_the_gateway_breaks(error: BaseException) -> None:
    one = desk(gateway=Gateway(act=raising(error)))
    with pytest.raises(type(error)):
        one.drain()
    assert one.outbox.only.state is ParcelState.WAITING
    assert one.outbox.settlements[-1].outcome == "outcome.stopped"


def test_nor_when_the_judge_breaks() -> None:
    def broken(parcel: Parcel, answer: Answer, now: object) -> Settlement:
        raise RuntimeError("bug")

    one = desk(judge=broken)
    with pytest.raises(RuntimeError):
        one.drain()
    assert one.outbox.only.state is ParcelState.WAITING


def test_nor_when_there_is_no_gateway_for_it() -> None:
    def gateway_for(_destination: Destination) -> Gateway:
        raise UsageFault("practice.loopback_only")

    one = desk()
    with pytest.raises(UsageFault):
        drain(one.outbox, gateway_for, judge, now=one.clock)
    assert one.outbox.only.state is ParcelState.WAITING


def test_nor_when_the_user_cancels_and_the_upload_is_remembered() -> None:
    class Cancelled(Exception):
        pass

    def cancel(_done: int, _whole: int) -> None:
        raise Cancelled

    one = desk()
    with pytest.raises(Cancelled):
        one.drain(progress=cancel)
    assert one.outbox.only.state is ParcelState.WAITING
    assert one.outbox.only.upload_url is not None


def test_a_round_ends_even_if_the_outbox_never_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.outbox.MOST_IN_A_ROUND", 3)
    assert len(desk(*map(parcel, range(5))).drain()) == 3


def test_every_due_parcel_is_tried_once_even_when_time_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sync.outbox.draw", lambda: 0.0)
    one = desk(*map(parcel, range(5)))
    one.gateway.act = raising(Transient("gateway.cut"))
    assert len(one.drain()) == 5
    assert len(set(one.gateway.calls)) == len(one.gateway.calls) == 5


def test_one_bad_parcel_does_not_stop_the_others() -> None:
    one = desk(parcel(1), parcel(2))
    answers = iter([Transient("gateway.cut"), None])

    def act() -> Answer:
        error = next(answers)
        if error:
            raise error
        return ANSWER

    one.gateway.act = act
    assert [each.state for each in one.drain()] == [ParcelState.WAITING, ParcelState.SENT]


def test_a_named_parcel_goes_at_once_and_alone() -> None:
    later = Clock()() + timedelta(days=1)
    one = desk(parcel(1, next_try=later), parcel(2))
    (settlement,) = one.drain(parcel(1).id)
    assert settlement.parcel_id == parcel(1).id
    assert one.gateway.calls == [("deliver", parcel(1).id)]


def test_a_parcel_that_is_not_there_or_at_rest_is_left() -> None:
    one = desk(parcel(1, state=ParcelState.ACCEPTED))
    assert one.drain(parcel(1).id) == []
    assert one.drain(parcel(2).id) == []
    assert one.gateway.calls == []


def test_with_a_known_transaction_the_gateway_is_asked_first() -> None:
    one = desk(parcel(state=ParcelState.SENT, transaction="LT-1"))
    one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask"]


def test_what_the_gateway_forgot_is_sent_again() -> None:
    one = desk(parcel(state=ParcelState.SENT, transaction="LT-1"))
    one.gateway.asked = raising(Transient("gateway.upload_lost"))
    (settlement,) = one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask", "deliver"]
    assert settlement.state is ParcelState.SENT


def test_a_forgotten_transaction_no_longer_stands_against_the_new_receipt() -> None:
    judged: list[str | None] = []

    def note(parcel: Parcel, answer: Answer, now: object) -> Settlement:
        judged.append(parcel.transaction)
        return judge(parcel, answer, now)

    one = desk(parcel(state=ParcelState.SENT, transaction="LT-OLD"), judge=note)
    one.drain(parcel().id)
    one.gateway.asked = raising(Transient("gateway.upload_lost"))
    one.drain(parcel().id)
    assert judged == ["LT-OLD", None]
    assert one.outbox.only.transaction == "LT-1"


def test_a_gateway_that_cannot_be_asked_is_not_sent_to() -> None:
    one = desk(parcel(state=ParcelState.SENT, transaction="LT-1"))
    one.gateway.asked = raising(Transient("gateway.unreachable"))
    (settlement,) = one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask"]
    assert settlement.outcome == "gateway.unreachable"


def test_what_a_program_that_ended_left_in_sending_goes_on() -> None:
    one = desk()
    one.outbox.claim(one.clock())
    assert one.drain() == []
    one.clock.pass_(seconds=STALE_AFTER.total_seconds() + 1)
    assert len(one.drain()) == 1


def test_a_long_upload_keeps_its_claim_while_bytes_move() -> None:
    slow = Clock()
    waiting = parcel()
    outbox = MemoryOutbox.holding([waiting])

    class Slow(Gateway):
        def deliver(
            self,
            parcel: Parcel,
            content: bytes,
            *,
            remember_upload: Callable[[str], None],
            progress: Progress,
        ) -> Answer:
            for done in range(5):
                slow.pass_(seconds=STALE_AFTER.total_seconds() / 2)
                progress(done, 5)
                assert outbox.claimed[parcel.id] == slow()
            return ANSWER

    drain(outbox, lambda _destination: Slow(), judge, now=slow)
    assert outbox.parcels[waiting.id].state is ParcelState.SENT


# ---- before anything is sent again


@pytest.mark.parametrize("fault", ["gateway.cut", "gateway.timeout", "gateway.server"])
def test_a_gateway_that_may_file_twice_is_asked_before_every_second_try(fault: str) -> None:
    one = desk(gateway=Gateway(act=raising(Transient(fault)), idempotent=False))
    one.drain()
    one.clock.pass_(hours=1)
    one.gateway.asked = lambda: ANSWER
    (settlement,) = one.drain()
    assert [call for call, _ in one.gateway.calls] == ["deliver", "ask"]
    assert settlement.state is ParcelState.SENT


def test_only_what_it_does_not_know_is_sent_to_it_again() -> None:
    one = desk(parcel(attempts=3), gateway=Gateway(idempotent=False))
    one.gateway.asked = raising(Transient("gateway.upload_lost"))
    one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask", "deliver"]


def test_where_nobody_can_tell_a_person_must() -> None:
    one = desk(parcel(attempts=1), gateway=Gateway(idempotent=False))
    one.gateway.asked = raising(Permanent("gateway.uncertain"))
    (settlement,) = one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask"]
    assert (settlement.state, settlement.outcome) == (ParcelState.FAILED, "gateway.uncertain")


def test_a_program_that_was_killed_while_sending_asks_too() -> None:
    one = desk(gateway=Gateway(idempotent=False))
    one.outbox.claim(one.clock())
    one.clock.pass_(seconds=STALE_AFTER.total_seconds() + 1)
    one.drain()
    assert [call for call, _ in one.gateway.calls] == ["ask"]


def test_the_first_try_and_a_gateway_that_keeps_to_the_parcels_id_need_no_asking() -> None:
    first = desk(gateway=Gateway(idempotent=False))
    again = desk(parcel(attempts=5, upload_url="https://127.0.0.1:8443/v1/uploads/1"))
    for one in (first, again):
        one.drain()
        assert [call for call, _ in one.gateway.calls] == ["deliver"]


# ---- several at once


@dataclass
class Meeting(Gateway):
    """Delivers only when so many are under way at the same time."""

    size: int = AT_ONCE
    most: int = 0
    now: int = 0
    lock: Lock = field(default_factory=Lock)
    barrier: Barrier | None = None

    def __post_init__(self) -> None:
        self.barrier = Barrier(self.size, timeout=5)
        self.act = self.meet

    def meet(self) -> Answer:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        assert self.barrier
        self.barrier.wait()
        with self.lock:
            self.now -= 1
        return ANSWER


def test_several_go_at_once_but_no_more_than_are_allowed() -> None:
    meeting = Meeting()
    one = desk(*map(parcel, range(2 * AT_ONCE)), gateway=meeting)
    settled = one.drain(at_once=AT_ONCE)
    assert meeting.most == AT_ONCE
    assert [each.parcel_id for each in settled] == [parcel(n).id for n in range(2 * AT_ONCE)]


def test_the_progress_of_each_and_of_all_together_is_told() -> None:
    one, all_together, each = desk(*map(parcel, range(4))), [], []
    one.drain(
        at_once=2,
        progress=lambda done, whole: all_together.append((done, whole)),
        watch=lambda which, done, whole: each.append((which.id, done, whole)),
    )
    size = len(CONTENT)
    assert sorted(all_together) == [(0, size * count) for count in range(1, 5)]
    assert sorted(each) == sorted((parcel(number).id, 0, size) for number in range(4))


def test_what_goes_wrong_with_one_stops_the_others_and_leaves_none_in_sending() -> None:
    failed = Event()

    class Broken(Exception):
        pass

    @dataclass
    class OneBreaks(Gateway):
        def deliver(
            self,
            parcel: Parcel,
            content: bytes,
            *,
            remember_upload: Callable[[str], None],
            progress: Progress,
        ) -> Answer:
            if parcel.id == first.id:
                failed.set()
                raise Broken
            assert failed.wait(5)
            for _ in range(500):
                progress(0, 1)
                Event().wait(0.01)
            return ANSWER

    first, *others = map(parcel, range(9))
    one = desk(first, *others, gateway=OneBreaks())
    with pytest.raises(Broken):
        one.drain(at_once=AT_ONCE)
    assert {each.state for each in one.outbox.parcels.values()} == {ParcelState.WAITING}
    assert {each.outcome for each in one.outbox.settlements} == {"outcome.stopped"}
    assert len(one.outbox.settlements) <= AT_ONCE


def test_an_interrupt_ends_every_thread_and_leaves_none_in_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way = Event()

    class Endless(Gateway):
        def deliver(
            self,
            parcel: Parcel,
            content: bytes,
            *,
            remember_upload: Callable[[str], None],
            progress: Progress,
        ) -> Answer:
            under_way.set()
            for _ in range(1000):
                progress(0, 1)
                Event().wait(0.01)
            return ANSWER

    def interrupted(*_threads: object, **_how: object) -> None:
        assert under_way.wait(5)
        raise KeyboardInterrupt

    monkeypatch.setattr("sync.crew.wait", interrupted)
    one = desk(*map(parcel, range(9)), gateway=Endless())
    with pytest.raises(KeyboardInterrupt):
        one.drain(at_once=AT_ONCE)
    assert {each.state for each in one.outbox.parcels.values()} == {ParcelState.WAITING}
    assert len(one.outbox.settlements) <= AT_ONCE


# ---- pausing


def test_nothing_goes_out_while_the_outbox_is_paused_but_what_is_named() -> None:
    one = desk(parcel(1), parcel(2))
    assert one.drain(paused=lambda: True) == []
    assert one.gateway.calls == []
    assert len(one.drain(parcel(2).id, paused=lambda: True)) == 1


def test_what_is_on_its_way_stops_at_its_next_piece_and_goes_on_when_resumed() -> None:
    one = desk(parcel(1), parcel(2))
    asked = iter([False, True, True, True])
    one.clock = Ticking()
    (settlement,) = one.drain(paused=lambda: next(asked))
    assert (settlement.state, settlement.outcome) == (ParcelState.WAITING, "outcome.paused")
    assert one.outbox.parcels[parcel(1).id].upload_url is not None
    assert len(one.drain()) == 2


class Ticking(Clock):
    """Every look at it takes a while."""

    def __call__(self) -> datetime:
        return self.pass_(seconds=LOOK_AFTER.total_seconds())
