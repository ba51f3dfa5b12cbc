"""The inbox: letters in plain words, coming in by the gateway and by hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.services.inbox_api import TakenLetter
from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.inbox.portal_view import PortalDialog
from desktop.ui.inbox.presenter import InboxPresenter, LetterLine
from desktop.ui.inbox.view import InboxView
from desktop.ui.main_window import MainWindow
from forms.model import Period
from resources.faults import SurroundingsFault
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.inbox_api import forged, letter, statement, supplement
from tests.fakes.services import UNIT, FakeServices, draft, row


@pytest.fixture
def page(qtbot: QtBot, services: FakeServices, window: MainWindow) -> InboxView:
    """A dossier, and three letters that nobody has read."""
    services.bring(draft(row(4)))
    services.inbox.kept += [letter(), supplement(), forged()]
    window.go("inbox")
    at_rest(qtbot, window)
    found = window.pages["inbox"]
    assert isinstance(found, InboxView)
    return found


def choose(qtbot: QtBot, window: MainWindow, page: InboxView, letter_id: str) -> None:
    position = page.model.position(letter_id)
    assert position is not None
    page.list.setCurrentIndex(page.model.index(position, 0))
    at_rest(qtbot, window)


def test_nothing_is_read_before_it_is_opened(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    assert services.inbox.unread() == 3
    assert page.detail is None
    choose(qtbot, window, page, "thu-2")
    assert services.inbox.unread() == 2
    assert "(2 mới)" in window.navigation.buttons["inbox"].accessibleName()
    assert "Dòng 1: Chưa có hợp đồng" in page.letter.reasons.text()
    page.unread_button.click()
    at_rest(qtbot, window)
    assert services.inbox.unread() == 3
    assert page.detail is None


def test_what_is_not_believed_never_looks_like_good_news() -> None:
    assert LetterLine(forged(), "").look == "error"
    assert LetterLine(letter(), "").look == "info"
    assert LetterLine(supplement(read=True), "").look == "warning"
    assert "Mới" in LetterLine(letter(), "").title
    assert "Mới" not in LetterLine(letter(read=True), "").title


def test_a_letter_leads_to_its_dossier(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    dossier = services.dossiers()[0].id
    page.enter(dossier)
    at_rest(qtbot, window)
    assert page.detail is not None
    assert page.detail.dossier_id == dossier
    page.dossier_button.click()
    assert window.current == "outbox"


def test_fetching_tells_what_came_and_a_gateway_that_is_away(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    services.inbox.coming = [statement()]
    page.fetch_button.click()
    at_rest(qtbot, window)
    assert "Có 1 thông báo mới" in page.notice.words
    assert page.detail is not None
    assert page.detail.line.letter.id == "thu-3"
    services.inbox.fail["fetch"] = SurroundingsFault("gateway.unreachable")
    page.fetch_button.click()
    at_rest(qtbot, window)
    assert "thông báo mới" not in page.notice.words
    assert page.fetch_button.isEnabled()


def test_files_are_dropped_and_each_refusal_is_told(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    good, bad = Path("/nowhere/thong-bao.xml"), Path("/nowhere/anh.pdf")
    services.inbox.takes[good.name] = TakenLetter(source=good.name, letter=statement(), new=True)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in (good, bad)])
    both = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    event = QDropEvent(QPoint(1, 1), both[0], both[1], both[2], Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    at_rest(qtbot, window)
    assert "1 thông báo mới" in page.notice.words
    assert "anh.pdf" in page.notice.words


def test_taking_in_can_be_stopped_and_keeps_what_came(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    files = [Path(f"/nowhere/{name}.xml") for name in ("mot", "hai", "ba")]
    for number, each in enumerate(files):
        told = TakenLetter(source=each.name, letter=statement(f"x-{number}"), new=True)
        services.inbox.takes[each.name] = told
    services.inbox.before_second = lambda: [each.cancel() for each in page._jobs.values()]
    page.take(files)
    assert page.busy.cancel.isVisible()
    at_rest(qtbot, window)
    kept = {one.id for one in services.inbox.kept}
    assert {told.letter.id for told in services.inbox.takes.values() if told.letter} & kept == {
        "x-0"
    }
    assert "1/3" in page.notice.words
    assert page.busy.isHidden()
    assert page.take_button.isEnabled()


def test_only_the_chosen_month_is_shown_when_wanted(
    qtbot: QtBot, window: MainWindow, page: InboxView, services: FakeServices
) -> None:
    services.inbox.kept.append(letter("cu", period=Period(2026, 8)))
    page.refresh()
    at_rest(qtbot, window)
    assert page.model.rowCount() == 4
    page.only_month.setChecked(True)
    at_rest(qtbot, window)
    assert page.model.rowCount() == 3


def test_a_letter_is_saved_where_the_person_says(
    qtbot: QtBot,
    window: MainWindow,
    page: InboxView,
    services: FakeServices,
    picker: FakePicker,
    tmp_path: Path,
) -> None:
    services.inbox.contents[("thu-1", "")] = b"<ThongBao/>"
    picker.where = tmp_path
    choose(qtbot, window, page, "thu-1")
    page.save_button.click()
    at_rest(qtbot, window)
    assert "1 tệp" in page.notice.words


def test_the_portal_is_opened_by_hand_with_the_values_to_paste(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    opened: list[str] = []
    portal = InboxPresenter(services).portal(UNIT.code, "")
    dialog = PortalDialog(window, portal, opened.append)
    qtbot.addWidget(dialog)
    dialog._copy(dialog.fields[0].text())
    assert QGuiApplication.clipboard().text() == UNIT.code
    dialog.open_button.click()
    assert opened == ["https://portal.example.vn/"]


def test_the_practice_officer_works_and_his_letter_comes(
    qtbot: QtBot, services: FakeServices, desk: Desk
) -> None:
    asked: list[object] = []

    def step() -> int:
        services.inbox.coming = [letter()]
        return 1

    def post(period: Period, unit_code: str | None) -> int:
        asked.append((period, unit_code))
        services.inbox.coming = [statement()]
        return 1

    practice = PracticeHelp(sample_unit=lambda: UNIT, officer_step=step, post_month=post)
    window = MainWindow(replace(desk, practice=practice))
    qtbot.addWidget(window)
    window.show()
    at_rest(qtbot, window)
    window.go("inbox")
    page = window.pages["inbox"]
    assert isinstance(page, InboxView)
    page.officer_button.click()
    at_rest(qtbot, window)
    assert [line.letter.id for line in page.model.lines] == ["thu-1"]
    page.statement_button.click()
    at_rest(qtbot, window)
    assert asked == [(desk.session.period, UNIT.code)]
    assert page.model.rowCount() == 2
