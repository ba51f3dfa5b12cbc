"""The agency's notices on paper: every figure in its place, or no paper at all."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from forms.excel.notices import read_notices
from forms.paper.notices import notice_forms
from forms.paper.printing import PaperForm
from forms.reconcile.notice import Column, Figure, Layout, Notices, Place, Standing
from resources.faults import UsageFault
from tests.fakes.notices import Listed, c12_sheet, d09_sheet, write
from tests.fakes.printed import PERIOD, UNIT, texts

FIGURES = {"B.3": (0, 2_200_000, 0, 0, 0, 2_200_000)}


def read(folder: Path, **sheets: bytes) -> Notices:
    return read_notices(write(folder / "thong-bao.xlsx", **sheets))


def said(form: PaperForm) -> list[str]:
    return [text for page in form.document.pages for text in texts(page)]


def on_paper(found: Notices) -> tuple[PaperForm, ...]:
    return notice_forms(found.statement, found.participants, UNIT, PERIOD)


def test_c12_is_printed_with_its_figures(tmp_path: Path) -> None:
    (form,) = on_paper(read(tmp_path, C12=c12_sheet(FIGURES)))
    assert (form.code, form.official) == ("C12-TS", True)
    words = said(form)
    at = words.index("2.200.000")
    assert words[at - 3 : at] == ["3", "Phải đóng", "0"]
    assert words.count("2.200.000") == 2
    assert any(UNIT.name in each for each in words)


def test_the_older_form_is_printed_with_joint_columns(tmp_path: Path) -> None:
    figures = {"B.3": (3_300_000, 0, 0, 0, 3_300_000)}
    sheet = c12_sheet(figures, layout=Layout.QD595, split=False)
    (form,) = on_paper(read(tmp_path, C12=sheet))
    assert "3.300.000" in said(form)
    assert not form.official


def test_what_could_not_be_read_is_no_empty_place(tmp_path: Path) -> None:
    statement = read(tmp_path, C12=c12_sheet(FIGURES)).statement
    assert statement is not None
    line = replace(statement.lines["B.3"], unreadable=frozenset({Column.BHYT}))
    doubted = replace(statement, lines={**statement.lines, "B.3": line})
    (form,) = on_paper(Notices(statement=doubted))
    assert "?" in said(form)


def test_a_line_that_the_form_does_not_have_is_not_left_out(tmp_path: Path) -> None:
    statement = read(tmp_path, C12=c12_sheet(FIGURES)).statement
    assert statement is not None
    more = replace(statement.lines["B.3"], code="B.9")
    with pytest.raises(UsageFault, match=r"print\.notice_differs"):
        on_paper(Notices(statement=replace(statement, lines={**statement.lines, "B.9": more})))


def test_payments_and_rates_keep_their_words(tmp_path: Path) -> None:
    statement = read(tmp_path, C12=c12_sheet(FIGURES, layout=Layout.QD595, split=False)).statement
    assert statement is not None
    figure = Figure(Decimal("0.5"), Place(row=1))
    usual = replace(statement.lines["B.3"], figures={Column.TOTAL: figure})
    paid = replace(usual, code="C.1", label="+ UNC số 17, ngày 05/11/2026")
    lines = {**statement.lines, "B.5.2": replace(usual, code="B.5.2"), "C.1": paid}
    (form,) = on_paper(Notices(statement=replace(statement, lines=lines)))
    assert {"+ UNC số 17, ngày 05/11/2026", "0,5"} <= set(said(form))


def listed(folder: Path, total: tuple[int, ...]) -> Notices:
    people = {
        Standing.TAKING_PART: [
            Listed(name="Ngô Văn Mây", number="7900000001", bases=(5_000_000,) * 4)
        ],
        Standing.LEFT: [Listed(name="Lê Thị Gió", number="7900000002", bases=(), note="nghỉ")],
    }
    return read(folder, D09=d09_sheet(people, total=total))


def test_d09_is_printed_group_by_group(tmp_path: Path) -> None:
    (form,) = on_paper(listed(tmp_path, (5_000_000,) * 4))
    words = said(form)
    order = [
        words.index(each) for each in ("Người đang tham gia", "Ngô Văn Mây", "Giảm", "Lê Thị Gió")
    ]
    assert order == sorted(order)
    numbers = [words[words.index(each) - 1] for each in ("Ngô Văn Mây", "Lê Thị Gió")]
    assert numbers == ["1", "1"], "counted within its group"
    assert words.count("5.000.000") == 8, "four funds, and their totals"


def test_a_total_that_is_not_the_sum_is_not_printed_as_one(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"print\.notice_differs"):
        on_paper(listed(tmp_path, (6_000_000,) * 4))


def test_practice_says_so_and_nothing_makes_no_paper(tmp_path: Path) -> None:
    found = listed(tmp_path, ())
    (form,) = notice_forms(None, found.participants, UNIT, PERIOD, practice=True)
    (usual,) = on_paper(found)
    assert set(said(form)) - set(said(usual))
    assert on_paper(Notices()) == ()
