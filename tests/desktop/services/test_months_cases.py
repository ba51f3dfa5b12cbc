"""The month's movements, from two lists or the roster to dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from desktop.compose import forms_room
from desktop.services import batches
from desktop.services.month_lists import MonthLists
from desktop.services.months_api import Accepted, Compared
from desktop.services.months_cases import MonthsCases
from forms.findings import Finding, Severity
from forms.model import DossierState, Draft, Part, Period, Row, Section
from forms.months.model import Proposed
from forms.roster.model import Employee, Span, Track
from resources.faults import UsageFault
from tests.fakes.desk import NOW, PERIOD, UNIT, Desk, Read

MAY = {
    "stt": "1",
    "ho_ten": "Ngô Văn Mây",
    "cccd": "099085000001",
    "ngay_sinh": "01/02/1985",
    "gioi_tinh": "1",
    "chuc_vu": "Thợ may",
    "tien_luong": "10000000",
    "da_co_so": "1",
}
GIO = {**MAY, "stt": "2", "ho_ten": "Trần Thị Gió", "cccd": "099185000002", "gioi_tinh": "0"}
MUA = {**MAY, "stt": "3", "ho_ten": "Lê Thị Mưa", "cccd": "099185000003", "da_co_so": ""}
OLD, NEW = Path("danh-sach 10-2026.xlsx"), Path("danh-sach 11-2026.xlsx")


def listed(*people: Mapping[str, str], household: Mapping[str, str] | None = None) -> Draft:
    def section(part: Part, rows: list[Mapping[str, str]]) -> Section:
        keys = dict.fromkeys(key for row in rows for key in row)
        columns = {key: f"A{chr(65 + number)}" for number, key in enumerate(keys)}
        made = tuple(
            Row(line, {k: v for k, v in row.items() if v}) for line, row in enumerate(rows, 4)
        )
        return Section(part=part, sheet="Dữ Liệu", columns=columns, rows=made)

    sections = [section(Part.LAO_DONG, list(people))]
    if household:
        sections.append(section(Part.PHU_LUC, [household]))
    return Draft(layout="stand-in", source="danh-sach.xlsx", sections=tuple(sections))


@dataclass
class Room:
    """The use cases over a store in memory; what stands in a workbook is said by the test."""

    desk: Desk = field(default_factory=Desk)
    books: dict[Path, Read] = field(default_factory=dict)

    @property
    def cases(self) -> MonthsCases:
        forms = replace(forms_room("vi"), read_workbook=self.read)
        lists = MonthLists(forms=forms, columns=lambda _book: (), remember=lambda _book, _map: None)
        return MonthsCases(store=self.desk.store, forms=forms, clock=lambda: NOW, lists=lists)

    def read(self, path: Path, *, layout: str = "auto", progress: object = None) -> Read:
        del layout, progress
        return self.books[path]

    def compared(self, old: Draft, new: Draft) -> Compared:
        self.books |= {OLD: Read(old), NEW: Read(new)}
        return self.cases.compare_files(OLD, NEW, period=PERIOD)

    def with_roster(self, *people: Mapping[str, str]) -> None:
        since = Period(2026, 1).first_day
        changes = [(None, employee(person, since)) for person in people]
        with self.desk.store.begin() as work:
            work.roster.record(UNIT.code, changes, code="roster.added", params={}, now=NOW)
            work.commit()


def employee(person: Mapping[str, str], since: date) -> Employee:
    own = {key: person[key] for key in ("ho_ten", "cccd", "ngay_sinh", "gioi_tinh")}
    tracks = {
        Track.LUONG: (Span(since, {"tien_luong": person["tien_luong"]}),),
        Track.CONG_VIEC: (Span(since, {"chuc_vu": person["chuc_vu"]}),),
        Track.THAM_GIA: (Span(since, {"dang_tham_gia": "active"}),),
    }
    return Employee(id=None, unit_code=UNIT.code, values=own, tracks=tracks)


@pytest.fixture
def room() -> Room:
    return Room()


def codes(compared: Compared) -> list[str]:
    return [each.phuong_an or each.procedure for each in compared.proposal.movements]


def asked(compared: Compared) -> list[str]:
    return [each.code for each in compared.proposal.questions]


def everything(compared: Compared, **answers: str) -> Accepted:
    ids = tuple(each.id for each in compared.proposal.movements)
    return Accepted(movements=ids, answers=answers, changes={})


def rows(room: Room, dossier_id: str, part: Part = Part.LAO_DONG) -> list[Mapping[str, str]]:
    return [row.values for row in room.desk.services.draft(dossier_id).rows(part)]


def test_two_lists_are_compared_with_what_reading_found(room: Room) -> None:
    """Of two lists it is told in which one a cell is."""
    found = Finding(code="clean.respelt", severity=Severity.INFO, sheet="T10", column="B", row=4)
    room.books = {
        OLD: Read(listed(MAY), (found,)),
        NEW: Read(listed({**MAY, "chuc_vu": "Tổ trưởng"})),
    }
    compared = room.cases.compare_files(OLD, NEW, period=PERIOD)
    assert codes(compared) == ["CD"]
    assert [each.place for each in compared.findings] == [f"[{OLD.name}]T10!B4"]


def test_a_list_of_another_month_is_said_by_its_name(room: Room) -> None:
    wrong = Path("bang luong 2026-08.xlsx")
    room.books = {wrong: Read(listed(MAY)), NEW: Read(listed(MAY))}
    compared = room.cases.compare_files(wrong, NEW, period=PERIOD)
    assert asked(compared) == ["months.ask.other_month"]


def test_a_list_that_cannot_be_read_is_a_missing_month(room: Room) -> None:
    room.books = {OLD: Read(None), NEW: Read(listed(MUA))}
    compared = room.cases.compare_files(OLD, NEW, period=PERIOD)
    assert codes(compared) == []
    assert asked(compared)[0] == "months.ask.no_previous"


def test_the_roster_of_two_months_is_compared(room: Room) -> None:
    room.with_roster(MAY)
    compared = room.cases.compare_roster(UNIT.code, PERIOD)
    assert (codes(compared), asked(compared), compared.proposal.unchanged) == ([], [], 1)


def test_a_roster_without_the_month_before_is_said(room: Room) -> None:
    room.with_roster(MAY)
    compared = room.cases.compare_roster(UNIT.code, Period(2026, 1))
    assert asked(compared) == ["months.ask.no_previous"]


def test_this_month_s_list_against_the_roster(room: Room) -> None:
    room.with_roster(MAY, GIO)
    room.books = {NEW: Read(listed({**MAY, "tien_luong": "12000000"}, MUA))}
    compared = room.cases.compare_file_with_roster(UNIT.code, NEW, period=PERIOD)
    assert codes(compared) == ["DC", "TM"]
    assert asked(compared)[0] == "months.ask.left"
    (wage,) = compared.proposal.movements[0].evidence
    assert wage.old is not None
    assert wage.new is not None
    assert (wage.old.row, wage.new.row) == (None, 4)


def test_an_unknown_unit_stops_before_reading(room: Room) -> None:
    with pytest.raises(UsageFault, match=r"unit\.unknown"):
        room.cases.compare_file_with_roster("ZZ9999Z", Path("khong-co.xlsx"), period=PERIOD)


def test_accepted_movements_become_a_checked_draft(room: Room) -> None:
    compared = room.compared(listed(MAY), listed({**MAY, "tien_luong": "12000000"}, MUA))
    declared = room.cases.accept(UNIT.code, compared, everything(compared))
    (dossier,) = declared.dossiers
    assert (dossier.state, dossier.procedure, dossier.batch) == (DossierState.DRAFT, "600", 1)
    first, second = rows(room, dossier.id)
    assert (first["phuong_an"], first["tien_luong"], first["stt"]) == ("DC", "12000000", "1")
    assert (second["phuong_an"], second["kem_tk1"], second["stt"]) == ("TM", "1", "2")
    assert tuple(room.desk.services.findings(dossier.id)) == declared.findings[dossier.id]
    assert declared.findings[dossier.id]


def test_rows_stand_where_the_layout_has_them(room: Room) -> None:
    compared = room.compared(listed(MAY), listed(MAY, MUA))
    (dossier,) = room.cases.accept(UNIT.code, compared, everything(compared)).dossiers
    draft = room.desk.services.draft(dossier.id)
    sheet = batches.layout().sheet(Part.LAO_DONG)
    assert sheet is not None
    section = draft.section(Part.LAO_DONG)
    assert section is not None
    assert section.columns == {column.key: column.letters for column in sheet.named}
    assert [row.line for row in section.rows] == [sheet.first_data_row]


def test_an_answer_brings_its_movement_and_what_goes_with_it(room: Room) -> None:
    since = {**MUA, "da_co_so": "1", "hdld_tu_ngay": "01/09/2026"}
    compared = room.compared(listed(MAY), listed(MAY, since))
    (question,) = [q for q in compared.proposal.questions if q.options]
    declared = room.cases.accept(UNIT.code, compared, everything(compared, **{question.id: "TD"}))
    moved = [row["phuong_an"] for row in rows(room, declared.dossiers[0].id)]
    assert moved == ["TD", "AD"]
    papers = rows(room, declared.dossiers[0].id, Part.BANG_KE)
    assert [paper["stt"] for paper in papers] == ["2"]


def test_answering_nothing_declares_nothing(room: Room) -> None:
    compared = room.compared(listed(MAY, GIO), listed(MAY))
    (question,) = compared.proposal.questions
    done = room.cases.accept(UNIT.code, compared, everything(compared, **{question.id: "nothing"}))
    assert done.dossiers == ()
    assert room.desk.services.dossiers() == []


@pytest.mark.parametrize(
    "accepted",
    [
        Accepted(movements=("n9-TM-2026-11",), answers={}, changes={}),
        Accepted(movements=(), answers={"n9?left": "GH"}, changes={}),
        Accepted(movements=(), answers={}, changes={"n9": {"ghi_chu": "x"}}),
    ],
)
def test_what_was_not_proposed_is_refused(room: Room, accepted: Accepted) -> None:
    compared = room.compared(listed(MAY), listed(MAY, MUA))
    with pytest.raises(UsageFault, match=r"months\.unknown_choice"):
        room.cases.accept(UNIT.code, compared, accepted)
    assert room.desk.services.dossiers() == []


def changed(compared: Compared, **values: str) -> Accepted:
    (movement,) = compared.proposal.movements
    return Accepted(movements=(movement.id,), answers={}, changes={movement.id: values})


def test_typed_values_win_and_are_cleaned(room: Room) -> None:
    compared = room.compared(listed(MAY), listed(MAY, MUA))
    accepted = changed(compared, tien_luong=" 11.000.000 đ ", ghi_chu="HĐLĐ số 7", chuc_vu="")
    (dossier,) = room.cases.accept(UNIT.code, compared, accepted).dossiers
    (row,) = rows(room, dossier.id)
    assert (row["tien_luong"], row["ghi_chu"]) == ("11000000", "HĐLĐ số 7")
    assert "chuc_vu" not in row


def test_a_typed_value_that_is_not_understood_is_found_at_its_cell(room: Room) -> None:
    compared = room.compared(listed(MAY), listed(MAY, MUA))
    declared = room.cases.accept(UNIT.code, compared, changed(compared, tien_luong="nhiều"))
    found = [
        each
        for each in declared.findings[declared.dossiers[0].id]
        if each.field == "tien_luong" and each.code.startswith("clean.")
    ]
    sheet = batches.layout().sheet(Part.LAO_DONG)
    assert sheet is not None
    cell = sheet.column("tien_luong")
    assert cell is not None
    assert [(each.row, each.column) for each in found] == [(sheet.first_data_row, cell.letters)]


def test_a_field_that_the_form_does_not_have_is_refused(room: Room) -> None:
    compared = room.compared(listed(MAY), listed(MAY, MUA))
    with pytest.raises(UsageFault, match=r"field\.unknown"):
        room.cases.accept(UNIT.code, compared, changed(compared, mau_toc="đen"))


def test_procedures_go_into_dossiers_of_their_own(room: Room) -> None:
    compared = room.compared(
        listed(MAY, GIO),
        listed({**MAY, "tien_luong": "12000000"}, {**GIO, "ho_ten": "Trần Thị Giông"}),
    )
    declared = room.cases.accept(UNIT.code, compared, everything(compared))
    assert [each.procedure for each in declared.dossiers] == ["600", "608"]
    (row,) = rows(room, declared.dossiers[1].id)
    assert row["kem_tk1"] == "1"
    assert row["noi_dung_thay_doi"].startswith("Điều chỉnh họ tên")


def test_the_household_goes_with_its_person(room: Room) -> None:
    member = {"stt": "3", "ho_ten": "Lê Văn Núi", "moi_quan_he": "00"}
    compared = room.compared(listed(MAY), listed(MAY, MUA, household=member))
    (dossier,) = room.cases.accept(UNIT.code, compared, everything(compared)).dossiers
    (household,) = rows(room, dossier.id, Part.PHU_LUC)
    assert (household["stt"], household["ho_ten"]) == ("1", "Lê Văn Núi")


def test_what_was_accepted_is_shown_and_not_proposed_again(room: Room) -> None:
    room.with_roster(MAY)
    room.books = {NEW: Read(listed(MAY, MUA))}
    first = room.cases.compare_file_with_roster(UNIT.code, NEW, period=PERIOD)
    room.cases.accept(UNIT.code, first, everything(first))
    again = room.cases.compare_file_with_roster(UNIT.code, NEW, period=PERIOD)
    assert codes(again) == []
    assert asked(again) == ["months.said.declared"]
    with pytest.raises(UsageFault, match=r"months\.declared_meanwhile"):
        room.cases.accept(UNIT.code, first, everything(first))
    assert len(room.desk.services.dossiers()) == 1


def test_a_large_month_is_cut_by_size_into_dot(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [
        {**MUA, "stt": str(n), "ho_ten": f"Lê Thị Mưa {n}", "cccd": f"0991850001{n:02}"}
        for n in range(1, 31)
    ]
    compared = room.compared(listed(MAY), listed(MAY, *many))
    monkeypatch.setattr(batches.catalog, "package_limit", lambda: 60_000)
    declared = room.cases.accept(UNIT.code, compared, everything(compared))
    sizes = [len(rows(room, dossier.id)) for dossier in declared.dossiers]
    assert len(sizes) > 1
    assert sum(sizes) == 30
    assert [dossier.batch for dossier in declared.dossiers] == [*range(1, len(sizes) + 1)]
    forms = forms_room("vi")
    for dossier in declared.dossiers:
        files = forms.render_forms(
            room.desk.services.draft(dossier.id),
            UNIT,
            PERIOD,
            procedure="600",
            filing_date=NOW.date(),
        )
        assert sum(len(file.content) for file in files) * 4 / 3 < 60_000


def test_all_rows_of_a_person_stand_in_one_dot(room: Room) -> None:
    since = [{**MUA, "cccd": f"0991850001{n:02}", "hdld_tu_ngay": "01/09/2026"} for n in range(4)]
    compared = room.compared(listed(MAY), listed(MAY, *since))
    pieces = list(batches.cut(compared.proposal.movements, 3))
    assert [people(piece) for piece in pieces] == [1, 1, 1, 1]
    assert [people(piece) for piece in batches.cut(compared.proposal.movements, 4)] == [2, 2]


def people(piece: tuple[Proposed, ...]) -> int:
    return len({each.person for each in piece})


def test_the_drafts_of_a_month_are_stored_together_or_not_at_all(room: Room) -> None:
    compared = room.compared(
        listed(MAY, GIO),
        listed({**MAY, "tien_luong": "12000000"}, {**GIO, "ho_ten": "Trần Thị Giông"}),
    )
    hashes = iter(["one"])
    forms = replace(forms_room("vi"), rules_hash=lambda: next(hashes))
    cases = replace(room.cases, forms=forms)
    with pytest.raises(StopIteration):
        cases.accept(UNIT.code, compared, everything(compared))
    assert room.desk.services.dossiers() == []


def test_what_was_accepted_from_a_workbook_is_in_the_roster_from_then_on(room: Room) -> None:
    room.with_roster(MAY, GIO)
    raised = {**MAY, "tien_luong": "12000000"}
    room.books[NEW] = Read(listed(raised, GIO))
    compared = room.cases.compare_file_with_roster(UNIT.code, NEW, period=PERIOD)
    room.cases.accept(UNIT.code, compared, everything(compared))
    again = room.cases.compare_file_with_roster(UNIT.code, NEW, period=PERIOD.next())
    assert codes(compared) == ["DC"]
    assert codes(again) == []


def test_what_came_out_of_the_roster_itself_changes_nothing_in_it(room: Room) -> None:
    room.with_roster(MAY)
    with room.desk.store.reading() as work:
        steps = len(work.roster.steps(UNIT.code, 10))
    compared = room.cases.compare_roster(UNIT.code, PERIOD)
    room.cases.accept(UNIT.code, compared, everything(compared))
    with room.desk.store.reading() as work:
        assert len(work.roster.steps(UNIT.code, 10)) == steps
