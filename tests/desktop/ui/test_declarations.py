"""The declaration screen: import, findings, mending, building."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from forms.model import DossierState, Part, Period
from resources.faults import DataFault, SurroundingsFault
from tests.desktop.ui.conftest import FakePicker, at_rest, in_front
from tests.fakes.services import FakeServices, draft, row

WORKBOOK = Path("/nowhere/danh-sach.xlsx")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> DeclarationsView:
    window.go("declarations")
    at_rest(qtbot, window)
    found = window.pages["declarations"]
    assert isinstance(found, DeclarationsView)
    return found


def bring(qtbot: QtBot, page: DeclarationsView) -> None:
    page.import_workbook(WORKBOOK)
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


def test_with_nothing_yet_the_screen_says_what_to_do(page: DeclarationsView) -> None:
    assert page.pages.currentIndex() == 1
    assert "nhập bảng Excel" in page.help.text()


def test_a_workbook_becomes_a_draft_with_its_findings(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5, ngay_sinh="31-02-90"))
    bring(qtbot, page)
    assert page.opened is not None
    assert page.opened.errors == 1
    assert page.draft.model.rowCount() == 2
    assert "1 lỗi" in page.findings.summary.text()
    assert "vào kỳ 10/2026" in page.notice.words
    assert not page.build_button.isEnabled()


def test_the_month_chosen_above_is_the_month_declared(
    qtbot: QtBot, window: MainWindow, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    window.top.months.setCurrentIndex(window.top.months.findText("Tháng 09/2026"))
    window.top.months.activated.emit(window.top.months.currentIndex())
    bring(qtbot, page)
    assert services.dossiers()[0].period.wire == "09/2026"


def test_a_click_on_a_finding_selects_its_cell(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5, ngay_sinh="31-02-90"))
    bring(qtbot, page)
    cell = page.findings.grid.visualRect(page.findings.model.index(0, 1)).center()
    viewport = page.findings.grid.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=cell)
    here = page.draft.grid.currentIndex()
    assert here.data() == "31-02-90"
    assert "Dòng 5" in page.draft.place.text()
    assert "không phải là ngày" in page.draft.place.text()


def test_a_finding_in_a_hidden_column_shows_all_columns(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4, ngay_sinh="31-02-90"))
    bring(qtbot, page)
    page.draft.go_to(Part.LAO_DONG, 4, "email")
    assert page.draft.whole.isChecked()
    assert (
        page.draft.model.headerData(
            page.draft.grid.currentIndex().column(), Qt.Orientation.Horizontal
        )
        == "Email liên hệ"
    )


def test_mending_a_cell_with_the_keyboard_makes_the_finding_go(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5, ngay_sinh="31-02-90"))
    bring(qtbot, page)
    page.go_to(page.findings.model.lines[0].finding)
    QTest.keyClick(page.draft.grid, Qt.Key.Key_Return)
    editor = page.draft.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("01/02/1990")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findings.model.rowCount() == 0)
    assert page.draft.grid.currentIndex().data() == "01/02/1990"
    assert (
        services.draft(services.dossiers()[0].id).rows(Part.LAO_DONG)[1].get("ngay_sinh")
        == "01/02/1990"
    )
    assert page.build_button.isEnabled()


def test_what_cannot_be_stored_is_said_and_the_stored_value_comes_back(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    services.fail["change_rows"] = SurroundingsFault("store.busy")
    cell = page.draft.model.locate(4, "ho_ten")
    before = cell.data()
    page.draft.model.setData(cell, "Tên Khác")
    at_rest_of(qtbot, page)
    assert cell.data() == before
    assert not page.notice.isHidden()


def test_news_does_not_overwrite_what_is_being_typed(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5))
    bring(qtbot, page)
    page.draft.go_to(Part.LAO_DONG, 5, "chuc_vu")
    page.draft.grid.edit(page.draft.grid.currentIndex())
    editor = page.draft.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("đang gõ")
    page.typing.change(Part.LAO_DONG, [(4, "chuc_vu", "Thủ kho")])
    at_rest_of(qtbot, page)
    assert page.draft.model.locate(4, "chuc_vu").data() == "Thủ kho"
    assert editor.text() == "đang gõ"


def test_building_leads_to_signing(
    qtbot: QtBot, window: MainWindow, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    page.build_button.click()
    at_rest_of(qtbot, page)
    assert services.dossiers()[0].state is DossierState.CHECKED
    assert page.sign_button.isVisible()
    page.sign_button.click()
    assert window.current == "sign"


def test_an_older_draft_of_the_same_month_is_not_built(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    bring(qtbot, page)
    page.dossier_list.selectRow(1)
    at_rest_of(qtbot, page)
    assert page.opened is not None
    assert page.opened.dossier.batch == 1
    assert not page.build_button.isEnabled()
    assert "bản nháp mới hơn" in page.help.text()


def test_what_is_no_workbook_leaves_nothing_behind(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = None
    bring(qtbot, page)
    assert services.dossiers() == ()
    assert "PDF" in page.notice.words


def test_a_fault_on_import_is_said_on_the_page(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.fail["import_workbook"] = DataFault("unit.bad_region")
    bring(qtbot, page)
    assert "Vùng lương" in page.notice.words
    assert page.busy.isHidden()


def test_our_own_mistake_names_the_log_and_offers_the_details(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices, crash_logs: list[BaseException]
) -> None:
    services.fail["import_workbook"] = RuntimeError("ours")
    bring(qtbot, page)
    assert "crash.log" in page.notice.words
    assert [type(error) for error in crash_logs] == [RuntimeError]


def test_a_long_import_shows_progress_and_never_holds_the_window(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(*(row(line) for line in range(4, 204)))
    services.slow = 0.5
    ticks: list[bool] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(page.busy.isVisible()))
    timer.start()
    page.import_workbook(WORKBOOK)
    qtbot.waitUntil(lambda: page.busy.bar.value() > 0, timeout=5_000)
    services.slow = 0.0
    at_rest_of(qtbot, page)
    assert ticks.count(True) > 5


def test_an_import_that_is_stopped_leaves_nothing(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    services.gate.close()
    page.import_workbook(WORKBOOK)
    page.busy.cancel.click()
    services.gate.open()
    at_rest_of(qtbot, page)
    assert services.dossiers() == ()
    assert page.busy.isHidden()
    assert "Đã dừng" in page.notice.words


@pytest.mark.parametrize("act", ["check", "build"])
def test_what_is_done_to_a_whole_dossier_can_be_stopped(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices, act: str
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    services.gate.close()
    getattr(page, act)()
    assert page.busy.cancel.isVisibleTo(page)
    page.busy.cancel.click()
    services.gate.open()
    at_rest_of(qtbot, page)
    assert services.dossiers()[0].state is DossierState.DRAFT
    assert page.busy.isHidden()
    assert "Đã dừng" in page.notice.words


def test_the_error_workbook_is_saved_where_the_person_says(
    qtbot: QtBot,
    page: DeclarationsView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.next_import = draft(row(4, ngay_sinh="x"))
    picker.out = tmp_path / "loi.xlsx"
    bring(qtbot, page)
    page.report_button.click()
    at_rest_of(qtbot, page)
    assert picker.out.read_text() == "1 marked"
    assert picker.asked == ["danh-sach - loi.xlsx"]


def test_for_a_dossier_of_another_day_the_workbook_is_asked_for(
    qtbot: QtBot,
    page: DeclarationsView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.bring(draft(row(4, ngay_sinh="x")))
    page.refresh()
    at_rest_of(qtbot, page)
    picker.file = picker.out = tmp_path / "danh-sach.xlsx"
    page.report_button.click()
    at_rest_of(qtbot, page)
    assert "danh-sach.xlsx" in picker.asked[0]
    assert page.notice.words.startswith("Chưa làm được – cần bạn xem lại")
    assert not picker.out.exists()


def test_a_workbook_can_be_dropped(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(WORKBOOK))])
    page.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    at_rest_of(qtbot, page)
    assert len(services.dossiers()) == 1


def test_a_signed_dossier_is_shown_but_not_editable(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    page.build_button.click()
    at_rest_of(qtbot, page)
    services.sign(services.dossiers()[0].id, None)  # type: ignore[arg-type]  # the fake asks nothing of it
    page.desk.session.dossiers_changed.emit()
    at_rest_of(qtbot, page)
    cell = page.draft.model.locate(4, "ho_ten")
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert not page.build_button.isEnabled()
    assert "không sửa được nữa" in page.help.text()


def at_rest_of(qtbot: QtBot, page: DeclarationsView) -> None:
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


def test_choosing_a_month_above_shows_its_dossier_or_says_there_is_none(
    qtbot: QtBot, window: MainWindow, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    page.desk.session.choose_period(Period(2026, 9))
    at_rest_of(qtbot, page)
    assert page.opened is None
    assert "Tháng 09/2026" in page.month_empty.title.text()
    bring(qtbot, page)
    page.desk.session.choose_period(Period(2026, 10))
    at_rest_of(qtbot, page)
    assert page.opened is not None
    assert page.opened.dossier.period == Period(2026, 10)


def test_opening_a_dossier_of_another_month_moves_the_month_above(
    qtbot: QtBot, window: MainWindow, page: DeclarationsView, services: FakeServices
) -> None:
    services.bring(draft(row(4)), period=Period(2019, 3))
    services.bring(draft(row(4)))
    page.refresh()
    at_rest_of(qtbot, page)
    page.dossier_list.selectRow(1)
    at_rest_of(qtbot, page)
    assert page.opened is not None
    assert page.opened.dossier.period == Period(2019, 3)
    assert window.top.months.currentText() == "Tháng 03/2019"


def test_papers_go_into_the_build_once(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices, picker: FakePicker
) -> None:
    services.next_import = draft(row(4))
    bring(qtbot, page)
    picker.file = Path("/nowhere/quyet-dinh.pdf")
    page.papers.add()
    page.papers.add()
    assert page.papers.words.text() == "quyet-dinh.pdf"
    page.build_button.click()
    at_rest_of(qtbot, page)
    assert services.attached == (picker.file,)


def test_a_block_from_excel_is_pasted_undone_and_done_again(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5))
    bring(qtbot, page)
    grid, model = page.draft.grid, page.draft.model
    QGuiApplication.clipboard().setText("Thủ kho\nKế toán\n")
    grid.setCurrentIndex(model.locate(4, "chuc_vu"))
    grid.paste_wanted.emit()
    at_rest_of(qtbot, page)
    assert titles(page) == ["Thủ kho", "Kế toán"]
    assert "2 ô" in page.notice.words
    page.undo_button.click()
    at_rest_of(qtbot, page)
    before = draft(row(4), row(5)).sections[0].rows
    assert titles(page) == [each.get("chuc_vu") for each in before]
    assert not page.undo_button.isEnabled()
    page.redo_button.click()
    at_rest_of(qtbot, page)
    assert titles(page) == ["Thủ kho", "Kế toán"]


def titles(page: DeclarationsView) -> list[str]:
    return [str(page.draft.model.locate(line, "chuc_vu").data()) for line in (4, 5)]


def test_the_first_chosen_cell_fills_those_below_and_delete_empties_them(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4, chuc_vu="Thủ kho"), row(5, chuc_vu="Kế toán"))
    bring(qtbot, page)
    in_front(page)
    grid, model = page.draft.grid, page.draft.model
    grid.setFocus()
    grid.setCurrentIndex(model.locate(4, "chuc_vu"))
    grid.selectionModel().select(
        model.locate(5, "chuc_vu"), QItemSelectionModel.SelectionFlag.Select
    )
    QTest.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    at_rest_of(qtbot, page)
    assert titles(page) == ["Thủ kho", "Thủ kho"]
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    at_rest_of(qtbot, page)
    assert titles(page) == ["", ""]


def test_a_finding_says_why_and_is_mended_with_one_key(
    qtbot: QtBot, page: DeclarationsView, services: FakeServices
) -> None:
    services.next_import = draft(row(4, dien_thoai="912345678"))
    bring(qtbot, page)
    in_front(page)
    findings = page.findings
    findings.grid.setCurrentIndex(findings.model.index(0, 0))
    assert "QĐ 595" in findings.source.text()
    assert "0912345678" in findings.mend_button.text()
    QTest.keyClick(findings.grid, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: findings.mend_button.isHidden())
    dossier = services.dossiers()[0].id
    assert services.draft(dossier).rows(Part.LAO_DONG)[0].get("dien_thoai") == "0912345678"
