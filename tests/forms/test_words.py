"""Amounts in words: as an accountant reads them aloud, and no two amounts alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.words import in_words, money_in_words

_SPOKEN = {
    0: "không",
    5: "năm",
    10: "mười",
    15: "mười lăm",
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    55: "năm mươi lăm",
    100: "một trăm",
    105: "một trăm linh năm",
    111: "một trăm mười một",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    10_010: "mười nghìn không trăm mười",
    1_000_000: "một triệu",
    2_530_000: "hai triệu năm trăm ba mươi nghìn",
    1_000_005: "một triệu không trăm linh năm",
    3_000_000_000: "ba tỷ",
    1_000_000_015: "một tỷ không trăm mười lăm",
    12_345_000_000_000: "mười hai nghìn ba trăm bốn mươi lăm tỷ",
    -7: "âm bảy",
}


@pytest.mark.parametrize(("number", "words"), _SPOKEN.items())
def test_is_said_as_people_say_it(number: int, words: str) -> None:
    assert in_words(number) == words


def test_money_begins_with_a_capital_and_ends_with_dong() -> None:
    assert money_in_words(1_250_000) == "Một triệu hai trăm năm mươi nghìn đồng"


def _heard(words: str) -> int:
    """The number that the words say: each tỷ multiplies all before it, as when it is read."""
    value = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5}
    value |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
    total = group = pending = 0
    for word in words.split():
        if word == "tỷ":
            total, group, pending = (total + group + pending) * 1_000_000_000, 0, 0
        elif word in ("nghìn", "triệu"):
            total += (group + pending) * (1_000 if word == "nghìn" else 1_000_000)
            group = pending = 0
        elif word == "trăm":
            group, pending = group + pending * 100, 0
        elif word == "mươi":
            group, pending = group + pending * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            pending = value[word]
    return total + group + pending


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_the_words_say_the_number(number: int) -> None:
    assert _heard(in_words(number)) == number
