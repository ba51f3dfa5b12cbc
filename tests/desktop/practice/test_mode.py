"""The practice gateway comes when it is needed and keeps its place."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.practice.mode import PracticeMode
from resources.faults import SurroundingsFault
from sync.model import Destination

FIRST_FREE = 40000


@dataclass
class Machine:
    """The ports of a computer."""

    taken: set[int] = field(default_factory=set)
    started: list["StandIn"] = field(default_factory=list)

    def make(self, folder: Path, port: int) -> "StandIn":
        return StandIn(self, port)


@dataclass
class StandIn:
    machine: Machine
    port: int
    ca_pem: str = "practice ca\n"
    running: bool = False

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def start(self) -> None:
        self.port = self.port or FIRST_FREE + len(self.machine.started)
        if self.port in self.machine.taken:
            raise SurroundingsFault("practice.port")
        self.machine.taken.add(self.port)
        self.machine.started.append(self)
        self.running = True

    def stop(self) -> None:
        self.machine.taken.discard(self.port)
        self.running = False


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_nothing_runs_before_it_is_needed(machine: Machine, tmp_path: Path) -> None:
    mode = PracticeMode(tmp_path, machine.make)
    mode.stop()
    assert machine.started == []


def test_it_starts_once_and_stops_with_the_program(machine: Machine, tmp_path: Path) -> None:
    mode = PracticeMode(tmp_path, machine.make)
    assert mode.destination() == mode.destination()
    assert mode.destination().url == "https://127.0.0.1:40000"
    (gateway,) = machine.started
    mode.stop()
    assert not gateway.running


def test_it_comes_back_on_its_port(machine: Machine, tmp_path: Path) -> None:
    first = PracticeMode(tmp_path, machine.make)
    before = first.destination()
    first.stop()
    assert PracticeMode(tmp_path, machine.make).destination() == before


def test_parcels_follow_it_to_another_port(machine: Machine, tmp_path: Path) -> None:
    first = PracticeMode(tmp_path, machine.make)
    before = first.destination()
    first.stop()
    machine.taken.add(40000)
    second = PracticeMode(tmp_path, machine.make)
    assert second.destination().url == "https://127.0.0.1:40001"
    assert second.reachable(before) == second.destination()


def test_another_gateway_on_this_computer_is_left_alone(machine: Machine, tmp_path: Path) -> None:
    other = Destination(url="https://127.0.0.1:4433", ca_pem="another ca")
    assert PracticeMode(tmp_path, machine.make).reachable(other) == other


@pytest.mark.parametrize("text", ["", "0", "70000", "-1", "cổng"])
def test_a_spoiled_port_file_is_no_matter(machine: Machine, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "practice-gateway"
    folder.mkdir()
    (folder / "port").write_text(text, encoding="utf-8")
    assert PracticeMode(tmp_path, machine.make).destination().url.endswith(":40000")
