"""The whole way through the window: import → build → sign → sent."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.view import OutboxView
from desktop.ui.sign.view import SignView
from forms.model import DossierState, Part
from tests.desktop.ui.conftest import FakePicker, at_rest, in_front
from tests.fakes.services import PIN, FakeServices, certificate, draft, row, slot


def test_from_the_workbook_to_the_number(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.next_import = draft(row(4), row(5))
    services.slots = [slot(certificate())]
    picker.file = tmp_path / "danh-sach.xlsx"
    picker.file.write_bytes(b"")
    declarations, sign, outbox = (window.pages[key] for key in ("declarations", "sign", "outbox"))
    assert isinstance(declarations, DeclarationsView)
    assert isinstance(sign, SignView)
    assert isinstance(outbox, OutboxView)
    declarations.choose_workbook()
    at_rest(qtbot, window)
    declarations.build_button.click()
    at_rest(qtbot, window)
    declarations.sign_button.click()
    at_rest(qtbot, window)
    sign.key.choose_module()
    at_rest(qtbot, window)
    QTest.keyClicks(sign.pin, PIN)
    QTest.keyClick(sign.pin, Qt.Key.Key_Return)
    at_rest(qtbot, window)
    sign.send_button.click()
    at_rest(qtbot, window)
    assert window.current == "outbox"
    outbox.send_button.click()
    at_rest(qtbot, window)
    assert services.dossiers()[0].state is DossierState.ACCEPTED
    assert "Đã nộp – số hồ sơ 00001/2026/07900" in outbox.state.text()


def test_screens_are_reached_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    in_front(window)
    for number, key in enumerate(window.navigation.buttons, start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda wanted=key: window.current == wanted)  # type: ignore[misc]


def test_a_cell_being_typed_is_stored_when_the_window_closes(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.next_import = draft(row(4), row(5))
    page = window.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    page.import_workbook(Path("/nowhere/danh-sach.xlsx"))
    at_rest(qtbot, window)
    services.slow = 0.1
    page.draft.model.setData(page.draft.model.locate(5, "chuc_vu"), "Thủ quỹ")
    page.draft.go_to(Part.LAO_DONG, 4, "chuc_vu")
    page.draft.grid.edit(page.draft.grid.currentIndex())
    editor = page.draft.grid.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("Thủ kho")
    window.close()
    rows = services.draft(services.dossiers()[0].id).rows(Part.LAO_DONG)
    assert [each.get("chuc_vu") for each in rows] == ["Thủ kho", "Thủ quỹ"]
