"""The window over the REAL program in practice mode: SQLite, signatures, TLS, receipt.

Nothing is faked but the person: sample unit → sample workbook → build → sign → sent.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.__main__ import main, practice_help
from desktop.compose import compose
from desktop.ui.app import make_window
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.view import OutboxView
from desktop.ui.pickers import DialogPicker
from desktop.ui.sign.view import SignView
from forms.model import DossierState

LONG = 60_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(DialogPicker, "confirm", lambda *_: True)
    with compose(data=tmp_path / "data", practice=True, lang="vi") as app:
        made = make_window(
            app.services,
            folder=app.data,
            crash_log=lambda _: tmp_path / "crash.log",
            practice=practice_help(app),
        )
        qtbot.addWidget(made, before_close_func=lambda each: each.close())
        made.show()
        rest(qtbot, made)
        yield made
        made.close()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.desk.tasks.busy == 0, timeout=LONG)


def test_from_nothing_to_the_number_of_the_dossier(qtbot: QtBot, window: MainWindow) -> None:
    declarations, sign, outbox = (window.pages[key] for key in ("declarations", "sign", "outbox"))
    assert isinstance(declarations, DeclarationsView)
    assert isinstance(sign, SignView)
    assert isinstance(outbox, OutboxView)
    window.welcome.use_sample()
    rest(qtbot, window)
    declarations.use_sample()
    qtbot.waitUntil(lambda: declarations.opened is not None, timeout=LONG)
    rest(qtbot, window)
    assert declarations.opened is not None
    assert declarations.opened.errors == 0
    declarations.build()
    rest(qtbot, window)
    window.go("sign")
    rest(qtbot, window)
    sign.password.click()
    sign.sign()
    rest(qtbot, window)
    assert "Đã ký xong" in sign.notice.words
    sign.send_button.click()
    rest(qtbot, window)
    outbox.send()
    rest(qtbot, window)
    dossier = window.desk.services.dossiers()[0]
    assert dossier.state is DossierState.ACCEPTED
    assert dossier.number
    assert outbox.state.text() == f"Đã nộp – số hồ sơ {dossier.number}"
    assert not any("mã event." in what for _, what in outbox.journal.lines)


def test_pictures_are_taken_and_practice_data_open_no_other_way(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.informativeText()))
    shots = tmp_path / "shots"
    data = tmp_path / "data"
    assert main(["--practice", "--data", str(data), "--shots", str(shots)]) == 0
    assert (shots / "declarations.png").stat().st_size > 20_000
    assert main(["--data", str(data)]) != 0
    assert said
    assert "mã " not in said[0].lower() or "store." not in said[0]
