"""Rows with findings come again from the mended workbook; nothing else in the dossier moves."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from forms.findings import Finding, Severity
from forms.model import DossierState, Draft, Row
from resources.faults import DataFault, UsageFault
from tests.fakes.desk import PERIOD, UNIT, Desk, Key, Read, draft_of, person

FILE = Path("loi.xlsx")
GIO = person(4, "Trần Thị Gió", cccd="079095000001", stt="1")
SAI = person(5, "Lê Văn Mây", cccd="079095000002", stt="2", tien_luong="bảy triệu")
NANG = person(6, "Phạm Thị Nắng", cccd="079095000003", stt="3")
MENDED = replace(SAI, values={**SAI.values, "tien_luong": "7500000"})
COLUMNS = {
    "stt": "A",
    "ho_ten": "B",
    "ma_so_bhxh": "C",
    "cccd": "D",
    "phuong_an": "G",
    "tien_luong": "J",
}


def _draft(*rows: Row) -> Draft:
    draft = draft_of(*rows)
    return replace(draft, sections=(replace(draft.sections[0], columns=COLUMNS),))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def dossier(desk: Desk) -> str:
    """Gió and Nắng are in order, the wage of Mây is not."""
    desk.forms.read = Read(_draft(GIO, SAI, NANG))
    return desk.imported()


def _again(desk: Desk, dossier: str, *rows: Row, findings: Sequence[Finding] = ()) -> int:
    desk.forms.read = Read(_draft(*rows), tuple(findings))
    return desk.services.workbooks.import_rows_again(FILE, dossier_id=dossier).rows


def _rows(desk: Desk, dossier: str) -> list[Row]:
    return [row for section in desk.services.draft(dossier).sections for row in section.rows]


def test_a_mended_row_takes_the_place_of_its_own(desk: Desk, dossier: str) -> None:
    assert [found.code for found in desk.services.findings(dossier)] == ["check.wage"]
    assert _again(desk, dossier, GIO, MENDED, NANG) == 1
    assert _rows(desk, dossier) == [GIO, MENDED, NANG]
    assert not desk.services.findings(dossier)
    assert desk.services.journal(dossier)[-1].event == "event.imported_again"


def test_the_people_are_mended_too(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    (found,) = desk.services.people(UNIT.code, "mây")
    assert found.wage == 7_500_000
    assert desk.services.count_people(UNIT.code) == 3


def test_a_change_in_another_row_is_not_taken_and_is_said(desk: Desk, dossier: str) -> None:
    raised = replace(NANG, values={**NANG.values, "tien_luong": "9000000"})
    _again(desk, dossier, GIO, MENDED, raised)
    assert _rows(desk, dossier) == [GIO, MENDED, NANG]
    (said,) = desk.services.findings(dossier)
    assert (said.code, said.severity) == ("workbook.change_not_taken", Severity.WARNING)
    assert said.params == {"count": 1, "lines": "6"}


def test_a_name_put_right_is_the_same_person(desk: Desk, dossier: str) -> None:
    named = replace(MENDED, values={**MENDED.values, "ho_ten": "Lê Văn Mây Bay"})
    _again(desk, dossier, GIO, named, NANG)
    assert _rows(desk, dossier)[1].get("ho_ten") == "Lê Văn Mây Bay"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([GIO, MENDED, replace(SAI, line=6), replace(NANG, line=7)], id="inserted"),
        pytest.param([GIO, replace(NANG, line=5)], id="deleted"),
        pytest.param([replace(NANG, line=4), MENDED, replace(GIO, line=6)], id="swapped"),
        pytest.param([MENDED, NANG], id="another missing"),
        pytest.param(
            [GIO, person(5, "Cầm Văn Khác", cccd="1", stt="9"), NANG], id="another person"
        ),
    ],
)
def test_a_workbook_whose_rows_moved_is_refused(
    desk: Desk, dossier: str, rows: Sequence[Row]
) -> None:
    with pytest.raises(DataFault) as caught:
        _again(desk, dossier, *rows)
    assert caught.value.code in ("import.other_workbook", "import.rows_added")
    assert _rows(desk, dossier) == [GIO, SAI, NANG]
    assert desk.services.journal(dossier)[-1].event == "event.imported"


def test_somebody_in_a_line_that_was_empty_is_refused_by_name_of_the_line(
    desk: Desk, dossier: str
) -> None:
    with pytest.raises(DataFault) as caught:
        _again(desk, dossier, GIO, MENDED, NANG, person(9, "Cầm Thị Mới"))
    assert caught.value.code == "import.rows_added"
    assert caught.value.params["row"] == 9


def test_other_columns_are_another_workbook(desk: Desk, dossier: str) -> None:
    desk.forms.read = Read(draft_of(GIO, MENDED, NANG))
    with pytest.raises(DataFault) as caught:
        desk.services.workbooks.import_rows_again(FILE, dossier_id=dossier)
    assert caught.value.code == "import.other_workbook"


def test_a_row_that_was_emptied_leaves_the_draft_and_it_is_said(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, NANG)
    assert _rows(desk, dossier) == [GIO, NANG]
    assert [found.code for found in desk.services.findings(dossier)] == ["workbook.rows_emptied"]


def test_what_reading_finds_now_takes_the_place_of_what_it_found(desk: Desk, dossier: str) -> None:
    def found(code: str, row: int) -> Finding:
        return Finding(code=code, severity=Severity.WARNING, sheet="Dữ Liệu", row=row, column="D")

    desk.forms.read = Read(
        _draft(GIO, SAI, NANG), (found("clean.spaces", 5), found("clean.spaces", 6))
    )
    other = desk.imported()
    _again(desk, other, GIO, MENDED, NANG, findings=[found("clean.leading_zero", 5)])
    kept = [(each.code, each.row) for each in desk.services.findings(other)]
    assert kept == [("clean.leading_zero", 5)]


def test_nothing_to_mend_is_said(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    with pytest.raises(UsageFault) as caught:
        _again(desk, dossier, GIO, MENDED, NANG)
    assert caught.value.code == "import.nothing_to_mend"


def test_a_signed_dossier_takes_nothing(desk: Desk) -> None:
    dossier = desk.signed()
    with pytest.raises(UsageFault) as caught:
        _again(desk, dossier, GIO)
    assert caught.value.code == "dossier.signed"


def test_forms_built_before_are_dropped(desk: Desk) -> None:
    warned = Finding(
        code="clean.two_digit_year", severity=Severity.WARNING, sheet="Dữ Liệu", row=4, column="B"
    )
    desk.forms.read = Read(_draft(GIO, NANG), (warned,))
    dossier = desk.imported()
    desk.services.build(unit_code=UNIT.code, period=desk.services.dossier(dossier).period)
    assert desk.services.dossier(dossier).state is DossierState.CHECKED
    _again(desk, dossier, GIO, NANG)
    assert desk.services.dossier(dossier).state is DossierState.DRAFT
    assert not desk.services.files(dossier)


# ---- undone and done again


def test_undoing_it_takes_the_draft_back_too(desk: Desk, dossier: str) -> None:
    found = list(desk.services.findings(dossier))
    _again(desk, dossier, GIO, MENDED, NANG)
    step = desk.services.roster.undo(UNIT.code)
    assert step is not None
    assert not step.remark
    assert _rows(desk, dossier) == [GIO, SAI, NANG]
    assert list(desk.services.findings(dossier)) == found
    assert desk.services.people(UNIT.code, "mây")[0].wage is None
    assert desk.services.journal(dossier)[-1].event == "event.again_undone"


def test_doing_it_again_brings_the_mended_rows_back(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    desk.services.roster.undo(UNIT.code)
    desk.services.roster.redo(UNIT.code)
    assert _rows(desk, dossier) == [GIO, MENDED, NANG]
    assert not desk.services.findings(dossier)
    assert desk.services.people(UNIT.code, "mây")[0].wage == 7_500_000
    desk.services.roster.undo(UNIT.code)
    assert _rows(desk, dossier) == [GIO, SAI, NANG]


def test_undoing_the_import_before_it_takes_the_whole_draft(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    desk.services.roster.undo(UNIT.code)
    desk.services.roster.undo(UNIT.code)
    assert not desk.services.dossiers(UNIT.code)
    desk.services.roster.redo(UNIT.code)
    assert [each.id for each in desk.services.dossiers(UNIT.code)] == [dossier]
    assert _rows(desk, dossier) == [GIO, SAI, NANG]


def test_what_was_built_from_it_is_built_no_more(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    desk.services.build(unit_code=UNIT.code, period=PERIOD)
    desk.services.roster.undo(UNIT.code)
    assert desk.services.dossier(dossier).state is DossierState.DRAFT
    assert not desk.services.files(dossier)


def test_a_draft_changed_since_stays_and_that_is_said(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    raised = replace(NANG, values={**NANG.values, "tien_luong": "9000000"})
    desk.services.change_rows(dossier, "lao_dong", [raised])
    step = desk.services.roster.undo(UNIT.code)
    assert step is not None
    assert step.remark == "roster.dossier_changed"
    assert step.params["dossier"] == dossier
    assert _rows(desk, dossier) == [GIO, MENDED, raised]


def test_a_signed_one_stays_and_that_is_said(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    desk.services.build(unit_code=UNIT.code, period=PERIOD)
    desk.services.sign(dossier, Key())
    step = desk.services.roster.undo(UNIT.code)
    assert step is not None
    assert step.remark == "roster.dossier_stays"
    assert _rows(desk, dossier) == [GIO, MENDED, NANG]


def test_another_step_forgets_what_was_undone(desk: Desk, dossier: str) -> None:
    _again(desk, dossier, GIO, MENDED, NANG)
    desk.services.roster.undo(UNIT.code)
    assert _again(desk, dossier, GIO, MENDED, NANG) == 1
    assert desk.services.roster.redo(UNIT.code) is None
    assert _rows(desk, dossier) == [GIO, MENDED, NANG]
