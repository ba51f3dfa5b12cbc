"""A draft for the program of another provider."""

from pathlib import Path

import pytest

from forms.findings import Finding, Severity
from forms.model import Draft, Part, Section
from resources.faults import UsageFault
from tests.fakes.desk import PERIOD, UNIT, Desk, person

LOST = Finding(code="carry.no_column", severity=Severity.WARNING, field="email")


def test_an_unsigned_draft_goes_out_with_what_does_not_fit(desk: Desk, tmp_path: Path) -> None:
    desk.carry.told = (LOST,)
    dossier = desk.built()
    made = desk.services.carry.workbook(dossier, "vnpt", tmp_path / "ra")
    assert made.path == tmp_path / "ra" / "D02.xlsx"
    assert made.path.exists()
    assert made.findings == (LOST,)
    assert desk.services.journal(dossier)[-1].event == "event.carried_as_workbook"
    assert desk.services.journal(dossier)[-1].detail == "vnpt"


def test_errors_of_the_draft_are_said(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.imported(person(4, "", tien_luong="x"))
    told = desk.services.carry.workbook(dossier, "vnpt", tmp_path).findings
    assert [(each.code, each.params["count"]) for each in told] == [("carry.has_errors", 2)]


def test_what_is_filed_from_here_is_not_filed_again_unawares(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    assert desk.services.carry.workbook(dossier, "vnpt", tmp_path).findings == ()
    desk.services.enqueue(dossier)
    told = desk.services.carry.workbook(dossier, "vnpt", tmp_path).findings
    assert [each.code for each in told] == ["carry.filed_here"]


def test_another_procedure_has_no_such_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.imported()
    with desk.store.begin() as work:
        draft = work.dossiers.draft(work.dossiers.all()[0].id)
        other = work.dossiers.create(UNIT.code, PERIOD, "603", draft, (), desk.now)
        work.commit()
    with pytest.raises(UsageFault, match=r"carry\.procedure"):
        desk.services.carry.workbook(other.id, "vnpt", tmp_path)


def test_a_package_from_another_computer_has_no_list(desk: Desk, tmp_path: Path) -> None:
    nobody = Draft("tokhai-2026-11", "", (Section(Part.LAO_DONG, "", {}, ()),))
    with desk.store.begin() as work:
        taken = work.dossiers.create(UNIT.code, PERIOD, "600", nobody, (), desk.now)
        work.commit()
    with pytest.raises(UsageFault, match=r"carry\.no_people"):
        desk.services.carry.workbook(taken.id, "vnpt", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_nobody_knows(desk: Desk, tmp_path: Path) -> None:
    assert desk.services.carry.providers == ("vnpt",)
    with pytest.raises(UsageFault, match=r"carry\.provider"):
        desk.services.carry.workbook(desk.imported(), "khac", tmp_path)
