"""Copies of the data: seen, put back after one question, and the window shows what is there now."""

from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop.services.upkeep import Copy, CopyKind, Restored
from desktop.ui.app import keep_daily
from desktop.ui.copies.presenter import NAMED, CopiesPresenter, told
from desktop.ui.copies.view import CopiesView
from desktop.ui.main_window import MainWindow
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import FakeServices
from tests.fakes.upkeep import NOW

OLD = Copy(file=Path("/data/backups/tokhai-1-daily.db"), at=NOW, kind=CopyKind.DAILY, size=2**21)
BROKEN = Copy(file=Path("/data/backups/tokhai-2-damaged.db"), at=NOW, kind=CopyKind.DAMAGED)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, services: FakeServices) -> CopiesView:
    services.upkeep.made.append(OLD)
    window.go("copies")
    at_rest(qtbot, window)
    assert isinstance(window.page, CopiesView)
    return window.page


def test_the_newest_copy_is_looked_into_at_once(page: CopiesView) -> None:
    [line] = page.model.lines
    assert (line.why, line.size) == ("tự động hằng ngày", "2,0 MB")
    assert "TA0000Z – Công ty TNHH Ví Dụ: 3 người, 2 hồ sơ" in page.inside.text()
    assert page.restore.isEnabled()


def test_looking_at_one_after_the_other_ends_with_the_last(
    qtbot: QtBot, window: MainWindow, page: CopiesView
) -> None:
    for _ in range(3):
        page.look(OLD.file)
    bar = page.lasting_bar
    assert bar is not None
    assert bar.pause.isActive()
    at_rest(qtbot, window)
    assert not bar.pause.isActive()
    assert bar.isHidden()


def test_it_is_put_back_after_one_question_and_the_window_is_made_anew(
    qtbot: QtBot,
    window: MainWindow,
    page: CopiesView,
    picker: FakePicker,
    services: FakeServices,
) -> None:
    page.restore.click()
    at_rest(qtbot, window)
    assert picker.asked == ["Khôi phục dữ liệu từ tokhai-1-daily.db?"]
    assert services.upkeep.restored == [OLD.file]
    qtbot.waitUntil(lambda: window.current == "copies" and window.page is not page)
    at_rest(qtbot, window)
    assert "tokhai-2-restore.db" in window.page.notice.words


def test_without_a_yes_nothing_happens(
    page: CopiesView, picker: FakePicker, services: FakeServices
) -> None:
    picker.yes = False
    page.restore.click()
    assert services.upkeep.restored == []


def test_a_file_that_is_no_copy_is_said_and_cannot_be_put_back(
    qtbot: QtBot, window: MainWindow, page: CopiesView, picker: FakePicker
) -> None:
    picker.file = Path("/usb/hinh.db")
    page.other.click()
    at_rest(qtbot, window)
    assert "hinh.db" in page.notice.words
    assert not page.restore.isEnabled()


def test_a_damaged_file_is_kept_but_not_offered(
    qtbot: QtBot, window: MainWindow, page: CopiesView, services: FakeServices
) -> None:
    services.upkeep.made.append(BROKEN)
    page.refresh()
    at_rest(qtbot, window)
    assert page.model.lines[0].why == "tệp hỏng được giữ lại"
    assert not page.restore.isEnabled()


def test_making_one_shows_it(qtbot: QtBot, window: MainWindow, page: CopiesView) -> None:
    page.copy_now.click()
    at_rest(qtbot, window)
    assert len(page.model.lines) == 2


def test_the_question_tells_what_goes_and_what_stays(services: FakeServices) -> None:
    services.upkeep.made.append(OLD)
    services.upkeep.sent_dossiers = tuple(f"TA0000Z-2026-11-600-{at}" for at in range(NAMED + 2))
    services.practice = True
    presenter = CopiesPresenter(services)
    asked = presenter.question(presenter.look(OLD.file))
    assert "LUYỆN TẬP" in asked
    assert "TA0000Z – Công ty TNHH Ví Dụ" in asked
    assert "sẽ mất" in asked
    assert "TA0000Z-2026-11-600-11" in asked
    assert "và 2 hồ sơ nữa" in asked


def test_a_paused_outbox_is_said() -> None:
    assert "TẠM DỪNG" in told(Restored(before=OLD, kept=(), paused=True))


def test_a_copy_is_made_by_itself_once_the_window_is_open(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    looked = QSignalSpy(window.desk.tasks.busy_changed)
    keep_daily(window)
    at_rest(qtbot, window)
    assert services.upkeep.daily == 1
    assert looked.count()


def test_that_none_could_be_made_disturbs_nobody(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.upkeep.full = True
    keep_daily(window)
    at_rest(qtbot, window)
    assert services.upkeep.daily == 1
    assert not window.page.notice.isVisible()
