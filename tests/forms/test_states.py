"""What may follow what in the life of a dossier."""

from itertools import product

import pytest

from forms.model import DossierState as S
from forms.states import ALLOWED, ANSWERED, FILED, FINAL, may_follow, steps


def test_every_state_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(S)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_answer_is_never_undone(state: S) -> None:
    assert not any(may_follow(state, after) for after in S)
    assert not any(steps(state, after) for after in S)


@pytest.mark.parametrize("state", sorted(ANSWERED))
def test_nothing_answered_is_sent_again(state: S) -> None:
    assert not set(ALLOWED[state]) - ANSWERED


@pytest.mark.parametrize("state", sorted(FILED - {S.ACCEPTED}))
def test_what_the_agency_does_follows_its_acceptance_alone(state: S) -> None:
    assert not any(may_follow(before, state) for before in set(S) - FILED)
    assert may_follow(S.ACCEPTED, state)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (S.SENT, S.ACCEPTED, (S.ACCEPTED,)),
        (S.SENT, S.DONE, (S.ACCEPTED, S.DONE)),
        (S.SENT, S.REJECTED, (S.REJECTED,)),
        (S.SEND_FAILED, S.SUPPLEMENT, (S.ACCEPTED, S.SUPPLEMENT)),
        (S.SUPPLEMENT, S.PROCESSING, (S.PROCESSING,)),
        (S.DONE, S.PROCESSING, ()),
        (S.PROCESSING, S.ACCEPTED, ()),
        (S.PROCESSING, S.PROCESSING, ()),
        (S.DRAFT, S.DONE, ()),
        (S.SENT, S.SENDING, ()),
    ],
)
def test_a_verified_answer_that_comes_before_the_receipt_proves_the_acceptance(
    before: S, after: S, way: tuple[S, ...]
) -> None:
    assert steps(before, after) == way


@pytest.mark.parametrize(("before", "after"), list(product(S, S)))
def test_every_way_is_legal(before: S, after: S) -> None:
    here = before
    for step in steps(before, after):
        assert may_follow(here, step)
        here = step
