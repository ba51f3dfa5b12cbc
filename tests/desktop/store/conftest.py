"""Every test that asks for ``store`` runs twice: on the database and on the store in memory."""

from pathlib import Path

import pytest

from desktop.services.ports import Store
from desktop.store.opening import open_store
from desktop.store.unit_of_work import SqlStore
from tests.desktop.store.samples import NOW
from tests.fakes.memory_store import MemoryStore


@pytest.fixture
def sqlite(tmp_path: Path) -> SqlStore:
    return open_store(tmp_path / "data", mode="real", now=NOW, busy_seconds=10)


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore()
    made: SqlStore = request.getfixturevalue("sqlite")
    return made
