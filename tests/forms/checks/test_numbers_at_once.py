"""Numbers below each other are right at once exactly where each is right by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checks.identity import NumberCheck
from forms.checks.quick import _SURELY_RIGHT, _all_right

NUMBERS = st.sampled_from(
    (
        *("", "9900000017", "990000001", "99000000170", "079190000001", "000190000001"),
        *(
            "0900000001",
            "02812345678",
            "0900000001\x7f0900000001",
            "\x7f",
            "A2345678",
            "٠123456789",
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(check=st.sampled_from(list(_SURELY_RIGHT)), column=st.lists(NUMBERS, min_size=1, max_size=4))
def test_numbers_are_right_at_once_where_each_is(check: NumberCheck, column: list[str]) -> None:
    each = all(_SURELY_RIGHT[check].fullmatch(number) for number in column)
    assert _all_right(check, column) is each
