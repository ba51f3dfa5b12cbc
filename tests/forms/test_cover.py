"""The sheet of paper that goes with a carried dossier."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forms.cover import CoveredFile, CoverSheet
from forms.cover_pdf import cover_pdf

SHEET = CoverSheet(
    title="PHIẾU BÀN GIAO HỒ SƠ ĐIỆN TỬ",
    facts=(("Đơn vị", "CÔNG TY MÂY TRẮNG (không có thật)"), ("Kỳ kê khai", "11/2026")),
    files_title="Các tệp",
    files=(CoveredFile(name="BHXHDienTu.xml", about="12.345 byte", sha256="ab" * 32),),
    signers_title="Đã ký số bởi",
    signers=("Ngô Văn Mây · MST 9900000016",),
    note="Người nhận so dấu vân tay của từng tệp.",
    places=(("BÊN GIAO", "(ký, ghi rõ họ tên)"), ("BÊN NHẬN", "(ký, ghi rõ họ tên)")),
    made=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
)


def words_of(pdf: bytes, folder: Path) -> str:
    """As another program reads it."""
    path = folder / "phieu.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return cover_pdf(SHEET)


def test_every_word_can_be_selected(pdf: bytes, tmp_path: Path) -> None:
    said = words_of(pdf, tmp_path)
    for part in (
        SHEET.title,
        "CÔNG TY MÂY TRẮNG (không có thật)",
        "1. BHXHDienTu.xml",
        f"SHA-256: {'ab' * 32}",
        "Ngô Văn Mây · MST 9900000016",
        "BÊN GIAO",
        "BÊN NHẬN",
    ):
        assert part in said


def test_its_fonts_travel_with_it(pdf: bytes) -> None:
    assert pdf.count(b"/FontFile2") == 2
    assert b"DejaVuSans" in pdf


def test_the_same_sheet_is_the_same_file(pdf: bytes) -> None:
    assert cover_pdf(SHEET) == pdf


def test_many_files_go_over_several_pages(tmp_path: Path) -> None:
    many = tuple(replace(SHEET.files[0], name=f"giay-to-{n}.pdf") for n in range(40))
    said = words_of(cover_pdf(replace(SHEET, files=many)), tmp_path)
    pages = said.split("\f")
    assert "40. giay-to-39.pdf" in said
    assert sum("BÊN GIAO" in page for page in pages) == 1
    for page in pages:
        assert page.count("giay-to-") == page.count("SHA-256: ab"), "no file over two pages"
