"""Searching does not mind how a name is typed."""

import unicodedata

import pytest

from desktop.store.folding import folded, like_pattern


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đặng  Thị\u00a0Huệ", "dang thi hue"),
        ("NGUYỄN ĐỨC ƯỞNG", "nguyen duc uong"),
        ("ðặng", "dang"),
        ("  ", ""),
        ("0000000001", "0000000001"),
    ],
)
def test_diacritics_case_and_spaces_are_dropped(typed: str, expected: str) -> None:
    assert folded(typed) == expected
    assert folded(unicodedata.normalize("NFD", typed)) == expected


def test_old_and_new_tone_places_are_the_same() -> None:
    assert folded("Hoà Thuý") == folded("Hòa Thúy")


def test_what_like_would_take_for_a_wildcard_is_escaped() -> None:
    assert like_pattern("50%_a\\b") == "%50\\%\\_a\\\\b%"
