"""D09-TS against the roster, person by person."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from forms.model import Period
from forms.reconcile.compare import reconcile
from forms.reconcile.difference import Difference, Kind, Reason, Reconciliation, Subject
from forms.reconcile.expected import Coming, Expected, Movement
from forms.reconcile.ledger import Ledger
from forms.reconcile.notice import (
    JOINT,
    Column,
    Figure,
    Layout,
    Participant,
    ParticipantList,
    Place,
    Standing,
    Statement,
    StatementLine,
)
from forms.rules.persons import CoefficientPay, Leave
from tests.fakes.notices import (
    JANUARY,
    JULY,
    JUNE,
    MINIMUM,
    UNIT,
    figures_of,
    month_of,
    worker,
)

NEW = Movement(code="TM", since=JANUARY, before=None)


def line_of(
    person: Expected,
    *bases: int,
    standing: Standing = Standing.TAKING_PART,
    number: str | None = None,
) -> Participant:
    place = Place(sheet="D09", row=8, column="B")
    return Participant(
        number=person.key if number is None else number,
        name=person.name,
        birth=person.birth,
        standing=standing,
        bases={
            column: Figure(base, place) for column, base in zip(JOINT, bases, strict=False) if base
        },
        place=place,
    )


def as_listed(person: Expected, **more: object) -> Participant:
    """The line that agrees with us."""
    bases = Ledger().stand(person.now).bases
    return line_of(person, *(bases.get(column, 0) for column in JOINT), **more)  # type: ignore[arg-type]  # as line_of names them


def listed(*people: Participant, period: Period = JANUARY) -> ParticipantList:
    return ParticipantList(unit_code=UNIT, period=period, source="d09.xlsx", people=people)


def compare(
    ours: Sequence[Expected], *theirs: Participant, period: Period = JANUARY
) -> Reconciliation:
    found = listed(*theirs, period=period)
    return reconcile(ours, unit_code=UNIT, period=period, participants=found)


def only(found: Reconciliation) -> Difference:
    (difference,) = found.differences
    return difference


def test_the_same_people_on_the_same_wages_agree() -> None:
    people = [worker(1), worker(2, month_of(wage=60_000_000))]
    found = compare(people, *map(as_listed, people))
    assert found.differences == ()
    assert found.compared == 8


def test_a_person_on_leave_stands_in_the_list_without_a_wage() -> None:
    month = replace(month_of(), leave=Leave.MATERNITY)
    assert compare([worker(1, month)], line_of(worker(1))).differences == ()


def test_somebody_under_those_who_left_agrees_with_our_leaver() -> None:
    left = Expected(key="9900000001", name="Người Thử 1", now=None)
    found = compare([left], line_of(left, *(MINIMUM,) * 4, standing=Standing.LEFT))
    assert found.differences == ()


@pytest.mark.parametrize("number", ["079190000001", "9900000001"])
def test_a_person_is_known_by_either_number(number: str) -> None:
    person = replace(worker(1), also=("079190000001",))
    assert compare([person], as_listed(person, number=number)).differences == ()


def test_without_a_number_name_and_birth_decide_when_nobody_shares_them() -> None:
    person = worker(1)
    assert compare([person], as_listed(person, number="")).differences == ()
    twin = replace(worker(2), name=person.name)
    found = compare([person, twin], as_listed(person, number=""), as_listed(twin, number=""))
    assert [d.subject for d in found.differences] == [Subject.PRESENCE] * 4


def test_two_numbers_of_one_kind_are_two_people_but_old_and_new_may_be_one() -> None:
    person = worker(1)
    found = compare([person], as_listed(person, number="9900000077"))
    assert [(d.ours, d.theirs) for d in found.differences] == [(1, 0), (0, 1)]
    assert compare([person], as_listed(person, number="079190000001")).differences == ()


def test_a_new_person_who_is_not_in_the_list_yet_is_explained() -> None:
    person = worker(1, movement=NEW)
    difference = only(compare([person]))
    assert (difference.subject, difference.ours, difference.theirs) == (Subject.PRESENCE, 1, 0)
    assert difference.explanation.reason is Reason.NOT_COUNTED
    assert difference.person is not None
    assert difference.person.key == person.key


def test_a_person_missing_without_a_movement_stays_unexplained() -> None:
    found = compare([worker(1)])
    assert only(found).explanation.kind is Kind.UNEXPLAINED
    assert found.unexplained == found.differences


def test_a_leaver_who_is_still_listed_on_the_old_wage_is_explained() -> None:
    left = Expected(
        key="9900000001",
        name="Người Thử 1",
        now=None,
        movement=Movement(code="GH", since=JANUARY, before=month_of()),
    )
    difference = only(compare([left], line_of(left, *(MINIMUM,) * 4)))
    assert (difference.ours, difference.theirs) == (0, 1)
    assert difference.explanation.reason is Reason.NOT_COUNTED
    other_wage = only(compare([left], line_of(left, *(MINIMUM + 1,) * 4)))
    assert other_wage.explanation.kind is Kind.UNEXPLAINED


def test_somebody_we_do_not_know_stays_unexplained() -> None:
    stranger = worker(9)
    difference = only(compare([], as_listed(stranger)))
    assert (difference.subject, difference.theirs) == (Subject.PRESENCE, 1)
    assert difference.explanation.kind is Kind.UNEXPLAINED


def test_an_old_wage_is_explained_by_the_change_reported() -> None:
    before = month_of(wage=6_000_000)
    person = worker(
        1, month_of(wage=8_000_000), movement=Movement(code="DC", since=JANUARY, before=before)
    )
    found = compare([person], line_of(person, *(6_000_000,) * 4))
    assert {d.column for d in found.differences} == set(JOINT)
    assert {d.explanation.reason for d in found.differences} == {Reason.NOT_COUNTED}
    assert {d.explanation.params["codes"] for d in found.differences} == {"DC"}


def test_a_wage_of_next_month_is_explained_by_the_month() -> None:
    person = worker(
        1,
        month_of(wage=6_000_000),
        coming=Coming(code="DC", since=Period(2026, 2), after=month_of(wage=8_000_000)),
    )
    found = compare([person], line_of(person, *(8_000_000,) * 4))
    assert {d.explanation.reason for d in found.differences} == {Reason.AHEAD}
    assert {d.explanation.kind for d in found.differences} == {Kind.MONTH}


def test_the_cap_of_the_month_before_is_explained_by_the_month() -> None:
    person = worker(1, month_of(JULY, 120_000_000))
    in_june = as_listed(worker(1, month_of(JUNE, 120_000_000)))
    found = compare([person], in_june, period=JULY)
    assert {d.column for d in found.differences} == {Column.BHXH, Column.BHYT, Column.TNLD}
    assert {d.explanation.reason for d in found.differences} == {Reason.OTHER_RULES}


def test_a_supposition_must_fit_every_base_of_the_person() -> None:
    before = month_of(wage=6_000_000)
    person = worker(
        1, month_of(wage=8_000_000), movement=Movement(code="DC", since=JANUARY, before=before)
    )
    found = compare([person], line_of(person, 6_000_000, 6_000_000, 6_000_000, 6_500_000))
    assert {d.explanation.kind for d in found.differences} == {Kind.UNEXPLAINED}


def test_a_dong_of_a_coefficient_wage_is_rounding_and_of_a_plain_wage_is_not() -> None:
    pay = CoefficientPay(scale=Decimal("3.33"), seniority=Decimal(5))
    scaled = worker(1, replace(month_of(), wage=0, coefficient=pay))
    base = as_listed(scaled).base(Column.BHXH)
    found = compare([scaled], line_of(scaled, base + 1, base, base, base))
    assert only(found).explanation.kind is Kind.ROUNDING
    found = compare([worker(1)], line_of(worker(1), MINIMUM + 1, *(MINIMUM,) * 3))
    assert only(found).explanation.kind is Kind.UNEXPLAINED


def test_an_unreadable_base_is_not_compared() -> None:
    blind = replace(line_of(worker(1), 0, *(MINIMUM,) * 3), unreadable=frozenset({Column.BHXH}))
    assert compare([worker(1)], blind).differences == ()


def test_the_cell_of_their_figure_is_kept() -> None:
    place = only(compare([worker(1)], line_of(worker(1), 1, *(MINIMUM,) * 3))).place
    assert place is not None
    assert (place.sheet, place.row) == ("D09", 8)


def test_a_person_on_two_lines_counts_once_as_taking_part() -> None:
    person = worker(1)
    found = compare([person], as_listed(person, standing=Standing.CHANGED), as_listed(person))
    assert found.differences == ()


def test_a_person_whose_month_no_rule_covers_is_told_and_not_called_unknown() -> None:
    person = worker(1, replace(month_of(), month=Period(1999, 1)))
    found = compare([person], line_of(person, *(MINIMUM,) * 4))
    assert found.differences == ()
    assert [finding.code for finding in found.findings] == ["reconcile.rule_missing"]


# both notices together


def statement_of(people: Sequence[Expected]) -> Statement:
    lines = {
        code: StatementLine(
            code=code,
            label="",
            unit="dong",
            figures={
                column: Figure(amount, Place(row=1))
                for column, amount in zip(JOINT, amounts, strict=False)
                if isinstance(amount, int)
            },
        )
        for code, amounts in figures_of(people, JOINT).items()
    }
    return Statement(
        layout=Layout.QD366,
        columns=JOINT,
        unit_code=UNIT,
        period=JANUARY,
        source="c12.xlsx",
        lines=lines,
    )


def test_the_list_of_people_explains_the_sums_and_names_them() -> None:
    first, second = worker(1, movement=NEW), worker(2, movement=NEW)
    found = reconcile(
        [first, second],
        unit_code=UNIT,
        period=JANUARY,
        participants=listed(as_listed(second)),
        statement=statement_of([second]),
    )
    sums = [d for d in found.differences if d.person is None]
    assert {d.explanation.reason for d in sums} == {Reason.PEOPLE}
    assert {d.explanation.people for d in sums} == {(first.key,)}
    assert {d.explanation.alternatives for d in sums} == {1}
    assert {d.explanation.kind for d in sums} == {Kind.MOVEMENT}


def test_sums_that_come_from_unexplained_people_stay_unexplained_but_name_them() -> None:
    person, stranger = worker(1), worker(9, month_of(wage=7_000_000))
    found = reconcile(
        [person],
        unit_code=UNIT,
        period=JANUARY,
        participants=listed(as_listed(person), as_listed(stranger)),
        statement=statement_of([person, stranger]),
    )
    assert {d.explanation.kind for d in found.differences} == {Kind.UNEXPLAINED}
    sums = [d for d in found.differences if d.person is None]
    assert {d.explanation.reason for d in sums} == {Reason.UNEXPLAINED_PEOPLE}
    assert {d.explanation.people for d in sums} == {(stranger.key,)}
