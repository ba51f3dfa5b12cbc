"""The signing screen: what is signed, with which certificate, and the PIN."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.services.api import Remark
from desktop.services.progress import Progress
from desktop.services.token_api import LastKey
from desktop.ui.desk import PracticeHelp
from desktop.ui.main_window import MainWindow
from desktop.ui.sign.presenter import SignPresenter
from desktop.ui.sign.view import SignView
from forms.model import Dossier, DossierState, Period
from signing.errors import DeviceFault, PinFault
from signing.ports import Signer
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import (
    NOW,
    PASSWORD,
    PERIOD,
    PIN,
    UNIT,
    FakeServices,
    certificate,
    draft,
    row,
    slot,
)
from tests.fakes.token_cases import found_driver

OTHER_MST = "0300000001"


def built(services: FakeServices) -> str:
    made = services.bring(draft(row(4), row(5)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    return made.id


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "driver.so"
    path.write_bytes(b"")
    return path


@pytest.fixture
def page(qtbot: QtBot, services: FakeServices, window: MainWindow) -> SignView:
    """A built dossier and a token with the unit's own certificate."""
    services.slots = [slot(certificate())]
    built(services)
    window.go("sign")
    at_rest(qtbot, window)
    found = window.pages["sign"]
    assert isinstance(found, SignView)
    return found


def plug_in(qtbot: QtBot, window: MainWindow, picker: FakePicker, module: Path) -> None:
    picker.file = module
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    page.key.choose_module()
    at_rest(qtbot, window)


def texts_of(page: SignView) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(text.text() for text in page.findChildren(QLabel))


def test_the_person_sees_what_is_signed_before_the_pin(page: SignView) -> None:
    said = texts_of(page)
    for part in (UNIT.name, UNIT.tax_code, "2 người", "TM: 2", "13.750.000 đ", "BHXHDienTu.xml"):
        assert part in said
    assert not page.sign_button.isEnabled()


def test_the_pin_signs_and_is_not_kept(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    assert page.key.serial == "0A"
    page.pin.setText(PIN)
    page.sign_button.click()
    assert page.pin.text() == ""
    at_rest(qtbot, window)
    assert services.dossiers()[0].state is DossierState.SIGNED
    assert "Đã ký xong" in page.notice.words
    assert page.send_button.isVisible()
    settings = (module.parent / "window.ini").read_text() if module.parent else ""
    assert PIN not in settings


def test_a_wrong_pin_is_said_beside_the_field_and_never_tried_again(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    page.pin.setText("0000")
    page.sign()
    at_rest(qtbot, window)
    assert "PIN" in page.pin_wrong.text()
    assert not page.pin_wrong.isHidden()
    assert page.notice.isHidden()
    assert services.calls.count("open_token") == 1
    assert services.dossiers()[0].state is DossierState.CHECKED
    assert page.pin.isEnabled()


def test_a_failing_device_is_never_shown_as_a_wrong_pin(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    services.fail["open_token"] = DeviceFault("token.removed")
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert page.pin_wrong.isHidden()
    assert "token" in page.notice.words.lower()


def test_unusable_certificates_are_shown_with_the_reason(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    expired = certificate(serial="0C", until=NOW - timedelta(days=1))
    services.slots = [slot(expired, certificate(OTHER_MST, serial="0B"))]
    plug_in(qtbot, window, picker, module)
    reasons = " ".join(line.why for line in page.key.model.lines)
    assert "hết hạn" in reasons
    assert "Mã số thuế" in reasons
    assert page.key.serial is None
    assert not page.pin.isEnabled()
    assert "Không có chứng thư số nào" in page.key.warning.text()


def test_what_to_mind_about_a_certificate_is_read_before_the_pin(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(until=NOW + timedelta(days=20)))]
    plug_in(qtbot, window, picker, module)
    (line,) = page.key.model.lines
    assert (line.usable, line.doubtful) == (True, True)
    assert "đọc lưu ý" in line.why
    assert "còn hiệu lực 20 ngày" in page.told.words
    assert page.pin.isEnabled()


def test_a_form_whose_format_is_not_confirmed_is_told_before_the_pin(
    qtbot: QtBot, window: MainWindow, page: SignView, services: FakeServices
) -> None:
    assert "chưa được xác nhận" not in texts_of(page)
    services.unproven = (Remark(code="form.unproven", params={"form": "TK3-TS"}),)
    page.enter()
    at_rest(qtbot, window)
    said = texts_of(page)
    assert "Định dạng điện tử của mẫu TK3-TS chưa được xác nhận" in said


def test_a_token_that_is_nearly_locked_says_so_before_the_pin(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(), pin_final_try=True, pin_count_low=True)]
    plug_in(qtbot, window, picker, module)
    assert "MỘT lần" in page.told.words
    assert not page.pin.isEnabled()
    assert "đánh dấu" in page.pin_row.why_not.text()
    page.told.ticks["final_try"].click()
    page.pin.setText("0000")
    page.sign()
    at_rest(qtbot, window)
    assert services.last_tries == [True]
    assert not page.told.is_ticked("final_try")
    assert not page.pin.isEnabled()


def test_no_token_says_to_plug_it_in(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = []
    plug_in(qtbot, window, picker, module)
    assert "cắm USB token" in page.key.warning.text()
    services.slots = [slot(certificate())]
    page.key.reload.click()
    at_rest(qtbot, window)
    assert page.key.serial == "0A"


def test_a_token_that_hides_its_certificates_may_still_be_tried(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(needs_login_to_list=True)]
    plug_in(qtbot, window, picker, module)
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert services.dossiers()[0].state is DossierState.SIGNED


def test_the_driver_is_remembered(
    qtbot: QtBot, window: MainWindow, page: SignView, picker: FakePicker, module: Path
) -> None:
    plug_in(qtbot, window, picker, module)
    again = SignView(page.desk)
    qtbot.addWidget(again)
    assert again.key.module == module


def test_a_key_file_is_for_practice_alone(page: SignView) -> None:
    assert not page.key.file.isVisible()
    assert page.key.uses_token


def test_practice_signs_with_its_own_key(
    qtbot: QtBot, page: SignView, services: FakeServices, module: Path
) -> None:
    services.practice = True
    practice = PracticeHelp(
        sample_unit=lambda: UNIT, key_file=lambda: module, key_password=PASSWORD
    )
    window = MainWindow(replace(page.desk, practice=practice))
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    window.go("sign")
    at_rest(qtbot, window)
    view = window.pages["sign"]
    assert isinstance(view, SignView)
    view.pin.setText("sai")
    view.sign()
    at_rest(qtbot, window)
    assert "mật khẩu" in view.pin_wrong.text().lower()
    view.password.click()
    view.sign()
    at_rest(qtbot, window)
    assert services.dossiers()[0].state is DossierState.SIGNED


def test_with_nothing_to_sign_the_screen_says_where_dossiers_come_from(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("sign")
    at_rest(qtbot, window)
    view = window.pages["sign"]
    assert isinstance(view, SignView)
    assert view.pages.currentIndex() == 1


def test_a_certificate_without_its_key_is_not_offered(services: FakeServices) -> None:
    dossier = built(services)
    full = slot(certificate())
    bare = replace(full.certificates[0], has_private_key=False)
    services.slots = [replace(full, certificates=(bare,))]
    seen = SignPresenter(services).tokens(Path("driver.so"), dossier)
    assert [line.usable for line in seen.lines] == [False]


# ---- several dossiers


def three_built(services: FakeServices) -> list[str]:
    """Newest first."""
    months = [Period(2026, month) for month in (7, 8, 9)]
    for period in months:
        services.bring(draft(row(4), row(5)), period=period)
        services.build(unit_code=UNIT.code, period=period)
    return [each.id for each in services.dossiers()]


@pytest.fixture
def batch(
    qtbot: QtBot,
    services: FakeServices,
    window: MainWindow,
    picker: FakePicker,
    module: Path,
) -> SignView:
    """Three dossiers, all ticked, a token with the unit's certificate plugged in."""
    services.slots = [slot(certificate())]
    three_built(services)
    window.go("sign")
    at_rest(qtbot, window)
    plug_in(qtbot, window, picker, module)
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    page.choice.all.click()
    at_rest(qtbot, window)
    return page


def states(services: FakeServices) -> list[DossierState]:
    return [each.state for each in services.dossiers()]


def test_one_pin_signs_all_that_are_ticked(
    qtbot: QtBot, window: MainWindow, batch: SignView, services: FakeServices
) -> None:
    said = texts_of(batch)
    for part in ("3 hồ sơ", "6 người", "41.250.000 đ", "9 tệp"):
        assert part in said
    above = batch.pin_row.signing_for.text()
    assert UNIT.name in above
    assert UNIT.tax_code in above
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED] * 3
    assert services.calls.count("open_token") == 1


def test_only_what_is_ticked_is_signed(
    qtbot: QtBot, window: MainWindow, batch: SignView, services: FakeServices
) -> None:
    batch.choice.tick(place=1, on=False)
    at_rest(qtbot, window)
    assert not batch.choice.all.isChecked()
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED, DossierState.CHECKED, DossierState.SIGNED]


def test_with_nothing_ticked_the_screen_says_what_to_do(
    qtbot: QtBot, window: MainWindow, batch: SignView
) -> None:
    batch.choice.all.click()
    at_rest(qtbot, window)
    assert batch.choice.ids == ()
    assert not batch.pin.isEnabled()
    assert "ít nhất một hồ sơ" in batch.pin_row.why_not.text()
    assert batch.pin_row.signing_for.text() == ""


def test_when_it_stops_the_person_sees_what_is_signed_and_goes_on_with_the_rest(
    qtbot: QtBot, window: MainWindow, batch: SignView, services: FakeServices
) -> None:
    first, second, third = batch.choice.ids
    services.fail[f"sign {second}"] = DeviceFault("token.removed")
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert "ký được 1 trên 3" in batch.notice.words
    assert "Đã ký: Tháng 09/2026, đợt 1." in batch.notice.words
    assert "Không ký được: Tháng 08/2026, đợt 1. Token vừa bị rút ra" in batch.notice.words
    assert "Chưa thử: Tháng 07/2026, đợt 1." in batch.notice.words
    assert batch.pin.text() == ""
    assert batch.choice.ids == (second, third)
    assert services.dossier(first).state is DossierState.SIGNED
    batch.rest_button.click()
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED] * 3
    assert batch.rest_button.isHidden()
    assert services.calls.count(f"sign {first}") == 1


def test_the_person_may_stop_between_two_dossiers_and_go_on_with_the_rest(
    qtbot: QtBot,
    window: MainWindow,
    batch: SignView,
    services: FakeServices,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, second, third = batch.choice.ids
    sign = services.sign

    def sign_once(dossier_id: str, signer: Signer, progress: Progress | None = None) -> Dossier:
        signed = sign(dossier_id, signer, progress)
        batch._stopped_by_person.set()
        return signed

    monkeypatch.setattr(services, "sign", sign_once)
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert "ký được 1 trên 3" in batch.notice.words
    assert "Chưa thử: Tháng 08/2026, đợt 1, Tháng 07/2026, đợt 1." in batch.notice.words
    assert "Không ký được" not in batch.notice.words
    assert batch.choice.ids == (second, third)
    monkeypatch.undo()
    batch.rest_button.click()
    batch.pin.setText(PIN)
    batch.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED] * 3


def test_stopping_says_that_what_is_under_way_is_ended_first(batch: SignView) -> None:
    batch.busy.begin("ui.busy.sign")
    batch.busy.cancel.click()
    assert not batch.busy.cancel.isEnabled()
    assert "dừng" in batch.busy._words.text()


def test_each_dossier_is_named_while_it_is_signed(batch: SignView) -> None:
    order = batch._order()
    assert order is not None
    assert batch.presenter.under_way(order, 0) == "Đang ký hồ sơ 1/3: Tháng 09/2026, đợt 1"
    assert "3/3: Tháng 07/2026" in batch.presenter.under_way(order, 3000)
    batch._progress(order, 1000, 3000)
    assert batch.under_way.text() == "Đang ký hồ sơ 2/3: Tháng 08/2026, đợt 1"


# ---- before the PIN


def test_a_question_needs_its_tick(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    first_use = Remark(code="certificate.first_use", params={"serial": "0A"})
    services.remarks = (first_use, Remark(code="certificate.branch"))
    plug_in(qtbot, window, picker, module)
    assert list(page.told.ticks) == ["branch"]
    assert "04-IVAN" in page.told.words
    assert not page.pin.isEnabled()
    page.told.ticks["branch"].click()
    assert page.pin.isEnabled()
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED]


def test_what_a_key_shows_only_after_the_pin_is_read_before_it_signs(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(needs_login_to_list=True)]
    services.late = (Remark(code="certificate.twelve_digits"),)
    plug_in(qtbot, window, picker, module)
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.CHECKED]
    assert "Chưa ký gì cả" in page.pin_wrong.text()
    assert not page.pin.isEnabled()
    page.told.ticks["twelve_digits"].click()
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED]


def test_the_last_try_is_used_only_after_its_tick(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(), pin_final_try=True)]
    plug_in(qtbot, window, picker, module)
    page.told.ticks["final_try"].click()
    page.pin.setText(PIN)
    page.sign()
    at_rest(qtbot, window)
    assert services.last_tries == [True]
    assert states(services) == [DossierState.SIGNED]


def test_few_tries_left_are_said_and_stop_nothing(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(), pin_count_low=True)]
    plug_in(qtbot, window, picker, module)
    assert "số lần thử còn ít" in page.told.words
    assert page.pin.isEnabled()


def test_a_locked_token_is_not_signed_with(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(), pin_locked=True)]
    plug_in(qtbot, window, picker, module)
    assert "nhà cung cấp chữ ký số" in page.told.words
    assert not page.pin.isEnabled()
    assert "bị khóa" in page.pin_row.why_not.text()


def test_a_pin_pad_needs_no_field(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.slots = [slot(certificate(), has_pin_pad=True)]
    plug_in(qtbot, window, picker, module)
    assert not page.pin.isVisible()
    assert page.pin_row.on_device.isVisible()
    page.sign_button.click()
    at_rest(qtbot, window)
    assert states(services) == [DossierState.SIGNED]


def test_after_a_wrong_pin_the_state_of_the_token_is_read_again(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    services.fail["open_token"] = PinFault("pin.final_try")
    services.slots = [slot(certificate(), pin_final_try=True)]
    page.pin.setText("0000")
    page.sign()
    at_rest(qtbot, window)
    assert page.pin.text() == ""
    assert "MỘT lần" in page.pin_wrong.text()
    assert list(page.told.ticks) == ["final_try"]
    assert services.calls.count("open_token") == 1


def test_after_a_wrong_pin_the_field_has_the_focus_again(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    window.activateWindow()
    page.pin.setText("0000")
    page.sign()
    at_rest(qtbot, window)
    assert window.focusWidget() is page.pin


def test_the_pin_is_neither_shown_nor_copied_nor_pasted(
    qtbot: QtBot, window: MainWindow, page: SignView, picker: FakePicker, module: Path
) -> None:
    plug_in(qtbot, window, picker, module)
    assert page.pin.echoMode() is QLineEdit.EchoMode.Password
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("87654321")
    QTest.keyClick(page.pin, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.pin.text() == ""
    page.pin.setText(PIN)
    page.pin.selectAll()
    QTest.keySequence(page.pin, QKeySequence(QKeySequence.StandardKey.Copy))
    assert clipboard.text() == "87654321"
    assert page.pin.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


# ---- the token is found by itself


def test_the_token_is_found_without_naming_a_driver(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    tmp_path: Path,
) -> None:
    built(services)
    services.slots = [slot(certificate())]
    empty, good = tmp_path / "a_csp11.so", tmp_path / "b_csp11.so"
    services.token_desk.found = [
        found_driver(tmp_path / "c.dll", tokens=None, bits=32),
        found_driver(empty),
        found_driver(good, tokens=1),
    ]
    window.go("sign")
    at_rest(qtbot, window)
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    assert page.key.module == good
    assert page.key.serial == "0A"
    offered = [page.key.drivers.itemText(place) for place in range(page.key.drivers.count())]
    assert offered == ["c.dll (không hợp với máy này)", "a_csp11.so", "b_csp11.so (thấy token)"]
    page.key.drivers.setCurrentIndex(1)
    page.key.drivers.activated.emit(1)
    at_rest(qtbot, window)
    assert page.key.module == empty


def test_the_units_last_driver_and_certificate_come_first(
    qtbot: QtBot,
    window: MainWindow,
    services: FakeServices,
    module: Path,
) -> None:
    built(services)
    services.slots = [slot(certificate(serial="0A"), certificate(serial="0D"))]
    services.token_desk.last = LastKey(module=str(module), serial="0D")
    window.go("sign")
    at_rest(qtbot, window)
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    assert (page.key.module, page.key.serial) == (module, "0D")


def test_without_any_driver_the_screen_says_how_to_get_one(
    qtbot: QtBot, window: MainWindow, page: SignView
) -> None:
    assert page.key.module is None
    assert "Hãy cài phần mềm đi kèm token" in page.key.warning.text()
    page.key.check.click()
    at_rest(qtbot, window)
    assert window.current == "token"


def test_a_token_pulled_out_and_plugged_in_is_noticed(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    assert page.key.timer.isActive()
    present, services.slots = services.slots, []
    page.key.watch()
    at_rest(qtbot, window)
    assert page.key.serial is None
    assert not page.pin.isEnabled()
    assert "Chưa thấy token" in page.key.warning.text()
    services.slots = present
    page.key.watch()
    at_rest(qtbot, window)
    assert page.key.serial == "0A"
    window.go("outbox")
    assert not page.key.timer.isActive()


def test_a_driver_that_fails_while_it_is_watched_stops_nothing(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    plug_in(qtbot, window, picker, module)
    services.fail["tokens"] = DeviceFault("token.timeout", module=module.name)
    page.key.watch()
    at_rest(qtbot, window)
    assert page.notice.isHidden()
    assert page.key.serial is None
    services.fail["tokens"] = DeviceFault("token.timeout", module=module.name)
    page.key.read_token(again=True)
    at_rest(qtbot, window)
    assert "không trả lời" in page.notice.words


def test_a_tick_is_good_for_one_certificate_alone(
    qtbot: QtBot,
    window: MainWindow,
    page: SignView,
    services: FakeServices,
    picker: FakePicker,
    module: Path,
) -> None:
    services.remarks = (Remark(code="certificate.branch"),)
    services.slots = [slot(certificate(serial="0A"), certificate(serial="0B"))]
    plug_in(qtbot, window, picker, module)
    page.told.ticks["branch"].click()
    assert page.pin.isEnabled()
    page.key.list.selectRow(1)
    assert page.key.serial == "0B"
    assert not page.told.is_ticked("branch")
    assert not page.pin.isEnabled()


def test_nothing_is_signed_before_its_summary_is_shown(
    qtbot: QtBot, window: MainWindow, batch: SignView
) -> None:
    batch.choice.tick(place=0, on=False)
    assert not batch.pin.isEnabled()
    at_rest(qtbot, window)
    assert batch.pin.isEnabled()
    assert "2 hồ sơ" in batch.pin_row.signing_for.text()
