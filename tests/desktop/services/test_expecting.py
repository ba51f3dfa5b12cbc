"""What our own dossiers say of a month, person by person."""

from datetime import UTC, datetime

from desktop.services.expecting import follow
from forms.model import Dossier, DossierState, Period, Row
from forms.reconcile.expected import Expected, by_coefficient, month_of
from forms.rules.persons import PersonMonth

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
NUMBER = "0100000001"


def dossier(period: Period) -> Dossier:
    return Dossier(
        id=f"ZZ0001Z-{period.iso}-600-1",
        unit_code="ZZ0001Z",
        period=period,
        procedure="600",
        batch=1,
        state=DossierState.ACCEPTED,
        created=datetime(2026, 11, 1, tzinfo=UTC),
    )


def row(code: str, since: str = "11/2026", wage: str = "10000000", **more: str) -> Row:
    values = {"ma_so_bhxh": NUMBER, "ho_ten": "Mây Thị Trắng", "phuong_an": code}
    return Row(4, {**values, "tu_thang": since, "tien_luong": wage, **more})


def november(*told: tuple[Period, Row]) -> Expected:
    rows = [(dossier(period), each) for period, each in told]
    (expected,) = follow(rows, NOVEMBER, 1)
    return expected


def wage_of(month: object) -> int:
    assert isinstance(month, PersonMonth)
    return month.wage


def test_somebody_hired_before_is_still_there() -> None:
    found = november((OCTOBER, row("TM", "10/2026")))
    assert wage_of(found.now) == 10_000_000
    assert (found.movement, found.arrears) == (None, ())
    assert found.now is not None
    assert found.now.month == NOVEMBER


def test_a_new_person_is_a_movement_of_the_month() -> None:
    found = november((NOVEMBER, row("TM")))
    assert wage_of(found.now) == 10_000_000
    assert found.movement is not None
    assert (found.movement.code, found.movement.before) == ("TM", None)


def test_a_new_person_reported_late_brings_arrears() -> None:
    found = november((NOVEMBER, row("TM", "09/2026")))
    (late,) = found.arrears
    assert [month_of(change) for change in late.changes] == [Period(2026, 9), OCTOBER]


def test_somebody_who_left_takes_part_no_more() -> None:
    found = november((OCTOBER, row("TM", "10/2026")), (NOVEMBER, row("GH")))
    assert found.now is None
    assert found.movement is not None
    assert wage_of(found.movement.before) == 10_000_000


def test_a_wage_rise() -> None:
    found = november((OCTOBER, row("TM", "10/2026")), (NOVEMBER, row("DC", wage="12000000")))
    assert wage_of(found.now) == 12_000_000
    assert found.movement is not None
    assert wage_of(found.movement.before) == 10_000_000


def test_what_begins_later_changes_nothing_yet() -> None:
    found = november((NOVEMBER, row("TM", "12/2026")))
    assert found.now is None
    assert found.coming is not None
    assert found.coming.since == Period(2026, 12)


def test_past_months_added_leave_the_month_alone() -> None:
    told = row("AD", "08/2026", den_thang="09/2026")
    found = november((OCTOBER, row("TM", "10/2026")), (NOVEMBER, told))
    assert wage_of(found.now) == 10_000_000
    (added,) = found.arrears
    assert (added.first, added.last) == (Period(2026, 8), Period(2026, 9))
    assert all(change.before is None for change in added.changes)


def test_coefficients_are_known_from_amounts() -> None:
    found = november((NOVEMBER, row("TM", wage="3.33", phu_cap_tnvk="5")))
    assert by_coefficient(found.now)
