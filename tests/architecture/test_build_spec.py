"""What a freezer cannot see by itself, ``build.spec`` names: data files, and modules that are found
by name. PyInstaller itself is not run here; ``python3 dev.py build`` builds and tries the program.
"""

import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "build.spec"
ROOMS = ("desktop", "forms", "resources", "signing", "sync")
IMPORTED = re.compile(r"^\s*(?:from|import) (PySide6\.\w+|\w+)", re.MULTILINE)
LEFT_BEHIND = {".pyc", ".py", ".mako"}
"""code, and the template of a new step of the database, which only an engineer writes"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the spec asks of ``Analysis``: one for each program."""
    analyses: list[dict[str, Any]] = []

    def analysis(scripts: list[str], **settings: Any) -> SimpleNamespace:
        analyses.append({"scripts": scripts, **settings})
        return SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[])

    hooks = ModuleType("PyInstaller.utils.hooks")
    vars(hooks).update(
        collect_submodules=lambda name: [f"{name}.*"],
        collect_data_files=lambda name: [(f"data of {name}", name)],
        copy_metadata=lambda name: [(f"metadata of {name}", name)],
    )
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    tools = dict.fromkeys(("EXE", "PYZ", "COLLECT"), lambda *given, **more: None)
    code = compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec")
    exec(code, {"SPECPATH": str(ROOT), "Analysis": analysis, **tools})
    return analyses


def test_both_programs_start_from_a_module_that_can_be_the_agent(
    asked: list[dict[str, Any]],
) -> None:
    scripts = [Path(each["scripts"][0]) for each in asked]
    assert scripts == [ROOT / "desktop/cli/__main__.py", ROOT / "desktop/__main__.py"]
    for script in scripts:
        words = script.read_text(encoding="utf-8")
        assert "serve_agent_if_asked(sys.argv[1:])" in words
        assert "look_beside_the_program()" in words


def test_every_data_file_of_a_room_is_taken_along_to_its_own_place(
    asked: list[dict[str, Any]],
) -> None:
    for each in asked:
        taken = [source for source, target in each["datas"] if source == target]
        left = [
            str(path.relative_to(ROOT))
            for room in ROOMS
            for path in (ROOT / room).rglob("*")
            if path.is_file()
            and path.suffix not in LEFT_BEHIND
            and not any(path.is_relative_to(ROOT / folder) for folder in taken)
        ]
        assert left == []


def test_modules_that_are_found_by_name_are_named(asked: list[dict[str, Any]]) -> None:
    entry_points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = entry_points["entry-points"]["tokhai.gateways"].values()
    for each in asked:
        hidden = each["hiddenimports"]
        assert {f"{room}.*" for room in ROOMS} <= set(hidden)
        assert "keyring.backends.*" in hidden
        assert {"psycopg", "sqlalchemy.dialects.postgresql.psycopg"} <= set(hidden)
        assert all(value.split(":")[0].split(".")[0] in ROOMS for value in named)
        assert ("metadata of tokhai", "tokhai") in each["datas"]
        assert ("metadata of keyring", "keyring") in each["datas"]
        assert ("data of fpdf", "fpdf") in each["datas"]


def test_nothing_is_left_out_that_the_program_imports(asked: list[dict[str, Any]]) -> None:
    code = (
        path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")
    )
    used = {name for words in code for name in IMPORTED.findall(words)}
    assert "PySide6.QtWidgets" in used
    for each in asked:
        assert used & set(each["excludes"]) == set()
