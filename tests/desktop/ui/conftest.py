"""A window over the use cases in memory, on a screen that is not there."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.desk import Desk
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.session import Session
from desktop.ui.settings import UiSettings
from desktop.ui.tasks import Tasks
from desktop.ui.theme import dress
from tests.fakes.services import PERIOD, UNIT, FakeServices
from tests.fakes.threads import Overheard

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@dataclass
class FakePicker:
    """Answers prepared beforehand; remembers what was asked."""

    file: Path | None = None
    out: Path | None = None
    where: Path | None = None
    yes: bool = True
    password: str | None = None
    asked: list[str] = field(default_factory=list)

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.file

    def open_files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        self.asked.append(title)
        return [self.file] if self.file else []

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        self.asked.append(name)
        return self.out

    def folder(self, parent: QWidget, title: str) -> Path | None:
        self.asked.append(title)
        return self.where

    def confirm(self, parent: QWidget, question: str, detail: str, yes: str) -> bool:
        self.asked.append(question)
        return self.yes

    def secret(self, parent: QWidget, question: str) -> str | None:
        self.asked.append(question)
        return self.password


@pytest.fixture
def services() -> FakeServices:
    """One unit, nothing else."""
    made = FakeServices()
    made.add_unit(UNIT)
    return made


@pytest.fixture
def picker() -> FakePicker:
    return FakePicker()


@pytest.fixture
def crash_logs(tmp_path: Path) -> list[BaseException]:
    """What was written to the crash log."""
    return []


@pytest.fixture
def desk(
    qtbot: QtBot,
    services: FakeServices,
    picker: FakePicker,
    crash_logs: list[BaseException],
    tmp_path: Path,
) -> Iterator[Desk]:
    texts.use_language("vi")

    def crash_log(error: BaseException) -> Path:
        crash_logs.append(error)
        return tmp_path / "crash.log"

    tasks = Tasks()
    overheard = Overheard(services)
    yield Desk(
        services=overheard,
        tasks=tasks,
        session=Session(PERIOD),
        settings=UiSettings(tmp_path / "window.ini"),
        picker=picker,
        crash_log=crash_log,
    )
    tasks.close()
    texts.use_language("vi")
    assert overheard.in_the_window == [], "a use case was called in the window's own thread"


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Windows that are gone go at once: Qt looks at each that is left whenever a look changes."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(qtbot: QtBot, qapp: object, desk: Desk) -> MainWindow:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    dress(qapp)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    at_rest(qtbot, made)
    return made


def at_rest(qtbot: QtBot, window: MainWindow) -> None:
    """Nothing is under way."""
    qtbot.waitUntil(lambda: window.desk.tasks.busy == 0, timeout=10_000)


def in_front(window: QWidget) -> None:
    """Has the keyboard."""
    handle = window.window().windowHandle()
    handle.requestActivate()
    QCoreApplication.processEvents()
