"""The roster: a long list in pages, searched without diacritics."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.roster.presenter import PAGE_SIZE, pay
from desktop.ui.roster.table import MOST_PAGES, RosterModel
from desktop.ui.roster.view import RosterView
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import FakeServices, draft, person, row


@pytest.fixture
def page(qtbot: QtBot, services: FakeServices, window: MainWindow) -> RosterView:
    services.bring(draft(*(row(line) for line in range(4, 504))))
    found = window.pages["roster"]
    assert isinstance(found, RosterView)
    window.go("roster")
    found.search()
    at_rest(qtbot, window)
    return found


def test_people_come_in_pages(qtbot: QtBot, page: RosterView, services: FakeServices) -> None:
    assert page.model.rowCount() == 500
    assert page.count.text() == "500 người"
    qtbot.waitUntil(lambda: page.model.index(0, 0).data() != "…")
    assert services.calls.count("people") == 1
    page.grid.scrollToBottom()
    qtbot.waitUntil(lambda: page.model.index(499, 6).data().endswith(" đ"))


def test_searching_needs_no_diacritics(qtbot: QtBot, page: RosterView) -> None:
    page.words.setText("nguyen thi sao mai")
    qtbot.waitUntil(lambda: "khớp" in page.count.text())
    qtbot.waitUntil(lambda: page.model.index(0, 0).data() == "Nguyễn Thị Sao Mai")
    assert 0 < page.model.rowCount() < 500


def test_money_reads_as_people_write_it() -> None:
    someone = person(1, row(4, tien_luong="12500000"))
    assert pay(someone) == "12.500.000 đ"


def test_an_empty_roster_says_where_people_come_from(qtbot: QtBot, window: MainWindow) -> None:
    window.go("roster")
    at_rest(qtbot, window)
    view = window.pages["roster"]
    assert isinstance(view, RosterView)
    assert view._stack.currentIndex() == 1


def test_only_the_pages_looked_at_are_kept() -> None:
    asked: list[int] = []
    model = RosterModel(asked.append)
    model.restart(100 * PAGE_SIZE)
    for number in range(100):
        model.index(number * PAGE_SIZE, 0).data()
        model.fill(number, tuple((f"person {number}",) * 8 for _ in range(PAGE_SIZE)))
    assert asked == list(range(100))
    assert model.index(99 * PAGE_SIZE, 0).data() == "person 99"
    assert model.index(0, 0).data() == "…"
    assert asked[-1] == 0
    assert len(model._pages) <= MOST_PAGES
