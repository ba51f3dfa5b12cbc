"""The line below the window."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.token_api import LastKey
from desktop.services.upkeep import Copy
from desktop.ui import bell
from desktop.ui.main_window import MainWindow
from desktop.ui.status.presenter import StatusPresenter, copy_told, network_told
from desktop.ui.unit_colour import role_of, unit_colour
from resources.faults import SurroundingsFault
from signing.model import TokenSlot
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import NOW, UNIT, FakeServices, certificate, slot

SERIAL = certificate().serial


def token(services: FakeServices) -> str:
    return StatusPresenter(services).status(UNIT.code).token.text


def test_the_token_of_last_time_is_told(services: FakeServices) -> None:
    tokens = services.token_desk
    assert token(services) == "Token: chưa dùng"
    tokens.last = LastKey(module="/nowhere/may.so", serial=SERIAL)
    tokens.slots = lambda _: ()
    assert token(services) == "Token: chưa cắm"
    tokens.slots = lambda _: (slot(certificate()),)
    assert token(services) == "Token: đã cắm"
    tokens.slots = lambda _: (slot(certificate(serial="FF")),)
    assert token(services) == "Token: chứng thư khác"


def test_a_driver_that_fails_is_no_fault_of_the_window(services: FakeServices) -> None:
    def broken(_: Path) -> tuple[TokenSlot, ...]:
        raise SurroundingsFault("token.timeout")

    services.token_desk.last = LastKey(module="/nowhere/may.so", serial=SERIAL)
    services.token_desk.slots = broken
    assert token(services) == "Token: driver không trả lời"


def test_an_old_copy_is_a_warning() -> None:
    copy = Copy(file=Path("x"), at=NOW)
    assert copy_told(None, NOW).look == "warning"
    assert copy_told(copy, NOW).look == "done"
    assert copy_told(copy, NOW + timedelta(days=8)).look == "warning"


def test_the_day_of_a_copy_is_the_day_in_vietnam() -> None:
    late = datetime(2026, 11, 22, 17, 1, tzinfo=UTC)
    assert copy_told(Copy(file=Path("x"), at=late), late).text.endswith("23/11/2026")


@pytest.mark.parametrize(("online", "look"), [(True, "done"), (False, "warning"), (None, "info")])
def test_the_network_is_told_in_words(online: bool | None, look: str) -> None:
    told = network_told(online=online)
    assert told.look == look
    assert told.text.startswith("Mạng:")


def test_each_part_leads_to_its_page(qtbot: QtBot, window: MainWindow) -> None:
    at_rest(qtbot, window)
    assert window.status.parts["copy"].isVisible()
    window.status.parts["copy"].click()
    assert window.current == "copies"


def test_a_unit_keeps_its_colour(window: MainWindow) -> None:
    assert role_of("ZZ0001Z") == role_of("ZZ0001Z")
    assert len({role_of(f"ZZ{number:04}Z") for number in range(60)}) == 8
    assert unit_colour(UNIT.code).name() in window.top.styleSheet()


def test_the_bell_rings_after_long_work_for_who_is_away(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    window.desk.tasks.run(lambda _: None)
    at_rest(qtbot, window)
    assert window.bell.rung == 0
    monkeypatch.setattr(bell, "LONG", 0.0)
    window.desk.tasks.run(lambda _: None)
    at_rest(qtbot, window)
    assert window.bell.rung == 1
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    window.desk.tasks.run(lambda _: None)
    at_rest(qtbot, window)
    assert window.bell.rung == 1
