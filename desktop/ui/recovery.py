"""After a sudden end: whether there was one, where the person was, and starting again there.

What was typed is in the store already; only the place is kept here.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QLockFile, QProcess

from desktop.ui.settings import UiSettings

LOCK = "window.lock"
DATA, PRACTICE = "--data", "--practice"
PLACE, ABOUT, AGAIN = "run/page", "run/about", "run/again"


class Recovery:
    """The lock lies there while a window is open; one that nobody holds tells of a sudden end."""

    def __init__(self, folder: Path, settings: UiSettings) -> None:
        self._path = folder / LOCK
        self._settings = settings
        self._lock = QLockFile(str(self._path))
        self._lock.setStaleLockTime(0)

    def begin(self) -> bool:
        """Whether the last window of this data ended suddenly; False while another one is open."""
        left_behind = self._path.exists()
        return self._lock.tryLock(0) and left_behind

    def end(self) -> None:
        self._lock.unlock()

    def remember(self, page: str, about: str) -> None:
        self._settings.remember(PLACE, page)
        self._settings.remember(ABOUT, about)

    @property
    def place(self) -> tuple[str, str]:
        """(page, what it was about); empty where nothing is known."""
        return self._settings.text(PLACE), self._settings.text(ABOUT)

    def ask_to_resume(self) -> None:
        """The next start goes where the person is now."""
        self._settings.remember(AGAIN, "yes")

    def asked_to_resume(self) -> bool:
        """Once: the start after that one begins as every day."""
        asked = self._settings.text(AGAIN) == "yes"
        self._settings.remember(AGAIN, "")
        return asked


def start_again() -> bool:
    """The same program with the same options, beside this one that is about to close."""
    return _start(sys.orig_argv)


def start_in_mode(*, practice: bool) -> bool:
    """The same program in practice or for real, each with the data folder of its own."""
    return _start(in_mode(sys.orig_argv, practice=practice))


def _start(given: list[str]) -> bool:
    program, arguments = command(sys.executable, given, frozen=hasattr(sys, "frozen"))
    started = QProcess.startDetached(program, arguments)
    return bool(started[0] if isinstance(started, tuple) else started)


def command(executable: str, given: list[str], *, frozen: bool) -> tuple[str, list[str]]:
    """How this process was started: (program, its arguments)."""
    return (given[0] if frozen else executable), given[1:]


def in_mode(given: list[str], *, practice: bool) -> list[str]:
    """The arguments for a mode, without a data folder: one folder holds one mode."""
    kept: list[str] = []
    left_out = False
    for each in given:
        if not left_out and each not in (DATA, PRACTICE) and not each.startswith(f"{DATA}="):
            kept.append(each)
        left_out = each == DATA and not left_out
    return [*kept, PRACTICE] if practice else kept
