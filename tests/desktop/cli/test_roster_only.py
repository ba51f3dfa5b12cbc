"""``tokhai import F --roster-only``: a first list of people who take part already."""

from pathlib import Path

import pytest

from resources.messages import text
from tests.desktop.cli.conftest import PERIOD, UNIT, Line, Said, Sample
from tests.fakes.payrolls import column, sheet_of, write_book

TAKING = ("--unit", UNIT, "--roster-only")


@pytest.fixture
def people(sample: Sample, tmp_path: Path) -> Path:
    """Five people as a clerk keeps them, the citizen id of one a digit short."""
    rows = sheet_of(
        column("Họ và tên", "ho_ten"),
        column("Số CCCD", "cccd"),
        column("Ngày sinh", "ngay_sinh"),
        column("Giới tính", "gioi_tinh"),
        column("Chức vụ", "chuc_vu"),
        column("Mức lương đóng BHXH", "tien_luong"),
    )
    rows[2][1] = "00119000001"
    return write_book(tmp_path / "nhan-su.xlsx", rows)


def _list(line: Line, month: str) -> list[dict[str, str]]:
    listed = line.json("roster", "list", "--unit", UNIT, "--month", month).document["people"]
    return [one["values"] for one in listed]


def _taken(line: Line, people: Path, *more: str) -> Said:
    columns = people.with_suffix(".toml")
    assert line("columns", people, "--map-out", columns).code == 0
    return line.json("import", people, "--map", columns, *TAKING, *more)


def test_people_come_without_a_declaration(line: Line, people: Path) -> None:
    done = _taken(line, people, "--from", "2026-01")
    document = done.document
    assert (document["people"], document["assumed"], document["since"]) == (5, 5, "2026-01")
    assert len(line.json("roster", "history", "--unit", UNIT).document["steps"]) == 1
    assert (
        line.json("status", f"{UNIT}-{PERIOD}-600-1").document["error"]["code"] == "dossier.unknown"
    )
    assert {one["dang_tham_gia"] for one in _list(line, "2026-01")} == {"active"}
    assert {one.get("dang_tham_gia") for one in _list(line, "2025-12")} == {None}


def test_only_what_is_wrong_with_a_cell_is_said(line: Line, people: Path) -> None:
    found = _taken(line, people).document["findings"]
    assert [(each["row"], each["field"]) for each in found if each["severity"] == "error"] == [
        (3, "cccd")
    ]
    assert not {each["field"] for each in found} & {"phuong_an", "tu_thang", "ty_le_dong"}


def test_what_is_assumed_is_said_and_undone_at_once(line: Line, people: Path) -> None:
    columns = people.with_suffix(".toml")
    line("columns", people, "--map-out", columns)
    said = line("import", people, "--map", columns, *TAKING, "--from", "2026-10")
    assert text("cli.import.assumed", people=5, month="10/2026") in said.out
    assert text("cli.import.undo", unit=UNIT) in said.out
    assert line("roster", "undo", "--unit", UNIT).code == 0
    assert _list(line, PERIOD) == []


def test_the_next_month_is_then_compared_with_it(line: Line, people: Path) -> None:
    _taken(line, people, "--from", "2026-10")
    columns = people.with_suffix(".toml")
    said = line.json("diff", people, "--unit", UNIT, "--period", PERIOD, "--map", columns)
    assert said.document["movements"] == []
    assert "months.ask.no_previous" not in {each["code"] for each in said.document["questions"]}


def test_the_same_list_again_changes_nothing(line: Line, people: Path) -> None:
    _taken(line, people)
    again = _taken(line, people)
    assert again.document["step"] is None
    assert (
        text("cli.import.nothing_new", rows=5, people=5)
        in line("import", people, "--map", people.with_suffix(".toml"), *TAKING).out
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--unit", UNIT, "--period", PERIOD, "--from", "2026-01"), "cli.import.from_alone"),
        (("--roster-only",), "cli.import.roster_unit"),
        ((*TAKING, "--again", "ZZ0001Z-2026-11-600-1"), "cli.import.roster_again"),
        ((*TAKING, "--from", "2062-01"), "roster.month_to_come"),
    ],
)
def test_what_does_not_go_together(
    line: Line, people: Path, arguments: tuple[str, ...], code: str
) -> None:
    refused = line.json("import", people, *arguments)
    assert (refused.code, refused.document["error"]["code"]) == (2, code)
