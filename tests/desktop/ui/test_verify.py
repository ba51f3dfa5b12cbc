"""Signatures of a file: one verdict in words, the details below it."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.api import VerifiedFile
from desktop.ui.main_window import MainWindow
from desktop.ui.verify.presenter import (
    SignedLine,
    VerifyPresenter,
    of_files,
    told,
    verdict,
)
from desktop.ui.verify.view import VerifyView
from resources.faults import SurroundingsFault
from signing.model import Intact, SignatureReport
from signing.standing import (
    Chain,
    ChainStatus,
    Revocation,
    RevocationStatus,
    RootGroup,
    Standing,
)
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.services import FakeServices, certificate

FILE = Path("/nowhere/BHXHDienTu.xml")
TRUSTED = Standing(
    chain=Chain(
        status=ChainStatus.TRUSTED,
        anchor="Gốc luyện tập",
        group=RootGroup.OWN,
        path=("Đơn vị", "Nơi cấp"),
    ),
    chain_now=ChainStatus.TRUSTED,
    revocation=Revocation(status=RevocationStatus.UNKNOWN, reason="offline"),
)
SOUND = SignatureReport(
    node="Hoso/CKy_Dvi",
    intact=Intact.YES,
    strict=True,
    quirks=(),
    certificate=certificate(),
    algorithms=("rsa-sha256",),
    weak=(),
    signing_time=None,
    signing_time_protected=False,
    standing=TRUSTED,
)
REVOKED = replace(TRUSTED, revocation=Revocation(status=RevocationStatus.REVOKED))
UNKNOWN = replace(TRUSTED, chain=Chain(status=ChainStatus.INCOMPLETE))


@pytest.mark.parametrize(
    ("report", "look", "code"),
    [
        (SOUND, "done", "trusted"),
        (replace(SOUND, standing=UNKNOWN), "warning", "intact"),
        (replace(SOUND, standing=None), "warning", "intact"),
        (replace(SOUND, strict=False), "warning", "doubtful"),
        (replace(SOUND, intact=Intact.UNKNOWN), "warning", "doubtful"),
        (replace(SOUND, standing=REVOKED), "error", "revoked"),
        (replace(SOUND, intact=Intact.NO), "error", "broken"),
        (replace(SOUND, intact=Intact.NO, standing=REVOKED), "error", "broken"),
    ],
)
def test_one_verdict_for_each_signature(report: SignatureReport, look: str, code: str) -> None:
    assert verdict(report) == (look, f"ui.verify.{code}")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> VerifyView:
    window.go("verify")
    at_rest(qtbot, window)
    page = window.pages["verify"]
    assert isinstance(page, VerifyView)
    return page


def test_a_file_is_chosen_and_explained(
    qtbot: QtBot, window: MainWindow, page: VerifyView, services: FakeServices, picker: FakePicker
) -> None:
    services.verified = [VerifiedFile(file=FILE, signatures=(SOUND,))]
    picker.file = FILE
    page.online.setChecked(True)
    page.choose.click()
    at_rest(qtbot, window)
    assert services.asked_online
    assert page.model.lines[0].verdict == "Còn nguyên vẹn, chứng thư được tin"
    assert "Gốc luyện tập" in page.details.text()


def test_a_file_without_a_signature_says_so(
    qtbot: QtBot, window: MainWindow, page: VerifyView, services: FakeServices
) -> None:
    services.verified = [VerifiedFile(file=FILE, signatures=(), fault="verify.not_xml")]
    page.check([FILE])
    at_rest(qtbot, window)
    assert page.model.lines[0].look == "warning"
    assert page.details.text()


def test_what_fails_is_said_and_files_can_be_chosen_again(
    qtbot: QtBot, window: MainWindow, page: VerifyView, services: FakeServices
) -> None:
    services.fail["verify"] = SurroundingsFault("store.disk")
    page.check([FILE])
    at_rest(qtbot, window)
    assert page.notice.isVisible()
    assert page.choose.isEnabled()


def test_what_was_checked_before_a_stop_is_shown(services: FakeServices) -> None:
    files = [Path(f"/nowhere/{name}.xml") for name in ("mot", "hai", "ba")]
    services.verified = [VerifiedFile(file=each, signatures=(SOUND,)) for each in files]
    found: list[SignedLine] = []

    def stop_at_second(done: int, whole: int) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        VerifyPresenter(services).check(files, found, stop_at_second, online=False)
    assert [line.file for line in found] == ["mot.xml"]
    look, title, _ = told(found, len(files), 1)
    assert look == "warning"
    assert "1/3" in title
    assert "2/3: hai.xml" in of_files(1, files)


class Stopped(Exception):
    """As the window's own way of cancelling."""


def test_files_that_were_changed_are_counted_at_the_end(services: FakeServices) -> None:
    changed = replace(SOUND, intact=Intact.NO)
    services.verified = [VerifiedFile(file=FILE, signatures=(SOUND, changed))]
    found: list[SignedLine] = []
    VerifyPresenter(services).check([FILE], found, lambda *_: None, online=False)
    look, title, text = told(found, 1, 1)
    assert look == "error"
    assert "1/1" in title
    assert "1 tệp" in text
