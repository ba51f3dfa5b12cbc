"""Letters of other scripts, letters for digits, hats beside their letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.look_alikes import digits_proposed, in_order, in_our_letters


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Nguуễn", "Nguyễn"),
        ("Cầm Thử А", "Cầm Thử A"),
        ("Ðặng", "Đặng"),
        ("Νam", "Nam"),
        ("ＴＭ１", "TM1"),
        ("Иван", "Иван"),
        ("Cầm Иван", "Cầm Иван"),
        ("АВС", "АВС"),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_look_alikes_become_ours_only_beside_our_letters(text: str, ours: str) -> None:
    assert in_our_letters(text) == ours


def test_a_code_wholly_of_look_alikes_is_ours() -> None:
    assert in_our_letters("АВС", alone=True) == "ABC"


@given(st.text())
def test_once_is_enough(text: str) -> None:
    assert in_our_letters(in_our_letters(text)) == in_our_letters(text)
    assert in_order(in_order(text)) == in_order(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("O79195012345", "079195012345"),
        ("l23", "123"),
        ("12.5OO", "12.500"),
        ("123", None),
        ("OOO", None),
        ("12 người", None),
    ],
)
def test_letters_among_digits_are_proposed(text: str, meant: str | None) -> None:
    assert digits_proposed(text) == meant


def test_a_tone_written_before_its_hat_joins_all_the_same() -> None:
    assert in_order("Ca\u0300\u0302m") == "Cầm"
    assert in_order("tu\u0301\u031b") == "tứ"
