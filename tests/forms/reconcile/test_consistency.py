"""Part A of a month is part Đ of the month before."""

from pathlib import Path

import pytest

from forms.excel.notices import read_notices
from forms.reconcile.consistency import carry_findings
from forms.reconcile.notice import Column, Layout, Statement
from tests.fakes.notices import Lines, c12_sheet, place_of, write


def statement(
    tmp_path: Path, figures: Lines, *, month: int = 1, unit: str = "ZZ0001Z", **more: object
) -> Statement:
    said = f"Tháng {month:02} năm 2026"
    sheet = c12_sheet(figures, month=said, unit=unit, **more)  # type: ignore[arg-type]  # as c12_sheet names them
    found = read_notices(write(tmp_path / f"c12-{month}.xlsx", C12=sheet)).statement
    assert found is not None
    return found


OWED: Lines = {"Đ.1": (2,) * 5, "Đ.2": (1, 2, 3, 4, 5, 15), "Đ.2.2": (1, 2, 3, 4, 5, 15)}
BROUGHT: Lines = {code.replace("Đ", "A"): amounts for code, amounts in OWED.items()}


def test_what_was_carried_forward_and_brought_forward_alike_is_not_found(tmp_path: Path) -> None:
    before = statement(tmp_path, OWED)
    now = statement(tmp_path, BROUGHT, month=2)
    assert carry_findings(before, now) == ()


def test_a_figure_that_changed_on_the_way_is_found_in_the_later_notice(tmp_path: Path) -> None:
    before = statement(tmp_path, OWED)
    now = statement(tmp_path, BROUGHT | {"A.2": (1, 2, 9, 4, 5, 15)}, month=2)
    (finding,) = carry_findings(before, now)
    assert finding.code == "notice.carry_differs"
    assert finding.params == {"line": "A.2", "before": 3, "now": 9, "month": "01/2026"}
    assert f"{finding.column}{finding.row}" == place_of(
        "A.2", Column.BHYT, Layout.QD366, split=True
    )


def test_what_was_dropped_on_the_way_is_found(tmp_path: Path) -> None:
    before = statement(tmp_path, OWED)
    now = statement(tmp_path, {}, month=2)
    found = carry_findings(before, now)
    assert {finding.params["line"] for finding in found} == {"A.1", "A.2", "A.2.2"}


def test_an_unreadable_figure_is_not_compared(tmp_path: Path) -> None:
    before = statement(tmp_path, OWED | {"Đ.1": ("?", 2, 2, 2, 2)})
    now = statement(tmp_path, BROUGHT, month=2)
    assert carry_findings(before, now) == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"month": 3}, "notice.carry_other_month"),
        ({"month": 2, "unit": "ZZ0002Z"}, "notice.carry_other_unit"),
        ({"month": 2, "layout": Layout.QD595, "split": False}, "notice.carry_other_form"),
    ],
)
def test_notices_that_do_not_follow_each_other_are_not_compared(
    tmp_path: Path, more: dict[str, object], code: str
) -> None:
    before = statement(tmp_path, OWED)
    now = statement(tmp_path, BROUGHT, **more)  # type: ignore[arg-type]  # as statement names them
    assert [finding.code for finding in carry_findings(before, now)] == [code]
