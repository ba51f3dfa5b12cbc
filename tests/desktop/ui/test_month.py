"""“Tháng này”: two months compared, questions answered, movements decided and declared."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.months_api import Compared
from desktop.ui.columns.view import ColumnsView
from desktop.ui.errands import Purpose
from desktop.ui.help.view import field_key_of
from desktop.ui.main_window import MainWindow
from desktop.ui.month.lines import Decisions, Head, Verdict, group_of, lines_of
from desktop.ui.month.presenter import MonthPresenter, Source, Wanted, signed
from desktop.ui.month.view import BEFORE, NOTHING, MonthView
from forms.findings import Finding, Severity
from forms.model import Period
from forms.months.model import AnswerKind, Cost, Evidence, Option, Proposal, Proposed, Question
from resources.faults import DataFault, UsageFault
from tests.desktop.ui.conftest import FakePicker, at_rest
from tests.fakes.months_api import movement, options, proposal, question, usual
from tests.fakes.services import PERIOD, UNIT, FakeServices, draft, row
from tests.fakes.workbooks_api import FakeWorkbooks

OLD, NEW = Path("/nowhere/thang-9.xlsx"), Path("/nowhere/thang-10.xlsx")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> MonthView:
    found = window.pages["month"]
    assert isinstance(found, MonthView)
    window.go("month")
    at_rest(qtbot, window)
    return found


def rest(qtbot: QtBot, page: MonthView) -> None:
    qtbot.waitUntil(lambda: page.desk.tasks.busy == 0, timeout=10_000)


@pytest.fixture
def compared(qtbot: QtBot, page: MonthView) -> MonthView:
    page.bar.compare_button.click()
    rest(qtbot, page)
    return page


def go_to(page: MonthView, wanted: str) -> None:
    """To the line of this id."""
    ids = [getattr(line, "id", "") for line in page.model.lines]
    page.grid.selectRow(ids.index(wanted))


def cells(page: MonthView, wanted: str) -> list[str]:
    ids = [getattr(line, "id", "") for line in page.model.lines]
    row_now = ids.index(wanted)
    return [page.model.index(row_now, at).data() for at in range(page.model.columnCount())]


# ---- without a display


def test_questions_come_first_then_every_kind_under_its_head() -> None:
    lines = lines_of(usual())
    heads = [line.group for line in lines if isinstance(line, Head)]
    assert heads == ["asked", "new", "left", "wage", "leave"]
    assert isinstance(lines[1], Question)


def test_what_is_only_told_comes_last() -> None:
    told = question(6, "Trần Văn Gió")
    lines = lines_of(proposal(usual().movements, (told, *usual().questions, question(7))))
    heads = [line.group for line in lines if isinstance(line, Head)]
    assert heads == ["asked", "new", "left", "wage", "leave", "told"]
    assert [getattr(line, "id", "") for line in lines[1:3]] == ["q7", "q5"]
    assert lines[-1] is told


@pytest.mark.parametrize(
    ("phuong_an", "group"),
    [("TC", "new"), ("GC", "left"), ("TU", "retro"), ("", "card"), ("XX", "other")],
)
def test_every_phuong_an_has_its_kind(phuong_an: str, group: str) -> None:
    assert group_of(phuong_an) == group


def test_the_cost_is_of_what_is_declared_answers_too() -> None:
    decisions = Decisions(usual())
    whole = decisions.cost[0].total
    first = decisions.proposal.movements[0]
    decisions.toggle(first)
    assert first.cost is not None
    assert decisions.cost[0].total == whole - first.cost.total
    asked = decisions.proposal.questions[0]
    decisions.answer(asked, asked.options[0])
    assert decisions.cost[0].total == whole
    assert decisions.open == 0


def test_a_cost_that_is_not_known_is_counted_apart() -> None:
    unknown = Cost(employer=0, employee=0, unknown="months.cost.wage")
    decisions = Decisions(proposal((movement(1, "Trần Văn Gió", "TM", cost=unknown),)))
    assert decisions.cost == (Cost(employer=0, employee=0), 1)


def test_typing_back_what_was_there_is_no_change() -> None:
    one = movement(1, "Trần Văn Gió", "DC", tien_luong="9500000")
    decisions = Decisions(proposal((one,)))
    decisions.change(one, "tien_luong", "9600000")
    assert decisions.value(one, "tien_luong") == "9600000"
    decisions.change(one, "tien_luong", "9500000")
    assert decisions.changes == {}


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (date(2026, 10, 24), "24/10/2026 (còn 3 ngày)"),
        (date(2026, 10, 21), "21/10/2026 (hôm nay)"),
        (date(2026, 10, 19), "19/10/2026 (quá hạn 2 ngày)"),
        (None, ""),
    ],
)
def test_a_deadline_says_how_many_days_are_left(
    deadline: date | None, said: str, services: FakeServices
) -> None:
    one = movement(1, "Trần Văn Gió", "TM", deadline=deadline)
    assert MonthPresenter(services).deadline(one) == said


def test_money_says_whether_more_or_less_is_owed() -> None:
    assert [signed(5000), signed(-5000), signed(0)] == ["+5.000 đ", "-5.000 đ", "0 đ"]


def test_what_a_list_lacks_is_told_from_what_is_empty(services: FakeServices) -> None:
    said = MonthPresenter(services).evidence(
        Evidence(key="ho_ten", before="", after="Trần Văn Gió", old=None, new=None)
    )
    assert said == ("Họ và tên", "(không có tên)", "Trần Văn Gió")


def test_comparing_without_a_workbook_is_our_mistake(services: FakeServices) -> None:
    for source in (Source.FILES, Source.FILE_WITH_ROSTER):
        wanted = Wanted(source=source, unit_code=UNIT.code, period=PERIOD)
        assert not wanted.is_whole
        with pytest.raises(ValueError, match="no workbook"):
            MonthPresenter(services).compare(wanted, lambda *_: None)


# ---- comparing


def test_before_comparing_the_screen_says_what_to_do(page: MonthView) -> None:
    assert page.pages.currentIndex() == BEFORE
    assert page.bar.compare_button.isEnabled()
    assert not page.declare_button.isEnabled()


def test_the_roster_of_two_months_is_compared(compared: MonthView, services: FakeServices) -> None:
    assert services.months.calls == [("compare_roster", UNIT.code, PERIOD)]
    assert "Đồng ý 4/4 biến động" in compared.summary.text()
    assert "+3.040.000 đ" in compared.summary.text()
    assert "Còn 1 câu hỏi" in compared.summary.text()


def test_two_workbooks_are_compared_once_both_are_chosen(
    qtbot: QtBot, page: MonthView, services: FakeServices, picker: FakePicker
) -> None:
    page.bar.choose(Source.FILES)
    assert not page.bar.compare_button.isEnabled()
    picker.file = OLD
    page.bar.old_button.click()
    assert not page.bar.compare_button.isEnabled()
    picker.file = NEW
    page.bar.new_button.click()
    page.bar.compare_button.click()
    rest(qtbot, page)
    assert services.months.calls == [("compare_files", OLD, NEW, PERIOD)]
    assert picker.asked == [
        "Chọn bảng Excel của tháng trước",
        "Chọn bảng Excel của tháng này",
    ]


def test_the_roster_is_compared_with_a_workbook(
    qtbot: QtBot, page: MonthView, services: FakeServices
) -> None:
    page.bar.choose(Source.FILE_WITH_ROSTER)
    assert page.bar.old_button.isHidden()
    page.bar.take_file("new", NEW)
    page.compare()
    rest(qtbot, page)
    assert services.months.calls == [("compare_file_with_roster", UNIT.code, NEW, PERIOD)]


def test_a_missing_month_is_said_aloud(
    qtbot: QtBot, page: MonthView, services: FakeServices
) -> None:
    services.months.answer = proposal((), (question(1),))
    page.compare()
    rest(qtbot, page)
    assert not page.alarm.isHidden()
    assert "Không có danh sách tháng 09/2026" in page.alarm.words
    assert cells(page, "q1")[:2] == ["Để biết", "Cả tháng"]


def test_no_difference_says_so(qtbot: QtBot, page: MonthView, services: FakeServices) -> None:
    services.months.answer = proposal()
    page.compare()
    rest(qtbot, page)
    assert page.pages.currentIndex() == NOTHING


def test_errors_of_reading_are_a_warning(
    qtbot: QtBot, page: MonthView, services: FakeServices
) -> None:
    bad = Finding(code="workbook.is_pdf", severity=Severity.ERROR, params={"file": "a.xlsx"})
    services.months.findings = (bad,)
    page.compare()
    rest(qtbot, page)
    assert "có 1 lỗi" in page.notice.words


def test_a_fault_is_said_and_nothing_is_shown(
    qtbot: QtBot, page: MonthView, services: FakeServices
) -> None:
    services.months.fail["compare_roster"] = UsageFault("unit.unknown", unit="X")
    page.compare()
    rest(qtbot, page)
    assert not page.notice.isHidden()
    assert page.pages.currentIndex() == BEFORE
    assert page.bar.isEnabled()


def test_another_month_forgets_what_was_compared(compared: MonthView) -> None:
    compared.desk.session.choose_period(Period(2026, 9))
    assert compared.pages.currentIndex() == BEFORE
    assert not compared.declare_button.isEnabled()


# ---- deciding


def test_the_first_question_is_chosen_with_its_options(compared: MonthView) -> None:
    assert compared.grid.currentIndex().row() == 1
    side = compared.side
    assert [each.accessibleName() for each in side.options.buttons] == [
        "Nghỉ việc, giảm hẳn (GH)",
        "Không báo gì",
    ]
    assert "Sẽ khai GH" in side.options.buttons[0].accessibleDescription()
    assert side.row.isHidden()


def test_answering_shows_the_row_that_will_be_declared(compared: MonthView) -> None:
    compared.side.options.buttons[0].click()
    assert cells(compared, "q5")[0] == "Đã trả lời"
    assert not compared.side.row.isHidden()
    compared.side.row.setCurrentIndex(compared.side.row_model.index(0, 1))
    assert field_key_of(compared.side.row) == compared.side.row_model.keys[0]
    assert "câu hỏi" not in compared.summary.text()
    go_to(compared, "m1")
    go_to(compared, "q5")
    assert compared.side.options.buttons[0].isChecked()


def test_space_takes_a_movement_out_and_in_again(compared: MonthView) -> None:
    go_to(compared, "m1")
    compared.grid.setFocus()
    QTest.keyClick(compared.grid, Qt.Key.Key_Space)
    assert cells(compared, "m1")[0] == "Không khai"
    assert "Đồng ý 3/4" in compared.summary.text()
    assert compared.side.toggle_button.text() == "Đồng ý khai"
    compared.side.toggle_button.click()
    assert cells(compared, "m1")[0] == "Đồng ý"


def test_space_on_a_question_goes_to_its_options(compared: MonthView, qtbot: QtBot) -> None:
    go_to(compared, "q5")
    QTest.keyClick(compared.grid, Qt.Key.Key_Space)
    assert compared.model.decisions is not None
    assert compared.model.decisions.open == 1


def test_the_arrow_keys_pass_over_the_heads(compared: MonthView) -> None:
    go_to(compared, "q5")
    QTest.keyClick(compared.grid, Qt.Key.Key_Down)
    line = compared.model.line(compared.grid.currentIndex().row())
    assert isinstance(line, Proposed)


def test_evidence_cost_and_deadline_stand_beside(compared: MonthView) -> None:
    go_to(compared, "m2")
    side = compared.side
    assert side.heading.text() == "Trần Văn Gió: DC – Điều chỉnh lương"
    assert [side.evidence_model.index(0, at).data() for at in range(3)] == [
        "Tiền lương hoặc hệ số",
        "8.000.000\nTháng 9!J12",
        "9.500.000\nTháng 10!J14",
    ]
    assert "đơn vị +322.500 đ, người lao động +157.500 đ" in side.cost.text()
    assert "còn 40 ngày" in side.deadline.text()
    assert cells(compared, "m3")[5] == "24/10/2026 (còn 3 ngày)"


# ---- declaring


def test_what_was_decided_is_what_is_declared(
    qtbot: QtBot, window: MainWindow, compared: MonthView, services: FakeServices
) -> None:
    compared.side.options.buttons[1].click()
    go_to(compared, "m1")
    compared.toggle()
    go_to(compared, "m2")
    value = compared.side.row_model.index(list(compared.side.row_model.keys).index("tien_luong"), 1)
    assert value.data() == "9.500.000"
    compared.side.row_model.setData(value, "9600000")
    compared.declare_button.click()
    rest(qtbot, compared)
    accepted = services.months.accepted[0]
    assert accepted.movements == ("m2", "m3", "m4")
    assert accepted.answers == {"q5": "none"}
    assert accepted.changes == {"m2": {"tien_luong": "9600000"}}
    assert "Đã lập 1 hồ sơ nháp" in compared.notice.words
    assert compared.declare_button.isHidden()
    services.bring(draft(row(4)))
    compared.to_declarations.click()
    at_rest(qtbot, window)
    assert window.current == "declarations"


def test_open_questions_are_declared_only_with_a_yes(
    qtbot: QtBot, compared: MonthView, services: FakeServices, picker: FakePicker
) -> None:
    picker.yes = False
    compared.declare_button.click()
    assert "Còn 1 câu hỏi" in picker.asked[0]
    assert services.months.accepted == []
    picker.yes = True
    compared.declare_button.click()
    rest(qtbot, compared)
    assert services.months.accepted[0].answers == {}


def test_errors_in_the_drafts_are_told(
    qtbot: QtBot, compared: MonthView, services: FakeServices
) -> None:
    services.months.errors = (Finding(code="clean.not_a_date", severity=Severity.ERROR),)
    compared.declare()
    rest(qtbot, compared)
    assert "Còn 1 lỗi" in compared.notice.words


def test_a_declaration_that_fails_can_be_tried_again(
    qtbot: QtBot, compared: MonthView, services: FakeServices
) -> None:
    services.months.fail["accept"] = UsageFault("months.unknown_choice", choice="m9")
    compared.declare()
    rest(qtbot, compared)
    assert not compared.notice.isHidden()
    assert compared.declare_button.isEnabled()


def test_with_everything_taken_out_there_is_nothing_to_declare(compared: MonthView) -> None:
    for wanted in ("m1", "m2", "m3", "m4"):
        go_to(compared, wanted)
        compared.toggle()
    assert not compared.declare_button.isEnabled()


def test_an_answer_may_declare_several_rows(services: FakeServices) -> None:
    first, second = movement(7, "Bùi Văn Gió", "TM"), movement(8, "Bùi Văn Gió", "AD")
    option = Option(
        id="both",
        words="months.option.TM",
        kind=AnswerKind.MOVEMENT,
        movement=first,
        also=(second,),
    )
    asked = question(9, "Bùi Văn Gió", (option, *options("Bùi Văn Gió", 9)))
    decisions = Decisions(proposal((), (asked,)))
    assert decisions.verdict(asked) is Verdict.OPEN
    decisions.answer(asked, option)
    assert decisions.declared == (first, second)
    presenter = MonthPresenter(services)
    assert "1 dòng khác" in presenter.option_follows(option)
    assert presenter.alarm(Compared(proposal=decisions.proposal)) == ""


# ---- lists that nobody confirmed, and a first list


@pytest.fixture
def workbooks(services: FakeServices) -> FakeWorkbooks:
    made = FakeWorkbooks()
    services.workbooks = made
    return made


def unconfirmed(path: Path) -> DataFault:
    return DataFault("months.unconfirmed", file=path.name, sheet="T10")


def with_list(page: MonthView, *lists: Path) -> None:
    page.bar.choose(Source.FILES if len(lists) == 2 else Source.FILE_WITH_ROSTER)
    for which, path in zip(("new", "old"), lists, strict=False):
        page.bar.take_file(which, path)


def test_a_list_nobody_confirmed_leads_to_its_columns_and_back(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    with_list(page, NEW)
    services.months.fail["compare_file_with_roster"] = unconfirmed(NEW)
    page.bar.compare_button.click()
    at_rest(qtbot, window)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    assert (window.current, columns.workbook) == ("columns", NEW)
    columns.import_button.click()
    at_rest(qtbot, window)
    assert [book for book, _ in workbooks.confirmed] == [NEW]
    assert window.current == "month"
    assert page.compared is not None
    assert page.notice.isHidden()


def test_of_two_lists_with_one_name_each_is_asked_for(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    new, old = Path("/10/ds.xlsx"), Path("/09/ds.xlsx")
    with_list(page, new, old)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    for _ in range(2):
        services.months.fail["compare_files"] = unconfirmed(new)
        page.compare()
        at_rest(qtbot, window)
        columns.import_rows()
        services.months.fail["compare_files"] = unconfirmed(old)
        at_rest(qtbot, window)
    assert [book for book, _ in workbooks.confirmed][:2] == [new, old]


def test_thinking_better_of_the_columns_comes_back_without_comparing(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    with_list(page, NEW)
    services.months.fail["compare_file_with_roster"] = unconfirmed(NEW)
    page.compare()
    at_rest(qtbot, window)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    columns.cancel_button.click()
    at_rest(qtbot, window)
    assert window.current == "month"
    assert page.compared is None
    assert not workbooks.confirmed


def test_a_list_that_stays_unconfirmed_is_said_and_asked_for_no_more(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    with_list(page, NEW)
    services.months.fail["compare_file_with_roster"] = unconfirmed(NEW)
    page.compare()
    at_rest(qtbot, window)
    services.months.fail["compare_file_with_roster"] = unconfirmed(NEW)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    columns.import_button.click()
    at_rest(qtbot, window)
    assert window.current == "month"
    assert NEW.name in page.notice.words


def lacking() -> Proposal:
    return proposal((), (question(7),))


def test_without_a_month_before_the_list_can_be_taken_in(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
    picker: FakePicker,
) -> None:
    with_list(page, NEW)
    services.months.answer = lacking()
    page.compare()
    at_rest(qtbot, window)
    assert not page.start.isHidden()
    assert NEW.name in page.start.words.text()
    services.months.answer = usual()
    page.start.take_button.click()
    at_rest(qtbot, window)
    [(book, unit, since, mapping)] = workbooks.taken
    assert (book, unit, since, mapping) == (NEW, UNIT.code, PERIOD.plus(-1), None)
    assert PERIOD.plus(-1).wire in picker.asked[-1]
    assert page.start.isHidden()
    assert page.compared is not None
    assert "2 người được coi là đang tham gia" in page.notice.words
    assert page.bar.compare_button.isEnabled()


def test_nothing_is_taken_in_without_a_yes(
    qtbot: QtBot,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
    picker: FakePicker,
) -> None:
    with_list(page, NEW)
    services.months.answer = lacking()
    page.compare()
    rest(qtbot, page)
    picker.yes = False
    page.start.take_button.click()
    rest(qtbot, page)
    assert not workbooks.taken


def test_for_the_roster_alone_the_first_list_is_chosen(
    qtbot: QtBot,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
    picker: FakePicker,
) -> None:
    services.months.answer = lacking()
    page.compare()
    rest(qtbot, page)
    picker.file = OLD
    page.start.take_button.click()
    rest(qtbot, page)
    assert [book for book, *_ in workbooks.taken] == [OLD]


def test_a_first_list_nobody_confirmed_is_taken_in_from_its_columns(
    qtbot: QtBot,
    window: MainWindow,
    page: MonthView,
    services: FakeServices,
    workbooks: FakeWorkbooks,
) -> None:
    with_list(page, NEW)
    services.months.answer = lacking()
    page.compare()
    at_rest(qtbot, window)
    workbooks.fail["take_in"] = DataFault("columns.unconfirmed", sheet="T10")
    page.start.take_button.click()
    at_rest(qtbot, window)
    columns = window.pages["columns"]
    assert isinstance(columns, ColumnsView)
    assert (window.current, columns.purpose) == ("columns", Purpose.ROSTER)
    assert columns.goal.since.month == PERIOD.plus(-1)
    columns.import_button.click()
    at_rest(qtbot, window)
    assert window.current == "month"
    assert "3 người" in page.notice.words


def test_a_month_before_needs_no_first_list(compared: MonthView) -> None:
    assert compared.start.isHidden()


def test_two_workbooks_need_no_first_list(
    qtbot: QtBot, page: MonthView, services: FakeServices
) -> None:
    with_list(page, NEW, OLD)
    services.months.answer = lacking()
    page.compare()
    rest(qtbot, page)
    assert page.start.isHidden()


def test_declaring_that_is_stopped_keeps_what_was_decided(
    qtbot: QtBot, compared: MonthView, services: FakeServices
) -> None:
    decisions = compared.model.decisions
    services.months.gate.close()
    compared.declare()
    assert compared.busy.cancel.isVisibleTo(compared)
    compared.busy.cancel.click()
    services.months.gate.open()
    qtbot.waitUntil(lambda: not compared.desk.tasks.busy)
    assert "Đã dừng" in compared.notice.words
    assert compared.model.decisions == decisions
    assert services.months.accepted == []
