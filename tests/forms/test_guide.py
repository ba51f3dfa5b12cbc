"""Every field that people fill in is explained, with its source."""

import dataclasses

import pytest

from forms.excel import layout as layouts
from forms.guide import guide, guides, search
from forms.model import Unit
from forms.roster.fields import fields

LAYOUTS = map(layouts.load, (layouts.OWN, "vnpt-d02-tk1-2025-11"))
KEYS = {
    *(column.key for layout in LAYOUTS for sheet in layout.sheets for column in sheet.named),
    *fields(),
}
"""of the roster, of a declaration and of the lists beside it"""
OF_UNIT = "unit."


def test_every_field_is_explained() -> None:
    assert sorted(key for key in KEYS if guide(key) is None) == []


def test_no_guide_is_for_a_field_that_is_not_there() -> None:
    asked = {OF_UNIT + field.name for field in dataclasses.fields(Unit)}
    assert [one.key for one in guides() if one.key not in KEYS | asked] == []


@pytest.mark.parametrize("one", guides(), ids=lambda one: one.key)
def test_a_guide_has_words_and_a_source(one: object) -> None:
    found = guide(getattr(one, "key", ""))
    assert found is not None
    assert len(found.vi) > 20
    assert len(found.en) > 20
    assert found.vi != found.en
    assert found.source


def test_searching_needs_no_diacritics() -> None:
    assert [one.key for one in search("thai san", {}, "vi")] == [
        "phuong_an",
        "ghi_chu",
        "dang_tham_gia",
    ]
    assert search("khong co dau nao nhu vay", {}, "vi") == []


def test_the_name_of_a_field_finds_it() -> None:
    assert "cccd" in [one.key for one in search("can cuoc", {}, "vi")]
