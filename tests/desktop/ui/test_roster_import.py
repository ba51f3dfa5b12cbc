"""A workbook brought to the roster's page: who takes part already, or what is to be declared."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.imported import Imported, TakenIn
from desktop.ui.columns.view import ColumnsView
from desktop.ui.errands import Errand, News, Purpose
from desktop.ui.main_window import MainWindow
from desktop.ui.roster.view import RosterView
from forms.findings import Finding, Severity
from forms.model import Period
from resources.faults import DataFault
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.columns import three_taken
from tests.fakes.services import PERIOD, UNIT, FakeServices, draft, row
from tests.fakes.workbooks_api import FakeWorkbooks

LIST = Path("/nowhere/nhan-su.xlsx")
UNKNOWN = Finding(code="layout.unknown", severity=Severity.ERROR, params={})


@pytest.fixture
def workbooks(services: FakeServices) -> FakeWorkbooks:
    made = FakeWorkbooks()
    services.workbooks = made
    return made


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, workbooks: FakeWorkbooks, picker: FakePicker
) -> RosterView:
    """The list is chosen, the question stands there."""
    found = window.pages["roster"]
    assert isinstance(found, RosterView)
    window.go("roster")
    at_rest(qtbot, window)
    picker.file = LIST
    found.import_button.click()
    return found


def test_who_takes_part_is_offered_first(page: RosterView) -> None:
    assert not page.importing.isHidden()
    assert LIST.name in page.importing.heading.text()
    assert page.importing.options.buttons[0].isChecked()
    assert page.importing.since.month == PERIOD.plus(-1)


def test_people_come_into_the_roster_and_it_is_said_what_is_assumed(
    qtbot: QtBot, window: MainWindow, page: RosterView, workbooks: FakeWorkbooks
) -> None:
    page.importing.since.offer(Period(2024, 2), PERIOD)
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert workbooks.taken == [(LIST, UNIT.code, Period(2024, 2), None)]
    assert "3 người" in page.notice.words
    assert "2 người được coi là đang tham gia" in page.notice.words
    assert "02/2024" in page.notice.words
    assert page.importing.isHidden()


def test_errors_of_cells_are_counted(
    qtbot: QtBot, window: MainWindow, page: RosterView, workbooks: FakeWorkbooks
) -> None:
    wrong = Finding(code="check.citizen_id", severity=Severity.ERROR, params={"length": 11})
    done = three_taken(PERIOD)
    workbooks.taking = TakenIn(
        step=done.step, findings=(wrong,), rows=3, people=3, assumed=2, since=PERIOD
    )
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert "Có 1 ô ghi sai" in page.notice.words


def test_what_is_to_be_declared_becomes_a_draft(
    qtbot: QtBot, window: MainWindow, page: RosterView, services: FakeServices
) -> None:
    made = services.bring(draft(row(4)))
    imported = Imported(dossier=made, findings=(), rows=1, people=1)
    services.import_workbook = lambda *_, **__: imported  # type: ignore[method-assign]  # one answer
    page.importing.options.buttons[1].click()
    assert page.importing.since.isHidden()
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert window.current == "declarations"
    assert page.importing.isHidden()


@pytest.mark.parametrize("goal", [Purpose.ROSTER, Purpose.DECLARE])
def test_a_list_nobody_confirmed_goes_on_to_its_columns(
    goal: Purpose,
    qtbot: QtBot,
    window: MainWindow,
    page: RosterView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    workbooks.fail["take_in"] = DataFault("columns.unconfirmed", sheet="T10")
    services.fail["import_workbook"] = DataFault("columns.unconfirmed", sheet="T10")
    page.importing.options.buttons[goal is Purpose.DECLARE].click()
    page.importing.go_button.click()
    at_rest(qtbot, window)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    assert (window.current, columns.workbook, columns.purpose) == ("columns", LIST, goal)
    columns.cancel_button.click()
    at_rest(qtbot, window)
    assert window.current == "roster"


def test_an_unknown_list_goes_there_too(
    qtbot: QtBot, window: MainWindow, page: RosterView, workbooks: FakeWorkbooks
) -> None:
    workbooks.taking = TakenIn(step=None, findings=(UNKNOWN,), rows=0, people=0, since=PERIOD)
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert window.current == "columns"


def test_nothing_to_declare_is_said(
    qtbot: QtBot, window: MainWindow, page: RosterView, services: FakeServices
) -> None:
    nothing = Imported(dossier=None, findings=(), rows=0, people=0)
    services.import_workbook = lambda *_, **__: nothing  # type: ignore[method-assign]  # one answer
    page.importing.options.buttons[1].click()
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert "Chưa nhập được gì" in page.notice.words
    assert not page.importing.isHidden()


def test_another_fault_is_said_and_the_question_stays(
    qtbot: QtBot, window: MainWindow, page: RosterView, workbooks: FakeWorkbooks
) -> None:
    workbooks.fail["take_in"] = DataFault("workbook.empty", file=LIST.name)
    page.importing.go_button.click()
    at_rest(qtbot, window)
    assert not page.notice.isHidden()
    assert page.importing.go_button.isEnabled()


def test_thinking_better_of_it_takes_nothing(
    qtbot: QtBot, window: MainWindow, page: RosterView, workbooks: FakeWorkbooks
) -> None:
    page.importing.close_button.click()
    page.importing.go()
    at_rest(qtbot, window)
    assert page.importing.isHidden()
    assert not workbooks.taken


def test_errands_and_news_are_read_back() -> None:
    errand = Errand(workbook=LIST, purpose=Purpose.ROSTER, back="month", since=Period(2026, 9))
    assert Errand.parse(errand.text) == errand
    assert Errand.parse(str(LIST)) == Errand(workbook=LIST)
    news = News("done", "Xong", "3 người")
    assert News.parse(news.text) == news
    assert News.parse("") is None
