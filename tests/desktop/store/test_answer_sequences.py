"""Whatever a gateway answers, in whatever order: no illegal step, no final answer undone.

Receipts are really signed and really judged, the store is the one on disk. What the agency says
later comes as verified notices do, along ``forms.states.steps``.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktop.services.ports import JournalEntry, Store
from desktop.services.receipts import ReceiptJudge
from desktop.store.opening import open_store
from forms.model import Dossier, DossierState
from forms.states import ANSWERED, FINAL, may_follow, steps
from sync.model import Answer, Parcel, ParcelState, Settlement, Verdict
from tests.desktop.services.test_receipts import GATEWAY, NOTICE, certificate, signed
from tests.desktop.store.samples import signed_dossier
from tests.fakes.certificates import NOW
from tests.fakes.outbox import CONTENT, parcel

REFUSED = replace(NOTICE, number="", result_code="E01", error_text="Thiếu tờ khai")
LATER_WORD = (DossierState.PROCESSING, DossierState.SUPPLEMENT, DossierState.DONE)


@cache
def receipts() -> dict[str, bytes | None]:
    """What a gateway may send as a receipt; the first two are genuine."""
    accepted = signed()
    return {
        "accepted": accepted,
        "refused": signed(REFUSED),
        "none": None,
        "rubbish": b"<BHXH/>",
        "forged": signed(identity=certificate("ke-gia", issuer="ke-gia")),
        "tampered": accepted.replace(b"00001/2026", b"00009/2026"),
        "stale": signed(replace(NOTICE, transaction="LT-0")),
        "of another": signed(replace(NOTICE, tax_code="9900000024")),
        "without a number": signed(replace(NOTICE, number="")),
    }


GENUINE = frozenset({"accepted", "refused"})


@dataclass
class Desk:
    """A dossier whose parcel is under way, and what ought to be true of it."""

    store: Store
    sent: Parcel
    at: int = 0
    settled: list[Settlement] = field(default_factory=list)
    number: str | None = None
    """from the first verified answer; never another"""
    answered: bool = False
    final: DossierState | None = None

    @classmethod
    def begin(cls, store: Store) -> "Desk":
        dossier_id = signed_dossier(store)
        new = parcel(dossier_id=dossier_id, destination=GATEWAY, next_try=NOW)
        with store.begin() as work:
            work.dossiers.move(dossier_id, DossierState.WAITING, now=NOW, event="event.enqueued")
            work.parcels.enqueue(new, CONTENT)
            work.commit()
        return cls(store, new)

    def now(self) -> datetime:
        self.at += 1
        return NOW + timedelta(minutes=self.at)

    @property
    def dossier(self) -> Dossier:
        with self.store.reading() as work:
            return work.dossiers.get(self.sent.dossier_id)

    @property
    def parcel(self) -> Parcel:
        with self.store.reading() as work:
            found = work.parcels.of_dossier(self.sent.dossier_id)
        assert found
        return found

    def settle(self, settlement: Settlement) -> None:
        self.store.outbox.settle(settlement)
        self.settled.append(settlement)


Step = Callable[[Desk], None]


def claim(desk: Desk) -> None:
    desk.store.outbox.claim(desk.now(), desk.sent.id)


def release(desk: Desk) -> None:
    desk.store.outbox.release_stale(desk.now())


def answer(kind: str) -> Step:
    def take(desk: Desk) -> None:
        raw = f"{kind} {desk.at}".encode()
        verdict = Verdict.REFUSED if kind == "refused" else Verdict.ACCEPTED
        said = Answer(
            verdict=verdict, transaction="LT-1", receipt=receipts()[kind], raw=raw, reasons=("x",)
        )
        settlement = ReceiptJudge()(desk.parcel, said, desk.now())
        believed = settlement.state in {ParcelState.ACCEPTED, ParcelState.REFUSED}
        assert believed == (kind in GENUINE)
        desk.settle(settlement)
        if believed and not desk.answered:
            desk.answered = True
            desk.number = settlement.number
            desk.final = DossierState.REJECTED if kind == "refused" else None

    return take


def trouble(state: ParcelState) -> Step:
    def take(desk: Desk) -> None:
        at = desk.now()
        desk.settle(
            Settlement(
                parcel_id=desk.sent.id,
                at=at,
                state=state,
                outcome="gateway.cut",
                next_try=at,
                answer=f"trouble {desk.at}".encode(),
            )
        )

    return take


def again(back: int) -> Step:
    """An answer of before comes once more: a repetition, or out of order."""

    def take(desk: Desk) -> None:
        if desk.settled:
            desk.store.outbox.settle(desk.settled[-1 - back % len(desk.settled)])

    return take


def notice(after: DossierState) -> Step:
    """A verified notice of the agency, with the dossier's number."""

    def take(desk: Desk) -> None:
        way = steps(desk.dossier.state, after)
        with desk.store.begin() as work:
            for state in way:
                work.dossiers.move(
                    desk.sent.dossier_id, state, now=desk.now(), event="event.notice", answer=b"n"
                )
            work.commit()
        if way:
            desk.answered = True
            desk.final = after if after in FINAL else desk.final

    return take


STEPS = some.lists(
    some.one_of(
        some.sampled_from([claim, claim, release]),
        some.sampled_from([*receipts()]).map(answer),
        some.sampled_from([ParcelState.WAITING, ParcelState.FAILED]).map(trouble),
        some.integers(0, 5).map(again),
        some.sampled_from([*LATER_WORD, DossierState.REJECTED]).map(notice),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_no_answer_leads_astray(taken: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.begin(open_store(Path(folder), mode="real", now=NOW))
        for step in taken:
            before = desk.dossier
            step(desk)
            assert_kept(desk, before)
        with desk.store.reading() as work:
            assert_told(desk, list(work.dossiers.journal(desk.sent.dossier_id)))


def assert_kept(desk: Desk, before: Dossier) -> None:
    """Answered is what was proved, and stays so; what is final stays as it is."""
    now = desk.dossier
    assert (now.state in ANSWERED) == desk.answered
    assert desk.final is None or now.state is desk.final
    assert before.state not in FINAL or now.state is before.state
    assert before.number is None or now.number == before.number
    assert now.number in {None, NOTICE.number}
    assert now.number == desk.number or desk.number is None


def assert_told(desk: Desk, entries: list[JournalEntry]) -> None:
    """One unbroken chain of legal steps, and the bytes of every answer."""
    assert entries[-1].after is desk.dossier.state
    for earlier, entry in pairwise(entries):
        assert entry.before is earlier.after
        assert entry.before is not None
        assert entry.after is not None
        assert entry.after is entry.before or may_follow(entry.before, entry.after)
        assert entry.event
    told = [(entry.at, entry.event, entry.answer) for entry in entries]
    for one in desk.settled:
        assert told.count((one.at, one.outcome, one.answer)) == 1
