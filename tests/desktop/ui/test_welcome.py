"""The form for a unit, and the window of somebody who has none."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.screens import SCREENS
from desktop.ui.welcome.view import WelcomeView
from tests.fakes.services import UNIT, FakeServices


@pytest.fixture
def services() -> FakeServices:
    """Nothing at all."""
    return FakeServices()


def fill(page: WelcomeView, **typed: str) -> None:
    usual = {
        "code": UNIT.code,
        "name": UNIT.name,
        "tax_code": UNIT.tax_code,
        "agency": UNIT.agency,
        "signer": UNIT.signer,
        "phone": UNIT.phone,
    }
    for key, text in (usual | typed).items():
        page.inputs[key].setText(text)  # type: ignore[union-attr]  # all but the region are lines


def wrong(page: WelcomeView) -> set[str]:
    return {key for key, text in page.wrong.items() if not text.isHidden()}


def test_without_a_unit_the_window_leads_through_the_first_run(window: MainWindow) -> None:
    assert window.current == "first"
    open_ = [key for key, button in window.navigation.buttons.items() if button.isEnabled()]
    assert open_ == [screen.key for screen in SCREENS if screen.anyway]


def test_a_unit_is_added_and_work_begins(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    window.go("unit")
    fill(window.welcome)
    window.welcome.save.click()
    qtbot.waitUntil(lambda: window.current == "home")
    assert services.units()[0].code == UNIT.code
    assert window.desk.session.unit_code == UNIT.code
    assert UNIT.name in window.top.units.currentText()


def test_what_is_missing_is_said_at_each_field(window: MainWindow) -> None:
    fill(window.welcome, signer="", phone=" ")
    window.welcome.submit()
    assert wrong(window.welcome) == {"signer", "phone"}
    assert window.welcome.wrong["signer"].text() == "Chưa nhập “Người ký (đại diện đơn vị)”."


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost(window: MainWindow) -> None:
    window.go("unit")
    fill(window.welcome, tax_code="123", email="nobody", agency="1")
    window.welcome.submit()
    assert wrong(window.welcome) == {"tax_code", "email", "agency"}
    assert "Mã số thuế chưa đúng" in window.welcome.wrong["tax_code"].text()
    assert window.welcome.fields.typed()["name"] == UNIT.name
    assert window.current == "unit"


def test_a_unit_that_is_there_already_is_said_at_its_code(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.add_unit(UNIT)
    fill(window.welcome)
    window.welcome.submit()
    qtbot.waitUntil(lambda: wrong(window.welcome) == {"code"})
