"""Where data are kept, on every system, and that asking makes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import data_folder

ABSOLUTE = Path(Path.cwd().anchor) / "kept"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("win32", {"LOCALAPPDATA": str(ABSOLUTE)}, ABSOLUTE / "ToKhai"),
        ("win32", {}, Path("~/AppData/Local/ToKhai")),
        ("darwin", {}, Path("~/Library/Application Support/ToKhai")),
        ("linux", {"XDG_DATA_HOME": str(ABSOLUTE)}, ABSOLUTE / "ToKhai"),
        ("linux", {"XDG_DATA_HOME": "relative"}, Path("~/.local/share/ToKhai")),
        ("linux", {"XDG_DATA_HOME": ""}, Path("~/.local/share/ToKhai")),
    ],
)
def test_each_system_has_its_place(
    platform: str, variables: dict[str, str], expected: Path
) -> None:
    found = data_folder(practice=False, platform=platform, environment=variables)
    assert found == expected.expanduser()


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_practice_stands_beside_real_data_never_inside(platform: str) -> None:
    real, practice = (data_folder(practice=mode, platform=platform) for mode in (False, True))
    assert real != practice
    assert real.parent == practice.parent


def test_a_named_folder_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder(practice=False, override=ABSOLUTE) == ABSOLUTE
    assert data_folder(practice=True, override=Path("của tôi")) == tmp_path / "của tôi"
    assert data_folder(practice=False, override=Path("~/x")) == Path.home() / "x"


def test_asking_and_importing_make_nothing(own_home: Path) -> None:
    script = (
        "import desktop.paths, desktop.store.opening; desktop.paths.data_folder(practice=False)"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root, env=dict(os.environ))
    assert list(own_home.iterdir()) == []
