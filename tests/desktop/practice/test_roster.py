"""Invented rosters: clean whatever the seed, the same for the same seed, faulty where asked."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.practice.roster import FAULTS, LAYOUT, Roster, make_roster, write_roster
from forms.checks import check
from forms.excel.workbook import read_workbook
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Period
from tests.fakes.checked import PERIOD, UNIT
from tests.fakes.rosters import drafted

ENOUGH = 300
"""people among whom every fault finds somebody it suits"""


def found_in(roster: Roster, period: Period = PERIOD) -> list[Finding]:
    draft, cleaning = drafted(roster)
    return [*cleaning, *checked(draft, period)]


def checked(draft: Draft, period: Period = PERIOD) -> tuple[Finding, ...]:
    today = date(period.year, period.month, 20)
    return check(draft, unit=UNIT, period=period, filing_date=today)


def grave(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.INFO]


@given(
    count=st.integers(1, 60),
    seed=st.integers(0, 10**9),
    year=st.integers(2021, 2040),
    month=st.integers(1, 12),
)
@settings(max_examples=12, deadline=None)
def test_a_clean_roster_has_no_error_and_no_warning(
    count: int, seed: int, year: int, month: int
) -> None:
    period = Period(year, month)
    roster = make_roster(count, seed=seed, period=period)
    assert len(roster.sections[Part.LAO_DONG]) == count
    assert grave(found_in(roster, period)) == []


def test_a_large_roster_is_clean_and_nobody_is_there_twice() -> None:
    roster = make_roster(2000, seed=7, period=PERIOD)
    assert grave(found_in(roster)) == []
    people = roster.sections[Part.LAO_DONG]
    assert len({row["cccd"] for row in people}) == len(people)
    assert {"TM", "DC", "GH", "ON", "TS"} <= {row["phuong_an"] for row in people}
    assert roster.sections[Part.PHU_LUC]
    assert roster.sections[Part.BANG_KE]


def test_the_seed_decides_everything() -> None:
    one, two = (make_roster(50, seed=3, period=PERIOD, faults=list(FAULTS)[:5]) for _ in "12")
    assert one == two
    assert one != make_roster(50, seed=4, period=PERIOD, faults=list(FAULTS)[:5])


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_planted_fault_is_found_where_it_was_planted_and_nowhere_else(
    name: str,
) -> None:
    roster = make_roster(ENOUGH, seed=1, period=PERIOD, faults=[name])
    (planted,) = roster.planted
    found = found_in(roster)
    codes = {finding.code for finding in found}
    assert FAULTS[name].codes <= codes
    assert {f.code for f in grave(found)} <= FAULTS[name].codes | FAULTS[name].also
    wanted = {f.row for f in found if f.code in FAULTS[name].codes}
    assert planted.line in wanted or name in OF_OTHER_ROWS


OF_OTHER_ROWS = frozenset({"id_of_two_people", "id_of_two_people_with_household"})
"""said at whichever of the two comes second"""


def test_many_faults_in_one_roster_do_not_hide_each_other() -> None:
    names = sorted(FAULTS)
    roster = make_roster(1500, seed=5, period=PERIOD, faults=names)
    codes = {finding.code for finding in found_in(roster)}
    assert set().union(*(FAULTS[name].codes for name in names)) <= codes
    assert [planted.fault for planted in roster.planted] == names


def test_an_unknown_fault_or_one_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        make_roster(5, seed=1, period=PERIOD, faults=["khong_co"])
    with pytest.raises(ValueError, match="no row suits"):
        make_roster(0, seed=1, period=PERIOD, faults=["wage_zero"])


def test_a_written_roster_is_read_back_as_it_was_meant(tmp_path: Path) -> None:
    roster = make_roster(40, seed=2, period=PERIOD)
    write_roster(tmp_path / "danh-sach.xlsx", roster)
    read = read_workbook(tmp_path / "danh-sach.xlsx")
    assert read.draft is not None
    assert read.draft.layout == LAYOUT
    assert grave([*read.findings, *checked(read.draft)]) == []
    assert [s.rows for s in read.draft.sections] == [s.rows for s in drafted(roster)[0].sections]


def test_faults_survive_the_workbook(tmp_path: Path) -> None:
    names = ["lost_zero_citizen", "wage_zero", "two_heads", "paper_of_nobody", "row_twice"]
    roster = make_roster(ENOUGH, seed=6, period=PERIOD, faults=names)
    write_roster(tmp_path / "loi.xlsx", roster)
    read = read_workbook(tmp_path / "loi.xlsx")
    assert read.draft is not None
    found = [*read.findings, *checked(read.draft)]
    places = {(finding.code, finding.row) for finding in found}
    for planted in roster.planted:
        assert any((code, planted.line) in places for code in FAULTS[planted.fault].codes)
