"""After a sudden end the window is open again where the person was."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.ui.app import resume
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.recovery import LOCK, Recovery, command
from desktop.ui.settings import UiSettings
from tests.desktop.ui.conftest import at_rest

DEAD = 2**22 - 3
"""no process has this number"""


@pytest.fixture
def settings(tmp_path: Path) -> UiSettings:
    return UiSettings(tmp_path / "window.ini")


def left_behind(folder: Path) -> None:
    here = QSysInfo.machineHostName()
    (folder / LOCK).write_text(f"{DEAD}\npython\n{here}\n\n\n", encoding="ascii")


def test_a_window_that_was_closed_tells_of_no_sudden_end(
    tmp_path: Path, settings: UiSettings
) -> None:
    first = Recovery(tmp_path, settings)
    assert not first.begin()
    first.end()
    assert not Recovery(tmp_path, settings).begin()


def test_a_second_window_is_no_sudden_end(tmp_path: Path, settings: UiSettings) -> None:
    first = Recovery(tmp_path, settings)
    first.begin()
    assert not Recovery(tmp_path, settings).begin()
    first.end()


def test_a_lock_that_nobody_holds_tells_of_one(tmp_path: Path, settings: UiSettings) -> None:
    left_behind(tmp_path)
    recovery = Recovery(tmp_path, settings)
    assert recovery.begin()
    recovery.end()
    assert not (tmp_path / LOCK).exists()


def test_the_window_opens_where_the_person_was(qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    before = Recovery(tmp_path, desk.settings)
    before.remember("outbox", "")
    left_behind(tmp_path)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    now = Recovery(tmp_path, desk.settings)
    resume(window, now)
    window.show()
    at_rest(qtbot, window)
    assert window.current == "outbox"
    assert "dừng đột ngột" in window.page.notice.words
    window.go("sign")
    assert now.place == ("sign", "")
    now.end()


def test_starting_again_is_offered_after_a_mistake_of_ours(
    qtbot: QtBot, window: MainWindow
) -> None:
    wanted = QSignalSpy(window.restart_wanted)
    window.page.fail(ValueError("a mistake of ours"))
    window.page.notice._restart.click()
    assert wanted.count() == 1


def test_a_start_that_was_asked_for_resumes_once(tmp_path: Path, settings: UiSettings) -> None:
    recovery = Recovery(tmp_path, settings)
    recovery.ask_to_resume()
    assert recovery.asked_to_resume()
    assert not recovery.asked_to_resume()


def test_the_program_is_started_as_it_was() -> None:
    given = ["python", "-m", "desktop", "--practice"]
    assert command("/bin/python", given, frozen=False) == ("/bin/python", given[1:])
    assert command("/x", ["tokhai.exe", "--practice"], frozen=True) == (
        "tokhai.exe",
        ["--practice"],
    )
