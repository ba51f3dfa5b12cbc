"""C12-TS against the roster: equal figures agree, each difference has its reason or none."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Period
from forms.reconcile.compare import reconcile
from forms.reconcile.difference import Difference, Kind, Reason, Reconciliation, Subject
from forms.reconcile.expected import (
    Arrears,
    Coming,
    DeclaredBases,
    Expected,
    Movement,
    changed_months,
)
from forms.reconcile.notice import (
    FUNDS,
    JOINT,
    SPLIT,
    Column,
    Figure,
    Layout,
    Place,
    Statement,
    StatementLine,
)
from forms.rules.persons import CoefficientPay, Group
from tests.fakes.notices import (
    JANUARY,
    JULY,
    JUNE,
    MINIMUM,
    UNIT,
    CellValue,
    figures_of,
    month_of,
    worker,
)

Theirs = dict[str, list[CellValue]]


def statement_of(
    figures: Theirs, columns: Sequence[Column] = JOINT, period: Period | None = JANUARY
) -> Statement:
    lines = {
        code: StatementLine(
            code=code,
            label="",
            unit="dong",
            figures={
                column: Figure(amount, Place(row=1, field=column.value))
                for column, amount in zip((*columns, Column.TOTAL), amounts, strict=False)
                if isinstance(amount, int)
            },
        )
        for code, amounts in figures.items()
    }
    return Statement(
        layout=Layout.QD366,
        columns=tuple(columns),
        unit_code=UNIT,
        period=period,
        source="c12.xlsx",
        lines=lines,
    )


def compare(
    people: Sequence[Expected],
    theirs: Theirs,
    columns: Sequence[Column] = JOINT,
    period: Period = JANUARY,
) -> Reconciliation:
    statement = statement_of(theirs, columns, period)
    return reconcile(people, unit_code=UNIT, period=period, statement=statement)


def as_agency(people: Sequence[Expected], columns: Sequence[Column] = JOINT) -> Theirs:
    """What the agency writes when it has these people."""
    return figures_of(people, columns)


def of_subject(found: Reconciliation, subject: Subject) -> list[Difference]:
    return [difference for difference in found.differences if difference.subject is subject]


def reasons(found: Reconciliation) -> set[Reason]:
    return {difference.explanation.reason for difference in found.differences}


# equal

P1: Theirs = {
    "B.1": [2, 2, 2, 2],
    "B.2": [10_620_000] * 4,
    "B.3": [2_655_000, 477_900, 212_400, 53_100, 3_398_400],
    "B.4": [0, 0, 0, 0, 0],
}


def test_the_published_example_of_two_workers_agrees() -> None:
    """P1: two workers at 5.310.000 in January 2026."""
    found = compare([worker(1), worker(2)], P1)
    assert found.differences == ()
    assert found.findings == ()
    assert found.compared == 16
    assert found.notices == ("c12.xlsx",)


def test_the_rows_of_the_law_that_were_used_are_told() -> None:
    found = compare([worker(1), worker(2)], P1)
    assert {"rates", "limits"} <= {source.table for source in found.sources}


def test_bases_as_declared_give_the_same_money() -> None:
    bases = DeclaredBases(
        group=Group.STANDARD,
        month=JANUARY,
        bhxh=MINIMUM,
        bhyt=MINIMUM,
        bhtn=MINIMUM,
        tnld=MINIMUM,
    )
    assert compare([worker(1, bases), worker(2, bases)], P1).differences == ()


WAGES = st.integers(min_value=1_000_000, max_value=150_000_000)
GROUPS = st.sampled_from([Group.STANDARD, Group.FOREIGN, Group.OFFICIAL, Group.STATE_BUDGET])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(WAGES, GROUPS), max_size=8),
    st.sampled_from([JOINT, SPLIT]),
    st.sampled_from([JANUARY, JULY]),
)
def test_identical_figures_give_no_difference(
    wages: list[tuple[int, Group]], columns: tuple[Column, ...], period: Period
) -> None:
    people = [
        worker(number, replace(month_of(period, wage), group=group))
        for number, (wage, group) in enumerate(wages)
    ]
    found = compare(people, as_agency(people, columns), columns, period)
    assert found.differences == ()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(WAGES, min_size=1, max_size=6),
    st.sampled_from(JOINT),
    st.integers(min_value=-(10**9), max_value=10**9).filter(bool),
)
def test_every_changed_figure_is_told_with_both_sides(
    wages: list[int], column: Column, change: int
) -> None:
    people = [worker(number, month_of(wage=wage)) for number, wage in enumerate(wages)]
    theirs = as_agency(people)
    at = JOINT.index(column)
    ours = theirs["B.3"][at]
    assert isinstance(ours, int)
    theirs["B.3"][at] = ours + change
    (difference,) = compare(people, theirs).differences
    assert (difference.subject, difference.column) == (Subject.DUE, column)
    assert (difference.ours, difference.theirs) == (ours, ours + change)
    within = abs(change) <= len(people) * len(FUNDS[column])
    expected = Kind.ROUNDING if within else Kind.UNEXPLAINED
    assert difference.explanation.kind is expected


# by movement


def test_a_new_person_whom_the_agency_has_not_counted_is_named() -> None:
    new = worker(
        3, month_of(wage=9_000_000), movement=Movement(code="TM", since=JANUARY, before=None)
    )
    found = compare([worker(1), worker(2), new], P1)
    assert reasons(found) == {Reason.NOT_COUNTED}
    assert {d.subject for d in found.differences} == {
        Subject.HEADCOUNT,
        Subject.WAGE_FUND,
        Subject.DUE,
    }
    due = of_subject(found, Subject.DUE)
    assert [(d.column, d.amount) for d in due] == [
        (Column.BHXH, -2_250_000),
        (Column.BHYT, -405_000),
        (Column.BHTN, -180_000),
        (Column.TNLD, -45_000),
    ]
    for difference in found.differences:
        assert difference.explanation.kind is Kind.MOVEMENT
        assert difference.explanation.people == (new.key,)
        assert difference.explanation.params == {
            "codes": "TM",
            "first": "01/2026",
            "last": "01/2026",
            "count": 1,
        }


def test_a_person_who_left_but_is_still_counted_is_named() -> None:
    left = Expected(
        key="9900000003",
        name="Người Thử 3",
        now=None,
        movement=Movement(code="GH", since=JANUARY, before=month_of(wage=7_000_000)),
    )
    stays = replace(left, now=month_of(wage=7_000_000), movement=None)
    found = compare([worker(1), left], as_agency([worker(1), stays]))
    assert reasons(found) == {Reason.NOT_COUNTED}
    assert {d.explanation.people for d in found.differences} == {(left.key,)}


def test_a_raised_wage_that_is_not_counted_does_not_touch_the_headcount() -> None:
    raised = worker(
        1,
        month_of(wage=8_000_000),
        movement=Movement(code="DC", since=JANUARY, before=month_of(wage=6_000_000)),
    )
    before = worker(1, month_of(wage=6_000_000))
    found = compare([raised], as_agency([before]))
    assert reasons(found) == {Reason.NOT_COUNTED}
    assert of_subject(found, Subject.HEADCOUNT) == []
    assert [d.amount for d in of_subject(found, Subject.WAGE_FUND)] == [-2_000_000] * 4


def test_two_movements_together_explain_what_neither_does_alone() -> None:
    first = worker(
        1, month_of(wage=6_000_000), movement=Movement(code="TM", since=JANUARY, before=None)
    )
    second = worker(
        2, month_of(wage=9_000_000), movement=Movement(code="ON", since=JANUARY, before=None)
    )
    third = worker(
        3, month_of(wage=20_000_000), movement=Movement(code="TM", since=JANUARY, before=None)
    )
    found = compare([first, second, third], as_agency([third]))
    assert reasons(found) == {Reason.NOT_COUNTED}
    (explanation,) = {
        d.explanation.people for d in found.differences if d.subject is not Subject.HEADCOUNT
    }
    assert set(explanation) == {first.key, second.key}


def test_when_two_people_fit_equally_both_are_named_as_alternatives() -> None:
    movement = Movement(code="TM", since=JANUARY, before=None)
    first, second = worker(1, movement=movement), worker(2, movement=movement)
    found = compare([first, second], as_agency([worker(1)]))
    for difference in found.differences:
        assert difference.explanation.alternatives == 2
        assert difference.explanation.people == (first.key, second.key)
        assert difference.explanation.params["count"] == 1


def test_a_movement_that_fits_one_fund_but_not_another_explains_neither() -> None:
    """A new person would be missing from every fund."""
    new = worker(1, movement=Movement(code="TM", since=JANUARY, before=None))
    theirs = as_agency([new])
    theirs["B.3"][JOINT.index(Column.BHYT)] = 0
    found = compare([new], theirs)
    (difference,) = found.differences
    assert difference.column is Column.BHYT
    assert difference.explanation.kind is Kind.UNEXPLAINED
    assert found.unexplained == (difference,)


def arrears_of(wage: int, first: Period, last: Period, before: int = 0) -> Arrears:
    old = month_of(wage=before) if before else None
    changes = changed_months(first=first, last=last, after=month_of(wage=wage), before=old)
    return Arrears(code="DC" if before else "AD", changes=changes)


def test_arrears_of_a_raised_wage_agree_with_the_example_of_the_decree() -> None:
    """P19: 10 → 12 million from 05/2026, three past months: 1.920.000."""
    august = Period(2026, 8)
    person = worker(
        1,
        month_of(august, 12_000_000),
        arrears=(arrears_of(12_000_000, Period(2026, 5), Period(2026, 7), before=10_000_000),),
    )
    theirs = as_agency([person])
    assert theirs["B.4"][-1] == 1_920_000
    assert compare([person], theirs, period=august).differences == ()


def person_in_arrears() -> Expected:
    arrears = arrears_of(7_000_000, Period(2025, 10), Period(2025, 12))
    return worker(1, month_of(wage=7_000_000), arrears=(arrears,))


def test_arrears_that_the_agency_has_not_counted_are_named_with_their_months() -> None:
    person = person_in_arrears()
    theirs = as_agency([person]) | {"B.4": [0, 0, 0, 0, 0]}
    found = compare([person], theirs)
    assert reasons(found) == {Reason.ARREARS_NOT_COUNTED}
    explanation = found.differences[0].explanation
    assert explanation.kind is Kind.MOVEMENT
    assert (explanation.params["first"], explanation.params["last"]) == ("10/2025", "12/2025")


def test_arrears_counted_into_the_month_are_recognised_on_both_lines() -> None:
    person = person_in_arrears()
    theirs = as_agency([person])
    for at in range(len(JOINT)):
        due, earlier = theirs["B.3"][at], theirs["B.4"][at]
        assert isinstance(due, int)
        assert isinstance(earlier, int)
        theirs["B.3"][at], theirs["B.4"][at] = due + earlier, 0
    found = compare([person], theirs)
    assert {d.explanation.reason for d in of_subject(found, Subject.DUE)} == {
        Reason.ARREARS_IN_MONTH
    }
    assert {d.explanation.reason for d in of_subject(found, Subject.EARLIER)} == {
        Reason.ARREARS_NOT_COUNTED
    }


def test_the_line_of_earlier_months_may_be_left_to_its_parts() -> None:
    person = person_in_arrears()
    theirs = as_agency([person])
    theirs["B.4.1"] = theirs.pop("B.4")
    theirs["B.4.2"] = [0, 0, 0, 0, 0]
    assert compare([person], theirs).differences == ()


def test_a_charge_for_late_registration_inside_the_line_is_recognised() -> None:
    theirs = as_agency([worker(1)])
    charges: list[CellValue] = [1_200, 300, 90, 30]
    for at, charge in enumerate(charges):
        due = theirs["B.3"][at]
        assert isinstance(due, int)
        assert isinstance(charge, int)
        theirs["B.3"][at] = due + charge
    theirs["B.3.1.2.2"] = charges
    found = compare([worker(1)], theirs)
    assert reasons(found) == {Reason.CHARGE}
    assert found.differences[0].explanation.params["codes"] == "B.3.1.2.2"


# by month


@pytest.mark.parametrize(
    ("first", "last", "reason", "month"),
    [
        ((2025, 11), (2025, 12), Reason.ARREARS_FEWER, "10/2025"),
        ((2025, 9), (2025, 12), Reason.ARREARS_MORE, "09/2025"),
    ],
)
def test_arrears_from_another_month_are_explained_by_that_month(
    first: tuple[int, int], last: tuple[int, int], reason: Reason, month: str
) -> None:
    person = person_in_arrears()
    other = replace(person, arrears=(arrears_of(7_000_000, Period(*first), Period(*last)),))
    found = compare([person], as_agency([other]))
    assert reasons(found) == {reason}
    assert {d.explanation.kind for d in found.differences} == {Kind.MONTH}
    assert found.differences[0].explanation.params["first"] == month


def test_a_movement_of_next_month_that_the_agency_counts_already_is_explained() -> None:
    leaving = worker(
        2, month_of(wage=9_000_000), coming=Coming(code="GH", since=Period(2026, 2), after=None)
    )
    found = compare([worker(1), leaving], as_agency([worker(1)]))
    assert reasons(found) == {Reason.AHEAD}
    assert found.differences[0].explanation.kind is Kind.MONTH
    assert found.differences[0].explanation.params["first"] == "02/2026"


def test_the_cap_of_the_month_before_is_recognised() -> None:
    """The base salary rises in July 2026: cap 46,8 → 50,6 million (P12)."""
    person = worker(1, month_of(JULY, 120_000_000))
    in_june = worker(1, month_of(JUNE, 120_000_000))
    found = compare([person], as_agency([in_june]), period=JULY)
    assert reasons(found) == {Reason.OTHER_RULES}
    assert {d.column for d in found.differences} == {Column.BHXH, Column.BHYT, Column.TNLD}
    explanation = found.differences[0].explanation
    assert (explanation.kind, explanation.params["first"]) == (Kind.MONTH, "06/2026")


# by rounding


def test_a_few_dong_are_rounding_within_one_for_each_person_and_fund() -> None:
    pay = CoefficientPay(scale=Decimal("3.33"), seniority=Decimal(5))
    people = [worker(n, replace(month_of(), wage=0, coefficient=pay)) for n in range(3)]
    theirs = as_agency(people, SPLIT)
    due = theirs["B.3"][SPLIT.index(Column.BHYT)]
    assert isinstance(due, int)
    for change, kind in ((3, Kind.ROUNDING), (-3, Kind.ROUNDING), (4, Kind.UNEXPLAINED)):
        theirs["B.3"][SPLIT.index(Column.BHYT)] = due + change
        (difference,) = compare(people, theirs, SPLIT).differences
        assert difference.explanation.kind is kind


def test_a_headcount_is_never_rounded() -> None:
    theirs = as_agency([worker(1), worker(2)])
    theirs["B.1"] = [1, 2, 2, 2]
    (difference,) = compare([worker(1), worker(2)], theirs).differences
    assert difference.explanation.kind is Kind.UNEXPLAINED


def test_a_wage_in_dong_is_never_rounded() -> None:
    theirs = as_agency([worker(1)])
    theirs["B.2"] = [MINIMUM + 1, MINIMUM, MINIMUM, MINIMUM]
    (difference,) = compare([worker(1)], theirs).differences
    assert difference.explanation.kind is Kind.UNEXPLAINED


# what cannot be compared


def test_a_notice_of_another_unit_or_month_is_not_compared() -> None:
    other_unit = replace(statement_of(P1), unit_code="ZZ0002Z")
    found = reconcile([worker(1)], unit_code=UNIT, period=JANUARY, statement=other_unit)
    assert [finding.code for finding in found.findings] == ["reconcile.other_unit"]
    other_month = statement_of(P1, period=JUNE)
    found = reconcile([worker(1)], unit_code=UNIT, period=JANUARY, statement=other_month)
    assert [finding.code for finding in found.findings] == ["reconcile.other_month"]
    assert (found.differences, found.compared, found.notices) == ((), 0, ())


def test_the_new_code_of_the_unit_counts_as_well() -> None:
    statement = replace(statement_of(P1), unit_code="9900000016")
    found = reconcile(
        [worker(1), worker(2)],
        unit_code=UNIT,
        also_known_as=["9900000016"],
        period=JANUARY,
        statement=statement,
    )
    assert found.findings == ()
    assert found.compared == 16


def test_a_notice_without_a_month_is_compared_but_told() -> None:
    statement = replace(statement_of(P1), period=None)
    found = reconcile([worker(1)], unit_code=UNIT, period=JANUARY, statement=statement)
    assert [finding.code for finding in found.findings] == ["reconcile.no_month"]
    assert found.differences


def test_an_unreadable_figure_is_left_out_and_the_others_are_compared() -> None:
    statement = statement_of(P1)
    line = statement.lines["B.3"]
    figures = {column: f for column, f in line.figures.items() if column is not Column.BHXH}
    blind = replace(line, figures=figures, unreadable=frozenset({Column.BHXH}))
    statement = replace(statement, lines={**statement.lines, "B.3": blind})
    found = reconcile([worker(1), worker(2)], unit_code=UNIT, period=JANUARY, statement=statement)
    assert found.differences == ()
    assert found.compared == 15


def test_a_line_that_says_nothing_by_fund_is_told_instead_of_taken_for_zero() -> None:
    theirs: Theirs = {**P1, "B.2": [None, None, None, None, 10_620_000]}
    found = compare([worker(1), worker(2)], theirs)
    assert found.differences == ()
    (finding,) = found.findings
    assert (finding.code, finding.params) == ("reconcile.line_not_stated", {"line": "B.2"})


def test_without_a_rule_for_somebody_the_sums_are_not_compared() -> None:
    soldier = worker(2, replace(month_of(), group=Group.ALLOWANCE_SOLDIER, month=Period(1999, 1)))
    found = compare([worker(1), soldier], P1)
    assert [finding.code for finding in found.findings] == [
        "reconcile.rule_missing",
        "reconcile.not_compared",
    ]
    assert found.differences == ()


def test_a_large_unit_is_compared_in_bearable_time() -> None:
    people = [
        worker(n, month_of(wage=6_000_000 + 1_000 * n), movement=_new(n)) for n in range(2_000)
    ]
    theirs = as_agency([p for n, p in enumerate(people) if n != 777])
    found = compare(people, theirs)
    money = [d for d in found.differences if d.subject is not Subject.HEADCOUNT]
    assert people[777].key in money[0].explanation.people


def _new(number: int) -> Movement | None:
    return Movement(code="TM", since=JANUARY, before=None) if number % 10 == 7 else None


def test_who_fits_to_the_dong_is_named_before_those_who_are_only_near() -> None:
    people = [worker(n, month_of(wage=6_000_000 + 10 * n), movement=_new(7)) for n in range(40)]
    theirs = as_agency([p for n, p in enumerate(people) if n != 21])
    due = of_subject(compare(people, theirs), Subject.DUE)
    assert {d.explanation.people for d in due} == {(people[21].key,)}


def test_without_the_line_of_earlier_months_nothing_is_missed_unless_there_are_arrears() -> None:
    theirs = {code: amounts for code, amounts in P1.items() if code != "B.4"}
    assert compare([worker(1), worker(2)], theirs).findings == ()
    found = compare([person_in_arrears()], theirs)
    assert [finding.params for finding in found.findings] == [{"line": "B.4"}]


def test_earlier_months_told_only_in_total_are_not_compared_by_fund() -> None:
    person = person_in_arrears()
    theirs = as_agency([person]) | {"B.4": [None, None, None, None, 6_720_000]}
    found = compare([person], theirs)
    assert found.differences == ()
    assert [finding.code for finding in found.findings] == ["reconcile.line_not_stated"]


def test_a_line_of_earlier_months_that_says_nothing_says_zero() -> None:
    theirs: Theirs = {**P1, "B.4": [None, None, None, None, None]}
    assert compare([worker(1), worker(2)], theirs).differences == ()


def test_a_part_of_earlier_months_told_only_in_total_stops_the_comparison_of_the_line() -> None:
    person = person_in_arrears()
    theirs = as_agency([person])
    theirs["B.4.1"] = theirs.pop("B.4")
    theirs["B.4.2"] = [None, None, None, None, 5_000]
    found = compare([person], theirs)
    assert found.differences == ()
    assert [finding.code for finding in found.findings] == ["reconcile.line_not_stated"]
