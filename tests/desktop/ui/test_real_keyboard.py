"""A whole month of a 60-person unit through the real window, by the keyboard alone."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.__main__ import PEOPLE, practice_help
from desktop.compose import compose
from desktop.ui.app import make_window
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.inbox.view import InboxView
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.view import OutboxView
from desktop.ui.screens import SCREENS
from desktop.ui.sign.view import SignView
from desktop.ui.welcome.wizard import FirstRunView
from forms.model import DossierState, Part
from forms.states import FILED
from tests.desktop.ui.conftest import in_front

LONG = 20_000
MOST_KEYS = 30
"""a month took 15 when this was written; a way that got twice as long is a fault"""


class Hands:
    """Presses keys where the keyboard is, and counts them; a chord counts once."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.keys = qtbot, window, 0
        in_front(window)

    def press(self, *keys: str) -> None:
        for each in keys:
            self.keys += 1
            # a screen that is not there forgets who is in front
            in_front(QApplication.activeModalWidget() or self.window)
            QTest.keySequence(self._where(each), QKeySequence(each))

    def letter(self, button: QAbstractButton, done: Callable[[], bool]) -> None:
        """Alt and the underlined letter of what is to be pressed."""
        words = button.shortcut().toString()
        assert words, f"no letter for {button.text()!r}"
        assert button.isVisible()
        assert button.isEnabled()
        self.press(words)
        self.until(done)

    def screen(self, key: str) -> None:
        number = [screen.key for screen in SCREENS].index(key) + 1
        self.press(f"Ctrl+{number}")
        self.until(lambda: self.window.current == key)

    def tab_to(self, wanted: Callable[[QWidget], bool], most: int = 40) -> None:
        for _ in range(most):
            focus = QApplication.focusWidget()
            if focus is not None and wanted(focus):
                return
            self.press("Tab")
        raise AssertionError("Tab does not lead there")

    def until(self, done: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(lambda: done() and self.window.desk.tasks.busy == 0, timeout=LONG)

    def _where(self, keys: str) -> QWidget:
        """A chord is for the window, a single key for what has the keyboard."""
        window = QApplication.activeModalWidget() or self.window
        return window if "+" in keys else QApplication.focusWidget() or window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with compose(data=tmp_path / "data", practice=True, lang="vi") as app:
        made = make_window(
            app.services,
            folder=app.data,
            crash_log=lambda _: tmp_path / "crash.log",
            practice=practice_help(app),
        )
        qtbot.addWidget(made, before_close_func=lambda each: each.close())
        made.show()
        qtbot.waitUntil(lambda: made.current != "" and made.desk.tasks.busy == 0, timeout=LONG)
        yield made
        made.close()


def agree(hands: Hands) -> None:
    """The one question before sending: Tab to the yes, Space."""
    box = QApplication.activeModalWidget()
    if not isinstance(box, QMessageBox):
        QTimer.singleShot(50, lambda: agree(hands))
        return
    yes = next(each for each in box.buttons() if box.buttonRole(each) is accept())
    try:
        hands.tab_to(lambda focus: focus is yes)
        hands.press("Space")
    finally:
        box.reject()


def accept() -> QMessageBox.ButtonRole:
    return QMessageBox.ButtonRole.AcceptRole


def test_a_month_by_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    hands = Hands(qtbot, window)
    begin = window.page
    assert isinstance(begin, FirstRunView)
    hands.letter(begin.sample, lambda: window.current == "home")
    declare(hands, window)
    sign_and_send(hands, window)
    dossier = window.desk.services.dossiers()[0]
    assert dossier.state in FILED
    assert len(window.desk.services.draft(dossier.id).rows(Part.LAO_DONG)) == PEOPLE
    read_the_answer(hands, window)
    with capsys.disabled():
        print(f"\na month of {PEOPLE} people: {hands.keys} keys")  # noqa: T201  # asked for
    assert hands.keys <= MOST_KEYS


def declare(hands: Hands, window: MainWindow) -> None:
    hands.screen("declarations")
    page = window.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    sample = next(
        each
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and "mẫu" in each.accessibleName()
    )
    hands.letter(sample, lambda: page.opened is not None)
    hands.letter(page.build_button, lambda: page.sign_button.isVisible())
    hands.letter(page.sign_button, lambda: window.current == "sign")


def sign_and_send(hands: Hands, window: MainWindow) -> None:
    page = window.pages["sign"]
    assert isinstance(page, SignView)
    hands.until(lambda: page.sign_button.isVisible())
    if page.password.isVisible() and page.password.isEnabled():
        hands.letter(page.password, page.sign_button.isEnabled)
    hands.letter(page.sign_button, page.send_button.isVisible)
    hands.letter(page.send_button, lambda: window.current == "outbox")
    outbox = window.pages["outbox"]
    assert isinstance(outbox, OutboxView)
    QTimer.singleShot(50, lambda: agree(hands))
    hands.letter(
        outbox.send_button,
        lambda: window.desk.services.dossiers()[0].state in FILED,
    )


def has(page: InboxView, letters: int) -> bool:
    return page.model.rowCount() >= letters


def read_the_answer(hands: Hands, window: MainWindow) -> None:
    hands.screen("inbox")
    page = window.pages["inbox"]
    assert isinstance(page, InboxView)
    hands.letter(page.officer_button, lambda: page.model.rowCount() > 0)
    for letters in range(2, 8):
        if window.desk.services.dossiers()[0].state is DossierState.DONE:
            break
        hands.letter(page.officer_button, partial(has, page, letters))
    assert window.desk.services.dossiers()[0].state is DossierState.DONE
    assert page.detail is not None
