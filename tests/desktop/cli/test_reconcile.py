"""The agency's notice held against what was filed here."""

from pathlib import Path

from desktop.practice.sample import sample_unit
from forms.model import Period
from forms.reconcile.notice import SPLIT
from tests.desktop.cli.conftest import Line
from tests.fakes.notices import c12_sheet, figures_of, worker, write

NOVEMBER = Period(2026, 11)
MONTH = "Tháng 11 năm 2026"


def notice(path: Path) -> Path:
    """A C12-TS of two invented workers that this unit never declared here."""
    figures = figures_of([worker(1), worker(2)], SPLIT)
    return write(path, C12=c12_sheet(figures, unit=sample_unit().code, month=MONTH))


def test_people_never_declared_here_stay_unexplained(
    line: Line, signed: str, tmp_path: Path
) -> None:
    assert line("send", signed).code == 0
    path = notice(tmp_path / "c12.xlsx")
    said = line.json("reconcile", path, "--unit", sample_unit().code, "--period", "2026-11")
    assert said.code in {0, 1}, said.err
    found = said.document
    assert found["period"] == "2026-11"
    assert found["differences"]
    assert all(each["message"] and each["explained_by"] for each in found["differences"])
    assert found["unexplained"] == sum(
        each["explained_by"] == "unexplained" for each in found["differences"]
    )
    assert found["sources"]


def test_a_file_that_is_no_notice(line: Line, imported: str, tmp_path: Path) -> None:
    path = tmp_path / "khac.xlsx"
    path.write_bytes(b"khong phai")
    said = line.json("reconcile", path, "--unit", sample_unit().code, "--period", "2026-11")
    assert said.code == 1
    assert said.document["error"]["code"].startswith("workbook.")
