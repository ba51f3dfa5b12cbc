"""Settings: language, colours, letters, the gateway, copies, the unit; each holds at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.appearance import Appearance
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.proxy_presenter import ProxyPresenter, ProxyTyped
from desktop.ui.preferences.view import PreferencesView
from desktop.ui.texts import language
from resources.faults import SurroundingsFault, UsageFault
from sync.model import Destination
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.secrets import FakeSecrets
from tests.fakes.services import UNIT, FakeServices

PEM = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"
PIN = "A" * 43 + "="


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, qapp: QApplication) -> Iterator[MainWindow]:
    look = Appearance(qapp, desk.settings, lang="vi")
    look.choose_theme(theme.LIGHT)
    made = MainWindow(replace(desk, appearance=look))
    qtbot.addWidget(made)
    made.show()
    made.go("preferences")
    at_rest(qtbot, made)
    yield made
    theme.use_theme(theme.LIGHT)
    theme.use_scale(100)
    theme.dress(qapp)
    look.deleteLater()


def page_of(window: MainWindow) -> PreferencesView:
    page = window.pages["preferences"]
    assert isinstance(page, PreferencesView)
    return page


def test_the_language_is_chosen_here(qtbot: QtBot, open_window: MainWindow) -> None:
    page = page_of(open_window)
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())
    at_rest(qtbot, open_window)
    assert language() == "en"
    assert open_window.current == "preferences"
    assert page_of(open_window).language.currentData() == "en"


def test_colours_and_letters_are_chosen_here(qtbot: QtBot, open_window: MainWindow) -> None:
    page = page_of(open_window)
    page.theme.setCurrentIndex(page.theme.findData(theme.DARK))
    page.theme.activated.emit(0)
    at_rest(qtbot, open_window)
    page = page_of(open_window)
    page.letters.setCurrentIndex(page.letters.findData(130))
    page.letters.activated.emit(0)
    at_rest(qtbot, open_window)
    assert theme.theme() == theme.DARK
    assert QApplication.font().pointSizeF() == pytest.approx(13)


def test_a_gateway_with_its_certificate(
    qtbot: QtBot,
    open_window: MainWindow,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    picker.file = tmp_path / "ca.pem"
    picker.file.write_text(PEM, encoding="ascii")
    page = page_of(open_window)
    page.url.setText(" https://cong.example:8443/ ")
    page.pick_ca()
    page.save_gateway()
    at_rest(qtbot, open_window)
    known = services.default_destination
    assert known is not None
    assert (known.url, known.ca_pem) == ("https://cong.example:8443", PEM)


def test_the_certificate_stays_with_its_address_alone(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    before = services.default_destination
    assert before is not None
    page = page_of(open_window)
    page.save_gateway()
    at_rest(qtbot, open_window)
    assert services.default_destination == before
    page.url.setText("https://another.example")
    page.save_gateway()
    at_rest(qtbot, open_window)
    assert services.default_destination is not None
    assert services.default_destination.ca_pem == ""


def test_without_an_address_dossiers_are_carried(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    page = page_of(open_window)
    page.url.clear()
    page.save_gateway()
    at_rest(qtbot, open_window)
    assert services.default_destination is None


def test_a_copy_is_made_and_told(
    qtbot: QtBot, open_window: MainWindow, picker: FakePicker, tmp_path: Path
) -> None:
    page = page_of(open_window)
    picker.where = tmp_path
    page.back_up_to()
    at_rest(qtbot, open_window)
    assert str(tmp_path) in page.notice.words
    assert "22/11/2026" in page.copied.text()


def test_a_full_disk_is_said(qtbot: QtBot, open_window: MainWindow, services: FakeServices) -> None:
    services.upkeep.full = True
    page = page_of(open_window)
    page.back_up()
    at_rest(qtbot, open_window)
    assert page.notice.isVisible()
    assert services.upkeep.made == []


def test_the_unit_is_changed_and_stays_chosen(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    page_of(open_window).change_unit.click()
    at_rest(qtbot, open_window)
    entry = open_window.welcome.inputs["name"]
    assert isinstance(entry, QLineEdit)
    assert entry.text() == UNIT.name
    assert not open_window.welcome.inputs["code"].isEnabled()
    entry.setText("CÔNG TY TNHH MÂY HỒNG (không có thật)")
    open_window.welcome.submit()
    at_rest(qtbot, open_window)
    assert services.unit(UNIT.code).name == "CÔNG TY TNHH MÂY HỒNG (không có thật)"
    assert open_window.desk.session.unit_code == UNIT.code


def test_after_a_change_the_form_asks_for_a_new_unit(qtbot: QtBot, open_window: MainWindow) -> None:
    open_window.go("unit", UNIT.code)
    open_window.go("unit")
    assert set(open_window.welcome.fields.typed().values()) <= {
        "",
        "1",
        UNIT.region and str(UNIT.region),
    }
    assert open_window.welcome.inputs["code"].isEnabled()


def test_what_a_gateway_asks_for_is_kept_beside_its_address(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    page = page_of(open_window)
    services.default_destination = Destination(url="https://a.example", ca_pem=PEM, pins=(PIN,))
    page.refresh()
    at_rest(qtbot, open_window)
    page.more.client.setText("don-vi-1")
    page.more.secret.setText("bí mật")
    page.save_gateway()
    at_rest(qtbot, open_window)
    known = services.default_destination
    assert (known.ca_pem, known.client_id, known.pins) == (PEM, "don-vi-1", (PIN,))
    assert services.secrets.clients == {"don-vi-1": "bí mật"}
    assert page.more.secret.text() == ""
    page.more.pins.setText("ngắn quá")
    page.save_gateway()
    at_rest(qtbot, open_window)
    assert services.default_destination == known
    assert page.notice.isVisible()


def test_how_papers_are_signed_is_chosen(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    page = page_of(open_window)
    page.papers.sign.setChecked(False)
    page.papers.url.setText("http://tsa.example/tsr")
    page.save_papers()
    at_rest(qtbot, open_window)
    chosen = services.paper_settings
    assert (chosen.sign, chosen.timestamp_url) == (False, "http://tsa.example/tsr")
    page.papers.url.setText("tsa.example")
    page.save_papers()
    at_rest(qtbot, open_window)
    assert services.paper_settings == chosen
    assert "https://" in page.notice.words


def test_a_proxys_login_is_kept_told_without_its_password_and_forgotten(
    qtbot: QtBot, open_window: MainWindow, services: FakeServices
) -> None:
    services.secrets.system = "proxy.example:8080"
    page = page_of(open_window)
    page.refresh()
    at_rest(qtbot, open_window)
    assert page.proxy.place.text() == "proxy.example:8080"
    page.proxy.user.setText("mây")
    page.proxy.password.setText("mật khẩu")
    page.proxy.keep_button.click()
    assert page.proxy.password.text() == ""
    at_rest(qtbot, open_window)
    assert services.secrets.proxies == {"proxy.example:8080": ("mây", "mật khẩu")}
    assert "mây" in page.proxy.state.text()
    assert page.proxy.user.text() == "mây"
    assert not any(entry.text() == "mật khẩu" for entry in page.findChildren(QLineEdit))
    page.proxy.forget_button.click()
    at_rest(qtbot, open_window)
    assert services.secrets.proxies == {}
    assert page.proxy.forget_button.isHidden()
    assert page.proxy.user.text() == ""


def test_a_login_without_a_password_or_a_place_is_refused_before_it_is_kept() -> None:
    secrets = FakeSecrets()
    presenter = ProxyPresenter(secrets)
    with pytest.raises(UsageFault, match=r"secret\.no_login"):
        presenter.keep(ProxyTyped(place="proxy.example:8080", user=" ", password="x"))
    with pytest.raises(UsageFault, match=r"secret\.bad_proxy"):
        presenter.keep(ProxyTyped(place="proxy.example", user="mây", password="x"))
    secrets.missing = True
    typed = ProxyTyped(place="proxy.example:8080", user="mây", password="bí mật")
    with pytest.raises(SurroundingsFault, match=r"secrets\.unavailable"):
        presenter.keep(typed)
    assert secrets.proxies == {}
    assert "bí mật" not in repr(typed)


def test_a_computer_without_a_proxy_is_told_that_nothing_is_needed() -> None:
    presenter = ProxyPresenter(FakeSecrets())
    shown = presenter.shown()
    assert "không đặt proxy" in presenter.system_words(shown)
    assert presenter.state_words(shown) == ""
