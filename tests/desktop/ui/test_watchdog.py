"""The window goes on answering through long work, over the real program.

What holds it up for certain is looked for: data read or written, or a workbook opened, on its own
thread. How long its longest turn was is told with the result, in processor time of that thread
alone; a limit in seconds would say more of the machine than of the program (``tests.bench.window``
measures it against the wanted 100 ms).
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.__main__ import practice_help
from desktop.compose import compose
from desktop.store.session import Session
from desktop.ui.app import make_window
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.month.view import MonthView
from desktop.ui.pickers import DialogPicker
from desktop.ui.roster.view import RosterView
from forms.excel import guard
from tests.bench.wide import write_wide

LONG = 60.0
"""seconds"""
PEOPLE = 150


@dataclass
class Watch:
    """What was done on the window's thread that may take long, and how its turns went."""

    thread: int = field(default_factory=threading.get_ident)
    held_up: list[str] = field(default_factory=list)
    longest: tuple[float, str] = (0.0, "")
    """seconds of the window's own work in one turn of its loop, and in what"""

    def looking_at(self, what: str, work: Callable[..., object]) -> Callable[..., object]:
        def watched(*given: object, **named: object) -> object:
            if threading.get_ident() == self.thread:
                self.held_up.append(what)
            return work(*given, **named)

        return watched

    def turn(self, name: str, act: Callable[[], object]) -> None:
        begun = time.thread_time()
        act()
        self.longest = max(self.longest, (time.thread_time() - begun, name))

    def until_rest(self, window: MainWindow, name: str, act: Callable[[], object]) -> None:
        """Turns the window's events until all that the act began has ended."""
        end = time.monotonic() + LONG
        self.turn(name, act)
        while window.desk.tasks.busy and time.monotonic() < end:
            self.turn(name, QCoreApplication.processEvents)
            time.sleep(0.001)
        assert not window.desk.tasks.busy, name


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(Session, "__enter__", made.looking_at("data", Session.__enter__))
    monkeypatch.setattr(guard, "read_file", made.looking_at("a workbook", guard.read_file))
    return made


@pytest.fixture
def window(
    qtbot: QtBot, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A unit, and nobody in it yet."""
    monkeypatch.setattr(DialogPicker, "confirm", lambda *_: True)
    monkeypatch.setattr(DialogPicker, "save_file", lambda *asked: tmp_path / asked[3])
    with compose(data=tmp_path / "data", practice=True, lang="vi") as app:
        made = make_window(
            app.services,
            folder=app.data,
            crash_log=lambda _: tmp_path / "crash.log",
            practice=practice_help(app),
        )
        qtbot.addWidget(made, before_close_func=lambda each: each.close())
        made.show()
        watch.until_rest(made, "the first units", lambda: None)
        watch.until_rest(made, "a unit", made.welcome.use_sample)
        yield made
        made.close()


def doings(window: MainWindow, place: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    workbook = place / "danh-sach.xlsx"
    write_wide(workbook, PEOPLE)
    roster, month, declarations = (window.pages[k] for k in ("roster", "month", "declarations"))
    assert isinstance(roster, RosterView)
    assert isinstance(month, MonthView)
    assert isinstance(declarations, DeclarationsView)
    yield "declarations", lambda: window.go("declarations")
    yield "import", lambda: declarations.import_workbook(workbook)
    yield "check", declarations.check
    opened = declarations.opened
    assert opened is not None
    yield (
        "workbook of errors",
        lambda: declarations._write_report(opened, workbook, place / "loi.xlsx"),
    )
    yield "roster", lambda: window.go("roster")
    yield "choosing all", roster.grid.selectAll
    yield "one value for all", lambda: roster.change_all("chuc_vu", "Công nhân", None)
    yield "undo", roster.people.undo_button.click
    yield "export", roster.export_button.click
    yield "month", lambda: window.go("month")
    yield "comparing", month.compare
    yield "declaring", month.declare
    yield "home", lambda: window.go("home")
    assert (place / "loi.xlsx").exists()
    assert len(roster.found.ids) > PEOPLE / 2


def test_no_long_work_is_done_on_the_window_s_own_thread(
    window: MainWindow,
    watch: Watch,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    watch.held_up.clear()
    watch.longest = (0.0, "")
    for name, act in doings(window, tmp_path):
        watch.until_rest(window, name, act)
    seconds, where = watch.longest
    record_property("longest turn of the window", f"{seconds * 1000:.0f} ms: {where}")
    assert watch.held_up == []


def test_data_read_on_the_window_s_own_thread_would_be_noticed(
    window: MainWindow, watch: Watch
) -> None:
    watch.held_up.clear()
    window.desk.services.units()
    assert watch.held_up == ["data"]
