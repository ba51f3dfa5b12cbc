"""Nothing is cut at 1366×768, in either language, with the practice band and a message."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.shots import take_shots
from desktop.ui.theme import dress
from resources.messages import LANGUAGES
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import PERIOD, UNIT, FakeServices, FakeSigner, draft, row


def cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        narrow = widget.sizeHint().width() > widget.width()
        if isinstance(widget, QAbstractButton) and widget.text() and narrow:
            yield f"button {widget.text()!r}"
        if isinstance(widget, QLabel) and widget.text() and too_small(widget):
            yield f"label {widget.text()!r}"


def too_small(words: QLabel) -> bool:
    if words.wordWrap():
        return words.heightForWidth(words.width()) > words.height()
    return words.sizeHint().width() > words.width()


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_cut(
    lang: str, full: bool, qtbot: QtBot, desk: Desk, services: FakeServices, qapp: QApplication
) -> None:
    services.practice = True
    if full:
        fill(services)
    texts.use_language(lang)
    dress(qapp)
    practice = PracticeHelp(
        sample_unit=lambda: UNIT, sample_workbook=lambda: Path("x.xlsx"), key_password="x"
    )
    window = MainWindow(replace(desk, practice=practice))
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    at_rest(qtbot, window)
    found = []
    for key, page in window.pages.items():
        window.go(key)
        page.fail(ValueError("a long message shows how the page bears it"))
        at_rest(qtbot, window)
        qapp.processEvents()
        found += [f"{key}: {each}" for each in cut(window)]
    assert window.minimumSizeHint().width() <= SIZE[0]
    assert window.minimumSizeHint().height() <= SIZE[1]
    assert (window.width(), window.height()) == SIZE
    assert found == []


def fill(services: FakeServices) -> None:
    first = services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.sign(first.id, FakeSigner())
    services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.bring(draft(row(4), row(5, ngay_sinh="31-02-90")))


def test_pictures_of_every_screen(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path
) -> None:
    fill(services)
    taken = take_shots(window, tmp_path / "shots")
    assert [path.stem for path in taken] == ["unit", "roster", "declarations", "sign", "outbox"]
    assert all(path.stat().st_size > 10_000 for path in taken)
