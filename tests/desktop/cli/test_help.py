"""Help that helps, and values told wrong before anything is opened."""

import argparse
from collections.abc import Iterator

import pytest

from desktop.cli.parser import build_parser
from desktop.cli.values import dossier_id, unit_code
from resources.messages import LANGUAGES
from tests.desktop.cli.conftest import PERIOD, Line, Sample


def unexplained(parser: argparse.ArgumentParser, path: str = "") -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                yield from unexplained(sub, f"{path} {name}")
        elif not action.help:
            yield f"{path} {action.dest}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_of_every_command_says_what_it_is(lang: str) -> None:
    assert list(unexplained(build_parser(lang))) == []


@pytest.mark.parametrize("command", ["calc", "late-old", "import"])
def test_help_can_be_printed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser("vi").parse_args([command, "--help"])
    assert "%%" not in capsys.readouterr().out


@pytest.mark.parametrize("port", ["99999", "-1", "x", "65536"])
def test_a_port_that_does_not_exist_is_wrong_usage(line: Line, port: str) -> None:
    said = line.json("practice", "serve", "--port", port)
    assert (said.code, said.document["error"]["code"]) == (2, "cli.usage")


def test_options_are_written_out(line: Line) -> None:
    assert line("unit", "list", "--js").code == 2


def test_a_units_code_may_be_typed_in_small_letters(line: Line, sample: Sample) -> None:
    imported = line.json("import", sample.workbook, "--unit", "zz0001z", "--period", PERIOD)
    assert imported.document["id"] == f"ZZ0001Z-{PERIOD}-600-1"
    assert line("check", imported.document["id"].lower()).code == 0


def test_only_the_units_part_of_a_dossiers_id_is_capital() -> None:
    assert unit_code(" tz0001a ") == "TZ0001A"
    assert dossier_id("tz0001a-2026-11-630b-1") == "TZ0001A-2026-11-630b-1"
