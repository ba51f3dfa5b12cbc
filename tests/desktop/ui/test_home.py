"""Home says what to do now and leads there."""

import threading
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.home import StepState, UnitMonth
from desktop.ui.home.chart import short
from desktop.ui.home.view import HomeView
from desktop.ui.main_window import MainWindow
from forms.model import Period
from tests.desktop.ui.conftest import at_rest
from tests.fakes.home import steps
from tests.fakes.services import FakeServices


def home(qtbot: QtBot, window: MainWindow) -> HomeView:
    window.go("home")
    at_rest(qtbot, window)
    page = window.pages["home"]
    assert isinstance(page, HomeView)
    return page


def test_the_day_begins_here(qtbot: QtBot, window: MainWindow) -> None:
    assert window.current == "home"


def test_the_next_thing_is_one_button_away(qtbot: QtBot, window: MainWindow) -> None:
    page = home(qtbot, window)
    assert page.next.text() == "Việc tiếp theo: Tờ khai"
    assert "còn 8 ngày" in page.due.text()
    page.go_next.click()
    assert window.current == "declarations"


def test_what_is_wrong_comes_first(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.home.now = steps(StepState.NOW, *[StepState.DONE] * 4, StepState.WRONG)
    page = home(qtbot, window)
    assert "Kết quả" in page.next.text()


def test_too_late_is_said_in_words(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.home.due = date(2026, 11, 20)
    page = home(qtbot, window)
    assert "trễ 2 ngày" in page.due.text()
    assert page.due.property("role") == "wrong"


def test_nothing_left_to_do(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    services.home.now = steps(StepState.DONE)
    page = home(qtbot, window)
    assert "Không còn việc gì" in page.next.text()
    assert not page.go_next.isVisible()


def test_each_step_opens_its_screen(qtbot: QtBot, window: MainWindow) -> None:
    page = home(qtbot, window)
    page.buttons[0].click()
    assert window.current == "month"


def test_a_bar_opens_its_month_by_mouse_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    page = home(qtbot, window)
    chart, now = page.charts[0], window.desk.session.period
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(3, chart.height() // 2))
    assert window.desk.session.period == now.plus(-5)
    at_rest(qtbot, window)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert window.desk.session.period < now.plus(-5) or window.desk.session.period > now.plus(-6)


def test_the_bars_can_be_heard(qtbot: QtBot, window: MainWindow) -> None:
    page = home(qtbot, window)
    assert "Tháng 10/2026: 60" in page.charts[0].accessibleDescription()
    assert "BHYT 27.000.000 đ" in page.charts[2].accessibleDescription()


def test_large_amounts_are_short() -> None:
    assert short(999_999) == "999.999"
    assert short(1_234_567_890) == "1.235 tr"


def test_a_fault_is_said(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    services.home.broken = True
    page = home(qtbot, window)
    assert page.notice.isVisible()


def test_what_is_being_looked_up_is_not_looked_up_beside_itself(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    """Coming back meanwhile asks once more at the end, however often it happens."""
    calls: list[str] = []
    gate = threading.Event()
    month = services.home.month

    def slow(unit_code: str, period: Period) -> UnitMonth:
        calls.append(unit_code)
        gate.wait(10)
        return month(unit_code, period)

    services.home.month = slow  # type: ignore[method-assign]  # the fake's
    page = window.pages["home"]
    for _ in range(5):
        page.enter()
    gate.set()
    at_rest(qtbot, window)
    assert len(calls) == 2
