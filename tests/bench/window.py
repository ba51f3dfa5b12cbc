"""The whole window at work: ``python -m tests.bench.window [PEOPLE [ROWS]]``.

For each thing a person does on each screen: how long until it is done, and the longest time for
which the window could not answer (wanted: at most 100 ms). Real data files, practice mode, no
display. PEOPLE are in the roster (usual 100,000), ROWS in the declaration (usual 10,000).
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.__main__ import practice_help
from desktop.compose import App, compose
from desktop.practice.sample import sample_unit
from desktop.store.opening import open_store
from desktop.ui.app import application, make_window
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.month.presenter import Source
from desktop.ui.pickers import DialogPicker
from desktop.ui.screens import HIDDEN, SCREENS
from desktop.ui.tidying import Tidying
from tests.bench.roster import NOW, draft, merge
from tests.bench.watchdog import Felt, Watchdog
from tests.bench.wide import PERIOD, write_wide

PEOPLE, ROWS = 100_000, 10_000
WANTED = 0.1
Doing = tuple[str, Callable[[], object]]


def pages(window: MainWindow) -> Iterator[Doing]:
    """Each made and entered for the first time, then again."""
    keys = [screen.key for screen in (*SCREENS, *HIDDEN)]
    for key in keys:
        yield f"{key}: the first time", partial(window.go, key)
    for key in keys:
        yield f"{key}: again", partial(window.go, key)


def looks(window: MainWindow) -> Iterator[Doing]:
    look = window.desk.appearance
    assert look is not None
    window.go("preferences")
    yield "language", lambda: look.choose_language("en")
    yield "theme", lambda: look.choose_theme("dark")
    yield "size of letters", lambda: look.choose_size(150)
    look.choose_size(100)
    look.choose_theme("light")
    yield "back to Vietnamese", lambda: look.choose_language("vi")


def roster(window: MainWindow) -> Iterator[Doing]:
    page: Any = window.pages["roster"]
    yield "roster: entering", partial(window.go, "roster")
    bar = page.grid.verticalScrollBar()
    for letter in "ngu":
        yield f"roster: typing “{letter}”", partial(QTest.keyClicks, page.words, letter)
    yield "roster: clearing the words", page.words.clear
    yield "roster: to the middle", lambda: bar.setValue(bar.maximum() // 2)
    yield "roster: one page down", lambda: QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    yield "roster: sorting by name", lambda: page.grid.head_pressed.emit(0)
    yield "roster: choosing all", page.grid.selectAll
    yield "roster: one value for all", lambda: page.change_all("chuc_vu", "Công nhân", None)
    yield "roster: undo", page.people.undo_button.click
    yield "roster: exporting", page.export_button.click
    yield "roster: a person", lambda: page.open_person(*page.found.ids[:1])
    yield "roster: back to the list", page.show_list


def declaring(window: MainWindow, workbook: Path, out: Path) -> Iterator[Doing]:
    page: Any = window.pages["declarations"]
    month: Any = window.pages["month"]
    yield (
        "declarations: import",
        lambda: (
            window.go("declarations"),
            page.import_workbook(workbook),
        ),
    )
    yield (
        "declarations: another page and back",
        lambda: (
            window.go("home"),
            window.go("declarations"),
        ),
    )
    yield "declarations: opening it anew", lambda: page._load(page.opened.dossier.id)
    yield "declarations: check", page.check
    yield "declarations: workbook of errors", lambda: page._write_report(page.opened, workbook, out)
    yield "columns: guess", partial(window.go, "columns", str(workbook))
    yield "month: compare the roster", lambda: (window.go("month"), month.compare())
    yield (
        "month: compare two workbooks",
        lambda: (
            month.bar.choose(Source.FILES),
            month.bar.take_file("old", workbook),
            month.bar.take_file("new", workbook),
            month.compare(),
        ),
    )


def sending(window: MainWindow) -> Iterator[Doing]:
    declarations: Any = window.pages["declarations"]
    sign: Any = window.pages["sign"]
    outbox: Any = window.pages["outbox"]
    inbox: Any = window.pages["inbox"]
    yield (
        "declarations: the sample",
        lambda: (
            window.go("declarations"),
            declarations.use_sample(),
        ),
    )
    yield "declarations: build", declarations.build
    yield "preview", lambda: window.go("preview", declarations.opened.dossier.id)
    yield "sign: entering", partial(window.go, "sign")
    yield "sign: signing", lambda: (sign.password.click(), sign.sign())
    yield "outbox: entering", sign.send_button.click
    yield "outbox: exporting", outbox.export
    yield "outbox: sending", outbox.send
    yield "inbox: entering", partial(window.go, "inbox")
    yield "inbox: the officer", inbox.officer
    yield "inbox: asking", inbox.fetch


def upkeep(window: MainWindow, out: Path) -> Iterator[Doing]:
    preferences: Any = window.pages["preferences"]
    token: Any = window.pages["token"]
    verify: Any = window.pages["verify"]
    signed = next(iter(out.parent.glob("exported/**/*.xml")), None)
    yield "preferences: a copy", lambda: (window.go("preferences"), preferences._copy(out.parent))
    yield "token: examining", lambda: (window.go("token"), token.run())
    yield "token: bundle", token.save_bundle
    if signed:
        yield "verify: a file", lambda: (window.go("verify"), verify.check([signed]))


def fill(data: Path, people: int) -> None:
    store = open_store(data, mode="practice", now=NOW)
    with store.begin() as work:
        work.units.add(sample_unit())
        work.commit()
    merge(store, draft(people), PERIOD)
    store.engine.dispose()


def doings(window: MainWindow, place: Path, rows: int) -> Iterator[Doing]:
    workbook = place / "wide.xlsx"
    write_wide(workbook, rows)
    yield from pages(window)
    yield from roster(window)
    yield from sending(window)
    yield from declaring(window, workbook, place / "errors.xlsx")
    yield from upkeep(window, place / "out.zip")
    yield from looks(window)


def measure(people: int, rows: int) -> Iterator[Felt]:
    DialogPicker.confirm = lambda *_: True  # type: ignore[method-assign]  # nobody is there
    DialogPicker.save_file = lambda *asked: place / asked[3]  # type: ignore[method-assign]
    DialogPicker.folder = lambda *_: place / "exported"  # type: ignore[method-assign]
    application()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "exported").mkdir()
        fill(place / "data", people)
        with compose(data=place / "data", practice=True, lang="vi") as app:
            yield from _watched(app, place, rows)


def _watched(app: App, place: Path, rows: int) -> Iterator[Felt]:
    made: list[MainWindow] = []
    dog = Watchdog(lambda: bool(made and made[0].desk.tasks.busy))

    def opened() -> None:
        window = make_window(
            app.services,
            folder=app.data,
            crash_log=lambda _: place / "crash.log",
            practice=practice_help(app),
        )
        window.resize(*SIZE)
        window.show()
        made.append(window)

    yield dog.felt("the window itself", opened)
    tidying = Tidying(made[0].desk.tasks, made[0])
    tidying.begin()
    for name, act in doings(made[0], place, rows):
        yield dog.felt(name, act)
    made[0].close()
    dog.close()


def main(arguments: list[str]) -> None:
    people, rows = (*map(int, arguments), *(PEOPLE, ROWS)[len(arguments) :])[:2]
    for one in measure(people, rows):
        late = f"  {one.where}" if one.frozen > WANTED else ""
        sys.stdout.write(
            f"{one.name:36} {one.whole * 1000:8.0f} ms, frozen {one.frozen * 1000:6.0f} ms "
            f"(own work {one.own * 1000:6.0f} ms){late}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
