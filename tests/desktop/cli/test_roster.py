"""``tokhai roster``: look, change, undo, tell, write."""

from pathlib import Path

from forms.excel.workbook import read_workbook
from tests.desktop.cli.conftest import PERIOD, UNIT, Line, Sample


def filled(line: Line, sample: Sample) -> int:
    line("import", sample.workbook, "--unit", UNIT, "--period", PERIOD)
    people = line.json("roster", "list", "--unit", UNIT, "--limit", "1").document["people"]
    return int(people[0]["id"])


def test_the_roster_from_the_command_line(line: Line, sample: Sample, tmp_path: Path) -> None:
    one = str(filled(line, sample))
    who = ("--unit", UNIT, "--person", one)
    done = line(
        "roster", "set", *who, "--field", "chuc_vu", "--value", "Thủ kho", "--since", "01/12/2026"
    )
    assert done.code == 0
    assert "Sửa 1 người" in done.out
    shown = line.json("roster", "show", *who).document["person"]
    assert shown["tracks"]["cong_viec"][-1] == {
        "since": "2026-12-01",
        "values": {**shown["tracks"]["cong_viec"][-1]["values"], "chuc_vu": "Thủ kho"},
    }
    assert "Thủ kho" in line("roster", "show", *who).out
    assert line.json("roster", "history", *who).document["history"][0]["after"] == "Thủ kho"
    assert "Thủ kho" in line("roster", "history", *who, "--lang", "en").out
    assert len(line.json("roster", "history", "--unit", UNIT).document["steps"]) == 2
    assert "Nhập bảng" in line("roster", "history", "--unit", UNIT).out
    assert "Đã hoàn tác" in line("roster", "undo", "--unit", UNIT).out
    assert line.json("roster", "redo", "--unit", UNIT).document["step"]["undone"] is False
    assert line.json("roster", "redo", "--unit", UNIT).document == {"step": None}
    out = tmp_path / "ds.xlsx"
    assert line("roster", "export", "--unit", UNIT, "--out", out).code == 0
    assert read_workbook(out).draft is not None


def test_wrong_calls_end_with_their_codes(line: Line, sample: Sample) -> None:
    one = str(filled(line, sample))
    who = ("--unit", UNIT, "--person", one)
    assert line("roster", "set", *who, "--field", "tien_luong", "--value", "nhiều").code == 1
    assert line("roster", "set", *who, "--field", "no_such", "--value", "1").code == 2
    assert line("roster", "show", "--unit", UNIT, "--person", "999999").code == 2
    assert (
        line("roster", "set", *who, "--field", "email", "--value", "", "--since", "1/1").code == 2
    )
    nobody = line("roster", "list", "--unit", UNIT, "--words", "khong-co-ai-nhu-the")
    assert (nobody.code, nobody.out.strip()) == (0, "Chưa có người nào trong danh sách.")


def test_codes_have_their_names_in_both_languages(line: Line, sample: Sample) -> None:
    who = ("--unit", UNIT, "--person", str(filled(line, sample)))
    assert "active (Đang tham gia)" in line("roster", "show", *who).out
    assert "active (Takes part)" in line("--lang", "en", "roster", "show", *who).out


def test_a_value_not_understood_names_the_field_as_people_do(line: Line, sample: Sample) -> None:
    who = ("--unit", UNIT, "--person", str(filled(line, sample)))
    said = line("roster", "set", *who, "--field", "tien_luong", "--value", "nhiều")
    assert "Tiền lương hoặc hệ số" in said.err
    assert "tien_luong" not in said.err
    told = line("--lang", "en", "roster", "set", *who, "--field", "ngay_sinh", "--value", "x")
    assert "Date of birth" in told.err
