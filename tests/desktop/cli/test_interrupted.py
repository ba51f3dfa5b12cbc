"""Ctrl+C at any moment, also while the program is still being loaded."""

import json
import subprocess
import sys

import pytest

from desktop.cli import main

INTERRUPTED_WHILE_LOADING = """
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "sqlalchemy":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from desktop.cli import main
sys.exit(main(["unit", "list", "--json"]))
"""


def test_while_loading_it_is_one_sentence_and_one_document() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_LOADING],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert json.loads(ended.stdout)["error"]["code"] == "cli.cancelled"
    assert "Traceback" not in ended.stderr


def test_while_working(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.cli.running.run", interrupted)
    assert main(["unit", "list", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "cli.cancelled"
