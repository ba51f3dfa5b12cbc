"""The signing screen over the REAL token agent and a PKCS#11 module (SoftHSM2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from pytestqt.qtbot import QtBot

from desktop.__main__ import practice_help
from desktop.compose import App, compose
from desktop.practice.sample import sample_unit
from desktop.ui.app import make_window
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.sign.view import SignView
from desktop.ui.token.view import TokenCheckView
from forms.model import DossierState
from tests.fakes.certificates import unit_identity
from tests.fakes.softhsm import MODULE, PIN, SoftToken, soft_token

pytestmark = [
    pytest.mark.token,
    pytest.mark.skipif(not MODULE.exists(), reason="SoftHSM2 is not installed"),
]
LONG = 60_000
OTHER_MST = "0109999990"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """The sample unit's certificate beside one of another MST."""
    made = soft_token(tmp_path / "softhsm")
    monkeypatch.setenv("SOFTHSM2_CONF", str(made.settings))
    made.add_token()
    now = datetime.now(UTC)
    own = unit_identity(
        user_ids=(f"MST:{sample_unit().tax_code}",),
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=100),
    )
    made.put(own, key_id=b"\x01")
    made.put(unit_identity(key_name="other", user_ids=(f"MST:{OTHER_MST}",)), key_id=b"\x02")
    return made


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with compose(data=tmp_path / "data", practice=True, lang="vi") as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, app: App, token: SoftToken, tmp_path: Path) -> Iterator[MainWindow]:
    """A built dossier of the sample unit."""
    practice = practice_help(app)
    made = make_window(
        app.services,
        folder=app.data,
        crash_log=lambda _: tmp_path / "crash.log",
        practice=replace(practice, key_file=None),
    )
    qtbot.addWidget(made)
    made.show()
    rest(qtbot, made)
    made.welcome.use_sample()
    rest(qtbot, made)
    page = made.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    page.use_sample()
    qtbot.waitUntil(lambda: page.opened is not None, timeout=LONG)
    rest(qtbot, made)
    page.build()
    rest(qtbot, made)
    yield made
    made.close()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.desk.tasks.busy == 0, timeout=LONG)


def test_a_wrong_pin_then_the_right_one(qtbot: QtBot, window: MainWindow) -> None:
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    page.key.module = MODULE
    window.go("sign")
    rest(qtbot, window)
    page.key.token.setChecked(True)
    rest(qtbot, window)
    assert [line.usable for line in page.key.model.lines] == [True, False]
    assert [line.tax_code for line in page.key.model.lines] == [sample_unit().tax_code, OTHER_MST]
    page.pin.setText("111111")
    page.sign()
    rest(qtbot, window)
    assert "PIN" in page.pin_wrong.text()
    page.pin.setText(PIN)
    page.sign()
    rest(qtbot, window)
    assert "Đã ký xong" in page.notice.words
    assert window.desk.services.dossiers()[0].state is DossierState.SIGNED
    known = window.desk.services.token_desk.last_key(sample_unit().code)
    assert known is not None
    assert known.module == str(MODULE.resolve())


def test_the_real_check_names_the_token_and_each_certificate(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page = window.pages["token"]
    assert isinstance(page, TokenCheckView)
    window.go("token")
    page._examine(MODULE)
    rest(qtbot, window)
    assert page.examination is not None
    assert page.examination.usable
    said = " ".join(line.found for line in page.model.lines)
    assert MODULE.name in said
    assert sample_unit().tax_code in said
    assert OTHER_MST in said
    assert "Có token dùng được" in page.notice.words
    bundle = page.presenter.write_bundle(page.examination, tmp_path / "goi.zip")
    with ZipFile(bundle) as opened:
        written = "".join(opened.read(name).decode() for name in opened.namelist())
    assert "doctor.token" in written
    assert OTHER_MST not in written
