"""Whether the network is paid by the byte: said where the system says it, else unknown."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import metered as module
from sync.metered import Metered, by_hint, by_network_manager, metered

LO = "GENERAL.STATE:100 (connected (externally))\nGENERAL.METERED:unknown\nIP4.GATEWAY:"


def device(metered: str, state: str = "100 (connected)", gateway: str = "192.0.2.1") -> str:
    return f"GENERAL.STATE:{state}\nGENERAL.METERED:{metered}\nIP4.GATEWAY:{gateway}\nIP6.GATEWAY:"


@pytest.mark.parametrize(
    ("devices", "answer"),
    [
        ([device("yes")], Metered.YES),
        ([device("yes (guessed)")], Metered.YES),
        ([device("no")], Metered.NO),
        ([device("no (guessed)")], Metered.NO),
        ([device("unknown")], Metered.UNKNOWN),
        ([device("no"), LO], Metered.NO),
        ([LO, device("no"), device("yes")], Metered.YES),
        ([device("no"), device("unknown")], Metered.UNKNOWN),
        ([device("yes", state="30 (disconnected)")], Metered.UNKNOWN),
        ([device("no"), device("yes", gateway="")], Metered.NO),
        ([device("no"), device("yes", gateway="--")], Metered.NO),
        ([device("sometimes")], Metered.UNKNOWN),
        ([], Metered.UNKNOWN),
    ],
)
def test_network_manager_says_it_for_the_devices_that_lead_out(
    devices: list[str], answer: Metered
) -> None:
    assert by_network_manager("\n\n".join(devices) + "\n") is answer


def test_a_gateway_of_the_sixth_version_leads_out_as_well() -> None:
    devices = "GENERAL.STATE:100\nGENERAL.METERED:yes\nIP4.GATEWAY:\nIP6.GATEWAY:fe80::1"
    assert by_network_manager(devices) is Metered.YES


@given(st.text())
def test_no_output_whatever_breaks_the_program(devices: str) -> None:
    assert by_network_manager(devices) in set(Metered)


def filling(**facts: int) -> Callable[[Any], int]:
    def ask(reference: Any) -> int:
        for name, value in facts.items():
            setattr(reference._obj, name, value)
        return 0

    return ask


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"cost": 0}, Metered.UNKNOWN),
        ({"cost": 1}, Metered.NO),
        ({"cost": 2}, Metered.YES),
        ({"cost": 3}, Metered.YES),
        ({"cost": 9}, Metered.UNKNOWN),
        ({"cost": 1, "roaming": 1}, Metered.YES),
        ({"cost": 1, "over_data_limit": 1}, Metered.YES),
        ({"cost": 1, "approaching_data_limit": 1}, Metered.NO),
    ],
)
def test_windows_says_what_the_network_costs(facts: dict[str, int], answer: Metered) -> None:
    assert by_hint(filling(**facts)) is answer


def test_a_windows_that_does_not_say_it() -> None:
    assert by_hint(None) is Metered.UNKNOWN
    assert by_hint(lambda _reference: 50) is Metered.UNKNOWN


def nmcli(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "nmcli"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.skipif(sys.platform == "win32", reason="a program of the shell")
@pytest.mark.parametrize(
    ("script", "answer"),
    [
        ("printf 'GENERAL.STATE:100\\nGENERAL.METERED:yes\\nIP4.GATEWAY:192.0.2.1\\n'", "yes"),
        ("exit 8", "unknown"),
        ("exec sleep 5", "unknown"),
    ],
)
def test_this_computer_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, answer: str
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.5)
    nmcli(tmp_path, script, monkeypatch)
    assert metered() == answer


def test_where_nobody_can_tell_it_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for platform in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert metered() is Metered.UNKNOWN


def test_a_program_that_cannot_be_started_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise OSError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module.shutil, "which", lambda _name: "/nowhere/nmcli")
    monkeypatch.setattr(subprocess, "run", broken)
    assert metered() is Metered.UNKNOWN


@pytest.mark.skipif(sys.platform == "win32", reason="how it is where there is no iphlpapi")
def test_a_system_that_only_calls_itself_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert metered() is Metered.UNKNOWN
