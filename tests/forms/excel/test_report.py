"""The error workbook is the user's own file with the faults marked, and nothing else changed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from forms.excel.report import write_report
from forms.excel.workbook import read_workbook
from forms.findings import Finding, Severity
from forms.model import Part
from resources.faults import DataFault, SurroundingsFault, UsageFault
from resources.messages import text
from tests.fakes.workbooks import DATA_SHEET, roster

RED, YELLOW, BLUE = "FFFFC7CB", "FFFFF2B1", "FFDCE9F9"
HEAD = 3
"""two sentences, then the headings"""


def _words(finding: Finding) -> str:
    return f"{finding.code}!"


def _finding(
    code: str, severity: Severity, row: int | None = 4, column: str | None = "B"
) -> Finding:
    return Finding(code=code, severity=severity, sheet=DATA_SHEET, row=row, column=column)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return roster({}, {"ho_ten": "Cầm Thử Hai"}).write(tmp_path / "goc.xlsx")


def test_each_severity_has_its_colour_and_its_words(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    findings = [
        _finding("a", Severity.ERROR),
        _finding("b", Severity.WARNING, 5, "J"),
        _finding("c", Severity.INFO, 5, "C"),
    ]
    write_report(source, findings, out, words=_words)
    sheet = load_workbook(out)[DATA_SHEET]
    seen = {
        place: (sheet[place].fill.start_color.rgb, sheet[place].comment.text)
        for place in ("B4", "J5", "C5")
    }
    assert seen == {"B4": (RED, "a!"), "J5": (YELLOW, "b!"), "C5": (BLUE, "c!")}


def test_two_findings_in_one_cell_share_its_comment(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    findings = [_finding("b", Severity.WARNING), _finding("a", Severity.ERROR)]
    write_report(source, findings, out, words=_words)
    cell = load_workbook(out)[DATA_SHEET]["B4"]
    assert cell.comment.text == "a!\nb!"
    assert cell.fill.start_color.rgb == RED


def test_a_finding_without_a_column_marks_the_first_cell_of_its_row(
    source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "loi.xlsx"
    write_report(source, [_finding("a", Severity.ERROR, 5, None)], out, words=_words)
    book = load_workbook(out)
    assert book[DATA_SHEET]["A5"].fill.start_color.rgb == RED
    assert book.worksheets[0].cell(HEAD + 1, 3).hyperlink.location == f"'{DATA_SHEET}'!A5"


def test_the_values_stay_as_they_are(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    write_report(source, [_finding("a", Severity.ERROR)], out, words=_words)
    before, after = load_workbook(source)[DATA_SHEET], load_workbook(out)[DATA_SHEET]
    assert list(before.values) == list(after.values)


def test_the_first_sheet_lists_everything_errors_first(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    findings = [
        _finding("b", Severity.INFO, None, None),
        _finding("a", Severity.ERROR),
        Finding(code="c", severity=Severity.WARNING),
    ]
    write_report(source, findings, out, words=_words)
    book = load_workbook(out)
    first = book.worksheets[0]
    assert (first.title, book.active.title) == (text("error_book.title"),) * 2
    lines = [[cell.value for cell in line] for line in first.iter_rows(min_row=HEAD + 1)]
    assert lines == [
        [text("error_book.error"), DATA_SHEET, "B4", "a!", text("error_book.do_error")],
        [text("error_book.warning"), None, None, "c!", text("error_book.do_warning")],
        [text("error_book.info"), DATA_SHEET, None, "b!", text("error_book.do_info")],
    ]
    assert first["C4"].hyperlink.location == f"'{DATA_SHEET}'!B4"
    assert first["C5"].hyperlink is None
    assert (first.freeze_panes, first.auto_filter.ref) == ("A4", "A3:E6")
    assert first["A1"].value == text("error_book.counts", error=1, warning=1, info=1)


def test_what_is_wrong_and_what_to_do_stand_in_columns_of_their_own(
    source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "loi.xlsx"
    said = "Ô này ghi “Nguyễn V. An”. Hãy ghi đủ tên."
    write_report(source, [_finding("a", Severity.ERROR)], out, words=lambda _finding: said)
    first = load_workbook(out).worksheets[0]
    assert (first["D4"].value, first["E4"].value) == (
        "Ô này ghi “Nguyễn V. An”.",
        "Hãy ghi đủ tên.",
    )


def test_words_never_become_a_formula(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    finding = _finding("=HYPERLINK(1)", Severity.ERROR)
    write_report(source, [finding], out, words=_words)
    cell = load_workbook(out).worksheets[0]["D4"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)!")


def test_the_source_is_never_written_over(source: Path) -> None:
    before = source.read_bytes()
    with pytest.raises(UsageFault) as caught:
        write_report(source, [], source.parent / "." / source.name, words=_words)
    assert caught.value.code == "error_book.over_source"
    assert source.read_bytes() == before


def test_another_name_of_the_source_is_the_source(source: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.hardlink_to(source)
    with pytest.raises(UsageFault):
        write_report(source, [], link, words=_words)


def test_a_marked_workbook_can_be_imported_and_marked_again(source: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_report(source, [_finding("a", Severity.ERROR)], once, words=_words)
    assert len(read_workbook(once).draft.rows(Part.LAO_DONG)) == 2
    write_report(once, [_finding("b", Severity.ERROR, 5, "C")], twice, words=_words)
    book = load_workbook(twice)
    sheet = book[DATA_SHEET]
    assert book.sheetnames == [text("error_book.title"), DATA_SHEET]
    assert (sheet["B4"].comment, sheet["B4"].fill.fill_type) == (None, None)
    assert (sheet["C5"].comment.text, sheet["C5"].fill.start_color.rgb) == ("b!", RED)
    assert [line[3] for line in book.worksheets[0].iter_rows(min_row=4, values_only=True)] == ["b!"]


def test_a_file_that_is_no_workbook_is_refused_as_on_import(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"%PDF-1.7")
    with pytest.raises(DataFault) as caught:
        write_report(source, [], tmp_path / "b.xlsx", words=_words)
    assert caught.value.code == "workbook.is_pdf"


@pytest.mark.parametrize("ending", [".xlsm", ".xls", ".ods"])
def test_a_name_that_excel_would_not_open_is_refused(
    source: Path, tmp_path: Path, ending: str
) -> None:
    with pytest.raises(UsageFault) as caught:
        write_report(source, [], tmp_path / f"loi{ending}", words=_words)
    assert caught.value.code == "error_book.other_ending"
    assert caught.value.params["ending"] == ".xlsx"


def test_a_failed_write_leaves_nothing_behind(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SurroundingsFault) as caught:
        write_report(source, [], tmp_path / "b.xlsx", words=_words)
    assert caught.value.code == "workbook.cannot_write"
    assert list(tmp_path.iterdir()) == [source]


def test_a_folder_that_is_gone_is_said_once(source: Path, tmp_path: Path) -> None:
    with pytest.raises(SurroundingsFault) as caught:
        write_report(source, [], tmp_path / "gone" / "b.xlsx", words=_words)
    assert caught.value.code == "workbook.cannot_write"
