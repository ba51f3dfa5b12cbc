"""``tokhai print``: PDF files in a folder, and a word on how they look."""

import subprocess
from pathlib import Path

from tests.desktop.cli.conftest import Line


def test_the_forms_come_as_pdf_files(line: Line, imported: str, tmp_path: Path) -> None:
    said = line.json("print", imported, "--out", tmp_path / "in")
    assert said.code == 0
    told = {form["form"]: form for form in said.document["printed"]}
    assert told["D02-LT"]["official"] is True
    for form in told.values():
        assert Path(form["file"]).read_bytes().startswith(b"%PDF-")
        assert form["pages"] > 0
    page = subprocess.run(
        ["pdftotext", told["D02-LT"]["file"], "-"], capture_output=True, check=True, timeout=30
    )
    assert "LUYỆN TẬP" in page.stdout.decode()


def test_one_form_is_told_in_words(line: Line, imported: str, tmp_path: Path) -> None:
    said = line("print", imported, "--out", tmp_path / "in", "--form", "D02-TS")
    assert said.code == 0
    assert said.out.strip().endswith("theo mẫu chính thức")
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["D02-LT.pdf"]
    refused = line.json("print", imported, "--out", tmp_path / "in", "--form", "TK3-TS")
    assert (refused.code, refused.document["error"]["code"]) == (2, "print.no_such_form")
