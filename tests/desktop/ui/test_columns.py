"""A workbook of no known layout: its columns looked over, put right, imported."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.imported import Imported, TakenIn
from desktop.ui.columns.lines import JOIN, Trust
from desktop.ui.columns.presenter import ColumnsPresenter
from desktop.ui.columns.table import FIELD, HEADING, TRUST
from desktop.ui.columns.view import ColumnsView
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.errands import Errand, Purpose
from desktop.ui.main_window import MainWindow
from desktop.ui.widgets.field_choice import FieldChoice
from forms.excel.mapping import SheetGuess
from forms.excel.mapping_file import check_mapping, field_keys
from forms.findings import Finding, Severity
from forms.model import Period
from resources.faults import DataFault
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import UNIT, FakeServices, draft, row
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


def test_parts_of_a_name_are_joined_in_the_order_guessed(services: FakeServices) -> None:
    parts = (
        guess("C", "Tên", "ho_ten", 0.9, why="columns.joined"),
        guess("B", "Họ đệm", "ho_ten", 0.9, why="columns.joined"),
    )
    presenter = ColumnsPresenter(services)
    chosen = presenter.choose(sheet(*parts, guess("D", "CCCD", "cccd", 0.9)))
    names = [column for column, key in chosen.mapping.columns.items() if key == "ho_ten"]
    assert names == ["C", "B"]
    assert presenter.cells(chosen.lines[1])[FIELD] == "Họ và tên (phần 2)"


def test_a_second_column_is_joined_to_the_name(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    chosen = presenter.say(presenter.choose(payroll()), "A", JOIN + "ho_ten")
    joined = [column for column, key in chosen.mapping.columns.items() if key == "ho_ten"]
    assert joined == ["B", "A"]
    back = presenter.say(chosen, "B", "")
    assert presenter.cells(back.lines[0])[FIELD] == "Họ và tên"


def test_only_text_that_another_column_holds_can_be_joined_to(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    offered = [answer for answer, _ in presenter.offered(presenter.choose(payroll()), "A")]
    assert [answer for answer in offered if answer.startswith(JOIN)] == [JOIN + "ho_ten"]


def test_only_fields_that_a_mapping_knows_are_offered(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    answers = {answer for answer, _ in presenter.offered(presenter.choose(payroll()), "A")}
    assert answers - {"", JOIN + "ho_ten"} == set(field_keys()) - {"stt"}


def test_birth_under_men_and_women_takes_both_columns(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    half = presenter.say(presenter.choose(payroll()), "E", "ngay_sinh.nam")
    assert "Ngày sinh, cột của Nữ" in presenter.missing(half)
    assert "ngay_sinh" not in half.mapping.columns.values()
    both = presenter.say(half, "F", "ngay_sinh.nu")
    assert presenter.missing(both) == ""
    check_mapping(both.mapping)
    whole = presenter.say(both, "D", "ngay_sinh")
    assert not {"ngay_sinh.nam", "ngay_sinh.nu"} & set(whole.mapping.columns.values())


def test_what_the_person_said_stays_said_under_another_heading(services: FakeServices) -> None:
    presenter = ColumnsPresenter(services)
    said = presenter.say(presenter.choose(payroll()), "F", "noi_lam_viec")
    below = replace(payroll(), header_row=6, first_data_row=7, rows=56)
    moved = presenter.read_below(said, below)
    assert (moved.mapping.header_row, moved.mapping.first_data_row, moved.rows) == (6, 7, 56)
    assert moved.mapping.columns["F"] == "noi_lam_viec"


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
    two = guess("A", "Họ tên", "ho_ten", 0.9), guess("B", "Số CCCD", "cccd", 0.9)
    workbooks.below[2] = replace(sheet(*two, name="T9"), header_row=2, first_data_row=3)
    page.header.setValue(2)
    qtbot.waitUntil(lambda: of(page, "B", HEADING).data() == "Số CCCD")
    at_rest(qtbot, window)
    mapping = workbooks.mappings[-1]
    assert (mapping.sheet, mapping.header_row, mapping.first_data_row) == ("T9", 2, 3)


def test_a_heading_row_without_titles_says_what_is_missing(
    qtbot: QtBot, window: MainWindow, page: ColumnsView
) -> None:
    page.header.setValue(900)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    at_rest(qtbot, window)
    assert "Chưa có cột nào là: Họ và tên." in page.missing.words
    assert not page.import_button.isEnabled()


def choose_roster(page: ColumnsView) -> None:
    page.goal.choice.setCurrentIndex(1)
    page.goal.choice.activated.emit(1)


def test_people_can_be_taken_into_the_roster_alone(
    qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    assert page.goal.since.isHidden()
    choose_roster(page)
    assert not page.goal.since.isHidden()
    page.goal.since.offer(Period(2025, 4), Period(2026, 11))
    page.import_button.click()
    at_rest(qtbot, window)
    [(book, unit, since, mapping)] = workbooks.taken
    assert (book, unit, since) == (WORKBOOK, UNIT.code, Period(2025, 4))
    assert mapping is not None
    assert mapping.columns["B"] == "ho_ten"
    assert window.current == "roster"
    told = window.pages["roster"].notice.words
    assert "2 người được coi là đang tham gia" in told
    assert "04/2025" in told
    assert "Hoàn tác" in told


def test_when_nobody_came_the_columns_stay(
    qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    workbooks.taking = TakenIn(step=None, findings=(), rows=0, people=0, since=Period(2026, 11))
    choose_roster(page)
    page.import_button.click()
    at_rest(qtbot, window)
    assert "Không đưa được ai" in page.notice.words
    assert page.import_button.isEnabled()


def test_columns_of_a_list_to_compare_are_only_confirmed(
    qtbot: QtBot, window: MainWindow, workbooks: FakeWorkbooks
) -> None:
    errand = Errand(workbook=WORKBOOK, purpose=Purpose.COMPARE, back="month")
    window.go("columns", errand.text)
    at_rest(qtbot, window)
    page = window.pages["columns"]
    assert isinstance(page, ColumnsView)
    assert page.goal.isHidden()
    assert page.import_button.text() == "Xác nhận &các cột"
    page.import_button.click()
    at_rest(qtbot, window)
    assert [book for book, _ in workbooks.confirmed] == [WORKBOOK]
    assert window.current == "month"


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
        page.open(Errand(workbook=WORKBOOK))
    at_rest(qtbot, window)
    assert not page.notice.isHidden()
    assert page.busy.isHidden()


def test_a_workbook_without_a_list_says_what_to_do(
    qtbot: QtBot, window: MainWindow, page: ColumnsView, workbooks: FakeWorkbooks
) -> None:
    nothing: tuple[SheetGuess, ...] = ()
    workbooks.guesses = nothing
    page.open(Errand(workbook=WORKBOOK))
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
