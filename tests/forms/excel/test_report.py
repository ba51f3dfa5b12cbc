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

RED, YELLOW = "FFFFC7CE", "FFFFF2B3"


def _words(finding: Finding) -> str:
    return f"{finding.code}!"


def _finding(
    code: str, severity: Severity, row: int | None = 4, column: str | None = "B"
) -> Finding:
    return Finding(code=code, severity=severity, sheet=DATA_SHEET, row=row, column=column)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return roster({}, {"ho_ten": "Cầm Thử Hai"}).write(tmp_path / "goc.xlsx")


def test_errors_are_red_and_warnings_yellow_with_their_words(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    findings = [
        _finding("a", Severity.ERROR),
        _finding("b", Severity.WARNING, 5, "J"),
        _finding("c", Severity.INFO, 5, "C"),
    ]
    write_report(source, findings, out, words=_words)
    sheet = load_workbook(out)[DATA_SHEET]
    assert (sheet["B4"].fill.start_color.rgb, sheet["B4"].comment.text) == (RED, "a!")
    assert (sheet["J5"].fill.start_color.rgb, sheet["J5"].comment.text) == (YELLOW, "b!")
    assert sheet["C5"].comment is None


def test_two_findings_in_one_cell_share_its_comment(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    findings = [_finding("b", Severity.WARNING), _finding("a", Severity.ERROR)]
    write_report(source, findings, out, words=_words)
    cell = load_workbook(out)[DATA_SHEET]["B4"]
    assert cell.comment.text == "a!\nb!"
    assert cell.fill.start_color.rgb == RED


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
    assert book.sheetnames[0] == text("error_book.title")
    lines = [[cell.value for cell in line] for line in book.worksheets[0].iter_rows(min_row=2)]
    assert lines == [
        [text("error_book.error"), DATA_SHEET, "B4", "a!"],
        [text("error_book.warning"), None, None, "c!"],
        [text("error_book.info"), DATA_SHEET, None, "b!"],
    ]
    assert book.worksheets[0]["C2"].hyperlink.location == f"'{DATA_SHEET}'!B4"
    assert book.worksheets[0]["C3"].hyperlink is None


def test_words_never_become_a_formula(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    finding = _finding("=HYPERLINK(1)", Severity.ERROR)
    write_report(source, [finding], out, words=_words)
    cell = load_workbook(out).worksheets[0]["D2"]
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
    write_report(once, [_finding("b", Severity.ERROR)], twice, words=_words)
    book = load_workbook(twice)
    assert book.sheetnames[:2] == [f"{text('error_book.title')} 2", text("error_book.title")]
    assert book[DATA_SHEET]["B4"].comment.text == "a!\nb!"


def test_a_file_that_is_no_workbook_is_refused_as_on_import(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"%PDF-1.7")
    with pytest.raises(DataFault) as caught:
        write_report(source, [], tmp_path / "b.xlsx", words=_words)
    assert caught.value.code == "workbook.is_pdf"


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
