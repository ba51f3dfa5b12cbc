"""English names of short lists: each code has one, and only codes that are there."""

import pytest

from forms.code_names import english, name_in
from forms.codes import code_list

LISTS = (
    *("gioi_tinh", "tham_gia", "loai", "phuong_thuc", "phuong_an", "phuong_an_d03"),
    *("phuong_an_d05", "moi_quan_he", "loai_giay_to", "vung_ltt", "vung_ss", "muc_huong"),
)


@pytest.mark.parametrize("name", LISTS)
def test_every_code_of_a_short_list_has_an_english_name(name: str) -> None:
    assert english()[name].keys() == code_list(name).entries.keys()
    assert all(english()[name].values())


def test_only_short_lists_are_translated() -> None:
    assert set(english()) == set(LISTS)


def test_the_official_name_is_the_vietnamese_one() -> None:
    assert name_in("phuong_an", "TM", "vi") == "Tăng mới"
    assert name_in("phuong_an", "TM", "en") == "New employee"


def test_other_ways_to_write_a_code_have_its_name() -> None:
    assert name_in("loai_giay_to", "01", "en") == name_in("loai_giay_to", "1", "en")


def test_a_list_without_translation_keeps_its_names() -> None:
    assert name_in("tinh", "01", "en") == "Thành phố Hà Nội"


def test_a_code_that_is_not_there_has_no_name() -> None:
    assert name_in("phuong_an", "ZZ", "en") is None
