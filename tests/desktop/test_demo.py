"""The demonstration: the whole way, said step by step."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.demo import run_demo
from desktop.practice.roster import make_roster, write_roster
from desktop.services.moments import filing_day
from forms.model import DossierState, Period

PERIOD = Period.of(filing_day(datetime.now(UTC)))


@pytest.fixture
def said() -> list[str]:
    return []


def test_it_ends_with_a_number_and_leaves_its_files(tmp_path: Path, said: list[str]) -> None:
    result = run_demo(workbook=None, keep=tmp_path / "giu", say=said.append, lang="vi")
    assert result.exit_code == 0
    assert result.dossier
    assert result.dossier.state is DossierState.ACCEPTED
    assert result.number
    assert any(result.number in line for line in said)
    assert result.folder == tmp_path / "giu"
    assert all(file.exists() for file in result.files)
    assert [step.code for step in result.steps] == [
        "demo.unit",
        "demo.workbook",
        "demo.imported",
        "demo.built",
        "demo.signed",
        "demo.verified",
        "demo.enqueued",
        "demo.sent",
        "demo.accepted",
    ]


def test_it_can_be_run_again_in_the_same_folder(tmp_path: Path, said: list[str]) -> None:
    first = run_demo(workbook=None, keep=tmp_path, say=said.append, lang="en")
    second = run_demo(workbook=None, keep=tmp_path, say=said.append, lang="en")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.number != second.number


def test_a_given_workbook_leaves_nothing_behind(tmp_path: Path, said: list[str]) -> None:
    workbook = tmp_path / "cua-toi.xlsx"
    write_roster(workbook, make_roster(3, seed=1, period=PERIOD))
    result = run_demo(workbook=workbook, keep=None, say=said.append, lang="vi")
    assert (result.files, result.folder) == ((), None)


def test_a_workbook_with_errors_ends_with_its_findings(tmp_path: Path, said: list[str]) -> None:
    workbook = tmp_path / "loi.xlsx"
    roster = make_roster(3, seed=1, period=PERIOD, faults=["name_missing"])
    write_roster(workbook, roster)
    result = run_demo(workbook=workbook, keep=tmp_path / "giu", say=said.append, lang="vi")
    assert result.exit_code == 1
    assert result.number is None
    (planted,) = roster.planted
    assert any(f"{planted.line}:" in line for line in said)
