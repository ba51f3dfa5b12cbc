"""Marks change only the parts that they must, and of those only the marked cells."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from forms.excel.report import write_report
from forms.findings import Finding, Severity
from resources.faults import UsageFault
from resources.messages import text
from tests.fakes.rich_workbooks import DATA, HIDDEN, SIDE, parts_of, rich
from tests.fakes.workbooks import package, row_xml, sheet_xml

RED = "FFFFC7CB"
CHANGED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def _words(finding: Finding) -> str:
    return finding.code


def _at(place: str, code: str = "sai", sheet: str = DATA) -> Finding:
    found = re.fullmatch(r"([A-Z]+)(\d+)", place)
    assert found
    return Finding(
        code=code, severity=Severity.ERROR, sheet=sheet, row=int(found[2]), column=found[1]
    )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return rich().write(tmp_path / "goc.xlsx")


def _marked(source: Path, *findings: Finding, name: str = "loi.xlsx") -> Path:
    out = source.with_name(name)
    write_report(source, findings, out, words=_words)
    return out


def _values(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_part_that_need_not_change_is_the_same_bytes(source: Path) -> None:
    out = _marked(source, _at("B4"), _at("C4"))
    before, after = parts_of(source), parts_of(out)
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert set(after) - set(before) == {"xl/worksheets/findings.xml"}


def test_of_a_marked_sheet_only_the_marked_cell_and_the_view_change(source: Path) -> None:
    out = _marked(source, _at("B4"))
    before = parts_of(source)["xl/worksheets/sheet1.xml"].decode()
    after = parts_of(out)["xl/worksheets/sheet1.xml"].decode()
    same = after.replace('<c r="B4" s="3">', '<c r="B4" s="1">')
    assert same == before.replace(' tabSelected="1"', "")


def test_the_values_of_all_sheets_stay(source: Path) -> None:
    before, after = _values(source), _values(_marked(source, _at("B4"), _at("C4"), _at("A1")))
    assert list(after) == [text("error_book.title"), *before]
    assert {name: after[name] for name in before} == before


def test_a_marked_cell_keeps_its_number_format_font_and_place(source: Path) -> None:
    cell = load_workbook(_marked(source, _at("B4")))[DATA]["B4"]
    assert cell.fill.start_color.rgb == RED
    assert (cell.number_format, cell.font.b, cell.alignment.horizontal) == (
        "dd/mm/yyyy",
        True,
        "center",
    )
    assert cell.protection.locked is False


@pytest.mark.parametrize(
    "place", ["A1", "D4", "A5", "C5", "A6", "D6", "B9", "XA4", "AA1000"], ids=str
)
def test_a_cell_that_was_not_there_is_put_in(source: Path, place: str) -> None:
    sheet = load_workbook(_marked(source, _at(place)))[DATA]
    assert sheet[place].fill.start_color.rgb == RED
    assert sheet[place].value is None
    xml = parts_of(source.with_name("loi.xlsx"))["xl/worksheets/sheet1.xml"].decode()
    lines = [int(line) for line in re.findall(r'<row r="(\d+)"', xml)]
    assert lines == sorted(set(lines))


def test_a_new_cell_has_the_format_of_its_row_or_column(source: Path) -> None:
    sheet = load_workbook(_marked(source, _at("A6"), _at("D9"), _at("E9")))[DATA]
    assert [sheet[place].number_format for place in ("A6", "D9", "E9")] == [
        "#,##0.00",
        "#,##0.00",
        "General",
    ]


def test_in_a_merged_range_its_first_cell_is_marked(source: Path) -> None:
    sheet = load_workbook(_marked(source, _at("C8", "trong"), _at("B7", "dau")))[DATA]
    assert sheet["B7"].fill.start_color.rgb == RED
    assert set(sheet["B7"].comment.text.split("\n")) == {"trong", "dau"}


def test_a_comment_of_another_stays_and_ours_stands_below(source: Path) -> None:
    comment = load_workbook(_marked(source, _at("B4")))[DATA]["B4"].comment
    assert comment.author == "Kế toán"
    assert comment.text == f"Hỏi lại\n[{text('error_book.author')}]\nsai"


def test_a_thread_of_answers_is_left_alone(source: Path) -> None:
    out = _marked(source, _at("B5"))
    comment = load_workbook(out)[DATA]["B5"].comment
    assert comment.text == "[Threaded comment]"
    assert load_workbook(out)[DATA]["B5"].fill.start_color.rgb == RED


def test_a_new_note_has_its_box_and_no_two_boxes_one_number(source: Path) -> None:
    drawing = parts_of(_marked(source, _at("C4"), _at("A1")))["xl/drawings/vmlDrawing1.vml"]
    numbers = re.findall(rb'id="_x0000_s(\d+)"', drawing)
    assert len(numbers) == len(set(numbers)) == 4
    assert re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)", drawing)[2:] == [
        (b"0", b"0"),
        (b"3", b"2"),
    ]


def test_a_sheet_without_notes_gets_them(source: Path) -> None:
    out = _marked(source, _at("A1", sheet=HIDDEN), _at("B2", sheet=SIDE))
    book = load_workbook(out)
    assert book[HIDDEN]["A1"].comment.text == "sai"
    assert book[SIDE]["B2"].comment.text == "sai"
    assert book[HIDDEN].sheet_state == "hidden"


def test_names_of_one_sheet_move_with_it(source: Path) -> None:
    book = load_workbook(_marked(source, _at("B4")))
    assert book.sheetnames == [text("error_book.title"), DATA, HIDDEN, SIDE]
    assert book[SIDE].print_area == "'Phụ'!$A$1:$B$2"
    assert book.defined_names["Chon"].attr_text == "'Phụ'!$A$1"
    assert book.active.title == text("error_book.title")


def test_only_one_sheet_is_chosen(source: Path) -> None:
    parts = parts_of(_marked(source, _at("A1", sheet=SIDE)))
    chosen = [name for name, content in parts.items() if b"tabSelected" in content]
    assert chosen == ["xl/worksheets/findings.xml"]


def _sheet_without_ours(path: Path) -> tuple[bytes, bytes]:
    parts = parts_of(path)
    return parts["xl/comments1.xml"], parts["xl/drawings/vmlDrawing1.vml"]


def test_marking_again_leaves_nothing_of_last_time(source: Path) -> None:
    places = ("B4", "B5", "C4", "A1")
    once = _marked(source, *map(_at, places), name="1.xlsx")
    again = _marked(once, name="2.xlsx")
    before, after = load_workbook(source)[DATA], load_workbook(again)[DATA]
    for place in places:
        assert after[place].fill.start_color == before[place].fill.start_color
        assert after[place].fill.fill_type == before[place].fill.fill_type
        said, kept = after[place].comment, before[place].comment
        assert (said and said.text) == (kept and kept.text)
    assert _sheet_without_ours(again)[1] == _sheet_without_ours(source)[1]
    assert load_workbook(again).sheetnames.count(text("error_book.title")) == 1


def test_marking_again_and_again_gives_the_same_notes(source: Path) -> None:
    path = source
    for number in range(3):
        path = _marked(path, _at("B4", f"lần {number}"), name=f"{number}.xlsx")
    book = load_workbook(path)
    assert book[DATA]["B4"].comment.text == f"Hỏi lại\n[{text('error_book.author')}]\nlần 2"
    assert len(book.sheetnames) == 4
    assert book[SIDE].print_area == "'Phụ'!$A$1:$B$2"


def test_a_workbook_with_macros_stays_one(tmp_path: Path) -> None:
    book = rich()
    types = book.parts["[Content_Types].xml"]
    book.parts["[Content_Types].xml"] = types.replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    source = book.write(tmp_path / "goc.xlsm")
    after = parts_of(_marked(source, _at("B4"), name="loi.xlsm"))
    assert after["xl/vbaProject.bin"] == book.parts["xl/vbaProject.bin"]
    assert b"macroEnabled" in after["[Content_Types].xml"]
    with pytest.raises(UsageFault):
        _marked(source, name="loi.xlsx")


SHAPES: Sequence[bytes] = (
    b'<worksheet xmlns="%b"><sheetData/></worksheet>',
    b'<worksheet xmlns="%b"><sheetData></sheetData><pageMargins left="1" right="1" top="1" '
    b'bottom="1" header="1" footer="1"/></worksheet>',
    b'<x:worksheet xmlns:x="%b"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>'
    b"<x:row/></x:sheetData></x:worksheet>",
    b'<worksheet xmlns="%b"><sheetData><!-- <row r="9"> --><row r="2" spans="1:1">'
    b'<c r="B2" t="str">'
    b"<f>1&lt;2</f><v><![CDATA[</row>]]></v></c></row></sheetData></worksheet>",
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_sheets_of_every_shape_are_marked(tmp_path: Path, shape: bytes, encoding: str) -> None:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0" encoding="{encoding}"?>' + (shape % main).decode()
    source = package({"S": xml.encode(encoding)}).write(tmp_path / "a.xlsx")
    findings = [_at(place, sheet="S") for place in ("A1", "A2", "C2", "B5")]
    sheet = load_workbook(_marked(source, *findings))["S"]
    assert all(sheet[f"{f.column}{f.row}"].fill.start_color.rgb == RED for f in findings)


def test_too_many_cells_are_counted_in_words(tmp_path: Path) -> None:
    source = package({"S": sheet_xml([row_xml(1, {"A": 1})])}).write(tmp_path / "a.xlsx")
    findings = [_at(f"A{line}", sheet="S") for line in range(1, 10_004)]
    findings.append(_at("A1", "thêm", sheet="S"))
    book = load_workbook(_marked(source, *findings))
    assert sum(cell.comment is not None for (cell,) in book["S"].iter_rows(max_col=1)) == 10_000
    first = book.worksheets[0]
    assert first["A3"].value == text("error_book.unmarked", count=3)
    assert first.max_row == 4 + len(findings)


@pytest.mark.parametrize("name", ["invented.xls", "invented.ods"])
def test_of_another_kind_the_values_stand_in_a_new_workbook(tmp_path: Path, name: str) -> None:
    source = Path("tests/data/workbooks", name)
    before = _values(source)
    sheet = next(iter(before))
    out = tmp_path / "loi.xlsx"
    write_report(source, [_at("B4", sheet=sheet)], out, words=_words)
    after = load_workbook(out)
    assert after[sheet]["B4"].fill.start_color.rgb == RED
    said = [line[0] for line in after.worksheets[0].iter_rows(max_row=3, values_only=True)]
    assert text("error_book.converted", file=name) in said
    assert {key: _values(out)[key] for key in before} == before
