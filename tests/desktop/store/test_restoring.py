"""A copy put back: the data as they were then, but what was sent stays sent."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.services.upkeep import CopyKind
from desktop.store import restoring
from desktop.store.backup import SqliteCopies
from desktop.store.opening import BACKUPS, FILE, open_store
from desktop.store.unit_of_work import SqlStore
from forms.model import DossierState
from resources.faults import DataFault, Fault, SurroundingsFault, UsageFault
from tests.desktop.store.samples import (
    NOW,
    UNIT,
    accepted,
    kept_letter,
    parcel_of,
    signed_dossier,
    state_of,
    stored_dossier,
    waiting_parcel,
)

LATER = NOW + timedelta(hours=1)
OTHER = replace(UNIT, code="TB0000Z", name="Hợp tác xã Không Có Thật")
DATABASES = Path(__file__).parents[2] / "data" / "databases"


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return open_store(tmp_path, mode="real", now=NOW)


@pytest.fixture
def copies(tmp_path: Path) -> SqliteCopies:
    return SqliteCopies(source=tmp_path / FILE)


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / BACKUPS


class TestWhatComesBack:
    def test_what_was_done_since_is_undone_and_kept_in_a_copy(
        self, store: SqlStore, copies: SqliteCopies, backups: Path
    ) -> None:
        first = stored_dossier(store)
        made = copies.save(backups, NOW)
        second = stored_dossier(store, OTHER)
        restored = copies.restore(made.file, backups, LATER)
        assert ids(store) == [first]
        assert (restored.kept, restored.paused) == ((), False)
        assert restored.before.kind is CopyKind.RESTORE
        copies.restore(restored.before.file, backups, LATER + timedelta(hours=1))
        assert ids(store) == [second, first]

    def test_nothing_is_left_beside_the_data(
        self, store: SqlStore, copies: SqliteCopies, backups: Path, tmp_path: Path
    ) -> None:
        stored_dossier(store)
        made = copies.save(backups, NOW)
        copies.restore(made.file, backups, LATER)
        assert not list(tmp_path.glob("restore-*"))
        assert {each.suffix for each in backups.iterdir()} == {".db"}

    @pytest.mark.parametrize("old", sorted(DATABASES.glob("*.sqlite")), ids=lambda path: path.stem)
    def test_a_copy_of_an_older_program_is_brought_up(
        self, old: Path, store: SqlStore, copies: SqliteCopies, backups: Path
    ) -> None:
        copies.restore(old, backups, LATER)
        with store.reading() as work:
            assert work.units.all()

    def test_data_that_are_damaged_are_put_aside(
        self, store: SqlStore, copies: SqliteCopies, backups: Path, tmp_path: Path
    ) -> None:
        dossier = stored_dossier(store)
        made = copies.save(backups, NOW)
        (tmp_path / FILE).write_bytes(b"no data at all" * 1000)
        restored = copies.restore(made.file, backups, LATER)
        assert ids(store) == [dossier]
        assert restored.before.kind is CopyKind.DAMAGED
        assert restored.before.file.read_bytes().startswith(b"no data")

    def test_a_damaged_file_stays_where_it_is_until_all_is_ready(
        self,
        store: SqlStore,
        copies: SqliteCopies,
        backups: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        stored_dossier(store)
        made = copies.save(backups, NOW)
        (tmp_path / FILE).write_bytes(b"no data at all" * 1000)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(restoring, "upgrade", full)
        with pytest.raises(SurroundingsFault, match=r"store\.disk"):
            copies.restore(made.file, backups, LATER)
        assert (tmp_path / FILE).read_bytes().startswith(b"no data")


class TestWhatStays:
    def test_what_was_sent_since_stays_sent_with_all_its_proofs(
        self, store: SqlStore, copies: SqliteCopies, backups: Path
    ) -> None:
        made_before = copies.save(backups, NOW)
        parcel = waiting_parcel(store)
        store.outbox.claim(LATER)
        store.outbox.settle(accepted(parcel))
        with store.begin() as work:
            work.letters.put(kept_letter(parcel.dossier_id))
            work.commit()
        now = everything_of(store, parcel.dossier_id)
        restored = copies.restore(made_before.file, backups, LATER)
        assert restored.kept == (parcel.dossier_id,)
        assert everything_of(store, parcel.dossier_id) == now
        assert not restored.paused

    def test_a_dossier_that_was_a_draft_then_is_as_it_was_sent(
        self, store: SqlStore, copies: SqliteCopies, backups: Path
    ) -> None:
        dossier = signed_dossier(store)
        made = copies.save(backups, NOW)
        with store.begin() as work:
            work.dossiers.move(dossier, DossierState.WAITING, now=NOW, event="event.enqueued")
            work.commit()
        assert copies.sent() == (dossier,)
        copies.restore(made.file, backups, LATER)
        assert state_of(store, dossier) is DossierState.WAITING

    def test_what_was_sent_is_not_found_twice(
        self, store: SqlStore, copies: SqliteCopies, backups: Path
    ) -> None:
        parcel = waiting_parcel(store)
        made = copies.save(backups, NOW)
        restored = copies.restore(made.file, backups, LATER)
        assert parcel_of(store, parcel.dossier_id) == parcel
        assert (ids(store), restored.paused) == ([parcel.dossier_id], False)

    def test_parcels_that_only_the_copy_knows_wait_for_a_yes(
        self, store: SqlStore, copies: SqliteCopies, backups: Path, tmp_path: Path
    ) -> None:
        waiting_parcel(store)
        made = copies.save(tmp_path / "usb", NOW)
        fresh = open_store(tmp_path / "other", mode="real", now=NOW)
        there = SqliteCopies(source=tmp_path / "other" / FILE)
        assert there.restore(made.file, backups, LATER).paused
        with fresh.reading() as work:
            assert work.settings.get(restoring.PAUSED) == restoring.YES


class TestRefused:
    def refusal(self, copies: SqliteCopies, file: Path, folder: Path) -> Fault:
        before = copies.source.read_bytes()
        with pytest.raises(Fault) as caught:
            copies.restore(file, folder, LATER)
        assert copies.source.read_bytes() == before
        assert not folder.exists()
        return caught.value

    def test_what_is_no_copy(
        self, store: SqlStore, copies: SqliteCopies, backups: Path, tmp_path: Path
    ) -> None:
        stored_dossier(store)
        text, strange = tmp_path / "a.db", tmp_path / "b.db"
        text.write_bytes(b"Cong hoa " * 999)
        with closing(sqlite3.connect(strange)) as made:
            made.execute("CREATE TABLE dossier (id)")
        for file, code in (
            (tmp_path / "none.db", "copy.missing"),
            (tmp_path, "copy.missing"),
            (text, "copy.damaged"),
            (strange, "copy.not_ours"),
        ):
            fault = self.refusal(copies, file, backups)
            assert isinstance(fault, DataFault)
            assert (fault.code, fault.params["file"]) == (code, file.name)

    def test_a_copy_with_a_hole(
        self, store: SqlStore, copies: SqliteCopies, backups: Path, tmp_path: Path
    ) -> None:
        stored_dossier(store)
        made = copies.save(tmp_path / "usb", NOW)
        content = bytearray(made.file.read_bytes())
        content[4096 * 3 : 4096 * 8] = bytes(4096 * 5)
        made.file.write_bytes(content)
        assert self.refusal(copies, made.file, backups).code == "copy.damaged"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("UPDATE alembic_version SET version_num = '9999'", "store.newer"),
            ("UPDATE setting SET value = 'practice' WHERE key = 'store.mode'", "store.mode"),
        ],
    )
    def test_of_a_newer_program_or_the_other_mode(
        self, change: str, code: str, store: SqlStore, copies: SqliteCopies, tmp_path: Path
    ) -> None:
        stored_dossier(store)
        made = copies.save(tmp_path / "usb", NOW)
        with closing(sqlite3.connect(made.file)) as copy:
            copy.execute(change)
            copy.commit()
        fault = self.refusal(copies, made.file, tmp_path / BACKUPS)
        assert isinstance(fault, UsageFault)
        assert fault.code == code

    def test_while_another_program_writes(
        self,
        store: SqlStore,
        copies: SqliteCopies,
        backups: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dossier = stored_dossier(store)
        made = copies.save(backups, NOW)
        monkeypatch.setattr(restoring, "BUSY_SECONDS", 0.01)
        with store.begin() as work:
            work.settings.put("a", "b")
            with pytest.raises(SurroundingsFault, match=r"store\.busy"):
                copies.restore(made.file, backups, LATER)
        assert ids(store) == [dossier]


def test_a_look_tells_what_is_inside_and_changes_nothing(
    store: SqlStore, copies: SqliteCopies, tmp_path: Path
) -> None:
    stored_dossier(store)
    made = copies.save(tmp_path / "usb", NOW)
    before = made.file.read_bytes()
    inside = copies.look(made.file)
    assert [(each.code, each.name, each.dossiers) for each in inside.units] == [
        (UNIT.code, UNIT.name, 1)
    ]
    assert inside.newest == NOW
    assert made.file.read_bytes() == before
    assert list((tmp_path / "usb").iterdir()) == [made.file]


def ids(store: SqlStore) -> list[str]:
    with store.reading() as work:
        return [each.id for each in work.dossiers.all()]


def everything_of(store: SqlStore, dossier_id: str) -> object:
    with store.reading() as work:
        return (
            work.dossiers.get(dossier_id),
            work.dossiers.draft(dossier_id),
            work.dossiers.findings(dossier_id),
            work.dossiers.receipt(dossier_id),
            work.parcels.of_dossier(dossier_id),
            work.dossiers.journal(dossier_id),
            work.letters.all(UNIT.code),
        )
