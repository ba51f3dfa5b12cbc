"""A page says what it is doing as soon as that lasts, and stops saying it when all is over."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.lasting import LastingBar
from tests.desktop.ui.conftest import at_rest


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[LastingBar]:
    texts.use_language("en")
    made = LastingBar()
    qtbot.addWidget(made)
    yield made
    texts.use_language("vi")


def lasts(bar: LastingBar) -> None:
    """As if the pause had passed."""
    assert bar.pause.isActive()
    bar.pause.stop()
    bar.pause.timeout.emit()


def test_work_that_is_over_soon_shows_nothing(bar: LastingBar) -> None:
    over = bar.add("ui.busy.copy")
    assert bar.isHidden()
    over()
    assert bar.isHidden()
    assert not bar.pause.isActive()


def test_work_that_lasts_is_told_and_offers_no_stop(bar: LastingBar) -> None:
    followed: list[str] = []
    over = bar.add("ui.busy.copy", lambda: followed.append("then"))
    lasts(bar)
    assert not bar.isHidden()
    assert bar.bar.accessibleName() == "Backing up the data…"
    assert bar.cancel.isHidden()
    over()
    assert bar.isHidden()
    assert followed == ["then"]


def test_the_bar_stays_until_the_last_work_is_over(bar: LastingBar) -> None:
    first, second = bar.add("ui.busy.copy"), bar.add("ui.busy.verify")
    lasts(bar)
    first()
    assert not bar.isHidden()
    assert bar.bar.accessibleName() == "Verifying the signatures…"
    second()
    assert bar.isHidden()


def test_a_page_stands_at_rest_when_its_work_failed(qtbot: QtBot, window: MainWindow) -> None:
    page = window.pages["home"]
    window.desk.tasks.run(
        lambda _: int("not a number"),
        failed=lambda error: None,
        finished=page.lasting("ui.busy.copy"),
    )
    bar = page.lasting_bar
    assert bar is not None
    assert bar.pause.isActive()
    at_rest(qtbot, window)
    qtbot.waitUntil(lambda: not bar.pause.isActive())
    assert bar.isHidden()


def test_work_that_can_be_stopped_offers_it_once(bar: LastingBar) -> None:
    stopped: list[str] = []
    over = bar.add("ui.busy.roster_file", stop=lambda: stopped.append("stop"))
    lasts(bar)
    assert not bar.cancel.isHidden()
    bar.report(1, 4)
    assert bar.bar.value() == 250
    bar.cancel.click()
    bar.cancel.click()
    assert stopped == ["stop"]
    over()
    assert bar.isHidden()
