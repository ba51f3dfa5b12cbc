"""The roster: a long list in pages, to search, filter, sort, type in, paste into and undo."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.roster_api import Edit, PersonState, RosterRow
from desktop.services.roster_api import Test as How
from desktop.ui.grid_layout import GridLayout, layout_key
from desktop.ui.main_window import MainWindow
from desktop.ui.roster.grid import RosterGrid
from desktop.ui.roster.presenter import PAGE_SIZE
from desktop.ui.roster.table import MOST_PAGES, RosterModel
from desktop.ui.roster.view import RosterView
from resources.faults import SurroundingsFault
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import UNIT, FakeServices, row

SINCE = date(2026, 1, 1)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def page(qtbot: QtBot, services: FakeServices, window: MainWindow) -> RosterView:
    """Two hundred and ten people: more than a page."""
    services.roster.bring(UNIT.code, [row(line) for line in range(4, 214)], SINCE)
    found = window.pages["roster"]
    assert isinstance(found, RosterView)
    window.go("roster")
    found.search()
    at_rest(qtbot, window)
    found.model.index(0, 0).data()
    at_rest(qtbot, window)
    return found


def rest(qtbot: QtBot, page: RosterView) -> None:
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


def cell(page: RosterView, place: int, key: str) -> str:
    found = page.model.locate(page.found.ids[place], key)
    return str(found.data())


def shows(page: RosterView, place: int, key: str, text: str) -> Callable[[], bool]:
    return lambda: cell(page, place, key) == text


def type_over(page: RosterView, place: int, key: str, text: str) -> None:
    page.model.setData(page.model.locate(page.found.ids[place], key), text)


# ---- looking


def test_people_come_in_pages(qtbot: QtBot, page: RosterView, services: FakeServices) -> None:
    assert page.model.rowCount() == 210
    assert page.count.text() == "210 người"
    assert page.model.index(0, 0).data() == "Trần Văn Gió"
    page.grid.scrollToBottom()
    qtbot.waitUntil(lambda: cell(page, 209, "ho_ten") != "…")
    assert page.model.pages_held == 2


def test_only_the_pages_looked_at_are_kept(page: RosterView) -> None:
    asked: list[int] = []
    model = RosterModel(asked.append, lambda *_: None)
    model.show_fields([page.presenter.fields["ho_ten"]])
    model.restart(range(1, 100 * PAGE_SIZE + 1))
    for number in range(100):
        model.index(number * PAGE_SIZE, 0).data()
        person = RosterRow(id=1, values={"ho_ten": f"person {number}"})
        model.fill(number, (person,) * PAGE_SIZE)
    assert asked == list(range(100))
    assert model.index(99 * PAGE_SIZE, 0).data() == "person 99"
    assert model.index(0, 0).data() == "…"
    assert asked[-1] == 0
    assert model.pages_held <= MOST_PAGES


def test_searching_needs_no_diacritics(qtbot: QtBot, page: RosterView) -> None:
    page.words.setText("nguyen thi mua thu")
    qtbot.waitUntil(lambda: "khớp" in page.count.text())
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "ho_ten", "Nguyễn Thị Mưa Thu"))
    assert 0 < page.model.rowCount() < 210
    assert page.count.text().endswith("trong 210 người")


def test_money_and_sex_read_as_people_write_them(page: RosterView) -> None:
    assert cell(page, 0, "tien_luong") == "6.750.000"
    assert cell(page, 0, "gioi_tinh") == "Nam"
    assert cell(page, 0, "dang_tham_gia") == "Đang tham gia"


def test_an_empty_roster_says_where_people_come_from(qtbot: QtBot, window: MainWindow) -> None:
    window.go("roster")
    at_rest(qtbot, window)
    view = window.pages["roster"]
    assert isinstance(view, RosterView)
    assert view.stack.currentIndex() == 1
    assert not view.export_button.isEnabled()


def test_a_click_on_a_head_sorts_up_then_down_then_as_entered(
    qtbot: QtBot, page: RosterView
) -> None:
    column = [field.key for field in page.model.fields].index("tien_luong")
    entered = page.found.ids
    page.grid.head_pressed.emit(column)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "tien_luong", "6.500.000"))
    page.grid.head_pressed.emit(column)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "tien_luong", "8.500.000"))
    page.grid.head_pressed.emit(column)
    rest(qtbot, page)
    assert page.found.ids == entered


def test_a_column_is_filtered_from_its_head(qtbot: QtBot, page: RosterView) -> None:
    names = [action.text() for action in page.grid.head_menu(1).actions()]
    assert {"&Lọc theo cột này…", "Ẩ&n cột này", "&Cố định đến cột này"} <= set(names)
    assert "Ẩ&n cột này" not in [action.text() for action in page.grid.head_menu(0).actions()]
    page.grid.filter_wanted.emit("chuc_vu")
    line = page.people.filter_bar.lines[0]
    line.text.setText("ke toan")
    qtbot.waitUntil(lambda: 0 < page.model.rowCount() < 210)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "chuc_vu", "Kế toán"))
    column = [field.key for field in page.model.fields].index("chuc_vu")
    drawing = Qt.ItemDataRole.DecorationRole
    assert page.model.headerData(column, Qt.Orientation.Horizontal, drawing) is not None


def test_two_conditions_hold_together_and_can_be_dropped(qtbot: QtBot, page: RosterView) -> None:
    bar = page.people.filter_bar
    bar.add("tien_luong")
    bar.lines[0].test.setCurrentIndex(bar.lines[0].test.findData(How.AT_LEAST.value))
    bar.lines[0].text.setText("8.000.000 đ")
    bar.add("gioi_tinh")
    rest(qtbot, page)
    qtbot.waitUntil(lambda: len(page.found.query.filters) == 2)
    rest(qtbot, page)
    both = page.model.rowCount()
    assert [each.text for each in page.found.query.filters] == ["8000000", "1"]
    bar.lines[1].dropped.emit()
    rest(qtbot, page)
    assert page.model.rowCount() > both
    page.people.filter_button.click()
    rest(qtbot, page)
    assert page.model.rowCount() == 210


def test_the_condition_is_empty_needs_no_words(qtbot: QtBot, page: RosterView) -> None:
    bar = page.people.filter_bar
    bar.add("email")
    line = bar.lines[0]
    line.test.setCurrentIndex(line.test.findData(How.FILLED.value))
    line.test.activated.emit(line.test.currentIndex())
    rest(qtbot, page)
    assert line.text.isHidden()
    assert page.model.rowCount() == 0
    assert page.stack.currentIndex() == 0


def test_columns_are_chosen_and_remembered(qtbot: QtBot, page: RosterView) -> None:
    page.people.columns.chosen.emit(("ho_ten", "email"))
    assert [field.key for field in page.model.fields] == ["ho_ten", "email"]
    page.grid.hide_wanted.emit("email")
    assert [field.key for field in page.model.fields] == ["ho_ten"]
    kept = GridLayout.parse(page.desk.settings.text(layout_key(UNIT.code, "roster")))
    assert kept.columns == ("ho_ten",)


def test_the_name_stays_while_the_others_scroll(page: RosterView) -> None:
    page.grid.horizontalScrollBar().setValue(300)
    assert page.grid.frozen.isVisible()
    assert page.grid.frozen.columnViewportPosition(0) == 0
    assert page.grid.frozen.isColumnHidden(1)
    page.grid.verticalScrollBar().setValue(200)
    assert page.grid.frozen.verticalScrollBar().value() == 200


# ---- typing


def test_a_wage_typed_over_is_a_change_from_this_month(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    type_over(page, 0, "tien_luong", "9.000.000 đ")
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "tien_luong", "9.000.000"))
    employee = services.roster.person(UNIT.code, page.found.ids[0])
    assert employee.on(date(2026, 9, 30))["tien_luong"] == "6750000"
    assert employee.on(OCTOBER)["tien_luong"] == "9000000"


def test_a_correction_keeps_the_dates(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    page.people.since.setCurrentIndex(1)
    type_over(page, 0, "tien_luong", "9000000")
    rest(qtbot, page)
    employee = services.roster.person(UNIT.code, page.found.ids[0])
    assert employee.on(SINCE)["tien_luong"] == "9000000"


def test_enter_goes_down_as_in_a_spreadsheet(qtbot: QtBot, page: RosterView) -> None:
    here = page.model.locate(page.found.ids[2], "chuc_vu")
    page.grid.setFocus()
    page.grid.setCurrentIndex(here)
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    editor = page.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("Thủ kho")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == 3)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 2, "chuc_vu", "Thủ kho"))


def test_few_values_are_a_drop_down(qtbot: QtBot, page: RosterView) -> None:
    here = page.model.locate(page.found.ids[0], "gioi_tinh")
    page.grid.setCurrentIndex(here)
    page.grid.edit(here)
    editor = page.grid.viewport().findChild(QComboBox)
    assert editor is not None
    assert [editor.itemText(at) for at in range(editor.count())] == ["", "Nam", "Nữ"]
    editor.setCurrentIndex(2)
    editor.activated.emit(2)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "gioi_tinh", "Nữ"))


def test_what_is_not_understood_is_said_and_stays_as_typed_until_it_is_mended(
    qtbot: QtBot, page: RosterView
) -> None:
    type_over(page, 0, "ngay_sinh", "hôm qua")
    rest(qtbot, page)
    assert cell(page, 0, "ngay_sinh") == "hôm qua"
    assert "“hôm qua” cho cột “Ngày sinh”" in page.notice.words
    wrong = page.model.locate(page.found.ids[0], "ngay_sinh")
    assert wrong.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "hôm qua" in wrong.data(Qt.ItemDataRole.ToolTipRole)
    assert "hôm qua" in page.model.headerData(
        0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole
    )
    type_over(page, 0, "ngay_sinh", "03/02/1990")
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "ngay_sinh", "03/02/1990"))
    assert not wrong.data(Qt.ItemDataRole.DecorationRole)


def test_what_the_program_writes_by_itself_cannot_be_typed_over(page: RosterView) -> None:
    index = page.model.locate(page.found.ids[0], "phuong_an_gan_nhat")
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable


def test_a_disk_that_fails_is_said(qtbot: QtBot, page: RosterView, services: FakeServices) -> None:
    services.roster.fail["edit"] = SurroundingsFault("store.busy")
    type_over(page, 0, "chuc_vu", "Thủ kho")
    rest(qtbot, page)
    assert not page.notice.isHidden()
    qtbot.waitUntil(shows(page, 0, "chuc_vu", "Kế toán"))


# ---- copying and pasting


def choose(page: RosterView, first: int, last: int, *keys: str) -> None:
    selection = page.grid.selectionModel()
    selection.clearSelection()
    ids = page.found.ids
    page.grid.setCurrentIndex(page.model.locate(ids[first], keys[0]))
    for place in range(first, last + 1):
        for key in keys:
            index = page.model.locate(ids[place], key)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)


def test_cells_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot, page: RosterView) -> None:
    QGuiApplication.clipboard().clear()
    choose(page, 0, 1, "chuc_vu", "tien_luong")
    QTest.keyClick(page.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, page)
    expected = "Kế toán\t6.750.000\nNhân viên kho\t7.000.000"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == expected)


def test_a_block_is_pasted_as_one_step(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    QGuiApplication.clipboard().setText("Thủ kho\t9.100.000\r\nThủ quỹ\t9.200.000\r\n")
    choose(page, 0, 0, "chuc_vu")
    QTest.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 1, "tien_luong", "9.200.000"))
    assert cell(page, 0, "chuc_vu") == "Thủ kho"
    assert services.roster.steps(UNIT.code)[0].people == 2


def test_one_cell_fills_everything_chosen(qtbot: QtBot, page: RosterView) -> None:
    QGuiApplication.clipboard().setText("Thủ kho")
    choose(page, 0, 3, "chuc_vu")
    page.cell_work.paste()
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 3, "chuc_vu", "Thủ kho"))
    assert cell(page, 4, "chuc_vu") != "Thủ kho"


def test_what_had_no_place_is_said(qtbot: QtBot, page: RosterView) -> None:
    QGuiApplication.clipboard().setText("Một\nHai\nBa")
    choose(page, 209, 209, "chuc_vu")
    page.cell_work.paste()
    rest(qtbot, page)
    assert "2 ô không dán được" in page.notice.words
    QGuiApplication.clipboard().setText("TM")
    choose(page, 0, 0, "phuong_an_gan_nhat")
    page.cell_work.paste()
    assert "Chưa dán được gì" in page.notice.words


# ---- many at once, undo


def test_one_value_for_everybody_chosen(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    choose(page, 0, 2, "ho_ten")
    page.people.bulk_button.click()
    bulk = page.people.bulk
    assert bulk.do_button.text() == "Đổi cho 3 người đã chọn"
    bulk.text.setText("10.000.000")
    bulk.since.day.setText("01/09/2026")
    bulk.do_button.click()
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 2, "tien_luong", "10.000.000"))
    assert services.roster.steps(UNIT.code)[0].people == 3
    someone = services.roster.person(UNIT.code, page.found.ids[0])
    assert someone.on(date(2026, 8, 31))["tien_luong"] == "6750000"
    assert "Sửa 3 người: Tiền lương hoặc hệ số" in page.notice.words


def test_a_day_that_is_none_changes_nobody(page: RosterView, services: FakeServices) -> None:
    choose(page, 0, 2, "ho_ten")
    page.people.bulk_button.click()
    page.people.bulk.since.day.setText("32/13/2026")
    page.people.bulk.do_button.click()
    assert "edit" not in services.roster.calls
    assert page.people.bulk.since.day.property("role") == "wrong"


def test_everybody_can_be_chosen_at_once(page: RosterView) -> None:
    page.grid.selectAll()
    assert page.count.text() == "210 người · đang chọn 210 người"
    assert not page.people.open_button.isEnabled()


def test_undo_says_what_it_undoes_and_redo_does_it_again(qtbot: QtBot, page: RosterView) -> None:
    type_over(page, 0, "chuc_vu", "Thủ kho")
    rest(qtbot, page)
    assert page.people.undo_button.toolTip() == "Hoàn tác: Sửa 1 người: Chức vụ, công việc (Ctrl+Z)"
    page.people.undo_button.click()
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "chuc_vu", "Kế toán"))
    assert "Đã hoàn tác" in page.notice.words
    assert page.people.redo_button.toolTip().startswith("Làm lại: Sửa 1 người")
    page.people.redo_button.click()
    rest(qtbot, page)
    qtbot.waitUntil(shows(page, 0, "chuc_vu", "Thủ kho"))
    assert not page.people.redo_button.isEnabled()


# ---- adding, removing, files


def test_somebody_new_is_added_and_their_page_opens(qtbot: QtBot, page: RosterView) -> None:
    page.add_button.click()
    adding = page.people.adding
    adding.add_button.click()
    assert adding.inputs["ho_ten"].property("role") == "wrong"
    name = adding.inputs["ho_ten"]
    assert isinstance(name, QLineEdit)
    name.setText("Hồ Thị Mây Hồng")
    adding.add_button.click()
    rest(qtbot, page)
    assert page.stack.currentWidget() is page.person
    assert page.person.name.text() == "Hồ Thị Mây Hồng"
    page.show_list()
    assert page.count.text() == "211 người"


def test_people_are_removed_only_with_a_yes(
    qtbot: QtBot, page: RosterView, picker: FakePicker
) -> None:
    choose(page, 0, 1, "ho_ten")
    picker.yes = False
    page.people.remove_button.click()
    assert picker.asked == ["Xóa 2 người khỏi danh sách?"]
    picker.yes = True
    page.people.remove_button.click()
    rest(qtbot, page)
    assert page.model.rowCount() == 208


def test_the_list_shown_is_exported(
    qtbot: QtBot, page: RosterView, picker: FakePicker, tmp_path: Path
) -> None:
    page.words.setText("nguyen")
    qtbot.waitUntil(lambda: "khớp" in page.count.text())
    rest(qtbot, page)
    page.export_button.click()
    picker.out = tmp_path / "ds.xlsx"
    page.export_button.click()
    rest(qtbot, page)
    assert len(picker.out.read_text(encoding="utf-8").splitlines()) == page.model.rowCount()
    assert str(picker.out) in page.notice.words


def test_the_template_is_saved(
    qtbot: QtBot, page: RosterView, picker: FakePicker, tmp_path: Path
) -> None:
    picker.out = tmp_path / "mau.xlsx"
    page.template_button.click()
    rest(qtbot, page)
    assert picker.out.read_bytes() == b"template"


def test_another_unit_forgets_what_was_typed(qtbot: QtBot, page: RosterView) -> None:
    page.words.setText("mây")
    page.people.filter_bar.open()
    page.people.open_drawer(page.people.bulk)
    page.desk.session.choose_unit(None)
    rest(qtbot, page)
    assert page.words.text() == ""
    assert page.people.filter_bar.isHidden()
    assert page.model.rowCount() == 0


# ---- old addresses


def test_old_addresses_change_only_with_the_users_word(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    first, second = page.found.ids[:2]
    edits = [Edit(person=first, key="ma_xa_tt", text="00001")]
    services.roster.edit(UNIT.code, [*edits, Edit(person=second, key="ma_xa_ks", text="00001")])
    page.search()
    rest(qtbot, page)
    assert page.people.addresses_button.text() == "2 địa chỉ cũ cần đổi…"
    page.people.addresses_button.click()
    rest(qtbot, page)
    assert page.stack.currentWidget() is page.addresses
    line = page.addresses.model.lines[0]
    assert (line.person, line.before) == ("Trần Văn Gió", "00001 – Phường Phúc Xá")
    page.addresses.one_button.click()
    rest(qtbot, page)
    now = services.roster.person(UNIT.code, first).values
    assert (now["ma_xa_tt"], now["ten_xa_tt"]) == line.proposal.options[0]
    assert now["ma_tinh_tt"] == "01"
    page.addresses.all_button.click()
    rest(qtbot, page)
    assert page.stack.currentWidget() is page.people
    assert page.people.addresses_button.isHidden()


def test_the_grid_says_who_is_wanted(qtbot: QtBot, page: RosterView) -> None:
    assert isinstance(page.grid, RosterGrid)
    page.grid.setCurrentIndex(page.model.index(4, 2))
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.grid, Qt.Key.Key_Return, control)
    rest(qtbot, page)
    assert page.person.card is not None
    assert page.person.card.person == page.found.ids[4]


def test_choosing_everybody_asks_no_row_by_row(page: RosterView) -> None:
    """A head that shares the selection would ask every cell of its column: seconds for all."""
    asked: list[int] = []
    flags = page.model.flags
    page.model.flags = lambda index: asked.append(index.row()) or flags(index)  # type: ignore[method-assign]  # counted
    page.grid.selectAll()
    page.grid.horizontalHeader().grab()
    assert len(page.grid.chosen_rows()) == 210
    assert len(asked) < 210


def test_typing_reads_only_who_answers(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    """Steps and old addresses are of all people: other words do not change them."""
    counted: list[str] = []
    steps = services.roster.steps
    services.roster.steps = lambda *a, **k: counted.append("steps") or steps(*a, **k)  # type: ignore[method-assign]  # counted
    page.words.setText("khong co ai")
    qtbot.waitUntil(lambda: not page.found.ids, timeout=5_000)
    assert counted == []


# ---- what is said of people


def head_of(page: RosterView, place: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return page.model.headerData(place, Qt.Orientation.Vertical, role)


def test_what_is_said_of_people_stands_at_their_number_in_signs_and_in_words(
    page: RosterView,
) -> None:
    first, second, third = page.found.ids[:3]
    drawn, said = Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.AccessibleTextRole
    page.model.show_states(
        {
            PersonState.LACKING: frozenset({first}),
            PersonState.NEW: frozenset({first, second}),
            PersonState.LEFT: frozenset({third}),
        }
    )
    assert [head_of(page, place) for place in range(4)] == ["1 +", "2 +", "3 –", "4"]
    assert [head_of(page, place, drawn) is not None for place in range(3)] == [True, False, False]
    assert head_of(page, 0, said) == (
        "1\nthiếu họ tên, ngày sinh, giới tính hoặc số định danh"
        "\nmới có từ sau hồ sơ đã nộp gần nhất"
    )


def test_the_list_is_narrowed_to_people_of_a_state(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    one = page.found.ids[7]
    services.roster.edit(UNIT.code, [Edit(person=one, key="dang_tham_gia", text="absent")])
    page.search()
    bar = page.people.filter_bar
    bar.add("row_state")
    choice = bar.lines[0].choice
    choice.setCurrentIndex(choice.findData("left"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: page.found.ids == (one,))
    rest(qtbot, page)
    assert head_of(page, 0) == "1 –"


def test_f3_goes_from_cell_to_cell_and_everybody_stays(qtbot: QtBot, page: RosterView) -> None:
    wanted = cell(page, 5, "ma_so_bhxh")
    page.finding.cells.go(1)
    bar = page.finding.bar
    QTest.keyClicks(bar.words, wanted)
    qtbot.waitUntil(lambda: bar.count.text().startswith("1 / "))
    here = page.grid.currentIndex()
    assert (here.row(), here.data()) == (5, wanted)
    assert page.model.rowCount() == 210
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert page.grid.currentIndex().row() > 5, "ten people's card numbers hold it too"
    bar.words.setText("khong ai co")
    qtbot.waitUntil(lambda: bar.count.text() == "Không thấy")
    page.restart()
    assert bar.isHidden()


def test_a_change_of_many_that_is_stopped_has_not_happened(
    qtbot: QtBot, page: RosterView, services: FakeServices
) -> None:
    services.roster.gate.close()
    page.grid.selectAll()
    page.change_all("chuc_vu", "Tổ trưởng", OCTOBER)
    page.changes.stop()
    services.roster.gate.open()
    rest(qtbot, page)
    assert "Đã dừng" in page.notice.words
    assert cell(page, 0, "chuc_vu") != "Tổ trưởng"
    assert services.roster.steps(UNIT.code, 1)[0].code != "roster.edited"
