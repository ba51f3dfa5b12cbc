"""The month's steps follow from dossiers and roster; what must be mended comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.services.home import (
    MOST_KNOWN,
    Known,
    StepKey,
    StepState,
    UnitMonth,
    answered,
    checking,
    declaring,
    empty,
    sending,
    signing,
    standing,
)
from desktop.services.roster_api import Edit, RosterQuery
from forms.model import Dossier, DossierState, Period
from forms.months.figures import figures
from forms.rules.persons import Fund
from resources.messages import catalogue
from tests.fakes.desk import UNIT, Desk, person
from tests.fakes.memory_store import MemoryRoster

S = DossierState
PERIOD = Period(2026, 11)


def dossier(state: DossierState, name: str = "a", procedure: str = "600") -> Dossier:
    return Dossier(
        id=name,
        unit_code="ZZ0001Z",
        period=PERIOD,
        procedure=procedure,
        batch=1,
        state=state,
        created=datetime(2026, 11, 20, tzinfo=UTC),
    )


def month(*made: Dossier, wrong: tuple[Dossier, ...] = ()) -> UnitMonth:
    kept = standing(made)
    steps = (declaring(kept, wrong), checking(kept, wrong), signing(kept), sending(kept))
    return UnitMonth(
        unit_code="ZZ0001Z",
        period=PERIOD,
        today=date(2026, 11, 22),
        due=date(2026, 12, 31),
        steps=(*steps, answered(kept)),
    )


@pytest.mark.parametrize(
    ("state", "key", "how"),
    [
        (S.DRAFT, StepKey.CHECK, StepState.NOW),
        (S.CHECKED, StepKey.SIGN, StepState.NOW),
        (S.SIGNED, StepKey.SEND, StepState.NOW),
        (S.WAITING, StepKey.SEND, StepState.WAITING),
        (S.SENDING, StepKey.SEND, StepState.WAITING),
        (S.SEND_FAILED, StepKey.SEND, StepState.WRONG),
        (S.SENT, StepKey.RESULT, StepState.WAITING),
        (S.ACCEPTED, StepKey.RESULT, StepState.WAITING),
        (S.PROCESSING, StepKey.RESULT, StepState.WAITING),
        (S.SUPPLEMENT, StepKey.RESULT, StepState.WRONG),
        (S.REJECTED, StepKey.RESULT, StepState.WRONG),
        (S.DONE, StepKey.RESULT, StepState.DONE),
    ],
)
def test_each_state_of_a_dossier_is_one_step(
    state: DossierState, key: StepKey, how: StepState
) -> None:
    steps = {step.key: step.state for step in month(dossier(state)).steps}
    assert steps[key] is how
    order = list(StepKey)
    later = [each for each in steps if order.index(each) > order.index(key)]
    assert {steps[each] for each in later} <= {StepState.LATER}


def test_every_state_is_thought_of() -> None:
    for state in DossierState:
        states = {step.state for step in month(dossier(state)).steps}
        assert states != {StepState.LATER}


def test_errors_stop_before_anything_else() -> None:
    draft = dossier(S.DRAFT)
    found = month(draft, wrong=(draft,))
    assert found.next is not None
    assert found.next.key is StepKey.DECLARE
    assert found.next.dossier_id == "a"


def test_with_nothing_yet_everything_comes_later() -> None:
    assert {step.state for step in month().steps} == {StepState.LATER}


def test_one_refused_and_filed_anew_is_no_trouble_any_more() -> None:
    found = month(dossier(S.DONE, "new"), dossier(S.REJECTED, "old"))
    assert found.next is None


def test_one_refused_of_another_procedure_still_is() -> None:
    found = month(dossier(S.DONE, "new"), dossier(S.REJECTED, "old", "608"))
    assert found.next is not None
    assert found.next.dossier_id == "old"


def test_days_left_are_counted_from_today() -> None:
    assert month().days_left == 39
    assert replace(month(), due=date(2026, 11, 20)).days_left == -2


def test_every_word_said_exists() -> None:
    for state in DossierState:
        for step in month(dossier(state)).steps:
            assert step.words in catalogue()


def test_a_month_in_figures() -> None:
    """15 million in region 1, every fund: 32 % together with TNLD (domain rules, standard)."""
    people = [
        {"dang_tham_gia": "active", "tien_luong": "15000000"},
        {"dang_tham_gia": "leave:TS", "tien_luong": "15000000"},
        {"dang_tham_gia": "absent", "tien_luong": "15000000"},
        {"dang_tham_gia": "active", "tien_luong": "mười lăm"},
    ]
    found = figures(PERIOD, people, region=1)
    assert (found.people, found.on_leave, found.unknown) == (2, 1, 1)
    assert found.wages == 15_000_000
    assert found.funds[Fund.HTTT] == 15_000_000 * 22 // 100
    assert found.funds[Fund.BHYT] == 15_000_000 * 45 // 1000
    assert found.total == 15_000_000 * 32 // 100


def test_an_empty_roster_is_the_first_thing_to_do() -> None:
    assert empty(()).state is StepState.NOW
    assert empty([dossier(S.DRAFT)]).state is StepState.LATER


def test_figures_are_made_once_as_long_as_nothing_they_are_of_has_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.imported(person(4, "Trần Thị Gió", ngay_sinh="01/02/1990"))
    services, looked = desk.services, []
    snapshot = MemoryRoster.snapshot
    monkeypatch.setattr(
        MemoryRoster, "snapshot", lambda *given: looked.append(given) or snapshot(*given)
    )

    def shown() -> tuple[list[int], int]:
        """(wages by month, how often the roster was read for it)"""
        looked.clear()
        found = services.home.figures(UNIT.code, PERIOD, 2)
        return [each.wages for each in found], len(looked)

    [one] = services.roster.ids(RosterQuery(unit_code=UNIT.code))
    assert shown() == ([0, 7_000_000], 2)
    assert shown() == ([0, 7_000_000], 0)
    services.roster.edit(UNIT.code, [Edit(person=one, key="tien_luong", text="9000000")])
    assert shown() == ([0, 9_000_000], 2)
    services.roster.undo(UNIT.code)
    assert shown() == ([0, 7_000_000], 2)
    services.roster.redo(UNIT.code)
    assert shown()[0] == [0, 9_000_000]
    services.change_unit(replace(UNIT, region=3))
    assert shown() == ([0, 9_000_000], 2)


def test_only_so_many_months_are_remembered() -> None:
    known = Known()
    made = figures(PERIOD, [], region=1)
    for number in range(MOST_KNOWN + 1):
        known.look(number, lambda: made)
    asked: list[int] = []
    known.look(MOST_KNOWN, lambda: asked.append(MOST_KNOWN) or made)
    known.look(0, lambda: asked.append(0) or made)
    assert asked == [0]
