"""Every field of the D02 and TK1 list that people fill in is explained, with its source."""

import pytest

from forms.excel import layout as layouts
from forms.guide import guide, guides, search
from forms.model import Part

LAYOUT = layouts.load("vnpt-d02-tk1-2025-11")
SHEET = next(sheet for sheet in LAYOUT.sheets if sheet.part is Part.LAO_DONG)
KEYS = {column.key for column in SHEET.columns if column.key}
UNEXPLAINED = {
    *("stt", "ma_phong_ban", "ma_vung_ss", "ten_cha_me_giam_ho", "muc_dong", "email"),
    *("ten_xa_nn_2", "ma_xa_nn_2", "nhan_ban_dien_tu", "nhan_ban_giay", "dia_chi_nhan"),
    *("ten_tinh_nhan", "ma_tinh_nhan", "ten_xa_nhan", "ma_xa_nhan"),
}
"""says what it is by its name, or nothing certain is known"""


def test_every_field_is_explained_or_known_not_to_be() -> None:
    assert {key for key in KEYS if guide(key) is None} == UNEXPLAINED


def test_no_guide_is_for_a_field_that_is_not_there() -> None:
    assert [one.key for one in guides() if one.key not in KEYS] == []


@pytest.mark.parametrize("one", guides(), ids=lambda one: one.key)
def test_a_guide_has_words_and_a_source(one: object) -> None:
    found = guide(getattr(one, "key", ""))
    assert found is not None
    assert len(found.vi) > 20
    assert len(found.en) > 20
    assert found.vi != found.en
    assert found.source


def test_searching_needs_no_diacritics() -> None:
    assert [one.key for one in search("thai san", {}, "vi")] == ["phuong_an", "ghi_chu"]
    assert search("khong co dau nao nhu vay", {}, "vi") == []


def test_the_name_of_a_field_finds_it() -> None:
    assert "cccd" in [one.key for one in search("can cuoc", {}, "vi")]
