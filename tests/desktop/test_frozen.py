"""What a frozen program does before anything else."""

import sys
from pathlib import Path

import pytest

from desktop.frozen import PLUG_INS, look_beside_the_program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tokhai"))
    monkeypatch.setattr(sys, "path", ["/first"])
    return tmp_path


def test_ways_of_sending_beside_a_frozen_program_come_last(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    look_beside_the_program()
    assert sys.path == ["/first"]
    (program / PLUG_INS).mkdir()
    look_beside_the_program()
    assert sys.path == ["/first", str(program / PLUG_INS)]


def test_a_source_checkout_looks_nowhere_else(program: Path) -> None:
    (program / PLUG_INS).mkdir()
    look_beside_the_program()
    assert sys.path == ["/first"]
