"""The first thing a person sees."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.main_window import MainWindow
from desktop.ui.screens import SCREENS
from desktop.ui.welcome.view import WelcomeView
from tests.desktop.ui.conftest import at_rest
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


def test_without_a_unit_the_window_asks_for_one(window: MainWindow) -> None:
    assert window.current == "unit"
    open_ = [key for key, button in window.navigation.buttons.items() if button.isEnabled()]
    assert open_ == [screen.key for screen in SCREENS if screen.anyway]


def test_a_unit_is_added_and_work_begins(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    fill(window.welcome)
    window.welcome.save.click()
    qtbot.waitUntil(lambda: window.current == "home")
    assert services.units()[0].code == UNIT.code
    assert window.desk.session.unit_code == UNIT.code
    assert UNIT.name in window.top.units.currentText()


def test_what_is_missing_is_said_at_each_field(window: MainWindow) -> None:
    fill(window.welcome, signer="", phone=" ")
    window.welcome.submit()
    wrong = {key for key, text in window.welcome.wrong.items() if not text.isHidden()}
    assert wrong == {"signer", "phone"}


def test_a_wrong_tax_code_is_said_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow
) -> None:
    fill(window.welcome, tax_code="123")
    window.welcome.submit()
    qtbot.waitUntil(lambda: not window.welcome.wrong["tax_code"].isHidden())
    assert "Mã số thuế chưa đúng" in window.welcome.wrong["tax_code"].text()
    assert window.welcome.typed()["name"] == UNIT.name
    assert window.current == "unit"


def test_practice_offers_the_sample_unit(qtbot: QtBot, desk: Desk, services: FakeServices) -> None:
    services.practice = True
    from dataclasses import replace

    window = MainWindow(replace(desk, practice=PracticeHelp(sample_unit=lambda: UNIT)))
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    window.welcome.sample.click()
    qtbot.waitUntil(lambda: window.current == "home")
    assert "LUYỆN TẬP" in window.windowTitle()
