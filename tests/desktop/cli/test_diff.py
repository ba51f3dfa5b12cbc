"""``tokhai diff``: two lists in, the month's movements out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from forms.excel.writer import write_rows
from forms.model import Part
from tests.desktop.cli.conftest import UNIT, Line, Sample
from tests.fakes.payrolls import write_book

LAYOUT = "vnpt-d02-tk1-2025-11"
MAY: Mapping[str, object] = {
    "stt": "1",
    "ho_ten": "Ngô Văn Mây",
    "ma_so_bhxh": "9900000017",
    "phuong_an": "TM",
    "chuc_vu": "Thợ may",
    "tien_luong": 10_000_000,
    "tu_thang": "01/2026",
    "cccd": "099085000001",
    "ngay_sinh": "01/02/1985",
    "gioi_tinh": "Nam",
}
GIO = {**MAY, "stt": "2", "ho_ten": "Trần Thị Gió", "ma_so_bhxh": "9900000025"}
GIO |= {"cccd": "099185000002", "gioi_tinh": "Nữ"}
MUA = {**GIO, "stt": "3", "ho_ten": "Lê Thị Mưa", "ma_so_bhxh": None, "phuong_an": None}
MUA |= {"cccd": "099185000003", "tu_thang": None}


def book(folder: Path, name: str, *people: Mapping[str, object]) -> Path:
    path = folder / name
    write_rows(path, LAYOUT, {Part.LAO_DONG: people})
    return path


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Gió is missing, Mây's wage rises, Mưa is new."""
    new = {**MAY, "tien_luong": 12_000_000}
    return (
        book(tmp_path, "danh-sach 10-2026.xlsx", MAY, GIO),
        book(tmp_path, "danh-sach 11-2026.xlsx", new, MUA),
    )


def diff(line: Line, *arguments: str | Path) -> dict[str, Any]:
    said = line.json("diff", *arguments, "--period", "2026-11")
    assert said.code == 0, said.out
    return said.document


def test_movements_questions_and_who_is_the_same(line: Line, lists: tuple[Path, Path]) -> None:
    found = diff(line, *lists)
    assert [each["phuong_an"] for each in found["movements"]] == ["DC", "TM"]
    assert [each["code"] for each in found["questions"]] == ["months.ask.left", "months.said.notes"]
    assert found["unchanged"] == 0


def test_a_movement_in_json_says_all(line: Line, lists: tuple[Path, Path]) -> None:
    wage = diff(line, *lists)["movements"][0]
    assert wage["person"] == {
        "name": "Ngô Văn Mây",
        "social_number": "9900000017",
        "citizen_id": "099085000001",
        "birth": "01/02/1985",
    }
    assert (wage["from_month"], wage["to_month"]) == ("2026-11", None)
    assert "12.000.000 đ" in wage["reason"]
    (evidence,) = wage["evidence"]
    assert evidence["new"] == {"sheet": "Dữ Liệu", "row": 4, "column": "J"}
    assert (wage["cost"]["employer"], wage["cost"]["employee"]) == (430_000, 210_000)
    assert wage["deadline"] == "2026-12-31"
    assert wage["deadline_source"]["confidence"] == "L"


def test_a_question_names_the_person_and_its_options(line: Line, lists: tuple[Path, Path]) -> None:
    asked = diff(line, *lists)["questions"][0]
    assert asked["person"]["name"] == "Trần Thị Gió"
    assert [each["id"] for each in asked["options"]] == ["GH", "GD", "GC", "nothing"]
    assert asked["options"][0]["movements"][0]["phuong_an"] == "GH"
    assert asked["options"][3]["kind"] == "nothing"


def test_the_list_for_a_person_to_read(line: Line, lists: tuple[Path, Path]) -> None:
    said = line("diff", *lists, "--period", "2026-11")
    assert said.code == 0
    assert "DC  Điều chỉnh lương  11/2026  Ngô Văn Mây (9900000017)" in said.out
    assert "640.000 đ" in said.out
    assert "Dữ Liệu!J4" in said.out
    assert "2 biến động, 2 điều cần hỏi, 0 người không đổi." in said.out


def test_a_cost_that_is_not_known_says_why(line: Line, tmp_path: Path) -> None:
    old, new = (
        book(tmp_path, "a.xlsx", MAY),
        book(tmp_path, "b.xlsx", MAY, {**MUA, "tien_luong": None}),
    )
    found = diff(line, old, new)["movements"][0]
    assert (found["cost"]["total"], found["cost"]["employer"]) == (None, None)
    assert "mức lương" in found["cost"]["unknown"]
    assert "mức lương" in line("diff", old, new, "--period", "2026-11").out


def test_the_roster_without_the_month_before_is_said(line: Line, imported: str) -> None:
    assert imported
    said = line.json("diff", "--unit", UNIT, "--period", "2026-11")
    assert said.code == 0
    assert "months.ask.no_previous" in [each["code"] for each in said.document["questions"]]


def test_accepting_makes_drafts_of_what_needs_no_answer(
    line: Line, sample: Sample, lists: tuple[Path, Path]
) -> None:
    assert sample.workbook.exists()
    said = line.json("diff", *lists, "--unit", UNIT, "--period", "2026-11", "--accept")
    (dossier,) = said.document["dossiers"]
    assert (dossier["procedure"], dossier["state"]) == ("600", "draft")
    assert said.code == 1, "the new person's data are not complete, and the dossier says so"
    again = line.json("diff", *lists, "--unit", UNIT, "--period", "2026-11", "--accept")
    assert again.code == 2
    assert again.document["error"]["code"] == "months.declared_meanwhile"


def test_a_new_list_against_the_roster(line: Line, imported: str, sample: Sample) -> None:
    assert imported
    found = line.json("diff", sample.workbook, "--unit", UNIT, "--period", "2026-12").document
    assert found["unchanged"] + len(found["movements"]) + len(found["questions"]) > 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--period", "2026-11"), "cli.diff.lists"),
        (("a.xlsx", "--period", "2026-11"), "cli.diff.lists"),
        (("a.xlsx", "b.xlsx", "c.xlsx", "--unit", UNIT, "--period", "2026-11"), "cli.diff.lists"),
        (("--unit", UNIT, "--period", "2026-11", "--map", "a.toml"), "cli.diff.map"),
        (("--unit", UNIT, "--period", "2026-11", "--new-map", "a.toml"), "cli.diff.map"),
        (
            ("a.xlsx", "--unit", UNIT, "--period", "2026-11", "--old-map", "a.toml"),
            "cli.diff.old_map",
        ),
    ],
)
def test_what_is_missing_is_said(line: Line, arguments: tuple[str, ...], code: str) -> None:
    said = line.json("diff", *arguments)
    assert said.code == 2
    assert said.document["error"]["code"] == code


def test_accepting_needs_a_unit(line: Line, lists: tuple[Path, Path]) -> None:
    said = line.json("diff", *lists, "--period", "2026-11", "--accept")
    assert said.document["error"]["code"] == "cli.diff.unit"


@pytest.fixture
def payrolls(tmp_path: Path) -> tuple[Path, Path]:
    """No phương án, no birth date: Mây's wage rises, Gió is missing, Mưa is new."""
    heading = ("Họ & tên", "CMND/CCCD", "Lương cơ bản", "Chức vụ")
    may, gio = ("Ngô Văn Mây", "099085000001"), ("Trần Thị Gió", "099185000002")
    old = [heading, (*may, 8_000_000, "Thợ may"), (*gio, 7_000_000, "Kế toán")]
    new = [heading, (*may, 9_000_000, "Thợ may"), ("Lê Thị Mưa", "099185000003", 6_000_000, "Kho")]
    return write_book(tmp_path / "a.xlsx", old), write_book(tmp_path / "b.xlsx", new)


@pytest.fixture
def columns(line: Line, payrolls: tuple[Path, Path], tmp_path: Path) -> Path:
    file = tmp_path / "cot.toml"
    assert line("columns", payrolls[0], "--map-out", file).code == 0
    return file


def test_payrolls_are_not_compared_by_a_guess(line: Line, payrolls: tuple[Path, Path]) -> None:
    said = line.json("diff", *payrolls, "--period", "2026-11")
    assert (said.code, said.document["error"]["code"]) == (1, "months.unconfirmed")
    assert "“b.xlsx”" in said.document["error"]["message"]
    assert "--new-map" in said.document["error"]["message"]


@pytest.mark.parametrize("options", [("--map",), ("--old-map", "--new-map"), ("--new-map",)])
def test_payrolls_with_a_file_of_columns(
    line: Line, payrolls: tuple[Path, Path], columns: Path, options: tuple[str, ...]
) -> None:
    given = [each for option in options for each in (option, columns)]
    found = diff(line, *payrolls, *given)
    assert [each["phuong_an"] for each in found["movements"]] == ["DC", "TM"]
    assert found["movements"][0]["evidence"][0]["new"]["column"] == "C"
    assert found["questions"][0]["code"] == "months.ask.left"
    assert diff(line, *payrolls) == found, "the columns are remembered"


def test_a_payroll_against_the_roster(
    line: Line, payrolls: tuple[Path, Path], columns: Path, imported: str
) -> None:
    assert imported
    said = line.json("diff", payrolls[1], "--unit", UNIT, "--period", "2026-12", "--map", columns)
    assert {each["person"]["name"] for each in said.document["movements"]} >= {"Lê Thị Mưa"}
