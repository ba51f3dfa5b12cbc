"""Figures of a notice: read exactly or refused, never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.reconcile.figures import PER_CENT, UnreadableFigure, read_figure

DONG = "dong"
AMOUNTS = st.integers(min_value=-(10**14), max_value=10**14)


@given(AMOUNTS, st.sampled_from([".", ",", " ", "'", ""]), st.sampled_from(["", " đ", " VNĐ"]))
def test_grouped_amounts_come_back_whole(amount: int, separator: str, unit: str) -> None:
    written = f"{amount:,}".replace(",", separator) + unit
    assert read_figure(written, DONG) == amount


@given(AMOUNTS)
def test_a_number_cell_and_its_text_say_the_same(amount: int) -> None:
    assert read_figure(float(amount), DONG) == read_figure(str(amount), DONG) == amount


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_whatever_stands_in_a_cell_is_a_whole_amount_nothing_or_unreadable(raw: object) -> None:
    try:
        found = read_figure(raw, DONG)
    except UnreadableFigure:
        return
    assert found is None or type(found) is int


@pytest.mark.parametrize("raw", ["1.23.456", "12.34", "1,5", "5tr", "--5", "(-5)", 0.5, "1e6", []])
def test_what_may_be_read_in_two_ways_or_none_is_refused(raw: object) -> None:
    with pytest.raises(UnreadableFigure):
        read_figure(raw, DONG)


def test_a_rate_keeps_its_decimals() -> None:
    assert read_figure("1,065%", PER_CENT) == Decimal("1.065")
    assert read_figure("0.8333", PER_CENT) == Decimal("0.8333")
    assert read_figure(1.065, PER_CENT) == Decimal("1.065")
