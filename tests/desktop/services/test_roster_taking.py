"""A first list into the roster: people who take part already, one step, no declaration."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.imported import TakenIn
from desktop.services.roster_api import RosterQuery
from desktop.services.roster_taking import is_of_a_person
from forms.excel.mapping_file import mapping_of
from forms.findings import Finding, Severity
from forms.model import Period, Row
from forms.roster.model import Track
from resources.faults import UsageFault
from tests.fakes.desk import UNIT, Desk, Read, draft_of
from tests.fakes.payrolls import column, sheet_of, write_book

LIST = Path("danh-sach-dau.xlsx")
SEPTEMBER = Period(2026, 9)
PLAIN = Row(4, {"ho_ten": "Trần Thị Gió", "cccd": "079095000001", "tien_luong": "7000000"})
LEAVES = Row(5, {"ho_ten": "Lê Văn Mây", "cccd": "079095000002", "phuong_an": "TS"})
GONE = Row(6, {"ho_ten": "Phạm Thị Nắng", "cccd": "079095000003", "phuong_an": "GH"})
ALL = {"dang_tham_gia": "active", "bhxh": "1", "bhyt": "1", "bhtn": "1", "tnld": "1"}


def _take(desk: Desk, *rows: Row, since: Period = SEPTEMBER) -> TakenIn:
    desk.forms.read = replace(desk.forms.read, draft=draft_of(*rows))
    return desk.services.workbooks.take_in(LIST, unit_code=UNIT.code, since=since)


def _everybody(desk: Desk, month: Period | None = None) -> list[dict[str, str]]:
    roster = desk.services.roster
    ids = roster.ids(RosterQuery(unit_code=UNIT.code))
    return [dict(row.values) for row in roster.rows(UNIT.code, ids, month)]


def test_who_stands_in_a_first_list_takes_part_since_the_month_said(desk: Desk) -> None:
    done = _take(desk, PLAIN)
    assert (done.people, done.rows, done.assumed, done.since) == (1, 1, 1, SEPTEMBER)
    [one] = _everybody(desk)
    assert one.items() >= {**ALL, "ho_ten": "Trần Thị Gió", "tien_luong": "7000000"}.items()
    [number] = desk.services.roster.ids(RosterQuery(unit_code=UNIT.code))
    person = desk.services.roster.person(UNIT.code, number)
    assert {span.since for spans in person.tracks.values() for span in spans} == {
        SEPTEMBER.first_day
    }


def test_nothing_is_declared(desk: Desk) -> None:
    _take(desk, PLAIN)
    assert not desk.services.dossiers(UNIT.code)


def test_what_the_list_says_goes_before_what_is_assumed(desk: Desk) -> None:
    done = _take(desk, LEAVES, GONE)
    away, gone = _everybody(desk)
    assert (away["dang_tham_gia"], gone["dang_tham_gia"]) == ("leave:TS", "absent")
    assert done.assumed == 0


def test_a_row_of_a_raise_is_of_somebody_who_takes_part(desk: Desk) -> None:
    raised = replace(PLAIN, values={**PLAIN.values, "phuong_an": "DC", "tu_thang": "08/2026"})
    assert _take(desk, raised).assumed == 1
    assert _everybody(desk, Period(2026, 8))[0]["dang_tham_gia"] == "active"


def test_what_the_roster_knows_is_not_assumed_away(desk: Desk) -> None:
    silent = replace(LEAVES, values={"ho_ten": "Lê Văn Mây", "cccd": "079095000002"})
    _take(desk, LEAVES)
    again = _take(desk, silent, PLAIN)
    assert again.assumed == 1
    assert [one["dang_tham_gia"] for one in _everybody(desk)] == ["leave:TS", "active"]


def test_it_is_one_step_that_is_undone_and_done_again(desk: Desk) -> None:
    done = _take(desk, PLAIN, LEAVES)
    assert done.step is not None
    assert (done.step.code, done.step.people) == ("roster.started", 2)
    assert desk.services.roster.undo(UNIT.code)
    assert not _everybody(desk)
    assert desk.services.roster.redo(UNIT.code)
    assert len(_everybody(desk)) == 2


def test_the_same_list_twice_is_no_step(desk: Desk) -> None:
    _take(desk, PLAIN)
    again = _take(desk, PLAIN)
    assert (again.step, again.people, again.assumed) == (None, 1, 0)
    assert len(desk.services.roster.steps(UNIT.code)) == 1


def _of(code: str, field: str | None) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, sheet="Dữ Liệu", row=4, field=field)


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("check.citizen_id", "cccd"),
        ("check.birth_in_future", "ngay_sinh"),
        ("check.phone", "dien_thoai"),
    ],
)
def test_findings_of_cells_remain(code: str, field: str) -> None:
    assert is_of_a_person(_of(code, field))


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("check.required", "phuong_an"),
        ("check.required", "ma_so_bhxh"),
        ("check.movement_kind", "loai"),
        ("check.not_month", "tu_thang"),
        ("law.wage.minimum", "tien_luong"),
        ("dossier.paper.hop_dong", None),
    ],
)
def test_what_only_a_movement_is_asked_does_not(code: str, field: str | None) -> None:
    assert not is_of_a_person(_of(code, field))


def test_what_reading_found_is_said(desk: Desk) -> None:
    strange = _of("clean.not_a_date", "ngay_sinh")
    desk.forms.read = Read(draft_of(PLAIN), (strange,))
    done = desk.services.workbooks.take_in(LIST, unit_code=UNIT.code, since=SEPTEMBER)
    assert done.findings == (strange,)


def test_an_error_workbook_is_written_where_it_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    done = desk.services.workbooks.take_in(LIST, unit_code=UNIT.code, since=SEPTEMBER, report=out)
    assert done.report == out
    assert out.exists()


def test_what_cannot_be_read_leaves_no_trace(desk: Desk) -> None:
    desk.forms.read = Read(None, (_of("layout.unknown", None),))
    done = desk.services.workbooks.take_in(LIST, unit_code=UNIT.code, since=SEPTEMBER)
    assert (done.step, done.people) == (None, 0)
    assert [each.code for each in done.findings] == ["layout.unknown"]
    assert not desk.services.roster.steps(UNIT.code)


def test_nobody_takes_part_since_a_month_to_come(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"roster\.month_to_come"):
        _take(desk, PLAIN, since=Period(2062, 1))


def test_a_unit_must_be_known(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"unit\.unknown"):
        desk.services.workbooks.take_in(LIST, unit_code="ZZ9999Z", since=SEPTEMBER)


def test_confirmed_columns_are_remembered(desk: Desk, tmp_path: Path) -> None:
    rows = sheet_of(column("Họ và tên", "ho_ten"), column("Số CCCD", "cccd"))
    path = write_book(tmp_path / "a.xlsx", rows)
    workbooks = desk.services.workbooks
    mapping = replace(
        mapping_of(workbooks.columns(path)[0]), columns={"A": "ho_ten", "B": "ma_so_bhxh"}
    )
    workbooks.take_in(path, unit_code=UNIT.code, since=SEPTEMBER, mapping=mapping)
    assert desk.forms.mappings == [mapping]
    assert mapping_of(workbooks.columns(path)[0]) == mapping


def test_wages_of_the_list_are_those_of_the_track(desk: Desk) -> None:
    _take(desk, PLAIN)
    [number] = desk.services.roster.ids(RosterQuery(unit_code=UNIT.code))
    tracks = desk.services.roster.person(UNIT.code, number).tracks
    assert tracks[Track.LUONG][0].values == {"tien_luong": "7000000"}
