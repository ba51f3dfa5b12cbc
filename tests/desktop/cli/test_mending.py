"""From a faulty workbook over its error workbook back into the same dossier; and the template."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from forms.model import Part
from resources.messages import text
from tests.desktop.cli.conftest import PERIOD, UNIT, Line, Sample
from tests.fakes.workbooks import DATA_SHEET, letters_of

WAGE = f"{letters_of('tien_luong', Part.LAO_DONG)}5"
DECLARING = ("--unit", UNIT, "--period", PERIOD)


@pytest.fixture
def faulty(sample: Sample, tmp_path: Path) -> Path:
    """The wage of the second person is no number."""
    book = load_workbook(sample.workbook)
    book[DATA_SHEET][WAGE] = "bảy triệu"
    book.save(tmp_path / "sai.xlsx")
    return tmp_path / "sai.xlsx"


def test_mend_in_the_error_workbook_and_take_the_rows_again(
    line: Line, faulty: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "loi.xlsx"
    done = line.json("import", faulty, *DECLARING, "--report", errors)
    assert done.code == 1
    dossier = done.document["id"]
    book = load_workbook(errors)
    assert book[DATA_SHEET][WAGE].comment is not None
    book[DATA_SHEET][WAGE] = 7_000_000
    book.save(errors)
    again = line.json("import", errors, "--again", dossier)
    assert (again.code, again.document["id"], again.document["rows"]) == (0, dossier, 1)
    assert line.json("check", dossier).code == 0


def test_another_workbook_is_refused(line: Line, faulty: Path, tmp_path: Path) -> None:
    dossier = line.json("import", faulty, *DECLARING).document["id"]
    book = load_workbook(faulty)
    book[DATA_SHEET].delete_rows(5)
    book.save(tmp_path / "thieu.xlsx")
    refused = line.json("import", tmp_path / "thieu.xlsx", "--again", dossier)
    assert refused.code == 1
    assert refused.document["error"]["code"] == "import.other_workbook"


def test_a_new_dossier_needs_its_unit_and_month(line: Line, faulty: Path) -> None:
    said = line("import", faulty)
    assert said.code == 2
    assert text("import.unit_and_period") in said.err


def test_the_template_is_written(line: Line, tmp_path: Path) -> None:
    out = tmp_path / "mau.xlsx"
    assert line.json("template", "--out", out).document == {"written": [str(out)]}
    assert load_workbook(out).sheetnames[0] == text("template.guide")
