"""The agency's notices on paper: C12-TS and D09-TS as they were read, in their official look.

A figure that the form has no place for, or a total that is not the notice's own, is a reason not
to print: the paper must never say less or other than the notice.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from forms import catalog
from forms.definition import FormDefinition
from forms.model import Period, Row, Unit
from forms.paper.fixed import NAME_OF_LINE, NUMBER_OF_LINE
from forms.paper.printing import PaperForm, paper_form
from forms.reconcile.notice import (
    Column,
    Figure,
    Layout,
    Participant,
    ParticipantList,
    Standing,
    Statement,
    StatementLine,
)
from forms.render import FormData
from resources.faults import UsageFault

C12, D09 = "C12-TS", "D09-TS"
LINES, PEOPLE = "dong", "nguoi"
PAYMENT = "C."
"""begins the code of a line for one payment, which has words of its own"""
UNREAD = "?"
BASES = {
    Column.BHXH: "luong_bhxh",
    Column.BHYT: "luong_bhyt",
    Column.BHTN: "luong_bhtn",
    Column.TNLD: "luong_tnld",
}
ORDER = (Standing.TAKING_PART, Standing.NEW, Standing.LEFT, Standing.CHANGED)
"""of the groups, as the form has them"""
IN_FORCE = date.fromisoformat(Layout.QD366.value)


def notice_forms(
    statement: Statement | None,
    participants: ParticipantList | None,
    unit: Unit,
    period: Period,
    *,
    practice: bool = False,
) -> tuple[PaperForm, ...]:
    """Those that are there, C12-TS first; ``practice``: every page says so.

    Raises UsageFault ``print.notice_differs`` with ``form``.
    """
    found = []
    about = {"thang": period.wire, "dia_chi": unit.address}
    if statement is not None:
        data = FormData(values=about, lists={LINES: list(_lines(statement))})
        day = date.fromisoformat(_version(statement).value)
        found.append(paper_form(C12, data, unit, period, filing_date=day, practice=practice))
    if participants is not None:
        data = FormData(values=about, lists={PEOPLE: list(_people(participants))})
        found.append(paper_form(D09, data, unit, period, filing_date=IN_FORCE, practice=practice))
    return tuple(found)


def _version(statement: Statement) -> Layout:
    """The one that has all its columns and lines."""
    layouts: tuple[Layout, ...] = (statement.layout, *Layout)
    for layout in layouts:
        day = date.fromisoformat(layout.value)
        if _has_place(catalog.printed_form(C12, filing_date=day).definition, statement):
            return layout
    raise UsageFault("print.notice_differs", form=C12)


def _has_place(definition: FormDefinition, statement: Statement) -> bool:
    keys = definition.keys(LINES)
    lines = {line.code for line in definition.lines}
    codes = (code for code in statement.lines if not code.startswith(PAYMENT))
    return lines.issuperset(codes) and all(_key(each) in keys for each in statement.columns)


def _key(column: Column) -> str:
    return "cong" if column is Column.TOTAL else column.value


def _lines(statement: Statement) -> Iterator[Row]:
    for number, (code, line) in enumerate(statement.lines.items(), 1):
        words = {NAME_OF_LINE: line.label} if code.startswith(PAYMENT) else {}
        yield Row(number, {NUMBER_OF_LINE: code, **words, **_amounts(line)})


def _amounts(line: StatementLine) -> dict[str, str]:
    read = {_key(column): _written(figure) for column, figure in line.figures.items()}
    return {**read, **{_key(column): UNREAD for column in line.unreadable}}


def _written(figure: Figure) -> str:
    return f"{figure.amount:f}" if isinstance(figure.amount, Decimal) else str(figure.amount)


def _people(listed: ParticipantList) -> Iterator[Row]:
    """Group by group, each below its name. Raises UsageFault where the total is another."""
    _check_totals(listed)
    day = catalog.printed_form(D09, filing_date=IN_FORCE)
    names = {line.code: line.label_vi for line in day.definition.lines}
    row = 0
    for group in ORDER:
        people = [each for each in listed.people if each.standing is group]
        if people:
            row += 1
            yield Row(row, {NUMBER_OF_LINE: "", "ho_ten": names[group.value]})
        for number, each in enumerate(people, 1):
            row += 1
            yield Row(row, _person(number, each))


def _check_totals(listed: ParticipantList) -> None:
    """The paper adds up what stands above it."""
    for column, figure in listed.totals.items():
        if column in BASES and figure.amount != sum(each.base(column) for each in listed.people):
            raise UsageFault("print.notice_differs", form=D09)


def _person(number: int, person: Participant) -> Mapping[str, str]:
    bases = {BASES[column]: _written(each) for column, each in person.bases.items()}
    unread = {BASES[column]: UNREAD for column in person.unreadable if column in BASES}
    return {
        NUMBER_OF_LINE: str(number),
        "ho_ten": person.name,
        "ma_so_bhxh": person.number,
        "ngay_sinh": person.birth,
        "ghi_chu": person.note,
        **bases,
        **unread,
    }
