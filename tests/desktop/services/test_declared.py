"""What was declared before in the month is known to every check of a later dossier."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop.compose import forms_room
from forms.findings import Severity
from forms.model import Period
from tests.fakes.desk import PERIOD, UNIT, Desk, Key, Read, draft_of, person

GIO, MUA = person(4, "Trần Thị Gió"), person(4, "Lê Văn Mưa")


def signed(desk: Desk) -> str:
    dossier = desk.built(GIO)
    desk.services.sign(dossier, Key())
    return dossier


@pytest.mark.parametrize("way", ["import", "check", "build", "change"])
def test_a_signed_dossier_of_the_month_counts_in_every_check(desk: Desk, way: str) -> None:
    signed(desk)
    desk.forms.earlier.clear()
    dossier = desk.imported(MUA)
    if way != "import":
        desk.forms.earlier.clear()
    steps: dict[str, Callable[[], object]] = {
        "import": lambda: None,
        "check": lambda: desk.services.check(dossier),
        "build": lambda: desk.services.build(unit_code=UNIT.code, period=PERIOD),
        "change": lambda: desk.services.change_rows(dossier, "lao_dong", [person(4, "Lê Văn Núi")]),
    }
    steps[way]()
    assert desk.forms.earlier == [("Trần Thị Gió",)]


def test_what_is_still_a_draft_was_not_declared(desk: Desk) -> None:
    desk.imported(GIO)
    desk.built(MUA)
    assert set(desk.forms.earlier) == {()}


def test_what_the_agency_refused_was_not_declared(desk: Desk, tmp_path: Path) -> None:
    dossier = signed(desk)
    desk.services.enqueue(dossier)
    refusal = tmp_path / "tra-lai.xml"
    refusal.write_text(f"{UNIT.code} 11/2026 600 GD7 - refusal", encoding="utf-8")
    desk.services.take_receipt(refusal)
    desk.forms.earlier.clear()
    desk.imported(MUA)
    assert desk.forms.earlier == [()]


def test_another_month_is_another_matter(desk: Desk) -> None:
    signed(desk)
    desk.forms.earlier.clear()
    desk.forms.read = Read(draft_of(MUA))
    desk.services.import_workbook(
        Path("danh-sach.xlsx"), unit_code=UNIT.code, period=Period(2026, 12)
    )
    assert desk.forms.earlier == [()]


@pytest.mark.parametrize("before", [(), ("same",)])
def test_the_real_checks_warn_of_what_is_declared_twice(before: tuple[str, ...]) -> None:
    row = person(4, "Trần Thị Gió", ma_so_bhxh="0100000001", tu_thang="11/2026")
    found = forms_room("vi").check(
        draft_of(row),
        unit=UNIT,
        period=PERIOD,
        filing_date=date(2026, 11, 23),
        procedure="600",
        earlier=tuple(row for _ in before),
    )
    twice = [each for each in found if each.code == "law.declared_before"]
    assert [each.severity for each in twice] == [Severity.WARNING for _ in before]
