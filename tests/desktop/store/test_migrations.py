"""Every database that was ever shipped opens, and then looks like a new one.

``tests/data/databases`` holds one file for each schema version.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from desktop.store import opening
from desktop.store.engine import open_engine
from desktop.store.migrating import create, revisions, upgrade
from desktop.store.opening import FILE, open_store
from desktop.store.session import Session
from desktop.store.tables import metadata
from forms.model import DossierState
from sync.model import ParcelState
from tests.desktop.store.samples import NOW, RULES, UNIT

DATABASES = Path(__file__).parents[2] / "data" / "databases"
OLD = sorted(DATABASES.glob("*.sqlite"))

Schema = dict[str, tuple[str, ...]]


def schema(path: Path) -> Schema:
    """name → its SQL, sorted by clause and without layout."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: clauses(sql) for name, sql in found if name != "alembic_version"}


def clauses(sql: str) -> tuple[str, ...]:
    """``CREATE TABLE t (a, b)`` → ``(CREATE TABLE t, a, b)``: a column added later stands last."""
    head, _, body = re.sub(r"\s+", " ", sql).partition("(")
    return (head.strip(), *sorted(parts(body.rpartition(")")[0])))


def parts(body: str) -> list[str]:
    """Split at the commas outside brackets."""
    depth, found = 0, [""]
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found]


def test_clauses_are_told_apart() -> None:
    sql = "CREATE TABLE t (\n\ta INTEGER, \n\tCHECK (a IN (1, 2)), b)"
    assert clauses(sql) == ("CREATE TABLE t", "CHECK (a IN (1, 2))", "a INTEGER", "b")
    assert clauses(sql) != clauses(sql.replace("1, 2", "1, 3"))


def in_folder(old: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(old, folder / FILE)
    return folder


def test_every_version_has_its_file() -> None:
    assert [path.stem for path in OLD] == [f"v{revision}" for revision in reversed(revisions())]


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_an_old_database_becomes_as_a_new_one(old: Path, tmp_path: Path) -> None:
    folder = in_folder(old, tmp_path / "old")
    open_store(folder, mode="real", now=NOW)
    open_store(tmp_path / "new", mode="real", now=NOW)
    assert schema(folder / FILE) == schema(tmp_path / "new" / FILE)


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_what_was_in_an_old_database_is_still_there(old: Path, tmp_path: Path) -> None:
    store = open_store(in_folder(old, tmp_path / "old"), mode="real", now=NOW)
    with store.begin() as work:
        assert work.units.all() == [UNIT]
        [an, binh] = work.people.search(UNIT.code)
        assert (an.name, an.wage) == ("Đặng Thị Ví Dụ An", 5310000)
        assert (binh.wage, binh.coefficient) == (None, "2.34")
        [dossier] = work.dossiers.all()
        assert (dossier.state, dossier.number) == (DossierState.ACCEPTED, "00001/2026/00100")
        assert len(work.dossiers.draft(dossier.id).sections) == 2
        assert len(work.dossiers.findings(dossier.id)) == 2
        assert dossier.rules_hash == (None if old.stem == "v0001" else RULES)
        assert [file.form.name for file in work.dossiers.files(dossier.id)] == [
            "D02-TS-595.xml",
            "BHXHDienTu.xml",
        ]
        assert work.dossiers.receipt(dossier.id) == b"<ThongBao/>"
        [sent] = work.parcels.all()
        assert (sent.state, sent.attempts) == (ParcelState.ACCEPTED, 2)
    assert store.outbox.content(sent.id) == b"<Hoso>signed</Hoso>"


def test_the_steps_make_exactly_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    """A new database is made without the steps: it must be as they would leave it."""
    stepped, direct = tmp_path / "stepped.db", tmp_path / "direct.db"
    for path, made_by in ((stepped, upgrade), (direct, create)):
        with Session(open_engine(path)) as session:
            made_by(session.connection)
            context = MigrationContext.configure(session.connection)
            assert compare_metadata(context, metadata) == []
            assert context.get_current_revision() == revisions()[0]
            session.commit()
    assert schema(stepped) == schema(direct)


@pytest.fixture
def upgrades(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A program that knows one version more than the file has, and what it upgraded."""
    done: list[str] = []
    monkeypatch.setattr(opening, "revisions", lambda: ("9999", "0001"))
    monkeypatch.setattr(opening, "upgrade", lambda _: done.append("9999"))
    return done


def test_an_old_database_is_copied_before_it_is_upgraded(
    tmp_path: Path, upgrades: list[str]
) -> None:
    folder = in_folder(DATABASES / "v0001.sqlite", tmp_path / "old")
    open_store(folder, mode="real", now=NOW)
    assert upgrades == ["9999"]
    [copy] = (folder / "backups").iterdir()
    assert copy.name.endswith("-0001.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT code FROM unit").fetchall() == [(UNIT.code,)]


def test_a_step_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, upgrades: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = in_folder(DATABASES / "v0001.sqlite", tmp_path / "old")
    before = schema(folder / FILE)

    def half_a_step(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half (a)")  # type: ignore[attr-defined]  # a Connection
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "upgrade", half_a_step)
    with pytest.raises(ZeroDivisionError):
        open_store(folder, mode="real", now=NOW)
    assert schema(folder / FILE) == before


def test_it_stands_in_the_file_for_what_a_folder_is(tmp_path: Path) -> None:
    open_store(tmp_path, mode="practice", now=NOW)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        [(mode,)] = connection.execute("SELECT value FROM setting WHERE key = 'store.mode'")
    assert mode == "practice"
