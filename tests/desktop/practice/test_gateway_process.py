"""The practice gateway as a process of its own: killed, started again, asked by many at once."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.practice.gateway import PracticeGateway, tally
from resources.faults import SurroundingsFault
from sync.model import ParcelState
from tests.fakes.gateway import Recipe, Way, good_package


@dataclass
class Running:
    """What ``Way.to`` asks of a gateway."""

    process: subprocess.Popen[str]
    url: str
    ca_pem: str

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def process(folder: Path, *more: str) -> Iterator[Running]:
    command = [sys.executable, "-m", "desktop.practice.gateway", str(folder), *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout
            url = started.stdout.readline().strip()
            yield Running(started, url, (folder / "ca.pem").read_text(encoding="ascii"))
        finally:
            started.kill()


def way_to(running: Running) -> Way:
    return Way.to(running)  # type: ignore[arg-type]  # url and authority are all it asks for


def test_what_was_uploaded_and_taken_in_is_there_after_a_kill(gateway_folder: Path) -> None:
    """The second process takes no bytes at all: what the first one had must do."""
    with process(gateway_folder, "--fault", "submit=500") as first:
        port = first.url.rpartition(":")[2]
        way = way_to(first)
        assert way.send().outcome == "gateway.server"
        assert [each.accepted for each in tally(gateway_folder).values()] == [0]
        first.kill()
    with process(gateway_folder, "--port", port, "--fault", "chunk=500*0") as again:
        assert again.url == first.url
        way.now += timedelta(hours=1)
        settlement = way.send()
        assert settlement.state is ParcelState.ACCEPTED
        again.kill()
    with process(gateway_folder, "--port", port, "--fault", "chunk=500*0") as third:
        repeated = way_to(third).send()
        assert (repeated.state, repeated.number) == (settlement.state, settlement.number)
    (counted,) = tally(gateway_folder).values()
    assert counted.accepted == 1


def test_many_at_once_are_each_accepted_once(gateway: PracticeGateway) -> None:
    packages = [Recipe(job=f"Việc {number}").package() for number in range(6)]
    states: list[ParcelState] = []

    def send(number: int) -> None:
        states.append(Way.to(gateway, packages[number], number + 1).send().state)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == [ParcelState.ACCEPTED] * 6
    assert [each.accepted for each in gateway.ledger.tally().values()] == [1] * 6
    numbers = {entry.number for entry in gateway.ledger.all()}
    assert len(numbers) == 6


def test_the_same_package_under_two_ids_at_once_is_accepted_once(
    gateway: PracticeGateway,
) -> None:
    states: list[ParcelState] = []

    def send(number: int) -> None:
        states.append(Way.to(gateway, good_package(), number).send().state)

    threads = [threading.Thread(target=send, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == sorted([ParcelState.ACCEPTED, *[ParcelState.REFUSED] * 2])
    assert sum(each.accepted for each in gateway.ledger.tally().values()) == 1
    refused = [entry for entry in gateway.ledger.all() if entry.state == "refused"]
    assert all("đã được tiếp nhận" in " ".join(each.reasons) for each in refused)


def test_a_taken_port_is_said(gateway_folder: Path, gateway: PracticeGateway) -> None:
    port = int(gateway.url.rpartition(":")[2])
    with pytest.raises(SurroundingsFault, match=r"gateway\.port"):
        PracticeGateway(gateway_folder, port=port).start()
