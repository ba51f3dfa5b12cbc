"""What may follow what in the life of a parcel."""

import pytest

from sync.model import ParcelState as S
from sync.states import ALLOWED, AT_REST, may_follow


def test_every_state_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(S)


@pytest.mark.parametrize("state", sorted(AT_REST))
def test_nothing_follows_a_verified_answer(state: S) -> None:
    assert not any(may_follow(state, after) for after in S)


@pytest.mark.parametrize("state", sorted(set(S) - AT_REST))
def test_a_verified_answer_may_come_at_any_time_before(state: S) -> None:
    assert may_follow(state, S.ACCEPTED)
    assert may_follow(state, S.REFUSED)


def test_a_failed_parcel_is_never_sent_by_itself_into_sent() -> None:
    assert not may_follow(S.FAILED, S.SENT)
    assert may_follow(S.FAILED, S.SENDING)
