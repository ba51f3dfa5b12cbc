"""The keyboard reaches everything, in the order of reading."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.view import OutboxView
from desktop.ui.sign.view import SignView
from tests.desktop.ui.conftest import at_rest, in_front
from tests.fakes.services import PERIOD, UNIT, FakeServices, FakeSigner, draft, row


def walk(start: QWidget, steps: int) -> list[str]:
    """Accessible names met by pressing Tab."""
    in_front(start)
    start.setFocus()
    met = [start.accessibleName()]
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        met.append(focus.accessibleName() if focus else "")
    return met


def test_declarations_in_the_order_of_the_work(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.bring(draft(row(4, ngay_sinh="x")))
    page = window.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    page.refresh()
    window.go("declarations")
    at_rest(qtbot, window)
    assert walk(page.import_button, 13) == [
        "Nhập từ Excel…",
        "Kiểm tra",
        "Xuất file lỗi…",
        "Các hồ sơ",
        "Xem bản in",
        "Phần mềm khác…",
        "Đính kèm…",
        "Các danh sách của tờ khai",
        "Hiện mọi cột",
        "Tìm…",
        "Lọc dòng…",
        "Cột…",
        "Bảng kê khai",
        "Kết quả kiểm tra",
    ]


def test_signing_ends_at_the_pin(qtbot: QtBot, window: MainWindow, services: FakeServices) -> None:
    services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    page.key.module = page.key.key_file = None
    window.go("sign")
    at_rest(qtbot, window)
    assert walk(page.choice.list, 6) == [
        "Hồ sơ cần ký",
        "Tóm tắt những gì sẽ ký",
        "Tại sao: số người và tổng tiền lương",
        "Kiểm tra token",
        "Trình điều khiển của token",
        "Chọn tệp khác…",
        "Đọc lại token",
    ]


def test_the_outbox_begins_with_sending(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    made = services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.sign(made.id, FakeSigner())
    window.go("outbox", made.id)
    page = window.pages["outbox"]
    assert isinstance(page, OutboxView)
    at_rest(qtbot, window)
    assert walk(page.send_button, 6) == [
        "Gửi ngay",
        "Xuất để nộp cách khác…",
        "Nhập thông báo tiếp nhận…",
        "Tạm dừng tự gửi",
        "Hồ sơ đã ký",
        "Máy, phần mềm khác…",
        "Nhật ký của hồ sơ",
    ]
