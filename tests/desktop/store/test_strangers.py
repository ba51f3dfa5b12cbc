"""People whom nobody knows, told by their numbers: each is put at the end, as one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store.roster import Roster, Signs
from desktop.store.roster_places import are_strangers

NUMBERS = st.sampled_from(("", "9900000001", "9900000002", "9900000003", "079190000001"))
SIGNS = st.builds(
    Signs,
    st.none(),
    st.sampled_from(("le thi gia", "tran thu")),
    st.sampled_from(("", "1990")),
    NUMBERS,
    NUMBERS,
)


@settings(max_examples=200, deadline=None)
@given(
    stored=st.lists(SIGNS, max_size=2),
    signs=st.lists(st.none() | SIGNS, max_size=3),
)
def test_strangers_would_be_put_at_the_end_one_by_one(
    stored: list[Signs], signs: list[Signs | None]
) -> None:
    known = [one._replace(id=number) for number, one in enumerate(stored)]
    if are_strangers(signs, known):
        roster = Roster.of(known)
        places = [roster.place(one) for one in signs if one]
        assert places == list(range(len(known), len(known) + len(signs)))


def test_a_number_each_makes_strangers() -> None:
    one = Signs(None, "le thi gia", "", "079190000001", "9900000001")
    other = one._replace(citizen_id="079190000002", social_number="9900000002")
    assert are_strangers([one], [other])
    assert not are_strangers([one, one], [])
    assert not are_strangers([one], [other._replace(social_number="")])
    assert not are_strangers([one, None], [])
