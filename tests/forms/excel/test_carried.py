"""A draft goes out in another program's layout and comes back the same, or is told of."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.excel import layout as layouts
from forms.excel.carried.carrying import carry_draft
from forms.excel.carried.condensing import condensed
from forms.excel.carried.providers import provider, providers
from forms.excel.carried.writing import write_draft
from forms.excel.cleaning import clean_value, kind_of
from forms.excel.kinds import Kind
from forms.excel.layout import Column, SheetLayout
from forms.excel.workbook import read_workbook
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Row, Section
from resources.faults import UsageFault

EXAMPLES = {
    Kind.TEXT: "Phường Mây Trắng, số 7",
    Kind.NAME: "Ngô Thị Gió",
    Kind.CODE: "K1",
    Kind.CODE_2: "01",
    Kind.CODE_5: "01A07",
    Kind.SOCIAL_NUMBER: "0123456789",
    Kind.CITIZEN_ID: "001099000017",
    Kind.HOUSEHOLD: "0100000017",
    Kind.PHONE: "0900000017",
    Kind.MONEY: "1250000",
    Kind.WAGE: "12500000",
    Kind.COEFFICIENT: "2.34",
    Kind.PERCENT: "32.5",
    Kind.DATE: "02/03/2026",
    Kind.PARTIAL_DATE: "09/1990",
    Kind.MONTH: "11/2026",
    Kind.FLAG: "1",
    Kind.SEX: "0",
}
CODES = tuple(providers())


def full(sheet: SheetLayout, line: int, **other: str) -> Row:
    """Every field that the sheet can hold."""
    values = {column.key: EXAMPLES[kind_of(column.kind, column.key)] for column in sheet.named}
    return Row(line, {**values, "stt": str(line), **other})


def draft_of(**parts: list[Row]) -> Draft:
    sections = (Section(Part(part), part, {}, tuple(rows)) for part, rows in parts.items())
    return Draft("tokhai-2026-11", "danh-sach.xlsx", tuple(sections))


def values(draft: Draft) -> dict[Part, list[dict[str, str]]]:
    return {each.part: [dict(row.values) for row in each.rows] for each in draft.sections}


def grave(findings: tuple[Finding, ...]) -> dict[str, str | None]:
    return {each.code: each.field for each in findings if each.severity is not Severity.INFO}


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_the_layout_comes_back(code: str, tmp_path: Path) -> None:
    sheets = layouts.load(provider(code).layout).sheets
    draft = draft_of(**{sheet.part.value: [full(sheet, 7), full(sheet, 8)] for sheet in sheets})
    out, told = carry_draft(draft, code, tmp_path)
    assert grave(told) == {}
    back = read_workbook(out).draft
    assert back.layout == provider(code).layout, "recognised without being told"
    assert values(back) == values(draft)


def cells_of(column: Column) -> st.SearchStrategy[str]:
    """Whatever a person types, as it stands in a draft once it is cleaned. Not what is cleaned to
    something that is cleaned again, as the foreign name “BÛ” is to “Bû”, which looks like TCVN3."""
    kind = kind_of(column.kind, column.key)
    typed = st.one_of(
        st.just(EXAMPLES[kind]),
        st.text(max_size=12),
        st.decimals(min_value=-10, max_value=10**9, allow_nan=False, places=3).map(str),
        st.integers(min_value=0, max_value=10**10).map(str),
        st.sampled_from(["=1+1", "+84", "-0", "@x", "#REF", "0.5", "12.500", "không", "x", "0"]),
    )
    cleaned = typed.map(lambda text: clean_value(kind, text).value)
    return cleaned.filter(lambda value: clean_value(kind, value).value == value)


def rows_of(sheet: SheetLayout) -> st.SearchStrategy[list[Row]]:
    """Some fields of some people, each with a number, so that nobody takes a row for a total."""
    named = [each for each in sheet.named if each.key not in ("stt", "ma_so_bhxh")]
    some = st.lists(st.sampled_from(named), max_size=8, unique_by=lambda column: column.key)
    filled = some.flatmap(
        lambda columns: st.fixed_dictionaries({each.key: cells_of(each) for each in columns})
    )

    def row(found: dict[str, str]) -> Row:
        kept = {key: value for key, value in found.items() if value}
        return Row(4, {**kept, "stt": "1", "ma_so_bhxh": "0123456789"})

    return st.lists(filled.map(row), min_size=1, max_size=6)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_was_cleaned_comes_back(code: str, tmp_path: Path, data: st.DataObject) -> None:
    sheet = layouts.load(provider(code).layout).sheets[0]
    draft = draft_of(lao_dong=data.draw(rows_of(sheet)))
    _, told = carry_draft(draft, code, tmp_path)
    assert grave(told) == {}


def test_what_the_layout_has_no_place_for_is_told(tmp_path: Path) -> None:
    person = Row(4, {"stt": "1", "ho_ten": "Ngô Thị Gió", "email": "gio@example.vn"})
    member = Row(9, {"stt": "1", "ho_ten": "Ngô Văn Mây"})
    _, told = carry_draft(draft_of(lao_dong=[person], phu_luc=[member]), "kbhxh", tmp_path)
    column = next(each for each in told if each.code == "carry.no_column")
    assert (column.field, column.row, column.params["count"]) == ("email", 4, 1)
    assert column.params["title"] == "Email"
    sheet = next(each for each in told if each.code == "carry.no_sheet")
    assert (sheet.params["count"], sheet.severity) == (1, Severity.WARNING)


def test_many_columns_are_one_sentence_for_a_person(tmp_path: Path) -> None:
    person = {"stt": "1", "ho_ten": "Ngô Thị Gió", "email": "gio@example.vn", "dan_toc": "01"}
    _, told = carry_draft(draft_of(lao_dong=[Row(4, person)]), "kbhxh", tmp_path)
    first, *others = condensed(told)
    assert first.code == "carry.no_columns"
    assert first.params == {"titles": "Email; Mã dân tộc", "columns": 2}
    assert {each.severity for each in others} == {Severity.INFO}
    assert condensed(others) == tuple(others)


def test_a_row_that_names_nobody_is_told(tmp_path: Path) -> None:
    people = [Row(4, {"ho_ten": "Ngô Thị Gió"}), Row(5, {"chuc_vu": "nhân viên"})]
    _, told = carry_draft(draft_of(lao_dong=people), "vnpt", tmp_path)
    assert "carry.rows_lost" in grave(told)


def test_a_value_that_a_cell_cannot_hold_is_told(tmp_path: Path) -> None:
    person = Row(4, {"stt": "1", "ho_ten": "Ngô Thị Gió", "ghi_chu": "x" * 40_000})
    _, told = carry_draft(draft_of(lao_dong=[person]), "vnpt", tmp_path)
    assert grave(told) == {"carry.changed": "ghi_chu"}


def test_numbers_are_as_the_other_program_wants_them(tmp_path: Path) -> None:
    person = {"ho_ten": "Gió", "tien_luong": "7000000", "ty_le_dong": "32.5", "kem_tk1": "1"}
    write_draft(tmp_path / "v.xlsx", draft_of(lao_dong=[Row(4, person)]), provider("vnpt").layout)
    sheet = ZipFile(tmp_path / "v.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<v>7000000</v>" in sheet
    assert "<t>32,5</t>" in sheet
    assert 'r="AA4"' in sheet
    assert "<t>x</t>" in sheet


def test_a_formula_is_only_text(tmp_path: Path) -> None:
    person = Row(4, {"ho_ten": "Gió", "ma_so_bhxh": "0123456789", "ghi_chu": "=cmd|calc"})
    write_draft(tmp_path / "v.xlsx", draft_of(lao_dong=[person]), provider("vnpt").layout)
    sheet = ZipFile(tmp_path / "v.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 's="2" t="inlineStr"><is><t>=cmd|calc</t>' in sheet


def test_whoever_has_no_number_gets_one_that_nobody_has(tmp_path: Path) -> None:
    people = [Row(4, {"ho_ten": "Gió"}), Row(5, {"ho_ten": "Mây", "stt": "1"})]
    out, told = carry_draft(draft_of(lao_dong=people), "vnpt", tmp_path)
    assert grave(told) == {}
    assert [row.get("stt") for row in read_workbook(out).draft.rows(Part.LAO_DONG)] == ["2", "1"]


def test_no_to_tk1_is_an_empty_cell(tmp_path: Path) -> None:
    person = Row(4, {"ho_ten": "Gió", "stt": "1", "kem_tk1": "0"})
    out, told = carry_draft(draft_of(lao_dong=[person]), "vnpt", tmp_path)
    assert grave(told) == {}
    assert read_workbook(out).draft.rows(Part.LAO_DONG)[0].get("kem_tk1") == ""


def test_a_program_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"carry\.provider"):
        carry_draft(draft_of(lao_dong=[]), "khac", tmp_path)
