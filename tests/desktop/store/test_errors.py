"""What SQLite says is sorted by a real SQLite: the surroundings, or our bug."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import StatementError

from desktop.store.errors import sorted_errors
from desktop.store.session import Session
from desktop.store.unit_of_work import SqlStore
from forms.model import DossierState
from resources.faults import Fault, Sort, SurroundingsFault
from tests.desktop.store.samples import NOW, UNIT, stored_dossier


def run(path: Path, *statements: str, mode: str = "rwc") -> None:
    connection = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=0)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def locked(path: Path) -> None:
    run(path, "CREATE TABLE a (b)")
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        run(path, "BEGIN IMMEDIATE")
    finally:
        holder.close()


def read_only(path: Path) -> None:
    run(path, "CREATE TABLE a (b)")
    run(path, "INSERT INTO a VALUES (1)", mode="ro")


def full(path: Path) -> None:
    run(path, "PRAGMA max_page_count = 2", "CREATE TABLE a (b)", "CREATE TABLE c (d)")


def no_folder(path: Path) -> None:
    run(path / "none" / "x")


def not_a_database(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 not a database at all" * 100)
    run(path, "SELECT * FROM sqlite_master")


def file_in_the_way(path: Path) -> None:
    path.write_bytes(b"")
    (path / "below").mkdir()


def wrong_statement(path: Path) -> None:
    run(path, "SELECT nothing FROM nowhere")


def broken_rule(path: Path) -> None:
    run(path, "CREATE TABLE a (b CHECK (b > 0))", "INSERT INTO a VALUES (-1)")


@pytest.mark.parametrize(
    ("cause", "code", "sort"),
    [
        (locked, "store.busy", Sort.RETRY),
        (read_only, "store.disk", Sort.RETRY),
        (full, "store.disk", Sort.RETRY),
        (no_folder, "store.disk", Sort.RETRY),
        (file_in_the_way, "store.disk", Sort.RETRY),
        (not_a_database, "store.corrupt", Sort.RETRY),
        (wrong_statement, "store.bug", Sort.BUG),
        (broken_rule, "store.bug", Sort.BUG),
    ],
)
def test_each_cause_has_its_code(
    tmp_path: Path, cause: Callable[[Path], None], code: str, sort: Sort
) -> None:
    with pytest.raises(Fault) as caught, sorted_errors():
        cause(tmp_path / "some.db")
    assert (caught.value.code, caught.value.sort) == (code, sort)


def limit_pages(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # never below what is used already


def test_a_full_disk_leaves_everything_as_it_was(sqlite: SqlStore) -> None:
    dossier_id = stored_dossier(sqlite)
    limit_pages(sqlite.engine)

    def put_much() -> None:
        with sqlite.begin() as work:
            work.dossiers.move(dossier_id, DossierState.CHECKED, now=NOW, event="event.built")
            work.settings.put("much", "x" * 1_000_000)
            work.commit()

    with pytest.raises(SurroundingsFault, match=r"store\.disk"):
        put_much()
    with sqlite.begin() as work:
        assert work.dossiers.get(dossier_id).state is DossierState.DRAFT
        assert work.settings.get("much") is None


def test_a_fault_holds_nothing_of_the_data(sqlite: SqlStore) -> None:
    with Session(sqlite.engine) as session, pytest.raises(Fault) as caught:
        session.change(
            text("INSERT INTO unit (code, name, region) VALUES (:code, :name, 1)"),
            {"code": UNIT.code, "name": UNIT.name},
        )
    told = f"{caught.value} {caught.value.__cause__} {caught.value.__cause__!r}"
    assert "SQLITE_CONSTRAINT_NOTNULL" in told
    assert UNIT.name not in told
    assert UNIT.code not in told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossier SET state = 'posted'",
        "UPDATE dossier SET batch = 0",
        "UPDATE dossier SET unit_code = 'TX0000Z'",
        "UPDATE dossier SET created = NULL",
        "UPDATE finding SET severity = 'bad'",
        "UPDATE draft_section SET part = 'other'",
        "UPDATE unit SET region = 5",
        "DELETE FROM unit",
        "INSERT INTO dossier SELECT 99, 'other', unit_code, period, procedure, batch, state,"
        " created, filed_on, transaction_code, number, layout, source, rules_hash, NULL"
        " FROM dossier",
    ],
)
def test_the_schema_itself_refuses_nonsense(sqlite: SqlStore, statement: str) -> None:
    stored_dossier(sqlite)
    with Session(sqlite.engine) as session, pytest.raises(Fault, match="SQLITE_CONSTRAINT"):
        session.change(text(statement))


@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 10_000)],
)
def test_every_connection_is_told_the_same(
    sqlite: SqlStore, pragma: str, expected: int | str
) -> None:
    for _ in range(2):
        with Session(sqlite.engine) as session:
            assert session.value(text(f"PRAGMA {pragma}")) == expected


def test_a_moment_without_a_time_zone_is_never_stored(sqlite: SqlStore) -> None:
    dossier_id = stored_dossier(sqlite)
    with sqlite.begin() as work, pytest.raises(StatementError, match="time zone"):
        work.dossiers.move(
            dossier_id, DossierState.CHECKED, now=NOW.replace(tzinfo=None), event="event.built"
        )
