"""Pictures of every screen, for README and for looking at.

``take_shots(window, folder)`` walks a window that holds some data and keeps what it shows.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.screens import SCREENS, UNIT

PATIENCE = 30.0
"""seconds that a screen may take to come to rest"""
CALM = 0.25


def take_shots(window: MainWindow, folder: Path) -> list[Path]:
    """Every screen at 1366×768 as ``<screen>.png``; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)
    window.show()
    settle(window)
    return [_shot(window, folder, name, show) for name, show in _views(window)]


def settle(window: MainWindow) -> None:
    """Waits until nothing is under way any more."""
    end, calm = time.monotonic() + PATIENCE, time.monotonic() + CALM
    while time.monotonic() < min(end, calm):
        QApplication.processEvents()
        if window.desk.tasks.busy:
            calm = time.monotonic() + CALM
        time.sleep(0.01)


def _views(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    yield UNIT, partial(window.go, UNIT)
    for screen in SCREENS:
        yield screen.key, partial(_show, window, screen.key)


def _show(window: MainWindow, key: str) -> None:
    window.go(key)
    settle(window)
    page = window.pages[key]
    if isinstance(page, DeclarationsView) and page.findings.model.lines:
        page.go_to(page.findings.model.lines[0].finding)


def _shot(window: MainWindow, folder: Path, name: str, show: Callable[[], None]) -> Path:
    show()
    settle(window)
    path = folder / f"{name}.png"
    window.grab().save(str(path))
    return path
