"""The proof of the outbox: a client that is killed again and again over a wire that fails.

A real gateway on loopback, real processes, real SIGKILL. At the end the gateway's own ledger says
how often each dossier was accepted.
"""

import multiprocessing
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from random import Random
from time import monotonic

from desktop.practice.gateway import PracticeGateway, tally
from desktop.practice.gateway.faults import Call, Faults, Planned, Trouble
from desktop.store.opening import open_store
from forms.model import DossierState, Draft
from sync.model import Destination, Parcel, ParcelState
from tests.fakes.checked import PERIOD, UNIT, draft
from tests.fakes.gateway import Recipe
from tests.fakes.mortal import DEATHS, live
from tests.fakes.outbox import parcel

ROOT = Path(__file__).parents[2]
CHANCE = 0.12
"""of a fault at any one call"""
STATUSES = (500, 502, 503, 429, 408)
ON_ANY = (Trouble.CUT, Trouble.STATUS, Trouble.RUBBISH, Trouble.CAPTIVE, Trouble.SLOW)
ON_RECEIPTS = (Trouble.FORGED, Trouble.STALE, Trouble.TAMPERED, Trouble.REORDERED)
LONGEST_LIFE = 90
"""steps"""
FOR_EVER = 0
FROM_OUTSIDE = 0.25
"""of the lives end at no step, but at some instant"""


class RandomFaults(Faults):
    """Something goes wrong at any call, as it comes."""

    def __init__(self, draw: Random) -> None:
        super().__init__()
        self._draw = draw
        self.happened: Counter[str] = Counter()

    def take(self, call: Call) -> Planned | None:
        if self._draw.random() >= CHANCE:
            return None
        planned = self._some(call)
        self.happened[f"{call.value} {planned.trouble.value}"] += 1
        return planned

    def _some(self, call: Call) -> Planned:
        if call is Call.CONNECTION:
            return Planned(Trouble.CERTIFICATE)
        troubles = [*ON_ANY]
        if call in (Call.SUBMIT, Call.ASK):
            troubles += [*ON_RECEIPTS, Trouble.DUPLICATE]
        if call in (Call.CHUNK, Call.OFFSET):
            troubles += [Trouble.FORGOTTEN]
        trouble = self._draw.choice(troubles)
        amount = {
            Trouble.CUT: self._draw.choice((0, 1, 1000, 15_000)),
            Trouble.STATUS: self._draw.choice(STATUSES),
            Trouble.SLOW: 20,
        }.get(trouble, 0)
        return Planned(trouble, amount)


@dataclass(kw_only=True)
class Proof:
    """What came of it."""

    parcels: int
    seconds: float = 0.0
    kills: int = 0
    where: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    twice: int = 0
    once: int = 0
    """accepted exactly once by the gateway's ledger, and known as accepted here, by one number"""
    submissions: int = 0

    def line(self) -> str:
        at_steps, faults = sum(self.where.values()), sum(self.faults.values())
        return (
            f"kill -9: {self.once} of {self.parcels} dossiers accepted exactly once, "
            f"{self.lost} lost, {self.twice} twice; {self.kills} kills, {at_steps} of them at "
            f"{len(self.where)} kinds of steps, {faults} faults on the wire, "
            f"{self.submissions} submissions, {self.seconds:.0f} s"
        )


def prove(folder: Path, *, parcels: int, seed: int) -> Proof:
    """Sends so many dossiers by a client that keeps dying; says what both sides know at last."""
    draw, proof, began = Random(seed), Proof(parcels=parcels), monotonic()
    client, server = folder / "client", folder / "server"
    faults = RandomFaults(Random(seed + 1))
    with PracticeGateway(server, faults=faults) as gateway:
        fill(client, Destination(url=gateway.url, ca_pem=gateway.ca_pem), parcels)
        while one_life(client, draw) == -signal.SIGKILL:
            proof.kills += 1
    proof.where = Counter((client / DEATHS).read_text(encoding="ascii").splitlines())
    proof.faults = faults.happened
    proof.seconds = monotonic() - began
    compare(proof, client, server)
    return proof


def one_life(folder: Path, draw: Random) -> int:
    """It dies at a step that is drawn; now and then it is killed from outside, at any instant."""
    if draw.random() < FROM_OUTSIDE:
        return lived(folder, FOR_EVER, seconds=draw.uniform(0.05, 0.8))
    return lived(folder, draw.randint(1, LONGEST_LIFE))


def lived(folder: Path, steps: int, *, seconds: float | None = None) -> int:
    """How the process ended. Raises AssertionError where it failed by itself."""
    client = nursery().Process(target=live, args=(str(folder), steps))
    client.start()
    client.join(seconds)
    client.kill()
    client.join()
    ended = client.exitcode
    assert ended in (0, -signal.SIGKILL), f"the client failed: {ended}"
    return ended


@cache
def nursery() -> ForkServerContext:
    """A process that has loaded the client once, so that a life begins within a moment."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.fakes.mortal"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), before]))
    try:
        ensure_running()
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before
    return context


def fill(folder: Path, destination: Destination, count: int) -> None:
    """Distinct dossiers, each really signed, waiting in the outbox."""
    store, now = open_store(folder, mode="real", now=datetime.now(UTC)), datetime.now(UTC)
    with store.begin() as work:
        work.units.add(UNIT)
        for number in range(count):
            recipe = Recipe(job=f"Việc số {number}")
            content = recipe.package()
            made = work.dossiers.create(UNIT.code, PERIOD, "600", draft_of(), (), now)
            for state in (DossierState.CHECKED, DossierState.SIGNED, DossierState.WAITING):
                work.dossiers.move(made.id, state, now=now, event="event.enqueued")
            new = parcel(
                number + 1, content, dossier_id=made.id, destination=destination, next_try=now
            )
            work.parcels.enqueue(new, content)
        work.commit()


def draft_of() -> Draft:
    return draft([], (), [])


def compare(proof: Proof, client: Path, server: Path) -> None:
    """The gateway's ledger against what the client knows."""
    counted = tally(server)
    proof.submissions = sum(each.submitted for each in counted.values())
    by_package = Counter[str]()
    for each in counted.values():
        by_package[each.sha256] += each.accepted
    store = open_store(client, mode="real", now=datetime.now(UTC))
    with store.reading() as work:
        sent = work.parcels.all()
        dossiers = {one.id: one for one in work.dossiers.all()}
    numbers = Counter(one.number for one in dossiers.values())
    for one in sent:
        times, dossier = by_package[one.sha256], dossiers[one.dossier_id]
        proof.lost += times == 0
        proof.twice += times > 1
        known = is_known(one, dossier.state) and numbers[dossier.number] == 1
        proof.once += times == 1 and known and dossier.number is not None


def is_known(sent: Parcel, state: DossierState) -> bool:
    return sent.state is ParcelState.ACCEPTED and state is DossierState.ACCEPTED
