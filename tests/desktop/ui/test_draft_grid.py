"""The draft's grid on the screen: sorted, narrowed, found in, typed into; its layout remembered."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.declarations.grid_view import DraftGridView
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.grid_layout import GridLayout, layout_key
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.value_editor import CodeEdit
from forms.model import Part, Row
from tests.desktop.ui.conftest import at_rest, in_front
from tests.fakes.services import LAYOUT, UNIT, FakeServices, draft, row

NAMES = {4: "Đỗ Thị Mây", 5: "An Văn Gió", 6: "Bùi Thị Mưa", 7: "An Văn Núi"}


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow, services: FakeServices) -> DraftGridView:
    services.bring(draft(*(row(line, ho_ten=name) for line, name in NAMES.items())))
    window.go("declarations")
    page = window.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    page.refresh()
    at_rest(qtbot, window)
    return page.draft


def page_of(view: DraftGridView) -> DeclarationsView:
    page = view.window()
    assert isinstance(page, MainWindow)
    found = page.pages["declarations"]
    assert isinstance(found, DeclarationsView)
    return found


def rest(qtbot: QtBot, view: DraftGridView) -> None:
    qtbot.waitUntil(lambda: page_of(view).desk.tasks.busy == 0, timeout=10_000)


def sort(qtbot: QtBot, view: DraftGridView, key: str, ascending: bool | None) -> None:
    view.grid.sort_wanted.emit(key, ascending)
    rest(qtbot, view)


def narrow(qtbot: QtBot, view: DraftGridView, key: str, text: str) -> None:
    view.grid.filter_wanted.emit(key)
    assert view.narrowing.bar is not None
    view.narrowing.bar.lines[-1].text.setText(text)
    view.narrowing.bar.changed.emit()
    rest(qtbot, view)


def stored(services: FakeServices) -> list[Row]:
    return list(services.draft(services.dossiers()[0].id).rows(Part.LAO_DONG))


def test_a_head_sorts_up_down_and_as_declared_and_the_form_keeps_its_order(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    head = view.grid.keys.index("ho_ten")
    seen = []
    for _ in range(3):
        view.grid.head_pressed.emit(head)
        rest(qtbot, view)
        seen.append(list(view.model.lines))
    assert seen == [[5, 7, 6, 4], [4, 6, 7, 5], [4, 5, 6, 7]]
    assert [each.line for each in stored(services)] == [4, 5, 6, 7]


def test_a_block_pasted_into_a_sorted_narrowed_view_goes_where_it_is_seen(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    sort(qtbot, view, "ho_ten", False)
    narrow(qtbot, view, "ho_ten", "an van")
    view.columns.choose(["ho_ten", "chuc_vu", "dien_thoai"])
    assert list(view.model.lines) == [7, 5]
    view.grid.setCurrentIndex(view.model.locate(7, "chuc_vu"))
    QGuiApplication.clipboard().setText("Thủ kho\t0900000007\nKế toán\t0900000005")
    view.grid.paste_wanted.emit()
    rest(qtbot, view)
    now = {each.line: (each.get("chuc_vu"), each.get("dien_thoai")) for each in stored(services)}
    assert now[7] == ("Thủ kho", "0900000007")
    assert now[5] == ("Kế toán", "0900000005")
    assert now[4] == (row(4).get("chuc_vu"), row(4).get("dien_thoai"))
    assert list(view.model.lines) == [7, 5]
    assert "*" in str(view.model.headerData(0, Qt.Orientation.Vertical))
    page_of(view).undo_button.click()
    rest(qtbot, view)
    assert [each.get("chuc_vu") for each in stored(services)] == [
        row(line).get("chuc_vu") for line in NAMES
    ]


def test_filling_down_and_copying_follow_what_is_seen(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    sort(qtbot, view, "ho_ten", True)
    view.columns.choose(["ho_ten", "chuc_vu"])
    grid, model = view.grid, view.model
    grid.setCurrentIndex(model.locate(5, "chuc_vu"))
    for line in (7, 6):
        grid.selectionModel().select(
            model.locate(line, "chuc_vu"), QItemSelectionModel.SelectionFlag.Select
        )
    grid.fill_wanted.emit()
    rest(qtbot, view)
    jobs = {each.line: each.get("chuc_vu") for each in stored(services)}
    assert {jobs[7], jobs[6]} == {row(5).get("chuc_vu")}
    assert jobs[4] == row(4).get("chuc_vu")
    grid.selectAll()
    grid.copy_wanted.emit()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == [NAMES[n] for n in (5, 7, 6, 4)]
    assert len(lines[0].split("\t")) == 2


def test_a_finding_of_a_hidden_row_brings_every_row_back(qtbot: QtBot, view: DraftGridView) -> None:
    narrow(qtbot, view, "ho_ten", "an van")
    view.go_to(Part.LAO_DONG, 4, "chuc_vu")
    rest(qtbot, view)
    assert view.grid.currentIndex() == view.model.locate(4, "chuc_vu")
    assert view.model.rowCount() == 4
    assert "bỏ lọc" in page_of(view).notice.words


def test_a_cell_is_mended_with_one_key_where_one_stands_sorted_and_narrowed(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    page = page_of(view)
    page.typing.change(Part.LAO_DONG, [(7, "dien_thoai", "912345678"), (5, "tien_luong", "x")])
    rest(qtbot, view)
    sort(qtbot, view, "ho_ten", True)
    narrow(qtbot, view, "ho_ten", "an van")
    in_front(page)
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.model.locate(7, "dien_thoai"))
    assert "0912345678" in page.findings.mend_button.text()
    QTest.keyClick(view.grid, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(services)[3].get("dien_thoai") == "0912345678")
    rest(qtbot, view)
    assert list(view.model.lines) == [5, 7]
    assert view.grid.currentIndex() == view.model.locate(7, "dien_thoai")


def test_cells_are_found_from_where_one_stands(qtbot: QtBot, view: DraftGridView) -> None:
    in_front(view)
    finding = view.finding
    view.find_button.click()
    QTest.keyClicks(finding.bar.words, "an van")
    qtbot.waitUntil(lambda: finding.bar.count.text() == "1 / 2")
    assert view.grid.currentIndex().data() == "An Văn Gió"
    QTest.keyClick(finding.bar.words, Qt.Key.Key_Return)
    assert (view.grid.currentIndex().data(), finding.bar.count.text()) == ("An Văn Núi", "2 / 2")
    QTest.keyClick(finding.bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.grid.currentIndex().data() == "An Văn Gió"
    QTest.keyClick(finding.bar.words, Qt.Key.Key_Escape)
    assert finding.bar.isHidden()
    assert view.grid.hasFocus()


def test_a_name_typed_without_diacritics_becomes_its_code_and_tab_goes_on(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    in_front(view)
    view.columns.choose(["ho_ten", "ten_tinh_ks", "ma_tinh_ks", "ma_xa_ks"])
    cell = view.model.locate(5, "ma_tinh_ks")
    view.grid.setCurrentIndex(cell)
    view.grid.edit(cell)
    editor = view.grid.viewport().findChild(CodeEdit)
    assert editor is not None
    QTest.keyClicks(editor, "ha noi")
    assert [editor.list.item(at).text() for at in range(editor.list.count())] == [
        "01 – Thành phố Hà Nội"
    ]
    assert editor.accessibleDescription() == "01 – Thành phố Hà Nội"
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert view.model.columns[view.grid.currentIndex().column()].key == "ma_xa_ks"
    view.grid.finish_typing()
    rest(qtbot, view)
    written = stored(services)[1]
    assert (written.get("ma_tinh_ks"), written.get("ten_tinh_ks")) == ("01", "Thành phố Hà Nội")
    view.grid.setCurrentIndex(view.model.locate(5, "ma_tinh_ks"))
    assert "01 – Thành phố Hà Nội" in view.place.text()


def test_a_code_is_picked_with_the_arrows(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    in_front(view)
    cell = view.model.locate(4, "phuong_an")
    view.grid.setCurrentIndex(cell)
    view.grid.edit(cell)
    editor = view.grid.viewport().findChild(CodeEdit)
    assert editor is not None
    editor.clear()
    QTest.keyClicks(editor, "giam")
    offered = [editor.list.item(at).text() for at in range(editor.list.count())]
    assert len(offered) > 1
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    code = offered[0].split(" – ")[0]
    qtbot.waitUntil(lambda: stored(services)[0].get("phuong_an") == code)


def test_a_frozen_cell_is_typed_over_where_it_lies_on_top(
    qtbot: QtBot, view: DraftGridView, services: FakeServices
) -> None:
    in_front(view)
    cell = view.model.locate(4, "ho_ten")
    assert view.grid.still > cell.column()
    view.grid.setFocus()
    view.grid.setCurrentIndex(cell)
    QTest.keyClicks(view.grid, "M")
    editor = view.grid.frozen.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "M"
    editor.setText("Mây Trắng")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(services)[0].get("ho_ten") == "Mây Trắng")
    assert view.grid.currentIndex().row() == 1


def test_the_layout_of_each_unit_and_form_is_remembered(qtbot: QtBot, view: DraftGridView) -> None:
    view.grid.hide_wanted.emit("chuc_vu")
    view.grid.freeze_wanted.emit("ma_so_bhxh")
    view.grid.horizontalHeader().resizeSection(view.grid.keys.index("cccd"), 222)
    view.columns.kept.keep_widths()
    key = layout_key(UNIT.code, f"{LAYOUT}/{Part.LAO_DONG.value}")
    kept = GridLayout.parse(page_of(view).desk.settings.text(key))
    assert kept.columns is not None
    assert "chuc_vu" not in kept.columns
    assert (kept.frozen, kept.widths["cccd"]) == ("ma_so_bhxh", 222)
    assert "chuc_vu" not in view.grid.keys
    view.columns.choose(None)
    assert "chuc_vu" in view.grid.keys
    view.grid.freeze_wanted.emit("")
    assert view.grid.still == 0
    assert not view.grid.frozen.isVisible()


def test_every_column_can_do_everything_from_its_menu(view: DraftGridView) -> None:
    words = [action.text() for action in view.grid.head_menu(2).actions() if action.text()]
    letters = [word[word.index("&") + 1].lower() for word in words]
    assert len(words) == len(set(letters)) == 7
