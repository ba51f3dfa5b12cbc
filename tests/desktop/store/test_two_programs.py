"""Several threads and several programs at one file: nothing twice, nothing lost, no deadlock."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from desktop.services.ports import Store
from desktop.store.engine import open_server
from desktop.store.opening import open_store
from desktop.store.unit_of_work import SqlStore
from forms.model import DossierState
from resources.faults import SurroundingsFault
from sync.model import ParcelState
from tests.desktop.store.samples import (
    AN,
    NOVEMBER,
    NOW,
    UNIT,
    accepted,
    draft,
    later,
    parcel,
    stored_dossier,
    waiting_parcel,
)
from tests.fakes.memory_store import MemoryStore

THREADS = 8
PARCELS = 200


def another(store: Store) -> Store:
    """The same data as a second program sees it."""
    if isinstance(store, SqlStore) and store.engine.dialect.name == "postgresql":
        return SqlStore(open_server(store.engine.url))
    if isinstance(store, SqlStore):
        path = Path(str(store.engine.url.database))
        return open_store(path.parent, mode="real", now=NOW)
    return store


def at_once(jobs: list[Callable[[], list[str]]]) -> list[str]:
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one for done in pool.map(lambda job: job(), jobs) for one in done]


def filled(store: Store, parcels: int) -> None:
    with store.begin() as work:
        work.units.add(UNIT)
        for number in range(parcels):
            made = work.dossiers.create(UNIT.code, NOVEMBER, "600", draft(), (), NOW)
            for state in (DossierState.CHECKED, DossierState.SIGNED, DossierState.WAITING):
                work.dossiers.move(made.id, state, now=NOW, event="event.enqueued")
            work.parcels.enqueue(parcel(made.id, number), b"goi")
        work.commit()


def test_eight_threads_claim_every_parcel_exactly_once(store: Store) -> None:
    filled(store, PARCELS)

    def drain(outbox_of: Store) -> list[str]:
        taken = []
        while found := outbox_of.outbox.claim(NOW):
            taken.append(found.id)
        return taken

    programs = [store, another(store)] * (THREADS // 2)
    taken = at_once([lambda program=program: drain(program) for program in programs])  # type: ignore[misc]  # the default binds the loop's value
    assert Counter(taken) == Counter(parcel("", number).id for number in range(PARCELS))
    with store.begin() as work:
        assert {one.state for one in work.dossiers.all()} == {DossierState.SENDING}
        assert {one.state for one in work.parcels.all()} == {ParcelState.SENDING}


CLAIMING = """
import sys
from pathlib import Path
from desktop.store.opening import open_store
from tests.desktop.store.samples import NOW
outbox = open_store(Path(sys.argv[1]), mode="real", now=NOW, busy_seconds=30).outbox
print("ready", flush=True)
sys.stdin.readline()
while found := outbox.claim(NOW):
    print(found.id, flush=True)
"""
PROGRAMS = 3


def test_programs_of_their_own_claim_every_parcel_exactly_once(tmp_path: Path) -> None:
    filled(open_store(tmp_path, mode="real", now=NOW), PARCELS)
    command = [sys.executable, "-c", CLAIMING, str(tmp_path)]
    pipe = subprocess.PIPE
    with ExitStack() as running:
        programs = [
            running.enter_context(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True))
            for _ in range(PROGRAMS)
        ]
        for program in programs:
            assert program.stdout
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            assert program.stdin
            program.stdin.write("go\n")
            program.stdin.flush()
        taken = [program.communicate(timeout=120)[0].split() for program in programs]
    every = Counter(one for each in taken for one in each)
    assert every == Counter(parcel("", number).id for number in range(PARCELS))
    assert sum(map(bool, taken)) > 1


def test_the_same_answer_from_eight_threads_counts_once(store: Store) -> None:
    new = waiting_parcel(store)
    store.outbox.claim(NOW)

    def settle() -> list[str]:
        store.outbox.settle(accepted(new))
        return []

    at_once([settle] * THREADS)
    with store.begin() as work:
        events = [entry.event for entry in work.dossiers.journal(new.dossier_id)]
    assert events.count("receipt.accepted") == 1


def test_units_of_work_that_read_then_write_do_not_deadlock(store: Store) -> None:
    stored_dossier(store)

    def create(program: Store) -> list[str]:
        with program.begin() as work:
            work.dossiers.all()
            made = work.dossiers.create(UNIT.code, NOVEMBER, "600", draft(AN), (), NOW)
            work.commit()
        return [made.id]

    programs = [store, another(store)] * 10
    made = at_once([lambda program=program: create(program) for program in programs])  # type: ignore[misc]  # the default binds the loop's value
    assert sorted(made) == sorted(f"TA0000Z-2026-11-600-{batch}" for batch in range(2, 22))


def test_what_one_program_commits_the_other_sees(store: Store) -> None:
    other = another(store)
    new = waiting_parcel(store)
    claimed = other.outbox.claim(NOW)
    assert claimed is not None
    assert claimed.id == new.id
    assert store.outbox.claim(NOW) is None
    assert store.outbox.release_stale(later(1)) == 1


def impatient(folder: Path) -> list[Store]:
    made = MemoryStore(busy_seconds=0.05)
    first, second = (open_store(folder, mode="real", now=NOW, busy_seconds=0.05) for _ in range(2))
    return [made, made, first, second]


def test_a_transaction_that_takes_too_long_is_said_so(tmp_path: Path) -> None:
    memory, memory_too, first, second = impatient(tmp_path)
    for one, other in ((memory, memory_too), (first, second)):
        with one.begin(), pytest.raises(SurroundingsFault, match=r"store\.busy"):
            other.begin().__enter__()
        with other.begin() as work:
            assert work.units.all() == []


def test_who_only_reads_waits_for_nobody_and_sees_what_was_committed(tmp_path: Path) -> None:
    memory, memory_too, first, second = impatient(tmp_path)
    for one, other in ((memory, memory_too), (first, second)):
        with one.begin() as writing:
            writing.units.add(UNIT)
            with other.reading() as work:
                assert work.units.all() == []
            writing.commit()
        with other.reading() as work:
            assert work.units.all() == [UNIT]


def test_what_is_read_stands_still_while_another_writes(tmp_path: Path) -> None:
    memory, memory_too, first, second = impatient(tmp_path)
    for one, other in ((memory, memory_too), (first, second)):
        with one.reading() as work:
            assert work.units.all() == []
            with other.begin() as writing:
                writing.units.add(UNIT)
                writing.commit()
            assert work.units.all() == []


def test_reading_changes_nothing(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.reading() as work, suppress(RuntimeError):
        work.dossiers.move(dossier_id, DossierState.CHECKED, now=NOW, event="event.built")
    with store.reading() as work:
        assert work.dossiers.get(dossier_id).state is DossierState.DRAFT


def test_writing_while_reading_is_our_mistake(sqlite: SqlStore) -> None:
    dossier_id = stored_dossier(sqlite)
    with sqlite.reading() as work, pytest.raises(RuntimeError):
        work.dossiers.replace_findings(dossier_id, ())


def test_programs_started_together_make_one_database(tmp_path: Path) -> None:
    def start() -> list[str]:
        with open_store(tmp_path / "new", mode="real", now=NOW).begin() as work:
            return [str(work.settings.get("store.mode"))]

    assert at_once([start] * THREADS) == ["real"] * THREADS
