"""The state machine of movements: what is legal is accepted, what is not is named."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.codes import code_list
from forms.movements import (
    ABSENT,
    ACTIVE,
    Answer,
    Kind,
    Refusal,
    Standing,
    State,
    best_order,
    movement,
    movements,
    step,
    walk,
)

LEAVES = ("KL", "OF", "TS")
NEXT = {
    State.ABSENT: ("TM", "TH", "TD", "TC"),
    State.ACTIVE: (*LEAVES, "GH", "GD", "GC", "DC", "CD", "TN", "GN", "DN", "TV", "GV"),
    State.LEAVE: (*LEAVES, "ON", "GH", "GD", "GC"),
}
"""the rules of domain rules §7, written down a second time"""
ANYWHERE = ("AD", "SB", "AT", "DV", "TT", "TU", "TL", "GL", "DL")
STANDINGS = {
    State.ABSENT: ABSENT,
    State.ACTIVE: ACTIVE,
    State.LEAVE: Standing(State.LEAVE, "OF"),
}


def test_every_movement_of_the_catalogue_is_known() -> None:
    assert set(movements()) == set(code_list("phuong_an").entries)
    assert movement("XX") is None
    found = movement("GH4")
    assert found is not None
    assert found.kind is Kind.DECREASE


@given(st.sampled_from(State), st.lists(st.integers(0, 1000), max_size=12))
def test_every_legal_sequence_is_accepted(start: State, choices: list[int]) -> None:
    standing: Standing | None = STANDINGS[start]
    for choice in choices:
        assert standing is not None
        possible = (*NEXT[standing.state], *ANYWHERE)
        done = step(standing, possible[choice % len(possible)])
        assert done.answer is Answer.PASSED
        assert done.refusal is None
        standing = done.after


@given(st.sampled_from(State), st.sampled_from(sorted(code_list("phuong_an").entries)))
def test_every_illegal_step_is_named_and_no_legal_one(state: State, code: str) -> None:
    done = step(STANDINGS[state], code)
    legal = code in NEXT[state] or code in ANYWHERE
    assert (done.answer is Answer.PASSED) == legal
    assert (done.refusal is None) == legal


@pytest.mark.parametrize(
    ("state", "code", "refusal"),
    [
        (State.ACTIVE, "TM", Refusal.ALREADY_ACTIVE),
        (State.LEAVE, "TM", Refusal.ON_LEAVE),
        (State.LEAVE, "DC", Refusal.ON_LEAVE),
        (State.ACTIVE, "ON", Refusal.NOT_ON_LEAVE),
        (State.ABSENT, "ON", Refusal.ABSENT),
        (State.ABSENT, "GH", Refusal.ABSENT),
        (State.ABSENT, "CD", Refusal.ABSENT),
    ],
)
def test_what_is_refused_says_why(state: State, code: str, refusal: Refusal) -> None:
    assert step(STANDINGS[state], code).refusal is refusal


@given(st.sampled_from(sorted(movements())))
def test_from_an_unknown_past_nothing_that_depends_on_it_is_passed(code: str) -> None:
    done = step(None, code)
    expected = Answer.PASSED if code in ANYWHERE else Answer.NOT_CHECKABLE
    assert done.answer is expected


def test_after_an_unknown_past_the_movement_itself_says_where_one_is() -> None:
    assert [s.answer for s in walk(None, ["TM", "TM"])] == [Answer.NOT_CHECKABLE, Answer.FAILED]
    assert walk(None, ["DC", "TM"])[1].refusal is Refusal.ALREADY_ACTIVE
    assert walk(None, ["GH", "TM"])[1].answer is Answer.PASSED
    assert walk(None, ["TS"])[0].after == Standing(State.LEAVE, "TS")
    assert walk(None, ["AD"])[0].after is None


@given(st.sampled_from(State), st.lists(st.sampled_from(sorted(movements())), max_size=4))
def test_the_best_order_is_an_order_and_none_is_better(state: State, codes: list[str]) -> None:
    def refused(order: tuple[int, ...]) -> int:
        steps = walk(STANDINGS[state], [codes[n] for n in order])
        return sum(s.answer is Answer.FAILED for s in steps)

    order = best_order(STANDINGS[state], codes)
    assert sorted(order) == list(range(len(codes)))
    every = itertools.permutations(range(len(codes)))
    assert refused(order) == min(refused(other) for other in every)


def test_a_stranger_cannot_be_stepped() -> None:
    with pytest.raises(KeyError):
        step(ACTIVE, "XX")
