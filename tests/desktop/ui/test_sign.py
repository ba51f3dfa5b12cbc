"""The signing screen: what is signed, with which certificate, and the PIN."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.api import Remark
from desktop.ui.desk import PracticeHelp
from desktop.ui.main_window import MainWindow
from desktop.ui.sign.presenter import SignPresenter
from desktop.ui.sign.view import SignView
from forms.model import DossierState
from signing.errors import DeviceFault
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
