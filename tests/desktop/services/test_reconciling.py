"""A notice file in, differences with reasons out; nothing is stored."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.services.api import Reconciled
from desktop.services.reconciling import ReconcileNotices
from forms.excel.notices import read_notices
from forms.model import Period
from forms.reconcile.difference import Kind, Reason, Subject
from forms.reconcile.expected import Expected, Movement
from forms.reconcile.notice import JOINT, SPLIT, Layout, Standing
from resources.faults import DataFault, UsageFault
from resources.messages import text
from tests.fakes.notices import (
    JANUARY,
    UNIT,
    Lines,
    Listed,
    c12_sheet,
    d09_sheet,
    figures_of,
    month_of,
    portal_reply,
    worker,
    write,
)

ROSTER = (worker(1), worker(2))
NEW = worker(3, month_of(wage=9_000_000), movement=Movement(code="TM", since=JANUARY, before=None))


class Roster:
    """What our side expects, and what it was asked."""

    def __init__(self, *people: Expected) -> None:
        self.people = people
        self.asked: list[tuple[str, Period]] = []

    def __call__(self, unit_code: str, period: Period) -> Sequence[Expected]:
        self.asked.append((unit_code, period))
        return self.people


def run(roster: Sequence[Expected], *files: Path, month_before: Path | None = None) -> Reconciled:
    work = ReconcileNotices(read_workbook=read_notices, expected=Roster(*roster))
    return work(*files, unit_code=UNIT, period=JANUARY, month_before=month_before)


def c12(path: Path, people: Sequence[Expected], more: Lines | None = None) -> Path:
    return write(path, C12=c12_sheet({**figures_of(people, SPLIT), **(more or {})}))


def listed(*people: Expected) -> bytes:
    lines = [Listed(name=p.name, number=p.key, birth=p.birth) for p in people]
    return d09_sheet({Standing.TAKING_PART: lines})


@pytest.mark.parametrize(("layout", "columns"), [(Layout.QD595, JOINT), (Layout.QD366, SPLIT)])
def test_a_workbook_of_either_layout_that_agrees_gives_no_difference(
    tmp_path: Path, layout: Layout, columns: tuple[str, ...]
) -> None:
    figures = figures_of(ROSTER, JOINT if layout is Layout.QD595 else SPLIT)
    sheet = c12_sheet(figures, layout=layout, split=len(columns) == len(SPLIT))
    found = run(ROSTER, write(tmp_path / "c12.xlsx", C12=sheet))
    assert found.findings == ()
    assert found.reconciliation.differences == ()
    assert found.reconciliation.compared == 4 * len(columns)
    assert found.statement is not None
    assert found.statement.layout is layout


def test_the_roster_is_asked_for_the_unit_and_the_month(tmp_path: Path) -> None:
    roster = Roster(*ROSTER)
    work = ReconcileNotices(read_workbook=read_notices, expected=roster)
    work(c12(tmp_path / "c12.xlsx", ROSTER), unit_code=UNIT, period=JANUARY)
    assert roster.asked == [(UNIT, JANUARY)]


def test_the_portals_rows_are_compared_and_the_missing_month_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c12.JSON"
    path.write_bytes(portal_reply({**figures_of(ROSTER, JOINT)}))
    found = run(ROSTER, path)
    assert found.reconciliation.differences == ()
    assert [finding.code for finding in found.findings] == ["reconcile.no_month"]


def test_a_difference_comes_with_its_reason_in_words(tmp_path: Path) -> None:
    found = run((*ROSTER, NEW), c12(tmp_path / "c12.xlsx", ROSTER))
    due = [d for d in found.reconciliation.differences if d.subject is Subject.DUE]
    assert len(due) == len(SPLIT)
    explanation = due[0].explanation
    assert (explanation.kind, explanation.reason) == (Kind.MOVEMENT, Reason.NOT_COUNTED)
    said = text(explanation.reason, "vi", **explanation.params)
    assert "TM" in said
    assert "01/2026" in said


def test_both_notices_may_come_in_two_files(tmp_path: Path) -> None:
    people = write(tmp_path / "d09.xlsx", D09=listed(*ROSTER))
    found = run((*ROSTER, NEW), c12(tmp_path / "c12.xlsx", ROSTER), people)
    reasons = {d.explanation.reason for d in found.reconciliation.differences}
    assert reasons == {Reason.NOT_COUNTED, Reason.PEOPLE}
    assert found.reconciliation.notices == ("d09.xlsx", "c12.xlsx")


def test_what_reading_and_the_month_before_found_is_told_as_well(tmp_path: Path) -> None:
    before = write(
        tmp_path / "12.xlsx", C12=c12_sheet({"Đ.1": (2,) * 5}, month="Tháng 12 năm 2025")
    )
    now = c12(tmp_path / "01.xlsx", ROSTER, {"A.1": (3,) * 5, "D": ("?",)})
    found = run(ROSTER, now, month_before=before)
    codes = [finding.code for finding in found.findings]
    assert codes == ["notice.figure_unreadable", *["notice.carry_differs"] * 5]


def test_two_notices_of_one_kind_are_refused(tmp_path: Path) -> None:
    files = [c12(tmp_path / name, ROSTER) for name in ("a.xlsx", "b.xlsx")]
    with pytest.raises(UsageFault) as caught:
        run(ROSTER, *files)
    assert caught.value.code == "reconcile.same_notice_twice"


def test_without_a_file_there_is_nothing_to_compare() -> None:
    with pytest.raises(UsageFault) as caught:
        run(ROSTER)
    assert caught.value.code == "reconcile.no_file"


def test_a_file_that_is_no_notice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c12.json"
    path.write_bytes(b"[]")
    with pytest.raises(DataFault) as caught:
        run(ROSTER, path)
    assert caught.value.code == "notice.not_recognised"
