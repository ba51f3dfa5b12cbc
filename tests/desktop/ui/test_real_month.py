"""Over the real program: a payroll of no known layout → roster → the month's movements → draft."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from desktop.__main__ import practice_help
from desktop.compose import compose
from desktop.ui.app import make_window
from desktop.ui.columns.view import ColumnsView
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.formats import next_month
from desktop.ui.main_window import MainWindow
from desktop.ui.month.view import MonthView
from desktop.ui.pickers import DialogPicker
from desktop.ui.roster.presenter import first_of
from desktop.ui.roster.view import RosterView
from forms.model import Part

LONG = 60_000
HEADS = ("TT", "Họ tên NLĐ", "Số căn cước", "Ngày tháng năm sinh", "Nam/Nữ", "Lương đóng BH")


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
        made.welcome.use_sample()
        rest(qtbot, made)
        yield made
        made.close()


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.desk.tasks.busy == 0, timeout=LONG)


def payroll(path: Path, people: int) -> Path:
    """As a clerk keeps it: a title, an empty row, headings of their own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["BẢNG LƯƠNG"])
    sheet.append([])
    sheet.append(list(HEADS))
    for one in range(1, people + 1):
        name, citizen = f"Trần Văn Mây {chr(64 + one)}", f"0010900{one:05}"
        sheet.append([one, name, citizen, f"{one:02}/05/1990", "Nam", f"{8_000_000 + one}"])
    book.save(path)
    return path


def pages(window: MainWindow) -> tuple[DeclarationsView, ColumnsView, RosterView, MonthView]:
    keys = ("declarations", "columns", "roster", "month")
    declarations, columns, roster, month = (window.pages[key] for key in keys)
    assert isinstance(declarations, DeclarationsView)
    assert isinstance(columns, ColumnsView)
    assert isinstance(roster, RosterView)
    assert isinstance(month, MonthView)
    return declarations, columns, roster, month


def test_from_a_payroll_to_the_month_and_its_draft(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    declarations, columns, roster, month = pages(window)
    session, workbook = window.desk.session, payroll(tmp_path / "luong.xlsx", 12)
    declarations.import_workbook(workbook)
    rest(qtbot, window)
    assert window.current == "columns"
    columns.import_rows()
    rest(qtbot, window)
    assert window.current == "declarations"
    assert roster.count.text() == "12 người"
    assert "Nhập bảng “luong.xlsx”" in roster.people.undo_button.toolTip()
    month.compare()
    rest(qtbot, window)
    assert "Không có danh sách tháng" in month.alarm.words
    session.choose_period(next_month(session.period))
    since: date = first_of(session.period)
    person = roster.found.ids[0]
    roster.presenter.edit(session.unit_code, [(person, "tien_luong", "9.900.000")], since)
    window.go("month")
    month.compare()
    rest(qtbot, window)
    assert "Đồng ý 1/1 biến động" in month.summary.text()
    month.declare()
    rest(qtbot, window)
    month.to_declarations.click()
    rest(qtbot, window)
    assert declarations.opened is not None
    rows = declarations.opened.draft.rows(Part.LAO_DONG)
    assert [(each.get("phuong_an"), each.get("tien_luong")) for each in rows] == [("DC", "9900000")]


def test_confirmed_columns_are_remembered_and_an_import_can_be_undone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    declarations, columns, roster, _ = pages(window)
    columns.enter(str(payroll(tmp_path / "luong.xlsx", 3)))
    rest(qtbot, window)
    assert "Đã nhớ" not in columns.state.text()
    columns.import_rows()
    rest(qtbot, window)
    columns.enter(str(payroll(tmp_path / "khac.xlsx", 4)))
    rest(qtbot, window)
    assert "Đã nhớ từ lần trước" in columns.state.text()
    roster.people.undo_button.click()
    rest(qtbot, window)
    assert roster.model.rowCount() == 0
    assert declarations.opened is None
