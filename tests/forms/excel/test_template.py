"""The template is filled in by choosing, comes in whole, and goes out as it came in."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from forms.codes import code_list
from forms.excel.layout import OWN, load
from forms.excel.template.catalogues import SHEET
from forms.excel.template.choices import pairs_of
from forms.excel.template.guide import samples
from forms.excel.template.writing import export_people, write_template
from forms.excel.workbook import read_workbook
from forms.findings import Severity
from forms.model import Draft, Part
from resources.faults import DataFault, SurroundingsFault
from resources.messages import text

PEOPLE, HOUSEHOLD, PAPERS = (sheet.name for sheet in load(OWN).sheets)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mau") / "mau.xlsx"
    write_template(out)
    return out


@pytest.fixture(scope="module")
def book(template: Path) -> Workbook:
    return load_workbook(template)


def _letters(key: str) -> str:
    sheet = load(OWN).sheet(Part.LAO_DONG)
    column = sheet.column(key) if sheet else None
    assert column
    return column.letters


def test_guide_first_then_the_lists_to_fill_in_and_the_codes_hidden(book: Workbook) -> None:
    assert book.sheetnames == [text("template.guide"), PEOPLE, HOUSEHOLD, PAPERS, SHEET]
    assert book[SHEET].sheet_state == "hidden"
    assert book.active.title == text("template.guide")


def test_titles_above_technical_names_and_both_stay_in_sight(book: Workbook) -> None:
    sheet = book[PEOPLE]
    assert (sheet["B2"].value, sheet["B3"].value) == ("Họ và tên", "ho_ten")
    assert sheet.freeze_panes == "C4"
    assert sheet["B3"].font.color.rgb == "FF808080"


def test_numbers_with_zeros_in_front_and_days_are_text(book: Workbook) -> None:
    columns = book[PEOPLE].column_dimensions
    for key in ("cccd", "ma_so_bhxh", "dien_thoai", "ngay_sinh", "tu_thang"):
        assert columns[_letters(key)].number_format == "@"
    assert columns[_letters("tien_luong")].number_format == "General"


def test_every_code_list_is_offered(book: Workbook) -> None:
    sheet = load(OWN).sheet(Part.LAO_DONG)
    assert sheet
    rules = {
        str(rule.sqref).split(":")[0]: rule for rule in book[PEOPLE].data_validations.dataValidation
    }
    for column in sheet.named:
        if column.code_list:
            rule = rules[f"{column.letters}4"]
            assert rule.type == "list"
            assert rule.formula1 in book.defined_names
    assert rules[f"{_letters('phuong_an')}4"].errorStyle is None
    assert rules[f"{_letters('quoc_tich')}4"].errorStyle == "warning"
    assert rules["B4"].prompt == "Đủ họ, chữ đệm và tên, có dấu."


def test_the_names_of_the_workbook_lead_to_whole_lists(book: Workbook) -> None:
    for name in ("phuong_an", "tinh", "xa", "benh_vien"):
        target = book.defined_names[f"dm_{name}_ma"].attr_text
        found = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)", target)
        assert found
        codes = [row[0].value for row in book[found[1]][f"{found[2]}1:{found[2]}{found[3]}"]]
        assert sorted(codes) == sorted(code_list(name).entries)


def test_no_formula_is_longer_than_excel_takes(book: Workbook) -> None:
    for name in (PEOPLE, HOUSEHOLD):
        for rule in book[name].data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.prompt or "") <= 255


def test_the_empty_template_holds_nobody(template: Path) -> None:
    with pytest.raises(DataFault) as caught:
        read_workbook(template)
    assert caught.value.code == "workbook.no_rows"


def test_in_both_languages(tmp_path: Path) -> None:
    out = tmp_path / "en.xlsx"
    write_template(out, "en")
    first = load_workbook(out).worksheets[0]
    assert first.title == text("template.guide", "en")
    shown = {cell.value for (cell,) in first.iter_rows(max_col=1)}
    assert {text("template.title", "en"), text("template.title", "vi")} <= shown


def test_filled_in_by_hand_it_comes_in_without_an_error(template: Path, tmp_path: Path) -> None:
    filled = load_workbook(template)
    for line, person in enumerate(samples(), 4):
        for key, value in person.items():
            filled[PEOPLE][f"{_letters(key)}{line}"] = value
    for row in filled[PEOPLE].iter_rows(min_row=4):
        for cell in row:  # a program that computes nothing leaves no results
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = None
    filled.save(tmp_path / "a.xlsx")
    result = read_workbook(tmp_path / "a.xlsx")
    assert result.draft.layout == OWN
    names = [row.get("ho_ten") for row in result.draft.rows(Part.LAO_DONG)]
    assert names == [person["ho_ten"] for person in samples()]
    assert not [found for found in result.findings if found.severity is not Severity.INFO]


def test_every_commune_and_clinic_is_found_in_its_province() -> None:
    for sheet in load(OWN).sheets:
        pairs = pairs_of(sheet)
        for pair in pairs.values():
            if pair.list in ("xa", "benh_vien"):
                assert pair.province is not None
                assert pair.province.code_list == "tinh"
    main = load(OWN).sheet(Part.LAO_DONG)
    assert main
    assert {"ma_xa_ks", "ma_benh_vien", "ma_tinh_tt", "quoc_tich"} <= pairs_of(main).keys()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_name_that_is_chosen_finds_its_code(template: Path, tmp_path: Path) -> None:
    filled = load_workbook(template)
    sheet = filled[PEOPLE]
    commune = next(one for one in code_list("xa").entries.values() if one.more["province"] == "04")
    sheet[f"{_letters('ten_tinh_ks')}4"] = code_list("tinh").name_of("04")
    sheet[f"{_letters('ten_xa_ks')}4"] = commune.name
    filled.save(tmp_path / "a.xlsx")
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/lo",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    from python_calamine import CalamineWorkbook

    cells = CalamineWorkbook.from_path(str(tmp_path / "a.ods")).get_sheet_by_name(PEOPLE)
    values = cells.to_python(skip_empty_area=False)[3]
    keys = [column.key for column in load(OWN).sheets[0].columns]
    assert values[keys.index("ma_tinh_ks")] == "04"
    assert values[keys.index("ma_xa_ks")] == commune.code


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
RISKY = st.sampled_from(["=1+1", "+84", "-5", "@SUM(A1)", "#REF!", "=cmd|' /C calc'!A0", "007"])
DAY = st.dates().filter(lambda day: day.year >= 1930).map(lambda day: day.strftime("%d/%m/%Y"))
PERSON = st.fixed_dictionaries(
    {
        "ho_ten": st.sampled_from(["Cầm Thị Mẫu", "Lò Văn Thử", "Ỷ Ỹ Đ"]),
        "cccd": st.from_regex(r"0[0-9]{11}", fullmatch=True),
        "tien_luong": st.integers(1_000_000, 99_000_000).map(str),
    },
    optional={
        "ma_so_bhxh": st.from_regex(r"[0-9]{10}", fullmatch=True),
        "ngay_sinh": DAY,
        "gioi_tinh": st.sampled_from("01"),
        "tu_thang": st.sampled_from(["01/2026", "11/2026"]),
        "phuong_an": st.sampled_from(["TM", "GH"]),
        "ty_le_dong": st.sampled_from(["32", "4.5"]),
        "ma_xa_ks": st.from_regex(r"[0-9]{5}", fullmatch=True),
        "ghi_chu": TEXT | RISKY,
        "dia_chi_ks": TEXT | RISKY,
    },
)


def _out_and_in(path: Path, draft: Draft) -> Draft:
    parts = {part: [row.values for row in draft.rows(part)] for part in Part}
    export_people(
        path, parts[Part.LAO_DONG], household=parts[Part.PHU_LUC], papers=parts[Part.BANG_KE]
    )
    return replace(read_workbook(path).draft, source=draft.source)


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=5))
def test_import_export_import_gives_the_same_draft(people: list[Mapping[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        first, second = Path(name, "1.xlsx"), Path(name, "2.xlsx")
        export_people(
            first,
            people,
            household=[{"stt": "1", "ho_ten": "Cầm Thị Con", "ngay_sinh": "2015"}],
            papers=[{"stt": "1", "ho_ten": "Cầm Thị Mẫu", "ten_loai_van_ban": "=HYPERLINK(1)"}],
        )
        draft = read_workbook(first).draft
        assert len(draft.rows(Part.LAO_DONG)) == len(people)
        assert _out_and_in(second, draft) == draft


@pytest.mark.parametrize("risky", ["=1+1", "+84912345678", "-5", "@SUM(A1)", "#REF!"])
def test_what_looks_like_a_formula_stays_text_for_ever(tmp_path: Path, risky: str) -> None:
    out = tmp_path / "a.xlsx"
    export_people(out, [{"ho_ten": "Lò Văn Thử", "ghi_chu": risky, "khac": "no column"}])
    cell = load_workbook(out)[PEOPLE][f"{_letters('ghi_chu')}4"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", risky, True)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    for write in (write_template, lambda out: export_people(out, [])):
        with pytest.raises(SurroundingsFault) as caught:
            write(tmp_path / "gone" / "a.xlsx")
        assert caught.value.code == "workbook.cannot_write"
