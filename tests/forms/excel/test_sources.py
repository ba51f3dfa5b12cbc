"""Every kind of workbook gives the same people, and its places are those of the file."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from forms.excel.sniff import BookKind
from forms.excel.sources.facts import CellIssue, Issue, Merged
from forms.excel.sources.model import Source
from forms.excel.sources.opening import open_source
from forms.excel.workbook import ReadResult, read_workbook
from forms.findings import Finding, Severity
from forms.model import Part
from resources.messages import text
from tests.fakes.binary_workbooks import BinSheet, bin_package
from tests.fakes.old_workbooks import OldSheet, old_workbook
from tests.fakes.open_documents import open_document, placed, row, table
from tests.fakes.workbooks import (
    DATA_SHEET,
    CellValue,
    Package,
    header_cells,
    package,
    person_cells,
    roster,
    row_xml,
    sheet_xml,
)

SAMPLES = Path(__file__).parents[2] / "data" / "workbooks"
KINDS = {
    ".xlsx": BookKind.XLSX,
    ".xls": BookKind.XLS,
    ".xlsb": BookKind.XLSB,
    ".ods": BookKind.ODS,
}
Rows = Mapping[int, Mapping[str, CellValue | bytes]]


def _xlsx(folder: Path, rows: Rows) -> Path:
    sheet = sheet_xml(row_xml(line, cells) for line, cells in rows.items())
    return package({DATA_SHEET: sheet}).write(folder / "a.xlsx")


def _xlsb(folder: Path, rows: Rows) -> Path:
    return bin_package({DATA_SHEET: BinSheet(rows=rows)}).write(folder / "a.xlsb")


def _xls(folder: Path, rows: Rows) -> Path:
    path = folder / "a.xls"
    path.write_bytes(old_workbook({DATA_SHEET: OldSheet(rows=rows)}))
    return path


def _ods(folder: Path, rows: Rows) -> Path:
    last, body = 0, ""
    for line, cells in rows.items():
        body += row("", f' table:number-rows-repeated="{line - last - 1}"') * (line > last + 1)
        body += row(placed(cells))
        last = line
    return open_document(table(DATA_SHEET, body)).write(folder / "a.ods")


WRITERS: dict[str, Callable[[Path, Rows], Path]] = {
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".xlsb": _xlsb,
    ".ods": _ods,
}
every_kind = pytest.mark.parametrize("ending", WRITERS)


def _people(result: ReadResult) -> list[tuple[int, dict[str, str]]]:
    return [
        (each.line, dict(each.values)) for section in result.draft.sections for each in section.rows
    ]


def _codes(result: ReadResult) -> list[str]:
    return [found.code for found in result.findings]


@every_kind
def test_a_written_workbook_of_every_kind_holds_the_same_person(
    tmp_path: Path, ending: str
) -> None:
    rows = {3: header_cells(), 4: person_cells(), 6: person_cells(stt=2)}
    path = WRITERS[ending](tmp_path, rows)
    expected = read_workbook(_xlsx(tmp_path, rows))
    found = read_workbook(path)
    assert _people(found) == _people(expected)
    assert [line for line, _ in _people(found)] == [4, 6]
    assert found.findings == expected.findings


@pytest.mark.parametrize("ending", [".xls", ".ods"])
@pytest.mark.parametrize("name", ["invented", "invented-1904"])
def test_what_libreoffice_saved_in_another_kind_is_the_same(name: str, ending: str) -> None:
    expected = read_workbook(SAMPLES / f"{name}.xlsx")
    found = read_workbook(SAMPLES / f"{name}{ending}")
    assert _people(found) == _people(expected)
    assert found.findings == expected.findings


def test_the_days_of_a_1904_workbook_are_those_of_the_other() -> None:
    plain, shifted = (read_workbook(SAMPLES / f"invented{end}.xls") for end in ("", "-1904"))
    assert _people(plain) == _people(shifted)
    assert plain.draft.rows(Part.LAO_DONG)[0].get("ngay_chet") == "01/02/2020"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_what_libreoffice_hid_merged_or_could_not_reckon_is_known_by_place(ending: str) -> None:
    source = open_source(SAMPLES / f"invented{ending}")
    sheet = source.load(DATA_SHEET)
    assert source.kind is KINDS[ending]
    assert sheet.hidden_rows == {6}
    assert sheet.hidden_columns == {4}
    assert sheet.merged == (Merged(first_row=1, first_column=1, last_row=1, last_column=6),)
    assert sheet.issues == {5: [CellIssue(Issue.ERROR, 19, "#DIV/0!")]}


@every_kind
def test_lines_and_columns_are_those_of_the_file(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path, {7: {"D": "góc", "F": 5}, 9: {"E": "dưới"}})
    sheet = open_source(path).load(DATA_SHEET)
    rows = [list(cells) for cells in sheet.rows()]
    assert (sheet.first_column, sheet.last_line, len(rows)) == (4, 9, 9)
    assert rows[6] == ["góc", "", 5]
    assert rows[8] == ["", "dưới", ""]


@every_kind
def test_a_sheet_of_nothing_has_no_lines(tmp_path: Path, ending: str) -> None:
    sheet = open_source(WRITERS[ending](tmp_path, {5: {"C": None}})).load(DATA_SHEET)
    assert (list(sheet.rows()), sheet.last_line, sheet.first_column) == ([], 0, 1)


@pytest.mark.parametrize("ending", [".xls", ".xlsb"])
def test_an_error_value_is_known_by_place(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path, {2: {"B": "#REF!", "C": "#N/A"}, 3: {"B": 1}})
    assert open_source(path).load(DATA_SHEET).issues == {
        2: [CellIssue(Issue.ERROR, 2, "#REF!"), CellIssue(Issue.ERROR, 3, "#N/A")]
    }


def test_hidden_and_merged_places_of_a_binary_workbook(tmp_path: Path) -> None:
    given = BinSheet(
        rows={2: {"A": "x"}, 3: {"A": "y"}},
        hidden_rows=frozenset({3}),
        hidden_columns=("B", "D"),
        merged=((1, 2, 3, 4),),
    )
    sheet = open_source(bin_package({"a": given}).write(tmp_path / "a.xlsb")).load("a")
    assert sheet.hidden_rows == {3}
    assert sheet.hidden_columns == {2, 4}
    assert sheet.merged == (Merged(first_row=1, first_column=2, last_row=3, last_column=4),)


def test_hidden_places_of_an_old_workbook(tmp_path: Path) -> None:
    given = OldSheet(
        rows={2: {"A": "x"}, 3: {"A": "y"}}, hidden_rows=frozenset({2}), hidden_columns=("C",)
    )
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook({"a": given}))
    sheet = open_source(path).load("a")
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {3}


@pytest.mark.parametrize("comment", ["", "<!--'--><x:y xmlns:x='z' x:c='e'/>"])
def test_hidden_places_of_an_xlsx_however_it_is_written(tmp_path: Path, comment: str) -> None:
    columns = '<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="5"/></cols>'
    rows = [
        row_xml(1, {"A": 1}),
        row_xml(2, {"A": 1}, ' hidden="1"'),
        row_xml(3, {"A": 1}, ' hidden="0"'),
        row_xml(4, {"A": 1}, ' ht="3" hidden="true"'),
    ]
    path = package({"a": sheet_xml(rows, comment + columns)}).write(tmp_path / "a.xlsx")
    sheet = open_source(path).load("a")
    assert sheet.hidden_rows == {2, 4}
    assert sheet.hidden_columns == {2, 3}


@pytest.mark.parametrize("comment", ["", "<x:y xmlns:x='z' x:c='e'/>"])
def test_troubles_are_the_same_on_the_fast_way_and_on_the_sure_one(
    tmp_path: Path, comment: str
) -> None:
    cells: list[bytes] = [
        b'<c r="A1" t="e"><v>#REF!</v></c>',
        b'<c r="B1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        b'<c r="C1"><f>A1</f></c>',
        b'<c r="D1"><f>A1</f><v></v></c>',
        b'<c r="E1" t="str"><f>A1</f><v></v></c>',
        b'<c r="F1" t="e"><f t="shared" si="0"/><v>#N/A</v></c>',
    ]
    line = {chr(65 + at): cell for at, cell in enumerate(cells)}
    path = package({"a": sheet_xml([row_xml(1, line)], comment)}).write(tmp_path / "a.xlsx")
    found = open_source(path).load("a").issues[1]
    assert sorted(found, key=lambda issue: issue.column) == [
        CellIssue(Issue.ERROR, 1, "#REF!"),
        CellIssue(Issue.ERROR, 2, "#DIV/0!"),
        CellIssue(Issue.NO_VALUE, 3, ""),
        CellIssue(Issue.NO_VALUE, 4, ""),
        CellIssue(Issue.ERROR, 6, "#N/A"),
    ]


def test_a_formula_without_a_value_in_an_open_document(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=1"/>'
    path = open_document(table("a", row(formula))).write(tmp_path / "a.ods")
    assert open_source(path).load("a").issues == {1: [CellIssue(Issue.NO_VALUE, 1, "")]}


def test_hidden_sheets_are_known(tmp_path: Path) -> None:
    book = package({"a": sheet_xml([]), "b": sheet_xml([])})
    workbook = book.parts["xl/workbook.xml"]
    book.parts["xl/workbook.xml"] = workbook.replace(
        b'<sheet name="b"', b'<sheet state="veryHidden" name="b"'
    )
    sheets = open_source(book.write(tmp_path / "a.xlsx")).sheets
    assert [(each.name, each.visible) for each in sheets.values()] == [("a", True), ("b", False)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", lambda: old_workbook({"a": OldSheet(rows={}, state=1)})),
        ("a.xlsb", lambda: _packed(bin_package({"a": BinSheet(rows={}, state=2)}))),
        ("a.ods", lambda: _packed(_hidden_document())),
    ],
)
def test_a_hidden_sheet_of_the_other_kinds(
    tmp_path: Path, name: str, content: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    assert [each.visible for each in open_source(path).sheets.values()] == [False]


def _hidden_document() -> Package:
    style = (
        '<style:style style:name="ta1"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    return open_document(table("a", "", ' table:style-name="ta1"'), styles=style)


def _packed(book: Package) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return book.write(Path(folder) / "a").read_bytes()


def test_a_person_on_a_hidden_row_is_read_and_told(tmp_path: Path) -> None:
    lines = [row_xml(3, header_cells(), ' hidden="1"'), row_xml(4, person_cells())]
    lines += [row_xml(line, person_cells(), ' hidden="1"') for line in range(5, 12)]
    path = package({DATA_SHEET: sheet_xml(lines)}).write(tmp_path / "a.xlsx")
    result = read_workbook(path)
    assert len(result.draft.rows(Part.LAO_DONG)) == 8
    (found,) = result.findings
    assert (found.code, found.severity) == ("source.hidden_rows", Severity.INFO)
    assert (found.sheet, found.row) == (DATA_SHEET, 5)
    assert found.params == {"count": 7, "lines": "5, 6, 7, 8, 9 …"}


@every_kind
def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path: Path, ending: str) -> None:
    path = WRITERS[ending](tmp_path, {3: header_cells(), 4: person_cells()})
    renamed = path.rename(tmp_path / "a.dat")
    result = read_workbook(renamed)
    (found,) = result.findings
    assert (found.code, found.severity) == ("source.other_kind", Severity.INFO)
    assert found.params == {"name": ".dat", "real": ending}
    assert ending in text(found.code, "vi", **found.params)


REACHING_OUT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "macros": ("a.xlsm", lambda: _with("xl/vbaProject.bin")),
    "a link to a workbook": ("a.xlsx", lambda: _with("xl/externalLinks/externalLink1.xml")),
    "a query": ("a.xlsx", lambda: _with("xl/connections.xml")),
    "an embedded object": ("a.xlsx", lambda: _with("xl/embeddings/oleObject1.bin")),
    "macros of LibreOffice": ("a.ods", lambda: _document("", "Basic/script-lc.xml")),
    "a DDE link": ("a.ods", lambda: _document("<table:dde-link/>")),
    "a listening script": ("a.ods", lambda: _document("<script:event-listener/>")),
    "an old macro sheet": (
        "a.xls",
        lambda: old_workbook(
            {DATA_SHEET: _old_people(), "Macro1": OldSheet(rows={}, kind=1)},
        ),
    ),
}


def _with(part: str) -> bytes:
    book = roster({})
    book.parts[part] = b"<a/>"
    return _packed(book)


def _document(inside: str, part: str = "") -> bytes:
    body = row("") * 2 + row(placed(header_cells())) + row(placed(person_cells()))
    book = open_document(table(DATA_SHEET, body), settings=inside)
    if part:
        book.parts[part] = b"<a/>"
    return _packed(book)


def _old_people() -> OldSheet:
    return OldSheet(rows={3: header_cells(), 4: person_cells()})


@pytest.mark.parametrize(("name", "make"), REACHING_OUT.values(), ids=REACHING_OUT)
def test_what_would_reach_out_is_told_and_ignored(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    result = read_workbook(path)
    assert result.findings == (Finding(code="source.reaches_out", severity=Severity.INFO),)
    assert len(result.draft.rows(Part.LAO_DONG)) == 1


def test_a_settled_source_gives_nothing_new(tmp_path: Path) -> None:
    source = _two_sheets(tmp_path)
    source.settle("a")
    assert list(source.load("a").rows()) == [[1]]
    with pytest.raises(ValueError, match="settled"):
        source.load("b")


def _two_sheets(folder: Path) -> Source:
    sheets = {name: sheet_xml([row_xml(1, {"A": 1})]) for name in "ab"}
    return open_source(package(sheets).write(folder / "a.xlsx"))


def test_the_old_workbook_may_hold_a_long_list_of_strings(tmp_path: Path) -> None:
    rows = {line: {"A": f"Chữ thử số {line}"} for line in range(1, 1001)}
    sheet = open_source(_xls(tmp_path, rows)).load(DATA_SHEET)
    assert [cells[0] for cells in sheet.rows()] == [f"Chữ thử số {line}" for line in rows]
