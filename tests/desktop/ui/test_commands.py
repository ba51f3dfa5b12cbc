"""Everything that can be done now is found by typing, and the keys are written down."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.commands.presenter import Command, folded, matching
from desktop.ui.commands.view import CommandsDialog, Front, ShortcutsDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.screens import SCREENS
from tests.desktop.ui.conftest import at_rest


def command(words: str) -> Command:
    return Command(words=words, place="Màn hình", run=lambda: None)


def test_no_diacritics_are_needed() -> None:
    assert folded("Hộp thư ĐI") == "hop thu di"
    found = matching([command("Ký số"), command("Hộp thư đi")], "thu di")
    assert [each.words for each in found] == ["Hộp thư đi"]


def test_what_begins_with_the_words_comes_first() -> None:
    found = matching([command("Gửi ngay"), command("Ngày gửi")], "ngay")
    assert [each.words for each in found] == ["Ngày gửi", "Gửi ngay"]


def test_every_word_typed_must_stand_there() -> None:
    assert matching([command("Ký số")], "ký token") == []


def dialog(window: MainWindow) -> CommandsDialog:
    front = Front(page=window.page, navigation=window.navigation, top=window.top, go=window.go)
    return CommandsDialog(window, front)


def test_typing_leads_to_a_screen(qtbot: QtBot, window: MainWindow) -> None:
    shown = dialog(window)
    qtbot.addWidget(shown)
    QTest.keyClicks(shown.typed, "hop thu di")
    QTest.keyClick(shown.typed, Qt.Key.Key_Return)
    at_rest(qtbot, window)
    assert window.current == "outbox"


def test_the_buttons_of_the_page_are_commands(qtbot: QtBot, window: MainWindow) -> None:
    window.go("declarations")
    at_rest(qtbot, window)
    shown = dialog(window)
    qtbot.addWidget(shown)
    words = {shown.found.item(row).text() for row in range(shown.found.count())}
    offered = {each.accessibleName() for each in window.page.findChildren(QPushButton)}
    assert any(name and name in text for text in words for name in offered)
    QTest.keyClick(shown.typed, Qt.Key.Key_Down)
    assert shown.found.currentRow() >= 0


def test_nothing_found_does_nothing(qtbot: QtBot, window: MainWindow) -> None:
    shown = dialog(window)
    qtbot.addWidget(shown)
    QTest.keyClicks(shown.typed, "zzzz")
    QTest.keyClick(shown.typed, Qt.Key.Key_Return)
    assert shown.found.count() == 0


def test_every_screen_has_its_key_on_the_sheet(qtbot: QtBot, window: MainWindow) -> None:
    sheet = ShortcutsDialog(window)
    qtbot.addWidget(sheet)
    keys = {sheet.table.item(row, 0).text() for row in range(sheet.table.rowCount())}
    assert {f"Ctrl+{number}" for number in range(1, len(SCREENS) + 1)} <= keys
