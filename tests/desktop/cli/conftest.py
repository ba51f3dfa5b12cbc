"""The command line as a person or a program calls it, in this process."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.practice.gateway import PracticeGateway
from tests.fakes.softhsm import PIN, SoftToken, soft_token

PERIOD = "2026-11"
UNIT = "ZZ0001Z"
PASSWORD = "mat-khau-luyen-tap"


@dataclass(frozen=True)
class Said:
    """What one command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Exactly one JSON document on stdout."""
        parsed: dict[str, Any] = json.loads(self.out)
        return parsed


@dataclass(frozen=True)
class Line:
    """Runs ``tokhai`` on one data folder."""

    data: Path
    practice: bool
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str | Path, stdin: str | None = None) -> Said:
        self.capsys.readouterr()
        given = io.StringIO(stdin) if stdin is not None else sys.stdin
        self.monkeypatch.setattr(sys, "stdin", given)
        mode = ["--practice"] if self.practice else []
        options = ["--data", str(self.data), *mode, *(str(part) for part in arguments)]
        code = main(options)
        captured = self.capsys.readouterr()
        return Said(code, captured.out, captured.err)

    def json(self, *arguments: str | Path, stdin: str | None = None) -> Said:
        return self("--json", *arguments, stdin=stdin)


@pytest.fixture
def line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    return Line(tmp_path / "data", True, capsys, monkeypatch)


@pytest.fixture
def real(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    """The same program outside practice mode."""
    return Line(tmp_path / "real", False, capsys, monkeypatch)


@dataclass(frozen=True)
class Sample:
    workbook: Path
    key_file: Path


@pytest.fixture
def sample(line: Line, tmp_path: Path) -> Sample:
    """The sample unit in the data, its workbook of six people and its key."""
    folder = tmp_path / "mau"
    arguments = ("practice", "sample", "--out", folder, "--people", "6", "--pin-stdin")
    assert line(*arguments, stdin=f"{PASSWORD}\n").code == 0
    return Sample(folder / "danh-sach-mau.xlsx", folder / "khoa-luyen-tap.p12")


@pytest.fixture
def imported(line: Line, sample: Sample) -> str:
    done = line.json("import", sample.workbook, "--unit", UNIT, "--period", PERIOD)
    assert done.code == 0, done.err
    return str(done.document["id"])


@pytest.fixture
def built(line: Line, imported: str) -> str:
    done = line.json("build", "--unit", UNIT, "--period", PERIOD, "--procedure", "600")
    assert done.code == 0, done.out
    return imported


@pytest.fixture
def signed(line: Line, built: str, sample: Sample) -> str:
    done = line("sign", built, "--p12", sample.key_file, "--pin-stdin", stdin=f"{PASSWORD}\n")
    assert done.code == 0, done.err
    return built


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[PracticeGateway]:
    with PracticeGateway(tmp_path / "gateway") as running:
        yield running


@pytest.fixture
def ca(gateway: PracticeGateway, tmp_path: Path) -> Path:
    path = tmp_path / "gateway-ca.pem"
    path.write_text(gateway.ca_pem, encoding="ascii")
    return path


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """An empty SoftHSM2 token; its PIN is ``tests.fakes.softhsm.PIN``."""
    made = soft_token(tmp_path / "softhsm")
    monkeypatch.setenv("SOFTHSM2_CONF", str(made.settings))
    made.add_token()
    return made


SignWithToken = Callable[..., Said]


@pytest.fixture
def sign_with_token(line: Line, token: SoftToken, built: str) -> SignWithToken:
    def sign(*more: str, pin: str = PIN) -> Said:
        arguments = ("sign", built, "--module", token.module, *more, "--pin-stdin")
        return line.json(*arguments, stdin=f"{pin}\n")

    return sign
