"""Frames while scrolling, and the list as one types, in the two great grids, without a display:
``python -m tests.bench.grids [PEOPLE [ROWS]]``.

A frame's yardstick is Qt's own table of the same size and columns over a model that answers with
one text; a filter's is looking through the same texts, folded before, in a list. A frame of 20 ms
is 50 a second.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from desktop.compose import compose
from desktop.practice.roster import LAYOUT
from desktop.practice.sample import sample_unit
from desktop.store.opening import open_store
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.desk import Desk
from desktop.ui.pickers import DialogPicker
from desktop.ui.session import Session
from desktop.ui.settings import UiSettings
from desktop.ui.tasks import Tasks
from desktop.ui.theme import dress
from desktop.ui.widgets.lines_model import Index
from forms.codes import fold
from forms.excel.layout import load
from forms.model import Part
from tests.bench.measure import Measure, say
from tests.bench.roster import NOW, draft, merge
from tests.bench.roster_screen import page_over
from tests.bench.wide import COLUMNS, PERIOD
from tests.fakes.services import UNIT, FakeServices

MANY, ROWS = 100_000, 10_000
SIZE = (1366, 700)
FRAMES = 120
ROWS_A_FRAME = 3
"""as a turn of the wheel moves them"""
WORDS = "ngu"
MS = 1_000


class _Plain(QAbstractTableModel):
    """As many cells, all alike."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = rows, columns

    def rowCount(self, parent: object = None) -> int:
        return self._size[0]

    def columnCount(self, parent: object = None) -> int:
        return self._size[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "Nguyễn Văn" if role == Qt.ItemDataRole.DisplayRole else None


def frames(table: QTableView, busy: Callable[[], object]) -> list[float]:
    """ms of each, the last of them counted only once what it asks for is there."""
    bar, found = table.verticalScrollBar(), []
    pixels = table.verticalScrollMode() is QAbstractItemView.ScrollMode.ScrollPerPixel
    step = ROWS_A_FRAME * (table.rowHeight(0) if pixels else 1)
    bar.setValue(bar.maximum() // 3)
    settle(busy)
    for _ in range(FRAMES):
        begun = time.perf_counter()
        bar.setValue(bar.value() + step)
        table.viewport().update()  # whole, on every platform: columns that stand still ask for it
        QCoreApplication.processEvents()
        found.append((time.perf_counter() - begun) * MS)
    return found


def settle(busy: Callable[[], object]) -> None:
    calm = time.perf_counter() + 0.3
    while time.perf_counter() < calm:
        QCoreApplication.processEvents()
        if busy():
            calm = time.perf_counter() + 0.3
        time.sleep(0.001)


def until_other(before: object, now: Callable[[], object], busy: Callable[[], object]) -> float:
    """ms until something else is there than before and nothing is under way."""
    begun = time.perf_counter()
    while now() is before or busy():
        QCoreApplication.processEvents()
    return (time.perf_counter() - begun) * MS


def plain_frames(rows: int, columns: int) -> list[float]:
    table = QTableView()
    table.setModel(_Plain(rows, columns))
    table.resize(*SIZE)
    table.show()
    return frames(table, lambda: False)


def of_frames(name: str, found: list[float], bare: list[float]) -> Iterator[Measure]:
    """The usual frame and the worst of twenty."""
    for which, place, target in (("usual", 9, 20.0), ("1 in 20", 18, None)):
        job, plain = (quantiles(each, n=20)[place] for each in (found, bare))
        said = f"{name}, {which} frame" + (f" (aim: {target:g} ms)" if target else "")
        yield Measure(name=said, yardstick="Qt's own table", job=job, bare=plain, unit="ms")


def of_words(name: str, job: float, texts: list[str]) -> Measure:
    begun = time.perf_counter()
    sum(WORDS in text for text in texts)
    bare = (time.perf_counter() - begun) * MS
    said = f"{name}, a letter typed (aim: 100 ms)"
    return Measure(name=said, yardstick="bare look", job=job, bare=bare, unit="ms")


def measure_roster(people: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder), draft(people)
        store = open_store(data, mode="practice", now=NOW)
        with store.begin() as work:
            work.units.add(sample_unit())
            work.commit()
        merge(store, made, PERIOD)
        store.engine.dispose()
        names = [fold(row.get("ho_ten")) for row in made.rows(Part.LAO_DONG)]
        with compose(data=data, practice=True, lang="vi") as composed:
            page = page_over(composed.services, data / "window.ini")
            page.kept.choose(list(page.presenter.fields)[:COLUMNS])
            page.resize(*SIZE)
            page.show()

            def busy() -> bool:
                return bool(page.desk.tasks.busy or page.people.is_waiting)

            page.search()
            settle(busy)
            bare = plain_frames(people, COLUMNS)
            title = f"roster {people:,} × {COLUMNS}"
            yield from of_frames(title, frames(page.grid, busy), bare)
            taken = []
            for letter in WORDS:
                before = page.found
                QTest.keyClicks(page.words, letter)
                taken.append(until_other(before, lambda: page.found, busy))
            yield of_words(title, max(taken), names)
            page.desk.tasks.close()


def measure_draft(rows: int) -> Iterator[Measure]:
    services, made = FakeServices(), draft(rows)
    services.add_unit(UNIT)
    sheet = load(LAYOUT).sheet(Part.LAO_DONG)
    assert sheet is not None
    columns = {column.key: column.letters for column in sheet.named}
    section = replace(made.sections[0], columns=columns)
    services.bring(replace(made, layout=LAYOUT, sections=(section,)), period=PERIOD)
    with tempfile.TemporaryDirectory() as folder:
        page = draft_page(services, Path(folder) / "window.ini")

        def busy() -> int:
            return page.desk.tasks.busy

        page.refresh()
        settle(busy)
        view = page.draft
        title = f"declaration {rows:,} × {view.model.columnCount()}"
        bare = plain_frames(rows, view.model.columnCount())
        yield from of_frames(title, frames(view.grid, busy), bare)
        names = [fold(row.get("ho_ten")) for row in section.rows]
        for said, sort in ((title, None), (f"{title}, sorted", True)):
            view.narrowing.sort("ho_ten", sort)
            settle(busy)
            if sort:
                yield from of_frames(said, frames(view.grid, busy), bare)
            yield of_words(said, typed(page), names)
        yield of_words(f"{title}, found", sought(page), names)
        page.desk.tasks.close()


def draft_page(services: FakeServices, settings: Path) -> DeclarationsView:
    kept, session = UiSettings(settings), Session(PERIOD)
    session.choose_unit(UNIT)
    desk = Desk(
        services=services,
        tasks=Tasks(),
        session=session,
        settings=kept,
        picker=DialogPicker(kept),
        crash_log=lambda _: settings,
    )
    page = DeclarationsView(desk)
    page.resize(*SIZE)
    page.show()
    return page


def typed(page: DeclarationsView) -> float:
    """The slowest letter of a condition on the name, typed a moment after it was opened."""
    view = page.draft
    view.narrowing.filter_by("ho_ten")
    settle(lambda: page.desk.tasks.busy)
    bar, taken = view.narrowing.bar, []
    assert bar is not None
    for letter in WORDS:
        before = view.model.sheet
        QTest.keyClicks(bar.lines[-1].text, letter)
        taken.append(until_other(before, lambda: view.model.sheet, lambda: page.desk.tasks.busy))
    bar.clear()
    settle(lambda: page.desk.tasks.busy)
    return max(taken)


def sought(page: DeclarationsView) -> float:
    """The slowest letter of Ctrl+F, through every column, typed a moment after it was opened."""
    finding, taken = page.draft.finding, []
    finding.open()
    settle(lambda: page.desk.tasks.busy)
    for letter in WORDS:
        before = finding.found
        QTest.keyClicks(finding.bar.words, letter)
        taken.append(until_other(before, lambda: finding.found, lambda: page.desk.tasks.busy))
    return max(taken)


def measure_grids(people: int = MANY, rows: int = ROWS) -> Iterator[Measure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    yield from measure_draft(rows)
    yield from measure_roster(people)


if __name__ == "__main__":
    sizes = [int(each) for each in sys.argv[1:]]
    for one in measure_grids(*sizes):
        say(one)
