"""A workbook of no known layout: its columns looked over, put right, imported."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.imported import Imported
from desktop.ui.columns.presenter import ColumnsPresenter, Trust
from desktop.ui.columns.table import FIELD, TRUST
from desktop.ui.columns.view import ColumnsView
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.field_choice import FieldChoice
from forms.excel.mapping import SheetGuess
from forms.findings import Finding, Severity
from resources.faults import DataFault
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import FakeServices, draft, row
from tests.fakes.workbooks_api import FakeWorkbooks, guess, payroll, sheet

WORKBOOK = Path("/nowhere/bang-luong.xlsx")
UNKNOWN = Finding(code="layout.unknown", severity=Severity.ERROR, params={})


@pytest.fixture
def workbooks(services: FakeServices) -> FakeWorkbooks:
    made = FakeWorkbooks()
    services.workbooks = made
    return made


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, workbooks: FakeWorkbooks) -> ColumnsView:
    found = window.pages["columns"]
    assert isinstance(found, ColumnsView)
    window.go("columns", str(WORKBOOK))
    at_rest(qtbot, window)
    return found


def of(page: ColumnsView, column: str, place: int) -> QModelIndex:
    letters = [line.guess.column for line in page.model.lines]
    return page.model.index(letters.index(column), place)


def say(qtbot: QtBot, page: ColumnsView, column: str, key: str) -> None:
    page.model.setData(of(page, column, FIELD), key)
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0)


# ---- the presenter


def test_how_sure_a_guess_is_is_said_in_three_steps(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    chosen = presenter.choose(payroll())
    assert [line.trust for line in chosen.lines] == [
        *(Trust.UNKNOWN, Trust.SURE, Trust.LIKELY, Trust.LIKELY, Trust.SURE, Trust.UNKNOWN)
    ]


def test_a_field_guessed_twice_is_taken_where_it_is_surest(services: FakeServices) -> None:
    doubled = sheet(guess("A", "Tên", "ho_ten", 0.6), guess("B", "Họ tên", "ho_ten", 0.9))
    chosen = ColumnsPresenter(services).choose(doubled)
    assert chosen.mapping.columns == {"B": "ho_ten"}


def test_a_field_said_of_one_column_is_no_longer_taken_from_another(
    services: FakeServices,
) -> None:
    presenter = ColumnsPresenter(services)
    chosen = presenter.say(presenter.choose(payroll()), "F", "ho_ten")
    assert chosen.mapping.columns["F"] == "ho_ten"
    assert "B" not in chosen.mapping.columns


def test_people_of_one_name_must_be_told_apart(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    chosen = presenter.choose(sheet(guess("A", "Họ tên", "ho_ten", 0.9)))
    assert "Số CCCD/định danh" in presenter.missing(chosen)


def test_what_was_remembered_is_said(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    known = guess("A", "Họ tên", "ho_ten", 1.0, why="columns.remembered")
    chosen = presenter.choose(sheet(known, guess("B", "Số", "cccd", 0.9)))
    assert presenter.state(chosen).endswith("Đã nhớ từ lần trước.")


def test_another_heading_row_moves_the_data_with_it(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    moved = replace(presenter.choose(payroll()), header_row=6)
    assert (moved.mapping.header_row, moved.mapping.first_data_row, moved.rows) == (6, 7, 56)


# ---- the screen


def test_an_unknown_workbook_is_handed_over_to_this_screen(
    qtbot: QtBot, window: MainWindow, services: FakeServices, workbooks: FakeWorkbooks
) -> None:
    declarations = window.pages["declarations"]
    assert isinstance(declarations, DeclarationsView)
    unknown = Imported(dossier=None, findings=(UNKNOWN,), rows=0, people=0)
    services.import_workbook = lambda *_, **__: unknown  # type: ignore[method-assign]  # one answer
    declarations.import_workbook(WORKBOOK)
    at_rest(qtbot, window)
    assert window.current == "columns"
    assert workbooks.opened == [WORKBOOK]


def test_a_guess_that_nobody_confirmed_is_handed_over_too(
    qtbot: QtBot, window: MainWindow, services: FakeServices, workbooks: FakeWorkbooks
) -> None:
    declarations = window.pages["declarations"]
    assert isinstance(declarations, DeclarationsView)
    services.fail["import_workbook"] = DataFault("columns.unconfirmed", sheet="T10")
    declarations.import_workbook(WORKBOOK)
    at_rest(qtbot, window)
    assert window.current == "columns"
    assert declarations.notice.isHidden()


def test_columns_preview_and_what_will_be_imported_are_shown(page: ColumnsView) -> None:
    assert "bang-luong.xlsx" in page.help.text()
    assert of(page, "B", FIELD).data() == "Họ và tên"
    assert of(page, "B", TRUST).data() == "chắc"
    assert of(page, "C", TRUST).data() == "có thể"
    assert of(page, "F", TRUST).data() == "chưa biết"
    assert page.import_button.text() == "Nhập 58 &dòng"
    assert page.import_button.isEnabled()
    assert page.missing.isHidden()


def test_refused_cells_are_red_and_say_why_changed_ones_are_marked(page: ColumnsView) -> None:
    heads = [
        page.preview_model.headerData(at, Qt.Orientation.Horizontal)
        for at in range(page.preview_model.columnCount())
    ]
    refused = page.preview_model.index(2, heads.index("Ngày sinh"))
    changed = page.preview_model.index(0, heads.index("Tiền lương hoặc hệ số"))
    plain = page.preview_model.index(0, heads.index("Họ và tên"))
    paper, tip = Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ToolTipRole
    assert refused.data(paper).name() == "#fde3e0"
    assert "Không hiểu" in refused.data(tip)
    assert changed.data(paper).name() == "#fff1d6"
    assert plain.data(paper) is None
    assert "Ô đỏ: không hiểu được (1)" in page.preview_state.text()


def test_without_names_nothing_can_be_imported(qtbot: QtBot, page: ColumnsView) -> None:
    say(qtbot, page, "B", "")
    assert "Chưa có cột nào là: Họ và tên." in page.missing.words
    assert not page.import_button.isEnabled()
    say(qtbot, page, "B", "ho_ten")
    assert page.missing.isHidden()
    assert page.import_button.isEnabled()
    assert of(page, "B", TRUST).data() == "bạn chọn"


def test_a_field_is_found_without_diacritics(qtbot: QtBot, page: ColumnsView) -> None:
    index = of(page, "F", FIELD)
    page.grid.setCurrentIndex(index)
    page.grid.edit(index)
    editor = page.grid.viewport().findChild(FieldChoice)
    assert editor is not None
    typing = editor.lineEdit()
    assert typing is not None
    typing.selectAll()
    QTest.keyClicks(typing, "noi lam viec")
    assert editor.completer() is not None
    shown = editor.completer().completionModel()
    assert "Nơi làm việc" in [shown.index(at, 0).data() for at in range(shown.rowCount())]
    editor.completer().activated.emit("Nơi làm việc")
    qtbot.waitUntil(lambda: of(page, "F", FIELD).data() == "Nơi làm việc")


def test_another_sheet_and_another_heading_row_can_be_chosen(
    qtbot: QtBot, window: MainWindow, workbooks: FakeWorkbooks
) -> None:
    second = sheet(guess("A", "Tên", "ho_ten", 0.9), guess("B", "Số", "cccd", 0.9), name="T9")
    workbooks.guesses = (payroll(), second)
    window.go("columns", str(WORKBOOK))
    at_rest(qtbot, window)
    page = window.pages["columns"]
    assert isinstance(page, ColumnsView)
    page.sheet.setCurrentIndex(1)
    page.sheet.activated.emit(1)
    page.header.setValue(2)
    at_rest(qtbot, window)
    mapping = workbooks.mappings[-1]
    assert (mapping.sheet, mapping.header_row, mapping.first_data_row) == ("T9", 2, 3)


def test_importing_leads_to_the_draft(
    qtbot: QtBot,
    window: MainWindow,
    page: ColumnsView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    made = services.bring(draft(row(4)))
    workbooks.imported = Imported(dossier=made, findings=(), rows=58, people=58)
    page.import_button.click()
    at_rest(qtbot, window)
    assert workbooks.mappings[-1].columns["B"] == "ho_ten"
    assert "A" not in workbooks.mappings[-1].columns
    assert window.current == "declarations"
    assert page.chosen is None


def test_when_nothing_came_of_it_the_columns_stay(
    qtbot: QtBot, window: MainWindow, page: ColumnsView
) -> None:
    page.import_button.click()
    at_rest(qtbot, window)
    assert "Chưa nhập được gì" in page.notice.words
    assert page.import_button.isEnabled()


@pytest.mark.parametrize("step", ["columns", "preview", "import_mapped"])
def test_a_fault_is_said_on_the_page(
    step: str, qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    workbooks.fail[step] = DataFault("workbook.empty", file="bang-luong.xlsx")
    if step == "import_mapped":
        page.import_button.click()
    else:
        page.open(WORKBOOK)
    at_rest(qtbot, window)
    assert not page.notice.isHidden()
    assert page.busy.isHidden()


def test_a_workbook_without_a_list_says_what_to_do(
    qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    nothing: tuple[SheetGuess, ...] = ()
    workbooks.guesses = nothing
    page.open(WORKBOOK)
    at_rest(qtbot, window)
    assert "Không thấy danh sách" in page.notice.words
    assert not page.import_button.isEnabled()


def test_thinking_better_of_it_imports_nothing(
    qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    page.cancel_button.click()
    at_rest(qtbot, window)
    assert window.current == "declarations"
    assert page.model.rowCount() == 0
