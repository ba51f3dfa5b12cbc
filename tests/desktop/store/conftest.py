"""Every test that asks for ``store`` runs on each: the database, a server, the store in memory."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.ports import Store
from desktop.store.engine import open_server
from desktop.store.migrating import create
from desktop.store.opening import open_store
from desktop.store.session import Session
from desktop.store.unit_of_work import SqlStore
from tests.desktop.store.samples import NOW
from tests.fakes.memory_store import MemoryStore
from tests.fakes.postgresql import Server, binaries


@pytest.fixture
def sqlite(tmp_path: Path) -> SqlStore:
    return open_store(tmp_path / "data", mode="real", now=NOW, busy_seconds=10)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Where the machine has none, only the landing insists."""
    programs = binaries()
    if programs is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed here")
    assert programs is not None, "PostgreSQL is missing"
    with tempfile.TemporaryDirectory(prefix="tokhai-pg-") as folder:
        made = Server(folder=Path(folder), programs=programs)
        made.start()
        yield made
        made.stop()


@pytest.fixture(scope="session")
def pattern(server: Server) -> str:
    """A database with the tables, to be copied."""
    url = server.new_database()
    with Session(open_server(url)) as session:
        create(session.connection)
        session.commit()
    return str(url.database)


@pytest.fixture
def postgresql(server: Server, pattern: str) -> SqlStore:
    return SqlStore(open_server(server.new_database(pattern), busy_seconds=10))


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    made: SqlStore = request.getfixturevalue(request.param)
    return made
