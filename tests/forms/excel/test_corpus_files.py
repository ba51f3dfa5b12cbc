"""Damaged, foreign and hostile files of every kind, each with the code it must come back with."""

import os
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.excel.limits import Limits
from forms.excel.sources.ole import pack
from forms.excel.sources.opening import open_source
from forms.excel.workbook import read_workbook
from resources.faults import DataFault, Fault, SurroundingsFault
from resources.messages import text
from tests.fakes import old_workbooks as old
from tests.fakes.binary_workbooks import BinSheet, bin_package, record
from tests.fakes.old_workbooks import OldSheet, old_stream, old_workbook
from tests.fakes.open_documents import (
    LOCKED_MANIFEST,
    cell,
    open_document,
    placed,
    repeated,
    row,
    table,
)
from tests.fakes.workbooks import (
    DATA_SHEET,
    Package,
    header_cells,
    package,
    person_cells,
    roster,
    row_xml,
    sheet_xml,
)

ROWS = {3: header_cells(), 4: person_cells()}
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b"<worksheet>&x;</worksheet>"
)
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE worksheet><worksheet/>'


def _bytes(book: Package) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return book.write(Path(folder) / "a").read_bytes()


def _xlsx(part: str = "", content: bytes | None = b"") -> bytes:
    """A good workbook with one part changed, or taken away."""
    book = roster({})
    if part and content is None:
        del book.parts[part]
    elif part and content is not None:
        book.parts[part] = content
    return _bytes(book)


def _xls(**options: object) -> bytes:
    return old_workbook({DATA_SHEET: OldSheet(rows=ROWS, **options)})  # type: ignore[arg-type]  # as the sheet takes them


def _xlsb(**options: object) -> bytes:
    return _bytes(bin_package({DATA_SHEET: BinSheet(rows=ROWS, **options)}))  # type: ignore[arg-type]  # as the sheet takes them


def _ods(rows: str, settings: str = "") -> bytes:
    body = row("") * 2 + row(placed(header_cells())) + row(placed(person_cells())) + rows
    return _bytes(open_document(table(DATA_SHEET, body), settings=settings))


def _ods_part(part: str, content: bytes | None) -> bytes:
    book = open_document(table(DATA_SHEET, ""))
    if content is None:
        del book.parts[part]
    else:
        book.parts[part] = content
    return _bytes(book)


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _put(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def _old(**options: object) -> bytes:
    return pack("Workbook", old_stream({"a": OldSheet(rows=ROWS)}, **options))  # type: ignore[arg-type]  # as the stream takes them


def _circle() -> bytes:
    """A stream whose chain of sectors bites its tail."""
    content = _xls()
    first = struct.unpack_from("<I", content, 4096 + 4 * 0)[0]
    assert first == 0xFFFFFFFD
    return _put(content, 4096 + 4 * 3, struct.pack("<I", 3))


def _twice() -> bytes:
    """Two parts that differ in the case of one letter: which one is read is anybody's guess."""
    book = roster({})
    book.parts["xl/worksheets/SHEET1.xml"] = b"<worksheet/>"
    return _bytes(book)


def _chart_only() -> bytes:
    book = roster({})
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        book.parts[part] = book.parts[part].replace(b"worksheets/", b"chartsheets/")
    book.parts["xl/chartsheets/sheet1.xml"] = book.parts.pop("xl/worksheets/sheet1.xml")
    return _bytes(book)


def _repeating_strings() -> bytes:
    """One string, as long as one may be, in a great many cells."""
    lines = [
        row_xml(line, {"A": f'<c r="A{line}" t="s"><v>0</v></c>'.encode()})
        for line in range(1, 30_000)
    ]
    book = package({"a": sheet_xml(lines)})
    book.parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 250_000 + b"</t></si></sst>"
    return _bytes(book)


def _repeating_old_strings() -> bytes:
    long = record_of_strings("x" * 4000)
    cells = b"".join(
        old.record(0x00FD, struct.pack("<HHHI", line, column, 0, 0))
        for line in range(60_000)
        for column in range(2)
    )
    sheet = OldSheet(rows={}, after=cells)
    return pack("Workbook", old_stream({"a": sheet}, strings_record=long))


def record_of_strings(value: str) -> bytes:
    return old.record(0x00FC, struct.pack("<II", 1, 1) + old.text(value))


def _far_old_cell() -> bytes:
    far = old.record(0x0203, struct.pack("<HHHd", 65_535, 60_000, 0, 1.0))
    return old_workbook({"a": OldSheet(rows={}, after=far)})


def _far_binary_cell() -> bytes:
    far = record(0, struct.pack("<IIH", 1_000_000, 0, 300) + bytes(7))
    far += record(5, struct.pack("<IId", 3, 0, 1.0))
    return _xlsb(extra=far)


def _deep() -> bytes:
    nest = "<a>" * 100_000 + "</a>" * 100_000
    return _xlsx("xl/worksheets/sheet1.xml", sheet_xml([], nest))


FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zero bytes": ("a.xls", lambda: b"", "workbook.empty"),
    "an xls cut short": ("a.xls", lambda: _xls()[:-4096], "workbook.broken"),
    "an xls cut shorter": ("a.xls", lambda: _xls()[:6000], "workbook.not_excel"),
    "an xls of a header alone": ("a.xls", lambda: _xls()[:512], "workbook.not_excel"),
    "an xlsb cut short": ("a.xlsb", lambda: _xlsb()[:-300], "workbook.broken"),
    "an ods cut short": ("a.ods", lambda: _ods("")[:-300], "workbook.broken"),
    "a changed byte in an ods": ("a.ods", lambda: _flip(_ods(""), 400), "workbook.broken"),
    "a sheet that is no XML": (
        "a.xlsx",
        lambda: _xlsx("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        "workbook.broken",
    ),
    "an encoding that nobody knows": (
        "a.xlsx",
        lambda: _xlsx("xl/workbook.xml", b'<?xml version="1.0" encoding="UT-8"?><workbook/>'),
        "workbook.broken",
    ),
    "an encoding that is not supported": (
        "a.ods",
        lambda: _ods_part("content.xml", b'<?xml version="1.0" encoding="big5"?><a/>'),
        "workbook.broken",
    ),
    "a document type": (
        "a.xlsx",
        lambda: _xlsx("xl/worksheets/sheet1.xml", DOCTYPE),
        "workbook.entities",
    ),
    "a billion laughs": (
        "a.xlsx",
        lambda: _xlsx("xl/worksheets/sheet1.xml", LAUGHS),
        "workbook.entities",
    ),
    "an external entity": (
        "a.xlsx",
        lambda: _xlsx("xl/sharedStrings.xml", EXTERNAL),
        "workbook.entities",
    ),
    "a billion laughs in an ods": (
        "a.ods",
        lambda: _ods_part("content.xml", LAUGHS),
        "workbook.entities",
    ),
    "an external entity in a manifest": (
        "a.ods",
        lambda: _ods_part("META-INF/manifest.xml", EXTERNAL),
        "workbook.entities",
    ),
    "a password on an ods": (
        "a.ods",
        lambda: _ods_part("META-INF/manifest.xml", LOCKED_MANIFEST),
        "workbook.has_password",
    ),
    "a password on an xls": (
        "a.xls",
        lambda: _old(before=old.record(0x002F, b"\1\0\1\0" + bytes(50))),
        "workbook.has_password",
    ),
    "a password on an xlsx": (
        "a.xlsx",
        lambda: pack("EncryptedPackage", bytes(5000)),
        "workbook.has_password",
    ),
    "Excel 95": ("a.xls", lambda: _old(version=0x0500), "workbook.is_excel_95"),
    "a stream of Excel 5": ("a.xls", lambda: pack("Book", bytes(5000)), "workbook.is_excel_95"),
    "Excel 4": ("a.xls", lambda: b"\x09\x04\x06\x00\0\0\x10\0" * 9, "workbook.is_excel_95"),
    "old Word": ("a.doc", lambda: pack("WordDocument", bytes(5000)), "workbook.not_excel"),
    "a web page called xls": ("a.xls", lambda: b"<html><table></table>", "workbook.is_text"),
    "a text": ("a.txt", lambda: "Họ tên\tPA\n".encode(), "workbook.is_text"),
    "a list with commas": ("a.csv", lambda: b"HoTen,PA\nA,TM\n", "workbook.is_text"),
    "a PDF called xlsx": ("a.xlsx", lambda: b"%PDF-1.7\n\xff", "workbook.is_pdf"),
    "a chain in a circle": ("a.xls", _circle, "workbook.broken"),
    "a sector outside the file": (
        "a.xls",
        lambda: _put(_xls(), 4096 + 4 * 3, struct.pack("<I", 77_777)),
        "workbook.broken",
    ),
    "sectors of no size": ("a.xls", lambda: _put(_xls(), 30, b"\x1f\0"), "workbook.broken"),
    "an old record too long": (
        "a.xls",
        lambda: _xls(after=struct.pack("<HH", 0x0203, 60_000)),
        "workbook.broken",
    ),
    "an old sheet nowhere": (
        "a.xls",
        lambda: _old(before=old.record(0x0085, struct.pack("<IBBBB", 1 << 30, 0, 0, 0, 0))),
        "workbook.broken",
    ),
    "strings that are not there": (
        "a.xls",
        lambda: _old(strings_record=old.record(0x00FC, struct.pack("<II", 9, 1 << 30))),
        "workbook.broken",
    ),
    "a far cell in an xls": ("a.xls", _far_old_cell, "workbook.sheet_too_big"),
    "a far cell in an xlsb": ("a.xlsb", _far_binary_cell, "workbook.sheet_too_big"),
    "a row beyond all rows": (
        "a.xlsb",
        lambda: _xlsb(extra=record(0, struct.pack("<IIH", 1 << 31, 0, 0) + bytes(7))),
        "workbook.broken",
    ),
    "a binary record too long": (
        "a.xlsb",
        lambda: _xlsb(extra=b"\x05\xff\xff\xff\x7f"),
        "workbook.broken",
    ),
    "a row repeated a million times": (
        "a.ods",
        lambda: _ods(row(cell("x"), repeated(1_048_000, "rows"))),
        "workbook.sheet_too_big",
    ),
    "a cell repeated to the edge": (
        "a.ods",
        lambda: _ods(row(cell("x", repeated(16_384)), repeated(9_000, "rows"))),
        "workbook.sheet_too_big",
    ),
    "a text repeated beyond memory": (
        "a.ods",
        lambda: _ods(row(cell("x" * 100_000, repeated(1_000)), repeated(1_000, "rows"))),
        "workbook.text_too_long",
    ),
    "repeated a senseless number of times": (
        "a.ods",
        lambda: _ods(row(cell("x", repeated(-1)))),
        "workbook.broken",
    ),
    "a text without end in an ods": (
        "a.ods",
        lambda: _ods(row(cell("x" * 300_000))),
        "workbook.text_too_long",
    ),
    "a string in too many cells": ("a.xlsx", _repeating_strings, "workbook.text_too_long"),
    "an old string in too many cells": (
        "a.xls",
        _repeating_old_strings,
        "workbook.text_too_long",
    ),
    "a bomb in an ods": (
        "a.ods",
        lambda: _ods_part("Pictures/a.png", bytes(30_000_000)),
        "workbook.zip_bomb",
    ),
    "a bomb in an xlsb": (
        "a.xlsb",
        lambda: _with_bomb(),
        "workbook.zip_bomb",
    ),
    "a part twice": ("a.xlsx", _twice, "workbook.broken"),
    "a sheet part that is not there": (
        "a.xlsx",
        lambda: _xlsx("xl/worksheets/sheet1.xml", None),
        "workbook.no_sheets",
    ),
    "charts alone": ("a.xlsx", _chart_only, "workbook.no_sheets"),
    "no sheets": ("a.ods", lambda: _bytes(open_document("")), "workbook.no_sheets"),
    "macro sheets alone": ("a.xls", lambda: _xls(kind=1), "workbook.no_sheets"),
    "an ods without its content": (
        "a.ods",
        lambda: _ods_part("content.xml", None),
        "workbook.is_zip",
    ),
    "an ods without a kind": ("a.ods", lambda: _ods_part("mimetype", None), "workbook.broken"),
    "a shared string that is not there": (
        "a.xlsx",
        lambda: _xlsx(
            "xl/worksheets/sheet1.xml",
            sheet_xml([row_xml(1, {"A": b'<c r="A1" t="s"><v>9</v></c>'})]),
        ),
        "workbook.broken",
    ),
    "tables within tables": (
        "a.ods",
        lambda: _ods(row(f"<table:table-cell>{table('b', '')}</table:table-cell>")),
        "workbook.broken",
    ),
    "elements a hundred thousand deep": ("a.xlsx", _deep, "layout.unknown"),
    "a picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n\0\0" + os.urandom(9), "workbook.not_excel"),
}


def _with_bomb() -> bytes:
    book = bin_package({DATA_SHEET: BinSheet(rows=ROWS)})
    book.parts["xl/media/a.bin"] = bytes(30_000_000)
    return _bytes(book)


@pytest.mark.parametrize(("name", "make", "code"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(DataFault) as caught:
        read_workbook(path)
    assert caught.value.code == code
    assert text(code, "vi", **caught.value.params)


def _surroundings(path: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        open_source(path)
    return caught.value


def test_a_folder_with_the_name_of_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    assert _surroundings(tmp_path / "a.xlsx").code == "workbook.is_folder"


def test_a_file_that_went_away(tmp_path: Path) -> None:
    assert _surroundings(tmp_path / "a.ods").code == "workbook.missing"


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(_xls())

    def held(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", held)
    fault = _surroundings(path)
    assert (type(fault), fault.code) == (SurroundingsFault, "workbook.no_permission")


def test_hidden_sheets_are_read_like_others(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(_xls(state=2))
    assert len(read_workbook(path).draft.sections[0].rows) == 1


@pytest.mark.parametrize(
    "inside",
    [
        '<row r="{0}"/>',
        '<row r="{0}" ht="15"><c r="A{0}" s="1"/><c r="C{0}" s="2"/></row>',
        '<row r="{0}" hidden="1"><c r="XFD{0}"></c></row>',
    ],
    ids=["bare", "styled", "hidden"],
)
def test_a_million_rows_of_nothing_are_read(tmp_path: Path, inside: str) -> None:
    rows = [row_xml(3, header_cells()), row_xml(4, person_cells())]
    rows += [inside.format(line) for line in range(5, 1_048_577)]
    path = package({DATA_SHEET: sheet_xml(rows)}).write(tmp_path / "a.xlsx")
    result = read_workbook(path)
    assert [found.code for found in result.findings] == []
    assert len(result.draft.sections[0].rows) == 1


def test_a_million_repeated_rows_of_nothing_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(_ods(row(cell(None, repeated(16_384)), repeated(1_048_570, "rows"))))
    assert len(read_workbook(path).draft.sections[0].rows) == 1


def test_the_limits_of_a_binary_book_count_its_records(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    path.write_bytes(_xlsb())
    with pytest.raises(DataFault) as caught:
        open_source(path, Limits(records=20)).load(DATA_SHEET)
    assert caught.value.code == "workbook.broken"


def test_the_sheets_of_an_old_book_count_together(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(old_workbook({name: OldSheet(rows={20: {"T": 1}}) for name in "abc"}))
    open_source(path, Limits(cells=1200))
    with pytest.raises(DataFault) as caught:
        open_source(path, Limits(cells=1199))
    assert caught.value.code == "workbook.sheet_too_big"
