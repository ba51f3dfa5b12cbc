"""The outbox: sending, waiting, carrying by hand, and what came back."""

from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.moments import VIETNAM
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.presenter import OutboxPresenter
from desktop.ui.outbox.view import OutboxView
from forms.clocks import Awaited, Clock
from forms.definition import Confidence
from forms.model import DossierState
from resources.faults import UsageFault
from sync.metered import Metered
from sync.model import ParcelState
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import (
    PERIOD,
    UNIT,
    FakeServices,
    FakeSigner,
    draft,
    row,
    unreachable,
)


@pytest.fixture
def page(qtbot: QtBot, services: FakeServices, window: MainWindow) -> OutboxView:
    """One signed dossier."""
    made = services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.sign(made.id, FakeSigner())
    window.go("outbox", made.id)
    at_rest(qtbot, window)
    found = window.pages["outbox"]
    assert isinstance(found, OutboxView)
    return found


def rest(qtbot: QtBot, page: OutboxView) -> None:
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


def test_sending_ends_with_the_number_of_the_dossier(
    qtbot: QtBot, page: OutboxView, picker: FakePicker
) -> None:
    page.send_button.click()
    rest(qtbot, page)
    assert UNIT.name in picker.asked[0]
    assert page.state.text() == "Đã nộp – số hồ sơ 00001/2026/07900"
    assert "00001/2026/07900" in page.notice.words
    assert not page.send_button.isEnabled()


def test_nothing_is_sent_before_the_person_says_yes(
    qtbot: QtBot, page: OutboxView, picker: FakePicker, services: FakeServices
) -> None:
    picker.yes = False
    page.send_button.click()
    rest(qtbot, page)
    assert "enqueue" not in services.calls


def test_without_a_network_the_parcel_stays_and_goes_out_later_by_itself(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    services.gateway_answers = ParcelState.WAITING
    page.send()
    rest(qtbot, page)
    assert services.dossiers()[0].state is DossierState.WAITING
    assert "hộp thư đi" in page.notice.words
    assert "Số lần" in page.next.text() or "Đã thử 1 lần" in page.next.text()
    services.gateway_answers = ParcelState.ACCEPTED
    page.timer.timeout.emit()
    rest(qtbot, page)
    assert services.dossiers()[0].state is DossierState.ACCEPTED


def test_the_round_by_itself_touches_nothing_when_nothing_waits(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    page.drain()
    rest(qtbot, page)
    assert "drain" not in services.calls
    assert page.notice.isHidden()


def test_a_second_try_does_not_ask_again(
    qtbot: QtBot, page: OutboxView, picker: FakePicker, services: FakeServices
) -> None:
    services.gateway_answers = ParcelState.WAITING
    page.send()
    rest(qtbot, page)
    services.gateway_answers = ParcelState.ACCEPTED
    page.send()
    rest(qtbot, page)
    assert len(picker.asked) == 1
    assert services.dossiers()[0].state is DossierState.ACCEPTED


def test_a_refusal_says_what_to_do(qtbot: QtBot, page: OutboxView, services: FakeServices) -> None:
    services.gateway_answers = ParcelState.REFUSED
    page.send()
    rest(qtbot, page)
    assert page.state.text() == "Bị từ chối"
    assert "nhập lại" in page.next.text()


def test_a_fault_while_sending_is_said_and_nothing_is_lost(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    services.fail["drain"] = unreachable()
    page.send()
    rest(qtbot, page)
    assert "dữ liệu vẫn còn nguyên" in page.notice.words
    assert services.dossiers()[0].state is DossierState.WAITING
    assert page.send_button.isEnabled()


def test_without_a_gateway_the_dossier_is_carried(
    qtbot: QtBot,
    page: OutboxView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.default_destination = None
    page.refresh()
    rest(qtbot, page)
    assert not page.send_button.isEnabled()
    assert "xuất hồ sơ" in page.next.text().lower()
    picker.where = tmp_path
    page.export_button.click()
    rest(qtbot, page)
    assert (tmp_path / services.dossiers()[0].id / "BHXHDienTu.xml").exists()
    assert "Đã xuất 1 tệp" in page.notice.words


def test_a_genuine_receipt_files_the_dossier_and_another_does_not(
    qtbot: QtBot,
    page: OutboxView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    picker.file = tmp_path / "thong-bao.xml"
    picker.file.write_bytes(b"made up")
    page.receipt_button.click()
    rest(qtbot, page)
    assert "Chưa xác minh được" in page.notice.words
    assert services.dossiers()[0].state is DossierState.SIGNED
    picker.file.write_bytes(b"genuine")
    page.receipt_button.click()
    rest(qtbot, page)
    assert "00002/2026/07900" in page.notice.words
    assert services.dossiers()[0].state is DossierState.ACCEPTED


def test_the_journal_is_in_words_newest_first(qtbot: QtBot, page: OutboxView) -> None:
    page.send()
    rest(qtbot, page)
    said = [what for _, what in page.journal.lines]
    assert said[-1] == "Đã nhập từ bảng Excel."
    assert "Đã đưa vào hộp thư đi, chờ gửi." in said
    assert not any("event." in what for what in said)


LATE = Clock(
    awaited=Awaited.RESULT,
    due=datetime(2026, 10, 16, 23, 59, tzinfo=VIETNAM),
    late=3,
    overdue=True,
    source="QĐ 838",
    confidence=Confidence.CERTAIN,
)


def test_what_the_agency_owes_and_what_to_do_stand_there(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    page.send()
    rest(qtbot, page)
    services.outbox.awaited = {services.dossiers()[0].id: (LATE,)}
    page.refresh()
    rest(qtbot, page)
    assert page.model.index(0, 2).data() == "Quá hạn 16/10/2026"
    assert page.model.lines[0].look == "warning"
    assert "quá hạn 3 ngày làm việc" in page.next.text()
    assert "Gọi cơ quan BHXH" in page.next.text()


def test_a_paused_outbox_sends_nothing_by_itself_but_what_the_person_sends(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    services.gateway_answers = ParcelState.WAITING
    page.send()
    rest(qtbot, page)
    services.gateway_answers = ParcelState.ACCEPTED
    page.pause_button.click()
    rest(qtbot, page)
    assert services.outbox.paused
    assert "tạm dừng" in page.paused.text()
    assert not page.paused.isHidden()
    page.drain()
    rest(qtbot, page)
    assert services.dossiers()[0].state is DossierState.WAITING
    page.send()
    rest(qtbot, page)
    assert services.dossiers()[0].state is DossierState.ACCEPTED
    page.pause_button.click()
    rest(qtbot, page)
    assert not services.outbox.paused
    assert page.paused.isHidden()


def test_each_dossier_on_its_way_tells_how_far_it_is(
    qtbot: QtBot, page: OutboxView, services: FakeServices
) -> None:
    of = services.dossiers()[0].id
    seen: list[str] = []
    page.model.dataChanged.connect(lambda *_: seen.append(page.model.index(0, 1).data()))
    page.presenter.shares[of] = 45
    page._progressed(45, 100)
    assert seen == ["Đang gửi – 45 %"]
    page.send()
    rest(qtbot, page)
    assert page.presenter.shares == {}
    assert "%" not in page.model.index(0, 1).data()


def test_another_computer_sends_it_until_it_is_taken_back(
    qtbot: QtBot, page: OutboxView, services: FakeServices, picker: FakePicker, tmp_path: Path
) -> None:
    picker.where, picker.password = tmp_path, "gio-may-trang"
    assert page.carry.hand
    assert page.carry.back
    page.carry.hand.trigger()
    rest(qtbot, page)
    assert (tmp_path / f"{services.dossiers()[0].id}.tokhai-outbox").exists()
    assert page.state.text() == "Đã giao cho máy khác gửi"
    assert not page.send_button.isEnabled()
    page.drain()
    rest(qtbot, page)
    assert "drain" not in services.calls
    page.carry.back.trigger()
    rest(qtbot, page)
    assert page.send_button.isEnabled()
    assert not page.carry.back.isEnabled()


def test_a_locked_file_to_a_new_gateway_is_asked_about_twice(
    qtbot: QtBot, page: OutboxView, services: FakeServices, picker: FakePicker, tmp_path: Path
) -> None:
    picker.file, picker.password = tmp_path / "a.tokhai-outbox", "gio-may-trang"
    gateway = UsageFault("handover.unknown_gateway", url="https://cong.vn", fingerprint="AA")
    services.carry.asks = [UsageFault("sealed.password_needed"), gateway]
    page.carry.take()
    rest(qtbot, page)
    given = services.carry.given
    assert given == [("", False), ("gio-may-trang", False), ("gio-may-trang", True)]
    assert "Số hồ sơ trong tệp" in page.notice.words


def test_a_network_paid_by_the_byte_is_told_before_sending(
    page: OutboxView, services: FakeServices
) -> None:
    detail = page.detail
    assert detail is not None
    unit = page.desk.session.unit
    assert unit is not None
    assert "dung lượng" not in page.presenter.question(detail, unit)[1]
    services.outbox.cost = Metered.YES
    paid = OutboxPresenter(services).detail(detail.line)
    assert "dung lượng" in page.presenter.question(paid, unit)[1]


def test_an_export_that_is_stopped_says_so(
    qtbot: QtBot, page: OutboxView, services: FakeServices, picker: FakePicker, tmp_path: Path
) -> None:
    picker.where = tmp_path
    services.gate.close()
    page.export_button.click()
    bar = page.lasting_bar
    assert bar is not None
    bar.cancel.click()
    services.gate.open()
    rest(qtbot, page)
    assert "Đã dừng" in page.notice.words
    assert not (tmp_path / services.dossiers()[0].id).exists()
