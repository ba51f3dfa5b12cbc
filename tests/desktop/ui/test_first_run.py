"""The first run in the window: to a unit and to the people, by the keyboard alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.main_window import MainWindow
from desktop.ui.roster.view import RosterView
from desktop.ui.tasks import Tasks
from desktop.ui.tools.view import ToolsView
from desktop.ui.welcome.begun import FILE
from desktop.ui.welcome.steps import Start, Step
from desktop.ui.welcome.wizard import FirstRunView
from desktop.ui.widgets.search_box import SearchBox
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import UNIT, FakeServices


@pytest.fixture
def services() -> FakeServices:
    """Nothing at all."""
    return FakeServices()


def first_run(window: MainWindow) -> FirstRunView:
    page = window.page
    assert isinstance(page, FirstRunView)
    return page


def type_unit(page: FirstRunView, **typed: str) -> None:
    for key, entry in page.unit.inputs.items():
        assert isinstance(entry, QLineEdit)
        entry.setText(typed.get(key, str(getattr(UNIT, key))))


def pick(qtbot: QtBot, box: SearchBox, typed: str) -> None:
    line = box.lineEdit()
    assert line
    line.clear()
    if typed.isascii():
        qtbot.keyClicks(line, typed)
    else:
        line.setText(typed)  # as an input method does
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_from_nothing_to_a_workbook_whose_people_come_in(
    qtbot: QtBot, window: MainWindow, services: FakeServices, picker: FakePicker, tmp_path: Path
) -> None:
    page = first_run(window)
    page.next.click()
    type_unit(page)
    page.next.click()
    page.place.street.setText("Số 1 phố Ví Dụ")
    pick(qtbot, page.place.province, "thanh pho ha noi")
    pick(qtbot, page.place.commune, "phuong ba dinh")
    assert page.place.typed() == {
        "address": "Số 1 phố Ví Dụ, Phường Ba Đình, Thành phố Hà Nội",
        "region": "1",
    }
    assert "Quận Ba Đình (Vùng I)" in page.place.reason.text()
    assert "293/2025" in page.place.reason.text()
    page.next.click()
    picker.file = tmp_path / "luong.xlsx"
    page.next.click()
    assert page.step is Step.SUMMARY
    assert picker.asked == ["Chọn tệp Excel có danh sách người lao động"]
    page.done.click()
    roster = window.pages["roster"]
    assert isinstance(roster, RosterView)
    qtbot.waitUntil(lambda: roster.importing.workbook == picker.file)
    assert window.current == "roster"
    [unit] = services.units()
    assert (unit.code, unit.region) == (UNIT.code, 1)
    assert not (window.desk.settings.beside(FILE)).exists()


def test_a_step_is_not_left_while_something_is_wrong(window: MainWindow) -> None:
    page = first_run(window)
    page.next.click()
    type_unit(page, tax_code="123", signer="")
    page.next.click()
    assert page.step is Step.UNIT
    assert not page.unit.wrong["tax_code"].isHidden()
    assert not page.unit.wrong["signer"].isHidden()
    type_unit(page)
    page.next.click()
    page.next.click()
    assert page.step is Step.PLACE
    assert not page.place.wrong.isHidden(), "the region is asked, not guessed"


def test_what_was_typed_is_there_when_the_window_opens_again(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    page = first_run(window)
    page.next.click()
    type_unit(page, name="Công ty Ví Dụ Dở Dang")
    page.next.click()
    pick(qtbot, page.place.province, "da nang")
    window.close()
    again = MainWindow(replace(desk, tasks=Tasks()))
    qtbot.addWidget(again)
    at_rest(qtbot, again)
    known = first_run(again)
    assert known.unit.typed()["name"] == "Công ty Ví Dụ Dở Dang"
    assert known.place.province.words == "Thành phố Đà Nẵng"
    again.close()


def test_another_mode_starts_the_program_in_it(qtbot: QtBot, window: MainWindow) -> None:
    page = first_run(window)
    page.mode.options.buttons[0].click()
    with qtbot.waitSignal(window.mode_wanted) as wanted:
        page.next.click()
    assert wanted.args == [True]
    assert page.step is Step.MODE


def test_practice_offers_the_sample_unit(qtbot: QtBot, desk: Desk, services: FakeServices) -> None:
    services.practice = True
    window = MainWindow(replace(desk, practice=PracticeHelp(sample_unit=lambda: UNIT)))
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    first_run(window).sample.click()
    qtbot.waitUntil(lambda: window.current == "home")
    assert "LUYỆN TẬP" in window.windowTitle()


def test_a_unit_that_is_there_already_leads_back_to_its_code(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    page = first_run(window)
    type_unit(page)
    page.start.options.buttons[2].click()
    page.show_step(Step.SUMMARY)
    page.presenter.said.typed |= page.unit.typed() | {"region": "1"}
    services.add_unit(UNIT)
    page.finish()
    qtbot.waitUntil(lambda: page.step is Step.UNIT)
    assert not page.unit.wrong["code"].isHidden()


def test_the_template_is_saved_where_the_person_says(
    qtbot: QtBot, window: MainWindow, picker: FakePicker, tmp_path: Path
) -> None:
    page = first_run(window)
    picker.out = tmp_path / "mau.xlsx"
    page.show_step(Step.START)
    page.start.options.buttons[1].click()
    assert page.start.start is Start.TEMPLATE
    page.start.save.click()
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    page.next.click()
    assert page.step is Step.SUMMARY


@pytest.mark.parametrize(
    ("typed", "value"),
    [("ha noi", "01"), ("Hà Nội", "01"), ("HUẾ", "46"), ("thanh pho", ""), ("xyz", ""), ("", "")],
)
def test_a_name_is_found_without_marks(qtbot: QtBot, typed: str, value: str) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    box.show()
    box.offer([("01", "Thành phố Hà Nội"), ("46", "Thành phố Huế")])
    pick(qtbot, box, typed)
    assert box.value == value


def test_the_first_control_of_each_step_has_the_keyboard(window: MainWindow) -> None:
    handle = window.windowHandle()
    if handle:
        handle.requestActivate()
    QApplication.processEvents()
    page = first_run(window)
    page.next.click()
    assert page.unit.inputs["tax_code"].hasFocus()


@pytest.mark.parametrize("practice", [True, False], ids=["to real", "to practice"])
def test_the_mode_is_changed_from_the_tools_after_a_question(
    qtbot: QtBot, window: MainWindow, services: FakeServices, picker: FakePicker, practice: bool
) -> None:
    services.practice = practice
    window.go("tools")
    page = window.page
    assert isinstance(page, ToolsView)
    picker.yes = False
    page.mode.click()
    picker.yes = True
    with qtbot.waitSignal(window.mode_wanted) as wanted:
        page.mode.click()
    assert wanted.args == [not practice]
    assert len(picker.asked) == 2
