"""One person's page: fields, dated changes, household, history."""

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.help.view import field_key_of
from desktop.ui.main_window import MainWindow
from desktop.ui.roster.cells import parse_day
from desktop.ui.roster.person_view import PersonView
from desktop.ui.roster.view import RosterView
from forms.guide import guide
from forms.roster.model import Track
from resources.faults import SurroundingsFault
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import UNIT, FakeServices, row

SINCE = date(2026, 1, 1)


@pytest.fixture
def roster(qtbot: QtBot, services: FakeServices, window: MainWindow) -> RosterView:
    services.roster.bring(UNIT.code, [row(line) for line in range(4, 7)], SINCE)
    found = window.pages["roster"]
    assert isinstance(found, RosterView)
    window.go("roster")
    found.search()
    at_rest(qtbot, window)
    found.open_person(found.found.ids[0])
    at_rest(qtbot, window)
    return found


@pytest.fixture
def page(roster: RosterView) -> PersonView:
    return roster.person


def rest(qtbot: QtBot, page: PersonView) -> None:
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


def line(page: PersonView, key: str) -> QLineEdit:
    found = page.inputs[key]
    assert isinstance(found, QLineEdit)
    return found


def test_who_it_is_stands_on_top(page: PersonView) -> None:
    assert page.name.text() == "Trần Văn Gió"
    assert "Mã số BHXH: 9900000001" in page.facts.text()
    assert "Trạng thái tham gia: Đang tham gia" in page.facts.text()
    sex = page.inputs["gioi_tinh"]
    assert isinstance(sex, QComboBox)
    assert sex.currentText() == "Nam"


def test_a_field_is_stored_as_it_is_left(
    qtbot: QtBot, page: PersonView, services: FakeServices
) -> None:
    line(page, "dien_thoai").setText("0912 345 678")
    line(page, "dien_thoai").editingFinished.emit()
    rest(qtbot, page)
    assert services.roster.person(UNIT.code, 1).values["dien_thoai"] == "0912345678"
    assert line(page, "dien_thoai").text() == "0912345678"


def test_a_field_left_as_it_was_is_no_step(page: PersonView, services: FakeServices) -> None:
    before = services.roster.calls.count("edit")
    line(page, "dien_thoai").editingFinished.emit()
    assert services.roster.calls.count("edit") == before


def test_what_cannot_be_stored_goes_back_to_what_is(
    qtbot: QtBot, roster: RosterView, page: PersonView, services: FakeServices
) -> None:
    services.roster.fail["edit"] = SurroundingsFault("store.busy")
    line(page, "ho_ten").setText("Tên Khác")
    line(page, "ho_ten").editingFinished.emit()
    rest(qtbot, page)
    assert line(page, "ho_ten").text() == "Trần Văn Gió"
    assert not roster.notice.isHidden()


def test_a_raise_is_added_from_its_day_and_the_old_wage_stays(
    qtbot: QtBot, page: PersonView, services: FakeServices
) -> None:
    track = page.tracks.tracks[Track.LUONG]
    track.add_button.click()
    wage = track.form.inputs["tien_luong"]
    assert isinstance(wage, QLineEdit)
    assert wage.text() == "6.750.000"
    wage.setText("9.000.000")
    track.form.save_button.click()
    assert track.form.since.property("role") == "wrong"
    track.form.since.setText("01/07/2026")
    track.form.save_button.click()
    rest(qtbot, page)
    spans = services.roster.person(UNIT.code, 1).tracks[Track.LUONG]
    assert [(span.since, span.values["tien_luong"]) for span in spans] == [
        (SINCE, "6750000"),
        (date(2026, 7, 1), "9000000"),
    ]
    assert track.model.index(0, 0).data() == "01/07/2026"
    assert track.model.index(0, 1).data() == "9.000.000"
    assert track.form.isHidden()


def test_a_track_without_anything_says_what_to_do(page: PersonView) -> None:
    track = page.tracks.tracks[Track.HOP_DONG]
    assert not track.none.isHidden()
    assert track.grid.isHidden()


def test_the_household_is_typed_and_saved(
    qtbot: QtBot, page: PersonView, services: FakeServices
) -> None:
    house = page.household
    assert not house.save_button.isEnabled()
    house.add_button.click()
    editor = house.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("Trần Thị Mây Con")
    house.grid.finish_typing()
    assert house.save_button.isEnabled()
    house.save_button.click()
    rest(qtbot, page)
    assert services.roster.person(UNIT.code, 1).household == ({"ho_ten": "Trần Thị Mây Con"},)
    assert not house.save_button.isEnabled()
    house.grid.setCurrentIndex(house.model.index(0, 0))
    house.drop_button.click()
    house.save_button.click()
    rest(qtbot, page)
    assert services.roster.person(UNIT.code, 1).household == ()


def test_everything_that_happened_is_told_newest_first(qtbot: QtBot, page: PersonView) -> None:
    line(page, "email").setText("gio@khong-co-that.vn")
    line(page, "email").editingFinished.emit()
    rest(qtbot, page)
    newest = page.history.lines[0]
    assert (newest.field, newest.before, newest.after) == ("Email", "", "gio@khong-co-that.vn")
    assert newest.step == "Sửa 1 người: Email"
    assert ("Có trong danh sách", "Không", "Có") in [
        (each.field, each.before, each.after) for each in page.history.lines
    ]


def test_the_next_person_and_back_to_the_list(
    qtbot: QtBot, roster: RosterView, page: PersonView
) -> None:
    page.below_button.click()
    rest(qtbot, page)
    assert page.name.text() == "Lê Thị Mưa Thu"
    page.above_button.click()
    rest(qtbot, page)
    page.above_button.click()
    rest(qtbot, page)
    assert page.name.text() == "Trần Văn Gió"
    page.back_button.click()
    assert roster.stack.currentWidget() is roster.people
    assert roster.add_button.isVisible()


def test_undo_reaches_the_page_that_is_open(
    qtbot: QtBot, roster: RosterView, page: PersonView
) -> None:
    line(page, "ho_ten").setText("Trần Văn Bão")
    line(page, "ho_ten").editingFinished.emit()
    rest(qtbot, page)
    assert page.name.text() == "Trần Văn Bão"
    roster.people.undo_wanted.emit()
    rest(qtbot, page)
    assert page.name.text() == "Trần Văn Gió"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/07/2026", date(2026, 7, 1)),
        (" 1-7-2026 ", date(2026, 7, 1)),
        ("31/02/2026", None),
        ("7/2026", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def test_everything_that_can_be_typed_has_a_name(page: PersonView) -> None:
    for track in page.tracks.tracks.values():
        track.add_button.click()
    inputs = [*page.findChildren(QLineEdit), *page.findChildren(QComboBox)]
    assert len(inputs) > 70
    assert [each for each in inputs if not each.accessibleName()] == []


def test_f1_explains_every_field_of_the_page(page: PersonView) -> None:
    forms = [track.form.inputs for track in page.tracks.tracks.values()]
    for inputs in (page.inputs, *forms):
        assert {key: field_key_of(entry) for key, entry in inputs.items()} == {
            key: key for key in inputs
        }
        assert [key for key in inputs if guide(key) is None] == []
    page.household.add_button.click()
    page.household.grid.setCurrentIndex(page.household.model.index(0, 1))
    assert field_key_of(page.household.grid.viewport()) == "moi_quan_he"
