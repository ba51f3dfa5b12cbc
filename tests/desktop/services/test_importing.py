"""Importing a workbook: all or nothing."""

from pathlib import Path

import pytest

from forms.findings import Finding, Severity
from forms.model import DossierState
from resources.faults import UsageFault
from tests.fakes.desk import PERIOD, UNIT, Desk, Read, draft_of, name_missing, person

WORKBOOK = Path("danh-sach.xlsx")
UNREADABLE = Finding(code="workbook.password", severity=Severity.ERROR)


def test_a_clean_workbook_becomes_a_draft_with_its_people(desk: Desk) -> None:
    desk.forms.read = Read(draft_of(person(4, "Trần Thị Gió"), person(5, "Lê Văn Mưa")))
    done = desk.services.import_workbook(WORKBOOK, unit_code=UNIT.code, period=PERIOD)
    assert done.dossier
    assert done.dossier.state is DossierState.DRAFT
    assert (done.rows, done.people, done.findings) == (2, 2, ())
    assert desk.services.count_people(UNIT.code) == 2


def test_a_workbook_that_cannot_be_read_leaves_no_trace(desk: Desk, tmp_path: Path) -> None:
    desk.forms.read = Read(None, (UNREADABLE,))
    done = desk.services.import_workbook(
        WORKBOOK, unit_code=UNIT.code, period=PERIOD, report=tmp_path / "loi.xlsx"
    )
    assert done.dossier is None
    assert done.findings == (UNREADABLE,)
    assert done.report is None
    assert desk.services.dossiers() == []
    assert desk.services.count_people(UNIT.code) == 0


def test_a_workbook_with_errors_is_stored_with_them_to_be_mended(desk: Desk) -> None:
    read = Finding(
        code="cell.no_value", severity=Severity.ERROR, sheet="Dữ Liệu", row=4, column="C"
    )
    desk.forms.read = Read(draft_of(person(4, "")), (read,))
    done = desk.services.import_workbook(WORKBOOK, unit_code=UNIT.code, period=PERIOD)
    assert done.dossier
    assert done.findings == (name_missing(4), read)
    assert tuple(desk.services.findings(done.dossier.id)) == done.findings


def test_the_error_workbook_is_written_when_asked_for(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    desk.forms.read = Read(draft_of(person(4, "")))
    done = desk.services.import_workbook(WORKBOOK, unit_code=UNIT.code, period=PERIOD, report=out)
    assert done.report == out
    assert out.read_text(encoding="utf-8") == "danh-sach.xlsx: 1"


def test_nothing_is_stored_when_the_error_workbook_cannot_be_written(
    desk: Desk, tmp_path: Path
) -> None:
    desk.forms.read = Read(draft_of(person(4, "")))
    with pytest.raises(OSError, match="No such file"):
        desk.services.import_workbook(
            WORKBOOK, unit_code=UNIT.code, period=PERIOD, report=tmp_path / "no" / "loi.xlsx"
        )
    assert desk.services.dossiers() == []


def test_every_missing_column_is_kept_though_they_have_one_place(desk: Desk) -> None:
    missing = tuple(
        Finding(
            code="layout.column_missing",
            severity=Severity.ERROR,
            sheet="Dữ Liệu",
            row=3,
            field=field,
            params={"name": field, "title": field},
        )
        for field in ("ma_so_bhxh", "cccd")
    )
    desk.forms.read = Read(draft_of(person(4, "Trần Thị Gió")), missing)
    dossier = desk.imported()
    assert tuple(desk.services.findings(dossier)) == missing
    assert tuple(desk.services.check(dossier)) == missing


def test_an_unknown_unit_stops_before_reading(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"unit\.unknown"):
        desk.services.import_workbook(WORKBOOK, unit_code="ZZ9999Z", period=PERIOD)


def test_importing_again_makes_the_next_dot(desk: Desk) -> None:
    first, second = desk.imported(), desk.imported()
    assert (first, second) == ("ZZ0001Z-2026-11-600-1", "ZZ0001Z-2026-11-600-2")


def test_checks_are_made_for_the_day_in_viet_nam(desk: Desk) -> None:
    desk.imported()
    assert [f"{day:%d/%m/%Y}" for day in desk.forms.checked_on] == ["23/11/2026"]


def test_progress_is_told(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    desk.services.import_workbook(
        WORKBOOK,
        unit_code=UNIT.code,
        period=PERIOD,
        progress=lambda done, total: told.append((done, total)),
    )
    far = [done / total for done, total in told]
    assert far == [1 / 3, 1 / 3, 2 / 3], "read, checked, taken in"
