"""Language, colours and letters change while the window is open, and nothing is lost by it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.appearance import Appearance
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.outbox.view import OutboxView
from resources.messages import text
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import FakeServices, draft, row


@pytest.fixture
def told() -> list[str]:
    """What the use cases were told."""
    return []


@pytest.fixture
def look(qapp: QApplication, desk: Desk, told: list[str]) -> Iterator[Appearance]:
    made = Appearance(qapp, desk.settings, lang="vi", tell_language=told.append)
    made.apply()
    yield made
    theme.use_theme(theme.LIGHT)
    theme.use_scale(100)
    theme.dress(qapp)
    made.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, look: Appearance, services: FakeServices) -> MainWindow:
    services.bring(draft(row(4)))
    window = MainWindow(replace(desk, appearance=look))
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    return window


def shown(window: MainWindow) -> set[str]:
    return {each.text() for each in window.findChildren(QLabel) if each.isVisible()}


def test_another_language_at_once_and_where_the_person_was(
    qtbot: QtBot, open_window: MainWindow, look: Appearance, told: list[str]
) -> None:
    open_window.go("outbox")
    period = open_window.desk.session.period
    look.choose_language("en")
    at_rest(qtbot, open_window)
    assert open_window.current == "outbox"
    assert isinstance(open_window.page, OutboxView)
    assert open_window.page.title.text() == text("ui.outbox.title", "en")
    assert open_window.desk.session.period == period
    assert open_window.desk.session.unit is not None
    assert told[-1] == "en"
    assert QCoreApplication.translate("QLineEdit", "&Undo") == text("ui.qt.undo", "en")


def test_the_choice_is_kept(desk: Desk, look: Appearance, qapp: QApplication) -> None:
    look.choose_language("en")
    look.choose_theme(theme.DARK)
    look.choose_size(130)
    later = Appearance(qapp, desk.settings, lang="vi")
    assert (later.language, later.theme, later.size) == ("en", theme.DARK, 130)


def test_nobody_knows_that_language(look: Appearance) -> None:
    with pytest.raises(ValueError, match="xx"):
        look.choose_language("xx")
    assert look.language == "vi"


def test_a_file_of_settings_that_somebody_spoilt(desk: Desk, qapp: QApplication) -> None:
    for key, value in (("language", "xx"), ("theme", "pink"), ("size", "huge")):
        desk.settings.remember(f"window/{key}", value)
    look = Appearance(qapp, desk.settings, lang="vi")
    assert (look.language, look.theme, look.size) == ("vi", theme.FOLLOW, 100)


class Hints(QObject):
    """What the system says of itself."""

    colorSchemeChanged = Signal(object)  # noqa: N815  Qt's own name


@pytest.fixture
def hints(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Hints:
    made = Hints()
    monkeypatch.setattr(qapp, "styleHints", lambda: made, raising=False)
    return made


@pytest.mark.parametrize(
    ("chosen", "worn", "changes"),
    [(theme.FOLLOW, theme.DARK, 1), (theme.LIGHT, theme.LIGHT, 0)],
)
def test_a_system_that_turns_dark_takes_along_who_follows_it(
    chosen: str,
    worn: str,
    changes: int,
    hints: Hints,
    look: Appearance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look.choose_theme(chosen)
    seen: list[str] = []
    look.changed.connect(lambda: seen.append(theme.theme()))
    monkeypatch.setattr(theme, "system_theme", lambda: theme.DARK)
    for _ in range(2):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.theme() == worn
    assert seen == [worn] * changes


@pytest.mark.parametrize("name", [theme.DARK, theme.CONTRAST])
def test_another_theme_paints_every_screen(
    name: str, qtbot: QtBot, open_window: MainWindow, look: Appearance
) -> None:
    look.choose_theme(name)
    at_rest(qtbot, open_window)
    open_window.go("declarations")
    at_rest(qtbot, open_window)
    picture = open_window.grab().toImage()
    ground = theme.colour("ground").lightness()
    corner = picture.pixelColor(open_window.navigation.width() + 4, picture.height() // 2)
    assert abs(corner.lightness() - ground) < 8


def test_what_is_still_under_way_ends_without_its_screen(
    qtbot: QtBot, open_window: MainWindow, look: Appearance
) -> None:
    answered: list[int] = []
    old = open_window.page
    open_window.desk.tasks.run(
        lambda _: 1,
        done=lambda _: answered.append(old.width()),
    )
    look.choose_language("en")
    at_rest(qtbot, open_window)
    assert answered


def test_typing_goes_on_after_a_change(
    qtbot: QtBot, open_window: MainWindow, look: Appearance
) -> None:
    open_window.go("roster")
    look.choose_size(150)
    at_rest(qtbot, open_window)
    look.choose_size(100)
    at_rest(qtbot, open_window)
    open_window.desk.session.dossiers_changed.emit()
    open_window.desk.session.choose_period(replace(open_window.desk.session.period, year=2025))
    at_rest(qtbot, open_window)
    assert open_window.current == "roster"
