"""One PIN for several dossiers on the command line."""

import pytest

from tests.desktop.cli.conftest import PASSWORD, UNIT, Line, Sample


@pytest.fixture
def second(line: Line, built: str, sample: Sample) -> str:
    """The same list declared for the month after."""
    done = line.json("import", sample.workbook, "--unit", UNIT, "--period", "2026-12")
    line.json("build", "--unit", UNIT, "--period", "2026-12", "--procedure", "600")
    return str(done.document["id"])


def test_all_are_signed(line: Line, built: str, second: str, sample: Sample) -> None:
    said = line.json(
        "sign", built, second, "--p12", sample.key_file, "--pin-stdin", stdin=f"{PASSWORD}\n"
    )
    assert said.code == 0, said.err
    assert [each["id"] for each in said.document["signed"]] == [built, second]
    assert {each["state"] for each in said.document["signed"]} == {"signed"}
    assert (said.document["failed"], said.document["untried"]) == (None, [])


def test_one_that_is_not_built_is_said_before_any_pin(
    line: Line, built: str, sample: Sample
) -> None:
    said = line.json(
        "sign", built, f"{UNIT}-2026-12-600-1", "--p12", sample.key_file, "--pin-stdin", stdin="\n"
    )
    assert said.document["error"]["code"] == "dossier.unknown"
    assert line.json("status", built).document["state"] == "checked"


def test_the_same_dossier_twice_is_signed_once(line: Line, built: str, sample: Sample) -> None:
    said = line.json(
        "sign", built, built, "--p12", sample.key_file, "--pin-stdin", stdin=f"{PASSWORD}\n"
    )
    assert (said.code, said.document["id"]) == (0, built)
