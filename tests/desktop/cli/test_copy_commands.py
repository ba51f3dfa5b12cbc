"""``tokhai backup`` and ``tokhai restore``: seen first, then done; also where all is damaged."""

from pathlib import Path
from typing import Any

import pytest

from desktop.store.opening import FILE
from tests.desktop.cli.conftest import Line

UNIT = (
    *("unit", "add", "--code", "TA0000Z", "--name", "Công ty TNHH Ví Dụ"),
    *("--tax-code", "9900000016", "--agency", "07900", "--region", "1"),
    *("--signer", "Nguyễn Thị Ví Dụ", "--phone", "0900000000"),
)


def document(line: Line, *arguments: str, code: int = 0) -> dict[str, Any]:
    said = line.json(*arguments)
    assert said.code == code, said.err
    return said.document


def codes(line: Line) -> list[str]:
    return [each["code"] for each in document(line, "unit", "list")["units"]]


def made(line: Line) -> str:
    return str(document(line, "backup")["file"])


def test_a_copy_is_made_listed_seen_and_put_back(line: Line) -> None:
    empty = made(line)
    document(line, *UNIT)
    full = made(line)
    listed = document(line, "backup", "--list")["copies"]
    assert [each["file"] for each in listed] == [full, empty]
    assert [each["kind"] for each in listed] == ["copy", "copy"]

    seen = document(line, "restore", empty, code=1)
    assert (seen["restored"], seen["units"]) == (False, [])
    assert codes(line) == ["TA0000Z"]

    done = document(line, "restore", empty, "--yes")
    assert (done["restored"], done["kept"], done["paused"]) == (True, [], False)
    assert codes(line) == []
    document(line, "restore", done["before"]["file"], "--yes")
    assert codes(line) == ["TA0000Z"]


def test_what_is_in_a_copy_is_told_in_words(line: Line) -> None:
    document(line, *UNIT)
    told = line("restore", made(line)).out
    assert "TA0000Z – Công ty TNHH Ví Dụ: 0 người, 0 hồ sơ" in told
    assert "--yes" in told


def test_to_another_folder(line: Line, tmp_path: Path) -> None:
    copy = document(line, "backup", "--out", str(tmp_path / "usb"))
    assert Path(copy["file"]).parent == tmp_path / "usb"
    assert document(line, "backup", "--list")["copies"] == []


@pytest.mark.parametrize("content", [None, b"nothing of ours"], ids=["missing", "other"])
def test_the_wrong_file(line: Line, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.db"
    if content:
        file.write_bytes(content)
    error = document(line, "restore", str(file), "--yes", code=1)["error"]
    assert error["code"] == ("copy.damaged" if content else "copy.missing")


def test_data_that_cannot_be_opened_any_more_come_back(line: Line) -> None:
    document(line, *UNIT)
    copy = made(line)
    (line.data / FILE).write_bytes(b"damaged " * 999)
    assert document(line, "unit", "list", code=3)["error"]["code"] == "store.corrupt"
    done = document(line, "restore", copy, "--yes")
    assert done["before"]["kind"] == "damaged"
    assert codes(line) == ["TA0000Z"]
