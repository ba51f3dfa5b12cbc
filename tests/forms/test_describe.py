"""A form told to a person: version, fields with number, label, help and source; as plain data."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from forms import catalog
from forms.describe import describe
from resources.faults import UsageFault

NEW, OLD = date(2026, 5, 1), date(2026, 4, 30)


def test_the_list_of_2026_is_told_under_either_name() -> None:
    told = describe("D02-LT", filing_date=NEW)
    assert told == describe("D02-TS", filing_date=NEW)
    assert (told.code, told.valid_from, told.valid_to) == ("D02-LT", "2026-05-01", None)
    assert (told.wire_code, told.unproven) == ("D02-TS", False)
    columns = [field.number for field in told.fields if field.part == "lao_dong"]
    assert columns == ["A", "B", *(str(n) for n in range(1, 20))]


def test_the_day_before_it_is_the_list_of_27_columns() -> None:
    told = describe("D02-LT", filing_date=OLD)
    assert told.valid_to == "2026-04-30"
    assert [f.number for f in told.fields if f.part == "lao_dong"] == [str(n) for n in range(1, 28)]


def test_a_field_says_all_that_is_known_of_it() -> None:
    told = describe("D02-LT", filing_date=NEW)
    field = next(f for f in told.fields if f.number == "18")
    assert field.key == "loai_tang_giam"
    assert field.label == "Loại tăng, giảm, điều chỉnh"
    assert (field.type, field.max_length, field.required, field.printed) == (
        "text",
        250,
        True,
        True,
    )
    assert "không ghi mã" in field.help
    assert "366" in field.source
    assert field.confidence == "C"


def test_english_is_said_when_asked_for() -> None:
    told = describe("D02-LT", filing_date=NEW, lang="en")
    assert told.title.startswith("List of people")
    assert all(field.label for field in told.fields)


def test_a_condition_is_told() -> None:
    told = describe("TK1-TS", filing_date=NEW)
    field = next(f for f in told.fields if f.key == "ma_benh_vien")
    assert field.required_when == {"field": "ma_so_bhxh", "in": [""]}
    assert field.number == "[09]"
    head = next(f for f in told.fields if f.key == "ma_so_bhxh" and f.part == "lao_dong")
    assert (head.number, head.printed) == ("", True)
    silent = next(f for f in told.fields if f.key == "ma_tinh_ks" and f.part == "lao_dong")
    assert (silent.number, silent.printed) == ("", False)


def test_doubt_about_the_electronic_form_is_told_with_its_reason() -> None:
    told = describe("TK3-TS", filing_date=NEW)
    assert told.unproven
    assert "TK3-TS" in told.unproven_reason
    written_as = describe("MS3", filing_date=NEW)
    assert (written_as.wire_code, written_as.unproven) == ("D03-TS", True)


def test_a_notice_tells_its_lines() -> None:
    told = describe("C12-TS", filing_date=NEW)
    assert (told.kind, told.wire_code, told.unproven_reason) == ("notice", None, "")
    assert told.lines[0].code == "A"
    assert next(line for line in told.lines if line.code == "B.2.1").note


@pytest.mark.parametrize("code", sorted(catalog.codes()))
def test_every_form_can_be_told_as_json(code: str) -> None:
    for version in catalog.versions(code):
        if catalog.printed_form(code, filing_date=version.valid_from) is version:
            told = describe(code, filing_date=version.valid_from)
            assert json.loads(json.dumps(asdict(told)))["valid_from"] == told.valid_from


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageFault, match=r"form\.unknown"):
        describe("X-99", filing_date=NEW)
    with pytest.raises(UsageFault, match=r"form\.not_in_force"):
        describe("MS3", filing_date=date(2025, 8, 14))
