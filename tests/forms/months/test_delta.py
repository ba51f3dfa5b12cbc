"""The difference of two months loses nothing, and joins nobody who is somebody else."""

from hypothesis import given
from hypothesis import strategies as st

from forms.months.delta import Kept, apply, diff
from forms.months.identity import doubles, signs_of_all
from forms.months.model import PersonState, Place, Snapshot

NAMES = ("Ngô Văn Mây", "ngo van may", "Lê Thị Sao", "")
NUMBERS = ("9900000017", "9900000025", "099085000001", "")
CITIZENS = ("099085000001", "099085000002", "123456789", "")
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "ho_ten": st.sampled_from(NAMES),
        "ma_so_bhxh": st.sampled_from(NUMBERS),
        "cccd": st.sampled_from(CITIZENS),
        "ngay_sinh": st.sampled_from(("01/02/1985", "1985", "")),
        "tien_luong": st.text(max_size=3),
        "ghi_chu": st.text(max_size=3),
    },
)
PLACES = st.dictionaries(
    st.sampled_from(("ho_ten", "tien_luong")),
    st.builds(Place, st.just("S"), st.integers(1, 9), st.sampled_from("ABC")),
)
PEOPLE = st.builds(
    PersonState,
    values=VALUES,
    household=st.lists(VALUES, max_size=2).map(tuple),
    places=PLACES,
    roster_id=st.none() | st.integers(1, 3),
)
SNAPSHOTS = st.builds(
    Snapshot,
    name=st.sampled_from(("thang-10.xlsx", "thang-11.xlsx")),
    people=st.lists(PEOPLE, max_size=7) | st.lists(PEOPLE, max_size=7).map(tuple),
)


@given(SNAPSHOTS, SNAPSHOTS)
def test_applying_the_difference_gives_the_new_month_whole(a: Snapshot, b: Snapshot) -> None:
    assert apply(diff(a, b), a) == b


@given(SNAPSHOTS, st.randoms(use_true_random=False))
def test_the_same_people_in_another_order_come_back_in_that_order(a: Snapshot, chance) -> None:  # type: ignore[no-untyped-def]  # the type of a strategy's random is private
    people = list(a.people)
    chance.shuffle(people)
    b = Snapshot(name=a.name, people=tuple(people))
    assert apply(diff(a, b), a) == b


@given(SNAPSHOTS)
def test_a_month_does_not_differ_from_itself(a: Snapshot) -> None:
    delta = diff(a, a)
    assert delta.removed == ()
    assert not any(entry.says for entry in delta.entries if isinstance(entry, Kept))
    assert all(isinstance(entry, Kept) for entry in delta.entries)


def one(**values: str) -> Snapshot:
    return Snapshot(name="", people=(PersonState(values=values),))


def joined(old: Snapshot, new: Snapshot) -> bool:
    return isinstance(diff(old, new).entries[0], Kept)


def test_the_social_number_joins_before_anything_else() -> None:
    old = one(ma_so_bhxh="9900000017", ho_ten="Ngô Văn Mây")
    assert joined(old, one(ma_so_bhxh="99 0000 0017", ho_ten="Ngô Văn Gió"))


def test_the_citizen_number_joins_whom_the_social_number_does_not_contradict() -> None:
    old = one(ma_so_bhxh="9900000017", cccd="099085000001")
    assert joined(old, one(cccd="099085000001"))
    assert not joined(old, one(ma_so_bhxh="9900000025", cccd="099085000001"))


def test_the_citizen_number_may_stand_as_social_number() -> None:
    old = one(ma_so_bhxh="9900000017", cccd="099085000001")
    assert joined(old, one(ma_so_bhxh="099085000001"))
    assert joined(one(ma_so_bhxh="099085000001"), one(cccd="099085000001"))


def test_name_and_birth_join_only_whom_no_number_contradicts() -> None:
    old = one(ho_ten="Ngô Văn Mây", ngay_sinh="01/02/1985", cccd="099085000001")
    assert joined(old, one(ho_ten="NGÔ VĂN MÂY", ngay_sinh="01/02/1985"))
    other = one(ho_ten="Ngô Văn Mây", ngay_sinh="01/02/1985", cccd="099085000002")
    assert not joined(old, other)
    assert not joined(old, one(ho_ten="Ngô Văn Mây", ngay_sinh="02/02/1985"))
    assert not joined(one(ho_ten="Ngô Văn Mây"), one(ho_ten="Ngô Văn Mây", tien_luong="1"))


def test_an_old_identity_card_may_have_become_a_citizen_number() -> None:
    old = one(ho_ten="Ngô Văn Mây", ngay_sinh="01/02/1985", cccd="123456789")
    new = one(ho_ten="Ngô Văn Mây", ngay_sinh="01/02/1985", cccd="099085000001")
    assert joined(old, new)


def test_doubles_are_found_by_any_number_and_by_name_without_one() -> None:
    twice = PersonState(values={"ma_so_bhxh": "9900000017"})
    nameless = PersonState(values={"ho_ten": "A", "ngay_sinh": "1985"})
    assert doubles(signs_of_all((twice, twice))) == ((0, 1),)
    assert doubles(signs_of_all((nameless, twice, nameless))) == ((0, 2),)
    assert doubles(signs_of_all((twice, nameless))) == ()


def test_what_changed_is_named_with_before_and_after() -> None:
    old = one(ma_so_bhxh="9900000017", tien_luong="7000000", ghi_chu="x")
    entry = diff(old, one(ma_so_bhxh="9900000017", tien_luong="8000000")).entries[0]
    assert isinstance(entry, Kept)
    assert [(c.key, c.before, c.after) for c in entry.fields] == [
        ("tien_luong", "7000000", "8000000"),
        ("ghi_chu", "x", None),
    ]
    assert entry.says


def test_another_order_is_told_apart_from_other_data() -> None:
    first, second = one(ma_so_bhxh="1").people[0], one(ma_so_bhxh="2").people[0]
    old = Snapshot(name="", people=(first, second))
    delta = diff(old, Snapshot(name="", people=(second, first)))
    assert delta.reordered
    assert not any(entry.says for entry in delta.entries if isinstance(entry, Kept))
