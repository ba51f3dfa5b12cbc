"""The practice gateway with its papers made once a run: keys take a noticeable time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice.ca import GatewayPapers, gateway_papers
from desktop.practice.gateway import PracticeGateway
from desktop.practice.gateway.desk import Desk
from desktop.practice.gateway.ledger import Ledger
from tests.fakes.gateway import NOW, Counter


@pytest.fixture(scope="session")
def made_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    gateway_papers(folder, NOW)
    return folder


@pytest.fixture
def gateway_folder(made_papers: Path, tmp_path: Path) -> Path:
    """A folder of a gateway's own, with nothing but its papers."""
    return Path(shutil.copytree(made_papers, tmp_path / "gateway"))


@pytest.fixture
def papers(gateway_folder: Path) -> GatewayPapers:
    return gateway_papers(gateway_folder, NOW)


@pytest.fixture
def gateway(gateway_folder: Path) -> Iterator[PracticeGateway]:
    with PracticeGateway(gateway_folder) as running:
        yield running


@pytest.fixture
def counter(tmp_path: Path, papers: GatewayPapers) -> Counter:
    ledger = Ledger(tmp_path / "ledger.db")
    made = Counter(Desk(ledger, papers, lambda: made.now), ledger)
    return made
