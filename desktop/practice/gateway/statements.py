"""C12-TS and D09-TS of a month as workbooks, in the printed layout that our own reader takes.

A unit of practice is taken to pay what is due within the month (C equals B), so that nothing is
carried over but people. Every amount is by ``forms.rules``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop.practice.gateway.sheets import Cells, Page, stacked, workbook
from forms.model import Period
from forms.reconcile.expected import Expected
from forms.reconcile.ledger import Ledger
from forms.reconcile.notice import JOINT, SPLIT, Column, Layout, Standing
from forms.reconcile.notice_layouts import lines
from forms.reconcile.statement_comparison import LINES, sums_of
from resources import read_text
from resources.messages import text

Line = Mapping[Column, int]
HEADING, FIRST_MONEY = 6, 3
"""of C12-TS; under split columns one more line of headings follows"""
LIST_HEADING, LIST_MONEY = 4, 5
"""of D09-TS; a second line of headings follows"""
FIRST_OF_QD366 = Period(2026, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A unit's month as the gateway knows it. ``before``: the people of the month before."""

    unit_code: str
    unit_name: str
    period: Period
    people: Sequence[Expected]
    before: Sequence[Expected]

    @property
    def layout(self) -> Layout:
        return Layout.QD366 if self.period >= FIRST_OF_QD366 else Layout.QD595

    @property
    def columns(self) -> tuple[Column, ...]:
        return SPLIT if self.layout is Layout.QD366 else JOINT


@cache
def layout_of(name: str) -> Mapping[str, Any]:
    """Headings and groups as the notices are printed; the first word of each is the form's own."""
    return tomllib.loads(read_text(f"layouts/notices/{name}.toml"))


def heading(table: str, key: str) -> str:
    return str(layout_of(table)["headings"][key][0])


def c12(month: Month) -> bytes:
    """The workbook of C12-TS. Raises RuleMissing where no rule is in force for somebody."""
    figures = statement_lines(month)
    rows: dict[int, Cells] = {
        2: {1: text("practice.statement.c12_title")},
        **_about(month, first=3),
        **_c12_headings(month),
    }
    for at, (code, known) in enumerate(lines(month.layout).items(), start=HEADING + 3):
        label = text("practice.statement.paid") if code == "C.n" else known.label_vi
        amounts = _amounts(month, code, figures.get(code, {}))
        rows[at] = {1: printed_number(code), 2: label, **amounts}
    return workbook(Page("C12-TS", rows))


def statement_lines(month: Month) -> Mapping[str, Line]:
    """The lines that say something, by code."""
    ledger = Ledger()
    now, before = _sums(month.people, ledger), _sums(month.before, ledger)
    people, due, earlier = now["B.1"], now["B.3"], now["B.4"]
    paid = {column: due[column] + earlier[column] for column in Column if column in due}
    return {
        **now,
        "A.1": before["B.1"],
        "B.1.1": _more(people, before["B.1"]),
        "B.1.2": _more(before["B.1"], people),
        "B.2.1": _more(now["B.2"], before["B.2"]),
        "B.2.2": _more(before["B.2"], now["B.2"]),
        "B.4.1": _more(earlier, {}),
        "B.4.2": _more({}, earlier),
        "C": paid,
        "C.n": paid,
        "D": paid,
        "D.1": paid,
        "Đ.1": people,
        "Đ.2": dict.fromkeys(due, 0),
    }


def _sums(people: Sequence[Expected], ledger: Ledger) -> dict[str, Line]:
    amounts = sums_of(people, ledger).amounts
    return {code: amounts[subject] for subject, code in LINES.items()}


def _more(one: Line, other: Line) -> Line:
    """By how much the one is above the other."""
    return {c: max(one.get(c, 0) - other.get(c, 0), 0) for c in {**one, **other}}


def _amounts(month: Month, code: str, line: Line) -> Cells:
    """Cells of the fund columns; of Cộng where the form has one for the line."""
    if not line:
        return {}
    cells = {at: line.get(c, 0) for at, c in enumerate(month.columns, start=FIRST_MONEY)}
    if code in layout_of("c12-ts")["no_total"]["lines"] and code != "C":
        return cells
    return {**cells, FIRST_MONEY + len(month.columns): sum(cells.values())}


def _c12_headings(month: Month) -> dict[int, Cells]:
    top: dict[int, object] = {1: heading("c12-ts", "stt"), 2: heading("c12-ts", "noi_dung")}
    below: dict[int, object] = {}
    for at, column in enumerate((*month.columns, Column.TOTAL), start=FIRST_MONEY):
        narrow = column in (Column.ODTS, Column.HTTT)
        (below if narrow else top)[at] = heading("c12-ts", column)
    if below:
        top[FIRST_MONEY] = heading("c12-ts", Column.BHXH)
    return {HEADING: top, HEADING + 1: below}


def printed_number(code: str) -> str:
    """Without its part, as the form prints it: ``B.3.1`` is 3.1, ``B.2.1`` is 1.1."""
    part, _, number = code.partition(".")
    if code in ("B.2.1", "B.2.2"):
        number = f"1{number[1:]}"
    return number or part


def d09(month: Month) -> bytes:
    """The workbook of D09-TS. Raises RuleMissing as ``c12`` does."""
    ledger = Ledger()
    staying = [person for person in month.people if person.now is not None]
    groups = {
        Standing.TAKING_PART: staying,
        Standing.NEW: [p for p in staying if p.movement and p.movement.before is None],
        Standing.CHANGED: [p for p in staying if p.movement and p.movement.before is not None],
        Standing.LEFT: [p for p in month.people if p.now is None and p.movement],
    }
    body: list[Sequence[object]] = []
    for number, (standing, people) in enumerate(groups.items(), start=1):
        body.append((_ROMAN[number], layout_of("d09-ts")["groups"][standing][0]))
        body += [_listed(at, person, ledger) for at, person in enumerate(people, start=1)]
    body.append(("", layout_of("d09-ts")["total"]["words"][0], "", "", *_bases(staying, ledger)))
    rows = {**_about(month, first=1), **_d09_headings(), **stacked(LIST_HEADING + 2, body)}
    return workbook(Page("D09-TS", rows))


_ROMAN = ("", "I", "II", "III", "IV")


def _listed(number: int, person: Expected, ledger: Ledger) -> Sequence[object]:
    bases = _bases([person], ledger) if person.now else ()
    return (number, person.name, person.key, person.birth, *bases)


def _bases(people: Sequence[Expected], ledger: Ledger) -> Sequence[int]:
    stands = [ledger.stand(person.now) for person in people]
    return [sum(stand.bases.get(column, 0) for stand in stands) for column in JOINT]


def _d09_headings() -> dict[int, Cells]:
    keys = ("stt", "ho_ten", "ma_so_bhxh", "ngay_sinh")
    top = {at: heading("d09-ts", key) for at, key in enumerate(keys, start=1)}
    money = {at: heading("d09-ts", column) for at, column in enumerate(JOINT, start=LIST_MONEY)}
    top[LIST_MONEY + len(JOINT)] = heading("d09-ts", "ghi_chu")
    return {LIST_HEADING: {**top}, LIST_HEADING + 1: {**money}}


def _about(month: Month, *, first: int) -> dict[int, Cells]:
    """Month and unit, as the reader looks for them above the table."""
    said = (
        text("practice.statement.month", month=month.period.wire),
        text("practice.statement.unit", code=month.unit_code, name=month.unit_name),
    )
    return {at: {1: words} for at, words in enumerate(said, start=first)}
