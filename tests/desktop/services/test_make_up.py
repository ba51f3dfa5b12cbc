"""The dossier as a whole is held against the table of procedures, at every check."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.compose import forms_room
from desktop.services.make_up import MakeUp, is_late
from forms.findings import Finding, has_errors
from forms.model import DossierState, Draft
from tests.fakes.desk import (
    CONTRACT_MISSING,
    PERIOD,
    UNIT,
    Desk,
    MadeUp,
    Read,
    draft_of,
    name_missing,
    papers_of,
    person,
)

LATE = person(4, "Trần Thị Gió", tu_thang="09/2026")
FILED = date(2026, 11, 23)


def by_the_real_table(draft: Draft) -> tuple[Finding, ...]:
    made = MakeUp(forms=forms_room("vi"), procedure="600", period=PERIOD, filing_date=FILED)
    return made.findings(draft)


def test_forms_movements_and_papers_are_those_of_the_draft(desk: Desk) -> None:
    draft = draft_of(
        person(4, "Trần Thị Gió", phuong_an="TM", tu_thang="11/2026"),
        person(5, "Lê Văn Mưa", phuong_an="GH", tu_thang="12/2026"),
        person(6, "Lê Văn Núi", phuong_an="TM"),
    )
    papers = papers_of("Hợp đồng", "Bảng lương", "Hợp đồng")
    desk.forms.read = Read(replace(draft, sections=(*draft.sections, papers)))
    desk.imported()
    assert desk.forms.made_up == [
        MadeUp(("D02-TS", "D01-TS"), ("TM", "GH"), ("Hợp đồng", "Bảng lương"), on_time=True)
    ]


def test_what_is_missing_is_told_first_at_every_check_and_stops_nothing(desk: Desk) -> None:
    dossier = desk.imported(LATE)
    assert list(desk.services.findings(dossier)) == [CONTRACT_MISSING]
    assert list(desk.services.check(dossier)) == [CONTRACT_MISSING]
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD)
    assert built.findings == (CONTRACT_MISSING,)
    assert built.dossier.state is DossierState.CHECKED


def test_it_is_said_no_more_once_it_is_mended(desk: Desk) -> None:
    dossier = desk.imported(LATE, person(5, ""))
    assert list(desk.services.findings(dossier)) == [CONTRACT_MISSING, name_missing(5)]
    row = person(4, "Trần Thị Gió", tu_thang="11/2026")
    assert list(desk.services.change_rows(dossier, "lao_dong", [row])) == [name_missing(5)]


def test_a_draft_without_people_is_not_judged_twice(desk: Desk) -> None:
    desk.forms.read = Read(draft_of())
    desk.imported()
    assert desk.forms.made_up == []


@pytest.mark.parametrize(
    ("month", "late"),
    [
        ("11/2026", False),
        ("12/2026", False),
        ("01/2027", False),
        ("10/2026", True),
        ("12/2025", True),
        ("", False),
        ("tháng mười", False),
        ("13/2025", False),
    ],
)
def test_late_is_what_begins_before_the_declared_month(month: str, late: bool) -> None:
    assert is_late(month, PERIOD) is late


def test_papers_are_asked_for_with_late_movements_alone(desk: Desk) -> None:
    on_time = person(5, "Lê Văn Mưa", phuong_an="GH", tu_thang="11/2026")
    desk.imported(LATE, on_time)
    assert desk.forms.made_up == [
        MadeUp(("D02-TS",), ("TM", "GH"), (), on_time=True),
        MadeUp(("D02-TS",), ("TM",), (), on_time=False),
    ]


def test_the_real_table_asks_for_papers_of_what_is_late_and_for_nothing_else() -> None:
    """Procedure 600: a new employee of an earlier month needs contract and payroll."""
    on_time = draft_of(person(4, "Trần Thị Gió", tu_thang="11/2026"))
    assert by_the_real_table(on_time) == ()
    late = by_the_real_table(draft_of(LATE))
    assert not has_errors(late)
    assert [each.code for each in late] == ["dossier.paper.hop_dong", "dossier.paper.bang_luong"]
    with_papers = replace(
        draft_of(LATE),
        sections=(*draft_of(LATE).sections, papers_of("Hợp đồng lao động", "Bảng lương T9")),
    )
    assert by_the_real_table(with_papers) == ()


def test_a_movement_that_the_procedure_does_not_know_is_told() -> None:
    draft = draft_of(person(4, "Trần Thị Gió", phuong_an="ZZ", tu_thang="11/2026"))
    (found,) = by_the_real_table(draft)
    assert (found.code, found.params["movement"]) == ("dossier.movement", "ZZ")
