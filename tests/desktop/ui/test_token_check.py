"""The check of the token on the screen: steps, cures, handing the result on."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.token.presenter import TokenPresenter
from desktop.ui.token.view import TokenCheckView
from signing.doctor.model import Status
from signing.errors import DeviceFault
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import UNIT, FakeServices
from tests.fakes.token_cases import checked


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> TokenCheckView:
    window.go("token")
    at_rest(qtbot, window)
    found = window.pages["token"]
    assert isinstance(found, TokenCheckView)
    return found


@pytest.fixture
def held(services: FakeServices) -> Iterator[Event]:
    """A driver that hangs until it is let go."""
    services.token_desk.hold = Event()
    yield services.token_desk.hold
    services.token_desk.hold.set()


def examined(qtbot: QtBot, window: MainWindow, page: TokenCheckView) -> None:
    page.run_button.click()
    at_rest(qtbot, window)


def test_before_the_first_check_the_page_says_what_to_do(page: TokenCheckView) -> None:
    assert page.pages.currentIndex() == 0
    assert page.run_button.isEnabled()
    assert not page.copy_button.isEnabled()
    assert not page.bundle_button.isEnabled()


def test_every_step_is_shown_and_each_fault_with_its_cure(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, services: FakeServices
) -> None:
    examined(qtbot, window, page)
    assert services.token_desk.asked == [f"examine all for {UNIT.code}"]
    assert [line.verdict for line in page.model.lines] == [
        *("Ổn", "Ổn", "Cần biết", "Bỏ qua", "Hỏng", "Hỏng")
    ]
    fault = page.model.lines[4]
    assert "bản 32-bit" in fault.found
    assert "64-bit" in fault.cure
    assert "Có 1 chỗ cần sửa" in page.notice.words
    assert page.grid.currentIndex().row() == 4
    assert page.run_button.text() == "Kiểm tra lại"


def test_a_token_that_works_leads_to_signing(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, services: FakeServices
) -> None:
    services.token_desk.examination = checked(usable=True)
    examined(qtbot, window, page)
    assert "Có token dùng được" in page.notice.words
    assert all(line.status is not Status.FAIL for line in page.model.lines)
    page.back_button.click()
    at_rest(qtbot, window)
    assert window.current == "sign"


def test_checking_again_shows_what_is_new(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, services: FakeServices
) -> None:
    examined(qtbot, window, page)
    services.token_desk.examination = checked(usable=True)
    examined(qtbot, window, page)
    assert len(page.model.lines) == 5
    assert "Có token dùng được" in page.notice.words


def test_one_file_can_be_checked_alone(
    qtbot: QtBot,
    window: MainWindow,
    page: TokenCheckView,
    services: FakeServices,
    picker: FakePicker,
) -> None:
    page.file_button.click()
    at_rest(qtbot, window)
    assert services.token_desk.asked == []
    picker.file = Path("/nowhere/driver.so")
    page.file_button.click()
    at_rest(qtbot, window)
    assert services.token_desk.asked == [f"examine driver.so for {UNIT.code}"]


def test_the_list_grows_while_a_driver_is_waited_for(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, held: Event
) -> None:
    page.run_button.click()
    qtbot.waitUntil(lambda: len(page.model.lines) == 4)
    assert page.pages.currentIndex() == 1
    assert not page.copy_button.isEnabled()
    held.set()
    at_rest(qtbot, window)
    assert len(page.model.lines) == 6
    assert "Có 1 chỗ cần sửa" in page.notice.words


def test_a_check_that_takes_long_can_be_stopped(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, held: Event
) -> None:
    page.run_button.click()
    assert page.busy.isVisible()
    assert not page.run_button.isEnabled()
    page.run()
    qtbot.waitUntil(lambda: len(page.model.lines) == 4)
    page.busy.cancel.click()
    assert page.busy.isHidden()
    assert page.run_button.isEnabled()
    at_rest(qtbot, window)
    assert not held.is_set()
    assert page.examination is None
    assert len(page.model.lines) == 4
    assert "chưa có kết luận" in page.notice.words
    assert not page.bundle_button.isEnabled()


def test_the_result_can_be_copied_as_text(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView
) -> None:
    page.copy()
    examined(qtbot, window, page)
    page.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Kết quả kiểm tra token ngày 21/10/2026"
    assert "[Hỏng] may_csp11.dll: là bản 32-bit, chương trình này cần bản 64-bit." in lines
    assert any(line.startswith("    → Cài bản dành cho hệ 64-bit") for line in lines)
    assert "Đã chép" in page.notice.words


def test_the_bundle_for_support_is_written_where_the_person_says(
    qtbot: QtBot,
    window: MainWindow,
    page: TokenCheckView,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    page.save_bundle()
    examined(qtbot, window, page)
    page.bundle_button.click()
    at_rest(qtbot, window)
    assert picker.asked == ["goi-ho-tro-token-2026-10-21.zip"]
    picker.out = tmp_path / "goi.zip"
    page.bundle_button.click()
    at_rest(qtbot, window)
    assert picker.out.exists()
    assert "Đã ghi gói hỗ trợ goi.zip" in page.notice.words


def test_a_bundle_that_cannot_be_written_is_said(
    qtbot: QtBot,
    window: MainWindow,
    page: TokenCheckView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.token_desk.unwritable = True
    picker.out = tmp_path / "goi.zip"
    examined(qtbot, window, page)
    page.bundle_button.click()
    at_rest(qtbot, window)
    assert "Không ghi được gói hỗ trợ" in page.notice.words


def test_a_check_that_fails_is_said_and_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView, services: FakeServices
) -> None:
    services.token_desk.fails = DeviceFault("token.timeout", module="may_csp11.dll")
    examined(qtbot, window, page)
    assert "không trả lời" in page.notice.words
    assert page.busy.isHidden()
    assert page.run_button.isEnabled()


def test_another_unit_needs_another_check(
    qtbot: QtBot, window: MainWindow, page: TokenCheckView
) -> None:
    examined(qtbot, window, page)
    page.desk.session.choose_unit(None)
    at_rest(qtbot, window)
    assert page.examination is None
    assert page.notice.isHidden()


def test_verdicts_without_a_cure_are_not_counted_as_things_to_mend(services: FakeServices) -> None:
    said = TokenPresenter(services).conclusion(checked())
    assert "Có 1 chỗ cần sửa" in said
