"""The practice gateway comes when it is needed and keeps its place."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.practice.gateway import PracticeGateway
from desktop.practice.mode import PracticeMode
from forms.model import Period
from resources.faults import SurroundingsFault, UsageFault
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

    def officer_step(self) -> int:
        return len(self.machine.started)

    def post_month(self, period: Period, unit_code: str | None = None) -> int:
        return period.month if unit_code else 0


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


def test_the_officer_acts_at_the_gateway_that_runs(tmp_path: Path) -> None:
    machine = Machine()
    mode = PracticeMode(tmp_path, machine.make)
    assert mode.officer_step() == 1
    assert mode.post_month(Period(2026, 11), "ZZ0001Z") == 11
    assert len(machine.started) == 1


@pytest.fixture
def served(tmp_path: Path, made_papers: Path) -> Iterator[PracticeGateway]:
    """As ``tokhai practice serve`` runs it over the same data folder."""
    folder = Path(shutil.copytree(made_papers, tmp_path / "practice-gateway"))
    with PracticeGateway(folder) as running:
        yield running


def test_a_gateway_that_another_process_runs_is_used(
    tmp_path: Path, served: PracticeGateway
) -> None:
    machine = Machine()
    mode = PracticeMode(tmp_path, machine.make)
    assert mode.destination() == Destination(url=served.url, ca_pem=served.ca_pem)
    assert mode.officer_step() == 0
    assert mode.post_month(Period(2026, 11)) == 0
    with pytest.raises(UsageFault, match=r"practice\.month_not_over"):
        mode.post_month(Period(2099, 1))
    mode.stop()
    assert machine.started == []
    assert mode.destination().url == served.url, "it runs on"


def test_when_that_one_ends_our_own_takes_over(tmp_path: Path, served: PracticeGateway) -> None:
    machine = Machine()
    mode = PracticeMode(tmp_path, machine.make)
    assert mode.destination().url == served.url
    served.stop()
    assert mode.destination().url != served.url
    assert len(machine.started) == 1


def test_one_that_wants_a_login_is_left_alone(tmp_path: Path, made_papers: Path) -> None:
    folder = Path(shutil.copytree(made_papers, tmp_path / "practice-gateway"))
    machine = Machine()
    with PracticeGateway(folder, clients={"tho-may": "x"}) as guarded:
        assert PracticeMode(tmp_path, machine.make).destination().url != guarded.url
    assert len(machine.started) == 1


def test_an_address_that_nobody_answers_at_is_no_gateway(tmp_path: Path, made_papers: Path) -> None:
    """What a killed process left behind."""
    folder = Path(shutil.copytree(made_papers, tmp_path / "practice-gateway"))
    (folder / "address").write_text("https://127.0.0.1:1", encoding="ascii")
    (folder / "switchboard.token").write_text("x", encoding="ascii")
    machine = Machine()
    PracticeMode(tmp_path, machine.make).destination()
    assert len(machine.started) == 1
