"""Cells of a new workbook hold what was given, and edits of a stream come where they belong."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from forms.excel.marking.spans import Document, with_attribute, without_attribute
from forms.excel.marking.streams import Edit, as_utf8_chunks, edited
from forms.excel.writer import write_rows
from forms.excel.writing.cells import cell
from forms.model import Part
from resources.faults import DataFault

LAYOUT = "vnpt-d02-tk1-2025-11"


@pytest.mark.parametrize(
    ("given_value", "read"),
    [
        (12_500_000, 12_500_000),
        (2.34, 2.34),
        (Decimal("4.5"), 4.5),
        (True, True),
        (date(2026, 2, 5), datetime(2026, 2, 5)),  # noqa: DTZ001 - a cell has no zone
        (datetime(2026, 2, 5, 13, 30), datetime(2026, 2, 5, 13, 30)),  # noqa: DTZ001 - as above
        (datetime(2026, 2, 5, tzinfo=UTC), datetime(2026, 2, 5)),  # noqa: DTZ001 - as above
        (date(1899, 12, 31), "31/12/1899"),
        (time(12), timedelta(hours=12)),
        ("  hai dấu cách ", "  hai dấu cách "),
        ("dòng\nmới & <thẻ>", "dòng\nmới & <thẻ>"),
        ("", None),
        (None, None),
    ],
)
def test_a_value_comes_back_as_it_was(tmp_path: Path, given_value: object, read: object) -> None:
    out = tmp_path / "a.xlsx"
    write_rows(out, LAYOUT, {Part.LAO_DONG: [{"ho_ten": "A", "ghi_chu": given_value}]})
    assert load_workbook(out)["Dữ Liệu"]["S4"].value == read


def test_a_length_of_time_is_a_part_of_a_day() -> None:
    assert "<v>1.5</v>" in cell(1, 1, timedelta(hours=36))


def test_a_text_is_cut_where_a_cell_ends() -> None:
    assert cell(1, 1, "a" * 40_000).count("a") < 32_767 + 10


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_no_cell_can_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no cell can hold"):
        cell(1, 1, value)


XML = "<a>" + "".join(f"<b n='{n}' t=\"x > y\">chữ</b>" for n in range(6)) + "</a>"


@given(st.integers(1, 40), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_edits_are_the_same_however_the_stream_is_cut(
    size: int, put_in: set[int], changed: set[int]
) -> None:
    content = XML.encode()
    starts = [content.index(f"<b n='{n}'".encode()) for n in range(6)]
    edits = []
    for number, start in enumerate(starts):
        if number in put_in:
            edits.append(Edit(start, before=b"<new/>"))
        if number in changed:
            edits.append(Edit(start, retag=lambda tag: with_attribute(tag, "t", "z")))
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    wanted = "<a>" + "".join(
        ("<new/>" if n in put_in else "")
        + f"<b n='{n}' "
        + ('t="z">' if n in changed else 't="x > y">')
        + "chữ</b>"
        for n in range(6)
    )
    assert b"".join(edited(chunks, edits)).decode() == wanted + "</a>"


def test_an_edit_beyond_the_end_is_never_lost_in_silence() -> None:
    with pytest.raises(DataFault):
        list(edited([b"<a/>"], [Edit(99, before=b"x")]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
def test_every_encoding_becomes_one(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{name}"?><a b="' + "x" * 300 + 'é">chu</a>'
    content = text.encode(encoding)
    chunks = [content[at : at + 7] for at in range(0, len(content), 7)]
    whole = b"".join(as_utf8_chunks(chunks))
    assert whole == Document(content).content
    assert Document(whole).root.get("b") == "x" * 300 + "é"


@pytest.mark.parametrize("encoding", ["no-such", "utf-16"])
def test_an_encoding_that_is_not_so_is_a_broken_file(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    with pytest.raises(DataFault):
        list(as_utf8_chunks([content]))
    with pytest.raises(DataFault):
        Document(content)


def test_an_attribute_is_set_where_it_stands_or_at_the_end() -> None:
    assert with_attribute(b"<c r='A1' s='1'/>", "s", "7") == b"<c r='A1' s=\"7\"/>"
    assert with_attribute(b"<c r='A1' />", "s", "7") == b"<c r='A1' s=\"7\"/>"
    assert with_attribute(b"<c>", "s", "7") == b'<c s="7">'
    assert without_attribute(b'<v a="1" b="2">', "a") == b'<v b="2">'
