"""The roster's page with many people: ``python -m tests.bench.roster_screen [PEOPLE]``.

For each thing a person does: how long until everything stands there, and the longest time for
which the window could not answer. Without a display.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.compose import compose
from desktop.practice.sample import sample_unit
from desktop.services.api import Services
from desktop.store.opening import open_store
from desktop.ui.desk import Desk
from desktop.ui.pickers import DialogPicker
from desktop.ui.roster.view import RosterView
from desktop.ui.session import Session
from desktop.ui.settings import UiSettings
from desktop.ui.tasks import Tasks
from desktop.ui.theme import dress
from tests.bench.roster import NOW, draft, merge
from tests.bench.wide import PERIOD

CALM = 0.4
SIZE = (1366, 700)


@dataclass(frozen=True)
class Felt:
    """Seconds. ``frozen``: the longest time without an answer."""

    name: str
    whole: float
    frozen: float


def felt(name: str, page: RosterView, act: Callable[[], object]) -> Felt:
    """Does it and turns the window's events until nothing is under way for a while."""
    begun = last = time.perf_counter()
    frozen, settled = 0.0, begun
    act()
    while True:
        QCoreApplication.processEvents()
        now = time.perf_counter()
        frozen, last = max(frozen, now - last), now
        if page.desk.tasks.busy or page.people.is_waiting:
            settled = time.perf_counter()
        elif now - settled > CALM:
            return Felt(name, settled - begun, frozen)
        time.sleep(0.001)
        last = time.perf_counter()


def page_over(services: Services, settings: Path) -> RosterView:
    kept = UiSettings(settings)
    session = Session(PERIOD)
    session.choose_unit(services.units()[0])
    desk = Desk(
        services=services,
        tasks=Tasks(),
        session=session,
        settings=kept,
        picker=DialogPicker(kept),
        crash_log=lambda _: settings.with_name("crash.log"),
    )
    return RosterView(desk)


def doings(page: RosterView) -> Iterator[tuple[str, Callable[[], object]]]:
    def opened() -> None:
        page.resize(*SIZE)
        page.show()
        page.search()

    bar = page.grid.verticalScrollBar()
    yield "opening", opened
    for letter in "ngu":
        yield f"typing “{letter}”", partial(QTest.keyClicks, page.words, letter)
    yield "clearing the words", page.words.clear
    yield "one page down", lambda: QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    yield "to the middle", lambda: bar.setValue(bar.maximum() // 2)
    yield "sorting by name", lambda: page.grid.head_pressed.emit(0)
    yield "sorting by wage", lambda: page.grid.head_pressed.emit(7)
    yield "choosing all", page.grid.selectAll


def measure(people: int) -> Iterator[Felt]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        store = open_store(data, mode="practice", now=NOW)
        with store.begin() as work:
            work.units.add(sample_unit())
            work.commit()
        merge(store, draft(people), PERIOD)
        store.engine.dispose()
        with compose(data=data, practice=True, lang="vi") as composed:
            page = page_over(composed.services, data / "window.ini")
            for name, act in doings(page):
                yield felt(name, page, act)
            page.desk.tasks.close()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for one in measure(count):
        sys.stdout.write(
            f"{one.name:22} {one.whole * 1000:8.0f} ms, frozen {one.frozen * 1000:6.0f} ms\n"
        )
