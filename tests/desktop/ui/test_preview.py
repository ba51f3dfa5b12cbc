"""The printed forms of a dossier in the window: looked at page by page, printed, kept."""

import itertools
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.preview.printer import Printing, print_document
from desktop.ui.preview.view import PreviewView
from desktop.ui.tasks import Report
from forms.paper.document import PaperDocument
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.inbox_api import statement
from tests.fakes.services import PERIOD, UNIT, FakePrint, FakeServices, draft, row


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, services: FakeServices) -> PreviewView:
    services.next_import = draft(row(4))
    services.import_workbook(Path("f.xlsx"), unit_code=UNIT.code, period=PERIOD)
    window.desk.session.dossiers_changed.emit()
    window.go("preview", services.dossiers()[0].id)
    at_rest(qtbot, window)
    found = window.pages["preview"]
    assert isinstance(found, PreviewView)
    return found


def test_the_form_is_seen_page_by_page_and_printed(
    page: PreviewView, qtbot: QtBot, window: MainWindow
) -> None:
    assert page.forms.currentText() == "D02-LT: 2 trang, theo mẫu chính thức"
    assert page.place.text() == "Trang 1/2"
    picture = page.sheet.grab().toImage()
    paper, inked = picture.pixelColor(2, 2), picture.width() * picture.height()
    assert paper.lightness() == 255
    dark = sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height() // 6, 2)
    )
    assert 20 < dark < inked
    assert not page.before.isEnabled()
    page.after.click()
    assert page.place.text() == "Trang 2/2"
    assert not page.after.isEnabled()
    page.before.click()
    assert page.sheet.accessibleDescription() == "Nguyễn Thị Sao Mai"
    fitted = page.sheet.width()
    page.zoom.setCurrentIndex(page.zoom.count() - 1)
    assert page.sheet.width() > fitted
    asked: list[PaperDocument] = []

    def take(document: PaperDocument, parent: QWidget, **_named: object) -> Printing:
        asked.append(document)
        return lambda _report: True

    page.print_to = take
    page.print_button.click()
    assert not page.print_button.isEnabled(), "never twice by a double click"
    at_rest(qtbot, window)
    assert page.print_button.isEnabled()
    assert [document.title for document in asked] == ["D02-LT"]
    assert "D02-LT" in page.notice.words


def test_the_pdf_is_kept_where_the_person_says(
    page: PreviewView, qtbot: QtBot, picker: FakePicker, tmp_path: Path, window: MainWindow
) -> None:
    picker.out = tmp_path / "ban-in.pdf"
    assert page.save_button.isEnabled()
    page.save_button.click()
    at_rest(qtbot, window)
    assert picker.asked[-1] == "D02-LT.pdf"
    assert picker.out.read_bytes() == FakePrint().content
    page.back_button.click()
    at_rest(qtbot, window)
    assert window.pages["declarations"].isVisible()
    window.desk.session.unit_changed.emit()
    assert not page.save_button.isEnabled()


def test_a_printer_gets_the_pages_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    out = tmp_path / "printed.pdf"

    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        assert printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
        printer.setOutputFileName(str(out))
        return True

    printing = print_document(FakePrint().document, parent, chosen=choose)
    assert printing
    told: list[tuple[int, int]] = []
    assert printing(lambda done, whole: told.append((done, whole)))
    assert told == [(0, 2), (1, 2)]
    assert out.read_bytes().count(b"/Type /Page\n") == 2
    assert not print_document(FakePrint().document, parent, chosen=lambda *_: False)


def test_keys_turn_the_pages_and_the_size(page: PreviewView) -> None:
    page.window().windowHandle().requestActivate()
    QApplication.processEvents()
    page.area.setFocus()
    page.after.click()
    QTest.keyClick(page.area, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.number == 0
    QTest.keyClick(page.area, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert page.number == 1
    fitted = page.zoom.currentIndex()
    QTest.keyClick(page.area, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page.zoom.currentIndex() == fitted + 1
    QTest.keyClick(page.area, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page.zoom.currentIndex() == fitted


def test_a_print_is_cancelled_between_two_pages(
    page: PreviewView, qtbot: QtBot, window: MainWindow
) -> None:
    cancelled = threading.Event()

    def until_cancelled(report: Report) -> bool:
        for done in itertools.count():
            cancelled.wait(0.01)
            report(done % 2, 2)
        return True

    page.print_to = lambda _document, _parent, **_named: until_cancelled
    page.print_button.click()
    page.busy.cancel.click()
    at_rest(qtbot, window)
    assert page.print_button.isEnabled()
    assert page.busy.isHidden()
    assert not page.notice.isVisible()


def test_the_notices_of_a_letter_are_shown_and_lead_back_to_it(
    page: PreviewView, qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.inbox.kept = [statement()]
    assert page.preview is not None
    services.inbox.papers = page.preview.forms
    window.go("preview", "letter:thu-3")
    at_rest(qtbot, window)
    assert "C12-TS" in page.help.text()
    assert page.print_button.isEnabled()
    assert "thư" in page.back_button.text()
    page.back_button.click()
    at_rest(qtbot, window)
    assert window.current == "inbox"
