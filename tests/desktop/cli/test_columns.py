"""``tokhai columns`` and ``tokhai import --map``: any list, from guess to dossier."""

from pathlib import Path

import pytest

from forms.excel.layout import load
from tests.desktop.cli.conftest import PERIOD, UNIT, Line, Sample
from tests.fakes.payrolls import NAMES, book_of_layout, column, sheet_of, write_book


@pytest.fixture
def payroll(tmp_path: Path) -> Path:
    rows = sheet_of(
        column("Họ & tên", "ho_ten"),
        column("Mã số BHXH", "ma_so_bhxh"),
        column("CMND/CCCD", "cccd"),
        column("NS", "ngay_sinh"),
        column("GT", "gioi_tinh"),
        column("Lương cơ bản", "tien_luong"),
        column("Mã riêng", "stt"),
    )
    more = {"Liên hệ": sheet_of(column("Họ tên", "ho_ten"), column("Email", "email"))}
    return write_book(tmp_path / "luong.xlsx", [["CÔNG TY MÂY TRẮNG"], *rows], more=more)


def test_the_guess_as_a_document(line: Line, payroll: Path) -> None:
    said = line.json("columns", payroll)
    assert said.code == 0
    assert (said.document["sheet"], said.document["header_row"]) == ("Sheet1", 2)
    assert said.document["columns"][0] == {
        "column": "A",
        "heading": "Họ & tên",
        "field": "ho_ten",
        "confidence": 1.0,
    }
    assert said.document["columns"][6]["field"] is None
    assert said.document["layout"] is None
    assert [other["sheet"] for other in said.document["other_sheets"]] == ["Liên hệ"]


def test_the_guess_as_a_person_reads_it(line: Line, payroll: Path) -> None:
    said = line("columns", payroll)
    assert said.code == 0
    assert "Trang “Sheet1”, dòng tên cột 2, 5 dòng dữ liệu" in said.out
    assert "Họ và tên" in said.out
    assert "100%" in said.out
    assert "(không đọc)" in said.out
    assert "“Liên hệ”" in said.out


def test_a_known_layout_is_called_by_its_name(line: Line, tmp_path: Path) -> None:
    path = book_of_layout(tmp_path / "a.xlsx", load("d02-lt-2026-05"))
    assert line.json("columns", path).document["layout"] == "d02-lt-2026-05"
    assert "Mẫu D02-LT bản in" in line("columns", path).out
    assert "Printed D02-LT" in line("columns", path, "--lang", "en").out


def test_from_the_guess_to_a_dossier(
    line: Line, sample: Sample, payroll: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "cot.toml"
    assert line("columns", payroll, "--map-out", mapping).code == 0
    text = mapping.read_text(encoding="utf-8")
    assert 'C = "cccd"  # CMND/CCCD' in text
    mapping.write_text(text.replace('# G = ""', 'G = "stt"'), encoding="utf-8")
    done = line.json("import", payroll, "--map", mapping, "--unit", UNIT, "--period", PERIOD)
    assert done.document["rows"] == len(NAMES)
    again = line.json("columns", payroll).document["columns"]
    assert again[6]["field"] == "stt"
    assert "như lần nhập trước" in line("columns", payroll).out


def test_nothing_is_imported_by_the_guess_alone(line: Line, sample: Sample, payroll: Path) -> None:
    said = line.json("import", payroll, "--unit", UNIT, "--period", PERIOD)
    assert (said.code, said.document["error"]["code"]) == (1, "columns.unconfirmed")
    assert "tokhai columns" in said.document["error"]["message"]


def test_a_mistake_in_the_file_is_told_with_its_line(
    line: Line, sample: Sample, payroll: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "cot.toml"
    line("columns", payroll, "--map-out", mapping)
    text = mapping.read_text(encoding="utf-8").replace('"cccd"', '"can_cuoc"')
    mapping.write_text(text, encoding="utf-8")
    said = line.json("import", payroll, "--map", mapping, "--unit", UNIT, "--period", PERIOD)
    assert (said.code, said.document["error"]["code"]) == (1, "mapping.unknown_field")
    wrong = text.splitlines().index('C = "can_cuoc"  # CMND/CCCD') + 1
    assert f"Dòng {wrong} " in said.document["error"]["message"]


def test_a_layout_and_a_mapping_are_not_asked_for_at_once(line: Line, payroll: Path) -> None:
    said = line(
        "import", payroll, "--unit", UNIT, "--period", PERIOD, "--map", "a", "--layout", "b"
    )
    assert said.code == 2


def test_every_field_that_a_column_may_be(line: Line) -> None:
    said = line.json("columns", "--fields")
    assert {"field": "ho_ten", "title": "Họ và tên"} in said.document["fields"]
    assert "so_tai_khoan" in line("columns", "--fields").out


def test_what_cannot_be_guessed_or_written(line: Line, payroll: Path, tmp_path: Path) -> None:
    nobody = write_book(tmp_path / "b.xlsx", [["Chào"]])
    assert line.json("columns", nobody).document["error"]["code"] == "columns.none"
    assert line.json("columns").document["error"]["code"] == "columns.no_workbook"
    said = line.json("columns", payroll, "--map-out", tmp_path / "no" / "cot.toml")
    assert (said.code, said.document["error"]["code"]) == (3, "columns.cannot_write")


def test_a_birth_date_under_men_or_women_from_guess_to_dossier(
    line: Line, sample: Sample, tmp_path: Path
) -> None:
    rows = [["Họ và tên", "Năm sinh", None, "Số CCCD"], [None, "Nam", "Nữ", None]]
    rows += [["Ngô Văn Mây", "1985", None, "099085000001"]]
    rows += [["Trần Thị Gió", None, "01/02/1990", "099190000002"]]
    path, mapping = write_book(tmp_path / "a.xlsx", rows, merged=["B1:C1"]), tmp_path / "cot.toml"
    said = line("columns", path, "--map-out", mapping)
    assert "Ngày sinh, cột của Nữ" in said.out
    assert "hai cột Nam và Nữ" in said.out
    assert "ngay_sinh.nu" in line("columns", "--fields").out
    done = line.json("import", path, "--map", mapping, "--unit", UNIT, "--period", PERIOD)
    assert done.document["rows"] == 2
