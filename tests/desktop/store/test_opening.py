"""Opening a data folder: made, kept, saved, upgraded, or refused with a reason."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.backup import KEPT, keep_newest, save_copy
from desktop.store.migrating import revisions
from desktop.store.mode import Mode
from desktop.store.opening import FILE, open_store
from resources.faults import Fault, Sort
from tests.desktop.store.samples import NOW, UNIT, later, stored_dossier

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")


def open_real(folder: Path) -> None:
    open_store(folder, mode="real", now=NOW, busy_seconds=0.05)


def refused(folder: Path, mode: Mode = "real") -> Fault:
    with pytest.raises(Fault) as caught:
        open_store(folder, mode=mode, now=NOW, busy_seconds=0.05)
    return caught.value


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_new_folder_is_made_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "của tôi" / "50% dữ liệu"
    dossier_id = stored_dossier(open_store(folder, mode="real", now=NOW))
    with open_store(folder, mode="real", now=NOW).begin() as work:
        assert work.units.get(UNIT.code) == UNIT
        assert work.dossiers.get(dossier_id).id == dossier_id
    assert not (folder / "backups").exists()


@POSIX
def test_nobody_else_may_look_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    stored_dossier(open_store(folder, mode="real", now=NOW))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_held_open_between_transactions(tmp_path: Path) -> None:
    stored_dossier(open_store(tmp_path, mode="real", now=NOW))
    assert [file.name for file in tmp_path.iterdir()] == [FILE]  # no -wal, no -shm


def test_an_empty_file_left_by_a_crash_is_taken_as_new(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    open_real(tmp_path)
    open_real(tmp_path)


@pytest.mark.parametrize(("first", "then"), [("real", "practice"), ("practice", "real")])
def test_practice_and_real_data_never_mix(tmp_path: Path, first: Mode, then: Mode) -> None:
    open_store(tmp_path, mode=first, now=NOW)
    fault = refused(tmp_path, then)
    assert (fault.code, fault.sort) == ("store.mode", Sort.MEND)
    open_store(tmp_path, mode=first, now=NOW)


def test_data_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    open_real(tmp_path)
    change(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    before = (tmp_path / FILE).read_bytes()
    fault = refused(tmp_path)
    assert (fault.code, fault.sort) == ("store.newer", Sort.MEND)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("content", [b"PK\x03\x04" * 500, b"SQLite format 3\x00" + b"\x07" * 4096])
def test_a_broken_file_is_said_to_be_broken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert refused(tmp_path).code == "store.corrupt"
    assert (tmp_path / FILE).read_bytes() == content


def test_a_file_torn_in_the_middle_is_said_to_be_broken(tmp_path: Path) -> None:
    open_real(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:5000])
    assert refused(tmp_path).code == "store.corrupt"


def test_a_database_of_another_program_is_not_ours(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    assert refused(tmp_path).code == "store.corrupt"


def test_a_file_in_place_of_the_folder_is_a_matter_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert refused(tmp_path / "data").code == "store.disk"
    assert refused(tmp_path / "data" / "below").code == "store.disk"


@pytest.fixture
def protected() -> Iterator[Path]:
    """A folder in which nothing may be written; root, who always may, becomes nobody meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_real(folder / "used")
        (folder / "unused").mkdir()
        for entry in (folder, *folder.rglob("*")):
            entry.chmod(0o555)
        user = os.geteuid()
        os.seteuid(user or 65534)
        try:
            yield folder
        finally:
            os.seteuid(user)
            for entry in (folder, *folder.rglob("*")):
                entry.chmod(0o755)


@POSIX
@pytest.mark.parametrize("name", ["used", "unused", "missing"])
def test_a_read_only_folder_is_a_matter_of_the_disk(protected: Path, name: str) -> None:
    assert refused(protected / name).code == "store.disk"


def test_another_programs_long_transaction_is_waited_for_then_said(tmp_path: Path) -> None:
    open_real(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(tmp_path).code == "store.busy"
    open_real(tmp_path)


def test_revisions_are_one_line() -> None:
    assert revisions()[-1] == "0001"
    assert list(revisions()) == sorted(revisions(), reverse=True)


def test_a_copy_is_whole_while_the_database_is_in_use(tmp_path: Path) -> None:
    store = open_store(tmp_path, mode="real", now=NOW)
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        work.settings.put("not", "committed")
        copy = save_copy(tmp_path / FILE, tmp_path / "backups", reason="0001", now=NOW)
    assert copy.name == "tokhai-20261122T030405678901-0001.db"
    (tmp_path / "restored").mkdir()
    copy.rename(tmp_path / "restored" / FILE)
    with open_store(tmp_path / "restored", mode="real", now=NOW).begin() as work:
        assert work.dossiers.get(dossier_id).id == dossier_id
        assert work.settings.get("not") is None


def test_only_the_newest_copies_are_kept(tmp_path: Path) -> None:
    open_real(tmp_path)
    made = [
        save_copy(tmp_path / FILE, tmp_path / "backups", reason="0001", now=later(number))
        for number in range(KEPT + 2)
    ]
    (tmp_path / "backups" / "mine.txt").touch()
    keep_newest(tmp_path / "backups")
    left = {file.name for file in (tmp_path / "backups").iterdir()}
    assert left == {file.name for file in made[2:]} | {"mine.txt"}
