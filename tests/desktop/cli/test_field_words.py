"""Fields by their names, amounts as people write them."""

from datetime import UTC, datetime

import pytest

from desktop.cli.field_words import clock, title_of, written


def test_a_field_has_its_title_in_both_languages() -> None:
    assert title_of("ho_ten", "vi") == "Họ và tên"
    assert title_of("ho_ten", "en") != title_of("ho_ten", "vi")


def test_a_field_of_lists_alone_is_named_too() -> None:
    assert title_of("phuong_an", "vi") != "phuong_an"
    assert title_of("khong_co_cot_nay", "vi") == "khong_co_cot_nay"


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("tien_luong", "16050000", "16.050.000 đ"),
        ("tien_luong", "3", "3"),
        ("tien_luong", "2.34", "2.34"),
        ("ho_ten", "1234567", "1234567"),
        ("nguoi", "1", "✓"),
        ("nguoi", "0", ""),
        ("tien_luong", "", ""),
    ],
)
def test_values_are_written_for_people(key: str, value: str, shown: str) -> None:
    assert written(key, value) == shown


def test_times_are_on_the_vietnamese_clock() -> None:
    assert clock(datetime(2026, 11, 23, 20, 30, tzinfo=UTC)) == "24/11/2026 03:30"
