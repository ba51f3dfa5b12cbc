"""Nothing is cut at 1366×768, in either language, with the practice band and a message."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.api import Remark
from desktop.ui import texts
from desktop.ui.commands.view import ShortcutsDialog
from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.help.view import GuideDialog
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.month.view import MonthView
from desktop.ui.roster.view import RosterView
from desktop.ui.shots import take_shots
from desktop.ui.sign.view import SignView
from desktop.ui.theme import SCALES, dress, use_scale
from desktop.ui.token.view import TokenCheckView
from resources.messages import LANGUAGES
from tests.desktop.ui.conftest import at_rest, in_front
from tests.fakes.inbox_api import forged, letter, statement, supplement
from tests.fakes.services import (
    PERIOD,
    UNIT,
    FakeServices,
    FakeSigner,
    certificate,
    draft,
    row,
    slot,
)
from tests.fakes.token_cases import found_driver
from tests.fakes.workbooks_api import FakeWorkbooks


def cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        narrow = widget.sizeHint().width() > widget.width()
        if isinstance(widget, QAbstractButton) and widget.text() and narrow:
            yield f"button {widget.text()!r}"
        if isinstance(widget, QLabel) and widget.text() and too_small(widget):
            yield f"label {widget.text()!r}"


def too_small(words: QLabel) -> bool:
    if words.wordWrap():
        return words.heightForWidth(words.width()) > words.height()
    return words.sizeHint().width() > words.width()


ROUNDS = 20
"""of looking, ten milliseconds apart"""
CASES = [(100, False), (100, True), (150, True)]
"""(letters in %, whether there is something to show)"""


@pytest.fixture
def usual_letters(qapp: QApplication) -> Iterator[None]:
    yield
    use_scale(100)
    dress(qapp)


@pytest.mark.usefixtures("usual_letters")
@pytest.mark.parametrize(("percent", "full"), CASES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_cut(
    lang: str,
    percent: int,
    full: bool,
    qtbot: QtBot,
    desk: Desk,
    services: FakeServices,
    qapp: QApplication,
) -> None:
    services.practice = True
    if full:
        fill(services)
    texts.use_language(lang)
    use_scale(percent)
    dress(qapp)
    practice = PracticeHelp(
        sample_unit=lambda: UNIT, sample_workbook=lambda: Path("x.xlsx"), key_password="x"
    )
    window = MainWindow(replace(desk, practice=practice))
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    at_rest(qtbot, window)
    found = []
    for key, page in window.pages.items():
        window.go(key)
        page.fail(ValueError("a long message shows how the page bears it"))
        found += [f"{key}: {each}" for each in cut_at_rest(qtbot, window)]
    for key, show in deeper(window):
        show()
        found += [f"{key}: {each}" for each in cut_at_rest(qtbot, window)]
    assert window.minimumSizeHint().width() <= SIZE[0]
    assert window.minimumSizeHint().height() <= SIZE[1]
    assert (window.width(), window.height()) == SIZE
    assert "\n".join(found) == ""


SMALL = {100: (546, 307), SCALES[-1]: SIZE}
"""letters in % → px that the whole window must do with: 1366×768 at 250 % of the system, and at
the largest letters of ours"""


@pytest.mark.usefixtures("usual_letters")
@pytest.mark.parametrize(("percent", "room"), SMALL.items(), ids=map(str, SMALL))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_yields_in_a_small_window(
    lang: str, percent: int, room: tuple[int, int], qtbot: QtBot, desk: Desk, qapp: QApplication
) -> None:
    texts.use_language(lang)
    use_scale(percent)
    dress(qapp)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(*room)
    window.show()
    at_rest(qtbot, window)
    window.navigation.show_count("inbox", 12)
    assert cut_at_rest(qtbot, window) == []
    least = window.minimumSizeHint()
    assert least.width() <= room[0]
    assert least.height() <= room[1]
    assert (window.width(), window.height()) == room
    assert list(outside(window.top)) == []
    assert list(outside(window.line)) == []
    buttons = window.navigation.buttons.values()
    assert all(
        each.brief and each.text() and each.accessibleName() in each.tip() for each in buttons
    )


def test_tab_into_a_scrolled_place_shows_where_it_came(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(*SMALL[100])
    window.go("preferences")
    at_rest(qtbot, window)
    QApplication.processEvents()
    in_front(window)
    buttons = list(window.navigation.buttons.values())
    assert buttons[0].visibleRegion().isEmpty()
    window.top.months.setFocus()
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert not buttons[0].visibleRegion().isEmpty()


def outside(bar: QWidget) -> Iterator[QWidget]:
    """What lies beyond the edge of its bar, or below what stands beside it."""
    shown = [
        each
        for each in bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if each.isVisible()
    ]
    for each in shown:
        if not bar.rect().contains(each.geometry()):
            yield each
        if any(
            other is not each and other.geometry().intersects(each.geometry()) for other in shown
        ):
            yield each


def cut_at_rest(qtbot: QtBot, window: MainWindow) -> list[str]:
    """A label that wraps asks for its height once it has its width, and its holder after it: what
    is cut until all have asked is no fault."""
    found: list[str] = []
    for _ in range(ROUNDS):
        at_rest(qtbot, window)
        QApplication.processEvents()
        found = list(cut(window))
        if not found:
            break
        qtbot.wait(10)
    return found


def deeper(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a screen shows only once something is pressed on it."""
    roster, month = window.pages["roster"], window.pages["month"]
    assert isinstance(roster, RosterView)
    assert isinstance(month, MonthView)
    yield "people", lambda: (window.go("roster"), roster.restart())
    for drawer in roster.people.drawers:
        yield type(drawer).__name__, lambda each=drawer: roster.people.open_drawer(each)
    yield "no drawer", roster.people.adding.hide
    yield "filters", roster.people.filter_bar.open
    yield "person", lambda: roster.open_person(*roster.found.ids[:1])
    for tab in range(1, roster.person.tabs.count()):
        yield f"tab {tab}", lambda at=tab: roster.person.tabs.setCurrentIndex(at)
    yield "columns", lambda: window.go("columns", "/nowhere/bang-luong.xlsx")
    yield "month", lambda: (window.go("month"), month.compare())
    yield "movement", lambda: month.grid.selectRow(len(month.model.lines) - 1)
    sign, token = window.pages["sign"], window.pages["token"]
    assert isinstance(sign, SignView)
    assert isinstance(token, TokenCheckView)
    yield "token found", lambda: (window.go("sign"), sign.key.token.setChecked(True))
    yield "all dossiers", sign.choice.all.click
    yield "stopped", lambda: sign._offer_next(sending=True, rest=True)
    yield "signing", lambda: sign.busy.begin("ui.busy.sign")
    yield "checked", lambda: (window.go("token"), token.run())


def fill(services: FakeServices) -> None:
    services.workbooks = FakeWorkbooks()
    services.slots = [slot(certificate(), certificate("0300000001"), pin_final_try=True)]
    services.remarks = (
        Remark(code="certificate.branch"),
        Remark(code="certificate.first_use", params={"serial": "5401010A"}),
    )
    services.token_desk.found = [found_driver(Path("/nowhere/may_csp11.so"), tokens=1)]
    services.roster.bring(UNIT.code, [row(line) for line in range(4, 34)], date(2026, 1, 1))
    first = services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.sign(first.id, FakeSigner())
    services.bring(draft(row(4)))
    services.build(unit_code=UNIT.code, period=PERIOD)
    services.bring(draft(row(4), row(5, ngay_sinh="31-02-90")))
    services.inbox.kept += [letter(), supplement(), statement(), forged()]


def test_pictures_of_every_screen(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path
) -> None:
    fill(services)
    taken = take_shots(window, tmp_path / "shots")
    assert [path.stem for path in taken] == [
        *(
            "first",
            "unit",
            "home",
            "roster",
            "person",
            "month",
            "columns",
            "declarations",
            "preview",
        ),
        *("sign", "outbox", "inbox", "tools", "preferences"),
        *("calculator", "reconcile", "verify", "codes", "token", "copies"),
    ]
    assert all(path.stat().st_size > 10_000 for path in taken)


def test_buttons_have_room_for_their_words_on_a_page_reached_from_another(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    """Which of them is the next step, and looks so, changes meanwhile."""
    fill(services)
    window.resize(*SIZE)
    window.show()
    for key in ("month", "declarations"):
        window.go(key)
        assert cut_at_rest(qtbot, window) == []


@pytest.mark.usefixtures("usual_letters")
def test_a_dialog_in_large_letters_opens_within_the_screen(
    qtbot: QtBot, window: MainWindow, qapp: QApplication
) -> None:
    use_scale(SCALES[-1])
    dress(qapp)
    screen = window.screen().availableGeometry().size()
    for made in (ShortcutsDialog(window), GuideDialog(window)):
        assert made.height() < screen.height()
        assert made.minimumSizeHint().height() < screen.height() // 2
        assert made.width() < screen.width()
        made.deleteLater()
