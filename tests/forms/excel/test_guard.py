"""Files that must be refused before any spreadsheet library touches them, each by its own name."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.excel.guard import open_workbook
from forms.excel.limits import Limits
from forms.excel.workbook import read_workbook
from resources.faults import DataFault, Fault, SurroundingsFault
from resources.messages import text
from tests.fakes.workbooks import Package, package, roster, sheet_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><worksheet>&d;'
    b"</worksheet>"
)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


def _good() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in roster({}).parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _encrypted() -> bytes:
    """The flag of encryption set in the directory of the zip."""
    content = bytearray(_good())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 8] |= 1
    return bytes(content)


def _understated() -> bytes:
    """A directory that says a part is shorter than it is."""
    content = bytearray(_good())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (5).to_bytes(4, "little")
    return bytes(content)


def _with_part(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    changed = Package({**roster({}).parts, name: content})
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in changed.parts.items():
            archive.writestr(part, data)
    return buffer.getvalue()


DAMAGED: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("nothing in it", "a.xlsx", lambda: b"", "workbook.empty"),
    ("a password", "a.xlsx", lambda: OLE + _stream("EncryptedPackage"), "workbook.has_password"),
    ("a broken old Excel", "a.xls", lambda: OLE + _stream("Workbook"), "workbook.broken"),
    ("a broken older Excel", "a.xlsx", lambda: OLE + _stream("Book"), "workbook.broken"),
    ("another OLE file", "a.xlsx", lambda: OLE + _stream("WordDocument"), "workbook.not_excel"),
    ("a PDF", "a.xlsx", lambda: b"%PDF-1.7\n\x00\xff", "workbook.is_pdf"),
    ("a CSV", "a.xlsx", lambda: "HoTen;PA\nCầm Thử;TM\n".encode(), "workbook.is_text"),
    ("a web page", "a.xlsx", lambda: b"<html><table></table></html>", "workbook.is_text"),
    ("UTF-16 text", "a.xlsx", lambda: "HoTen".encode("utf-16"), "workbook.is_text"),
    ("a picture", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n\0\0", "workbook.not_excel"),
    ("a zip of other things", "a.xlsx", lambda: _zip("readme.txt"), "workbook.is_zip"),
    ("an empty zip", "a.xlsx", lambda: _zip(), "workbook.is_zip"),
    ("Word", "a.xlsx", lambda: _zip("word/document.xml"), "workbook.is_word"),
    ("OpenDocument without a manifest", "a.ods", lambda: _zip("content.xml"), "workbook.broken"),
    ("binary Excel alone", "a.xlsb", lambda: _zip("xl/workbook.bin"), "workbook.broken"),
    ("cut short", "a.xlsx", lambda: _good()[:-200], "workbook.broken"),
    ("half a file", "a.xlsx", lambda: _good()[: len(_good()) // 2], "workbook.broken"),
    ("a changed byte", "a.xlsx", lambda: _flip(_good(), 80), "workbook.broken"),
    ("a locked part", "a.xlsx", _encrypted, "workbook.locked_parts"),
    ("a lying directory", "a.xlsx", _understated, "workbook.broken"),
    (
        "entities in a sheet",
        "a.xlsx",
        lambda: _with_part("xl/worksheets/sheet1.xml", ENTITY),
        "workbook.entities",
    ),
    (
        "entities in UTF-16",
        "a.xlsx",
        lambda: _with_part("xl/styles.xml", ENTITY.decode().replace("1.0", "1.0").encode("utf-16")),
        "workbook.entities",
    ),
    (
        "a document type behind a long comment",
        "a.xlsx",
        lambda: _with_part(
            "xl/theme.xml", b"<!--" + b"x" * 3_000_000 + b"-->" + b'<!DOCTYPE a SYSTEM "b"><a/>'
        ),
        "workbook.entities",
    ),
    (
        "entities in a relation",
        "a.xlsx",
        lambda: _with_part("xl/_rels/other.xml.rels", ENTITY),
        "workbook.entities",
    ),
    (
        "a bomb",
        "a.xlsx",
        lambda: _with_part("xl/media/a.bin", bytes(20_000_000)),
        "workbook.zip_bomb",
    ),
    (
        "an endless string",
        "a.xlsx",
        lambda: _with_part(
            "xl/sharedStrings.xml",
            b"<sst><si><t>" + os.urandom(200_000).hex().encode() + b"</t></si></sst>",
        ),
        "workbook.text_too_long",
    ),
    (
        "no relations",
        "a.xlsx",
        lambda: _zip("xl/workbook.xml"),
        "workbook.broken",
    ),
    (
        "a workbook part that is no XML",
        "a.xlsx",
        lambda: _with_part("xl/workbook.xml", b"<workbook"),
        "workbook.broken",
    ),
]


@pytest.mark.parametrize(
    ("name", "make", "code"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED]
)
def test_a_damaged_or_foreign_file_is_named(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == code
    assert text(code, "vi", **caught.value.params)


def _code(path: Path, limits: Limits) -> Fault:
    with pytest.raises(Fault) as caught:
        open_workbook(path, limits)
    return caught.value


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _code(tmp_path / "gone.xlsx", Limits()).code == "workbook.missing"


def test_a_folder(tmp_path: Path) -> None:
    assert _code(tmp_path, Limits()).code == "workbook.is_folder"


@pytest.mark.parametrize(
    ("error", "code"),
    [(PermissionError, "workbook.no_permission"), (OSError, "workbook.cannot_read")],
)
def test_a_file_that_the_disk_does_not_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError], code: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    fault = _code(tmp_path / "a.xlsx", Limits())
    assert isinstance(fault, SurroundingsFault)
    assert fault.code == code


def test_a_file_above_the_size_limit(tmp_path: Path) -> None:
    path = roster({}).write(tmp_path / "a.xlsx")
    assert _code(path, Limits(file_bytes=100)).code == "workbook.too_large"


def test_too_many_parts(tmp_path: Path) -> None:
    path = roster({}).write(tmp_path / "a.xlsx")
    assert _code(path, Limits(parts=3)).code == "workbook.too_many_parts"


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("a.xls", lambda: OLE + _stream("Workbook"), "workbook.is_old_excel"),
        ("a.ods", lambda: _zip("content.xml"), "workbook.is_ods"),
        ("a.xlsb", lambda: _zip("xl/workbook.bin"), "workbook.is_xlsb"),
        ("a.xls", _good, "workbook.wrong_extension"),
    ],
)
def test_what_can_be_read_may_still_not_be_marked(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    assert _code(path, Limits()).code == code


def test_too_much_in_all(tmp_path: Path) -> None:
    path = roster({}).write(tmp_path / "a.xlsx")
    assert _code(path, Limits(unpacked_bytes=1000)).code == "workbook.zip_bomb"


def test_a_good_file_passes_with_all_its_parts(tmp_path: Path) -> None:
    archive = open_workbook(roster({}).write(tmp_path / "a.xlsm"))
    assert "xl/workbook.xml" in archive
    sheet = b"".join(archive.chunks("xl/worksheets/sheet1.xml"))
    assert sheet == roster({}).parts["xl/worksheets/sheet1.xml"]


def test_a_stored_part_is_read_too(tmp_path: Path) -> None:
    path = roster({}).write(tmp_path / "a.xlsx", zipfile.ZIP_STORED)
    assert "xl/workbook.xml" in open_workbook(path)


@pytest.mark.parametrize("content", [b"a" * 5_000_000, os.urandom(700_000)], ids=["even", "odd"])
def test_a_part_is_unpacked_whole_and_never_much_at_once(tmp_path: Path, content: bytes) -> None:
    sheet = Package({**roster({}).parts, "xl/media/image1.png": content})
    archive = open_workbook(sheet.write(tmp_path / "a.xlsx"), Limits(ratio=100_000))
    chunks = list(archive.chunks("xl/media/image1.png"))
    assert b"".join(chunks) == content
    assert max(map(len, chunks)) <= 1024 * 1024


def test_a_part_that_ends_too_early_is_broken(tmp_path: Path) -> None:
    path = roster({}).write(tmp_path / "a.xlsx")
    archive = open_workbook(path)
    entry = archive.entries["xl/worksheets/sheet1.xml"]
    entry.compress_size -= 20
    with pytest.raises(DataFault) as caught:
        list(archive.chunks(entry.filename))
    assert caught.value.code == "workbook.broken"


FAR_CELLS = {
    "usual": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "single quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "attribute order": '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "a letter as reference": '<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
    "small letters": '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "no references": "<row/>" * 200_000 + "<row><c><v>1</v></c></row>",
    "wide": '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    "long": '<row r="999999"><c r="A999999"><v>1</v></c></row>',
    "both within, together not": '<row r="149000"><c r="GZ149000"><v>1</v></c></row>',
}


@pytest.mark.parametrize("row", FAR_CELLS.values(), ids=FAR_CELLS)
def test_a_cell_far_out_does_not_take_the_memory(tmp_path: Path, row: str) -> None:
    sheet = sheet_xml(['<row r="1"><c r="A1"><v>1</v></c></row>', row])
    path = package({"Dữ Liệu": sheet}).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == "workbook.sheet_too_big"
    assert caught.value.params["sheet"] == "Dữ Liệu"


def test_a_prefix_hides_no_cell(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '</x:row><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    ).encode()
    path = package({"Dữ Liệu": sheet}).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == "workbook.sheet_too_big"
