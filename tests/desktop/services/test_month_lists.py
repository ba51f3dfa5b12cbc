"""Two payrolls of no known layout: their columns confirmed, remembered, and compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop.compose import forms_room
from desktop.services.month_lists import MonthLists
from desktop.services.months_api import Compared
from desktop.services.months_cases import MonthsCases
from desktop.services.workbook_cases import WorkbookCases, WorkbooksRoom
from forms.excel.mapping import ColumnMapping
from forms.excel.mapping_file import mapping_of
from forms.excel.preview import first_rows, guess_columns_below, guess_workbook
from forms.excel.writer import write_rows
from forms.model import Part, Period
from forms.months.model import Place
from resources.faults import DataFault
from tests.fakes.desk import NOW, UNIT, Desk
from tests.fakes.payrolls import Cell, write_book

HEADINGS: Sequence[Cell] = ("Họ & tên", "CMND/CCCD", "Lương cơ bản", "Chức vụ", "Ký")
MAY = ("Ngô Văn Mây", "099085000001", 8_000_000, "Thợ may", None)
GIO = ("Trần Thị Gió", "099185000002", 7_000_000, "Kế toán", None)
MUA = ("Lê Thị Mưa", "099185000003", 6_500_000, "Thợ may", None)
RAISED = (*MAY[:2], 9_000_000, *MAY[3:])
PERIOD = Period(2026, 11)


@dataclass
class Office:
    """The use cases over real workbooks and a store in memory."""

    desk: Desk = field(default_factory=Desk)

    @property
    def columns(self) -> WorkbookCases:
        room = WorkbooksRoom(
            guess=guess_workbook, guess_below=guess_columns_below, first_rows=first_rows
        )
        return WorkbookCases(
            store=self.desk.store, forms=forms_room("vi"), clock=lambda: NOW, room=room
        )

    @property
    def months(self) -> MonthsCases:
        forms, columns = forms_room("vi"), self.columns
        lists = MonthLists(forms=forms, columns=columns.columns, remember=columns.remember)
        return MonthsCases(store=self.desk.store, forms=forms, clock=lambda: NOW, lists=lists)

    def guessed(self, path: Path) -> ColumnMapping:
        return mapping_of(self.columns.columns(path)[0])


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return payroll(tmp_path / "luong 10-2026.xlsx", MAY, GIO, name="T10")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return payroll(tmp_path / "luong 11-2026.xlsx", RAISED, MUA, name="T11")


def payroll(path: Path, *people: Sequence[Cell], name: str = "Lương") -> Path:
    return write_book(path, [("CÔNG TY MÂY TRẮNG",), HEADINGS, *people], name=name)


def told(compared: Compared) -> tuple[list[str], list[str]]:
    proposal = compared.proposal
    return (
        [each.phuong_an for each in proposal.movements],
        [each.code for each in proposal.questions if each.person],
    )


RAISE_JOIN_LEAVE = (["DC", "TM"], ["months.ask.left"])


def test_nothing_is_compared_by_a_guess_and_the_list_is_named(
    office: Office, old: Path, new: Path
) -> None:
    with pytest.raises(DataFault) as caught:
        office.months.compare_files(old, new, period=PERIOD)
    assert caught.value.code == "months.unconfirmed"
    assert caught.value.params == {"file": "luong 11-2026.xlsx", "sheet": "T11"}


def test_columns_confirmed_for_both(office: Office, old: Path, new: Path) -> None:
    compared = office.months.compare_files(
        old,
        new,
        period=PERIOD,
        mapping=office.guessed(new),
        old_mapping=office.guessed(old),
    )
    assert told(compared) == RAISE_JOIN_LEAVE
    raised = compared.proposal.movements[0]
    assert [each.key for each in raised.evidence] == ["tien_luong"]
    assert raised.evidence[0].old == Place("T10", 3, "C")
    assert raised.evidence[0].new == Place("T11", 3, "C")


def test_columns_confirmed_for_the_new_list_serve_the_old_one_with_the_same_headings(
    office: Office, old: Path, new: Path
) -> None:
    compared = office.months.compare_files(old, new, period=PERIOD, mapping=office.guessed(new))
    assert told(compared) == RAISE_JOIN_LEAVE
    again = office.months.compare_files(old, new, period=PERIOD)
    assert told(again) == RAISE_JOIN_LEAVE, "remembered"


@pytest.mark.parametrize("names_the_sheet", ["old", "new"])
def test_one_file_of_columns_serves_both_though_each_month_has_its_sheet(
    office: Office, old: Path, new: Path, names_the_sheet: str
) -> None:
    mapping = office.guessed({"old": old, "new": new}[names_the_sheet])
    compared = office.months.compare_files(
        old, new, period=PERIOD, mapping=mapping, old_mapping=mapping
    )
    assert told(compared) == RAISE_JOIN_LEAVE


def test_a_file_of_columns_for_another_workbook_is_refused(
    office: Office, old: Path, new: Path
) -> None:
    mapping = replace(office.guessed(new), sheet="Không có")
    with pytest.raises(DataFault) as caught:
        office.months.compare_files(old, new, period=PERIOD, mapping=mapping, old_mapping=mapping)
    assert caught.value.code == "mapping.no_sheet"


def test_other_columns_than_those_remembered_are_not_taken_for_them(
    office: Office, old: Path, new: Path
) -> None:
    office.months.compare_files(old, new, period=PERIOD, mapping=office.guessed(new))
    other = replace(office.guessed(new), sheet="Không có", columns={"A": "ho_ten"})
    with pytest.raises(DataFault) as caught:
        office.months.compare_files(old, new, period=PERIOD, old_mapping=other)
    assert caught.value.code == "mapping.no_sheet"


def test_a_known_layout_beside_a_payroll(office: Office, new: Path, tmp_path: Path) -> None:
    declared = {
        "stt": "1",
        "ho_ten": MAY[0],
        "cccd": MAY[1],
        "phuong_an": "TM",
        "tu_thang": "10/2026",
        "tien_luong": 8_000_000,
        "chuc_vu": "Thợ may",
        "ngay_sinh": "01/02/1985",
    }
    old = tmp_path / "to-khai 10-2026.xlsx"
    write_rows(old, "vnpt-d02-tk1-2025-11", {Part.LAO_DONG: [declared]})
    compared = office.months.compare_files(old, new, period=PERIOD, mapping=office.guessed(new))
    assert told(compared)[0] == ["DC", "TM"]


def test_what_was_confirmed_goes_before_headings_that_are_plain(
    office: Office, tmp_path: Path
) -> None:
    """These headings leave no doubt, but a person said that the wage is another column."""
    headings = ("Họ và tên", "Mã số BHXH", "Tiền lương", "Lương đóng BHXH mới")
    before = ("Ngô Văn Mây", "9900000017", 5_500_000, 8_000_000)
    after = ("Ngô Văn Mây", "9900000017", 5_500_000, 9_000_000)
    old = write_book(tmp_path / "a.xlsx", [headings, before])
    new = write_book(tmp_path / "b.xlsx", [headings, after])
    guessed = office.guessed(new)
    columns = {"A": "ho_ten", "B": "ma_so_bhxh", "D": "tien_luong"}
    office.months.compare_files(old, new, period=PERIOD, mapping=replace(guessed, columns=columns))
    compared = office.months.compare_files(old, new, period=PERIOD)
    assert compared.proposal.movements[0].values["tien_luong"] == "9000000"


def test_a_payroll_against_the_roster(office: Office, new: Path) -> None:
    with office.desk.store.begin() as work:
        if not work.units.all():
            work.units.add(UNIT)
        work.commit()
    compared = office.months.compare_file_with_roster(
        UNIT.code, new, period=PERIOD, mapping=office.guessed(new)
    )
    assert "months.ask.no_previous" in [each.code for each in compared.proposal.questions]
    again = office.months.compare_file_with_roster(UNIT.code, new, period=PERIOD)
    assert again.proposal == compared.proposal


def test_name_and_position_alone_tell_who_joined_and_left(office: Office, tmp_path: Path) -> None:
    """No phương án, no birth date: the number and the wage are enough."""
    same = payroll(tmp_path / "a.xlsx", MAY, GIO)
    compared = office.months.compare_files(same, same, period=PERIOD, mapping=office.guessed(same))
    assert (told(compared), compared.proposal.unchanged) == (([], []), 2)
    titled = payroll(tmp_path / "b.xlsx", (*MAY[:3], "Tổ trưởng", None), GIO)
    assert told(office.months.compare_files(same, titled, period=PERIOD))[0] == ["CD"]
