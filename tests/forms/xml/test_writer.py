"""Canonical writing: what is written equals the C14N of its own parse, whatever the text is."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forms.xml.safe import parse
from forms.xml.writer import DECLARATION, CanonicalWriter
from resources.faults import DataFault

legal_text = st.text(
    st.one_of(
        st.sampled_from("&<>\"'\r\n\t ]"),
        st.sampled_from("ĂăÂâĐđÊêÔôƠơƯư\u0301\u0300\u0309\u0303\u0323𠀀😀"),
        st.characters(
            exclude_categories=["Cs"], min_codepoint=0x20, exclude_characters="\ufffe\uffff"
        ),
    )
)


def write_one(text: str) -> bytes:
    out = BytesIO()
    writer = CanonicalWriter(out)
    writer.start("Goc")
    writer.open("Nhom")
    writer.leaf("Muc", text)
    writer.close()
    writer.close()
    return out.getvalue()


ROOT_TAG = (
    '<Goc xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)


def test_the_root_declares_xsi_then_xsd_as_the_wire_has_it() -> None:
    assert write_one("x").decode().startswith(DECLARATION + ROOT_TAG)


@given(legal_text)
def test_below_the_root_the_bytes_are_the_canonical_form_of_their_own_parse(text: str) -> None:
    written = write_one(text)
    body = written[len(DECLARATION) + len(ROOT_TAG) :]
    canonical = etree.tostring(parse(written), method="c14n")
    assert canonical.partition(b">")[2] == body


@given(legal_text)
def test_a_value_survives_writing_and_reading(text: str) -> None:
    assert (parse(write_one(text)).findtext("Nhom/Muc") or "") == text


def test_line_breaks_and_both_spellings_of_an_accent_stay_as_typed() -> None:
    for text in ("dòng 1\r\ndòng 2", "Nguye\u0302\u0303n", "Nguyễn"):
        assert parse(write_one(text)).findtext("Nhom/Muc") == text


def test_empty_elements_are_written_as_start_and_end() -> None:
    assert b"<Muc></Muc>" in write_one("")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_characters_that_xml_cannot_hold_are_refused_with_their_place(character: str) -> None:
    writer = CanonicalWriter(BytesIO())
    writer.start("Goc")
    writer.row = 7
    with pytest.raises(DataFault) as fault:
        writer.leaf("HoTen", f"A{character}B")
    assert fault.value.code == "xml.illegal_character"
    assert fault.value.params == {"element": "HoTen", "row": 7}


def test_a_long_list_is_streamed_in_pieces() -> None:
    pieces: list[int] = []

    class Sink:
        def write(self, data: bytes, /) -> None:
            pieces.append(len(data))

    writer = CanonicalWriter(Sink())
    writer.start("Goc")
    for number in range(50_000):
        writer.open("Dong")
        writer.leaf("Muc", str(number))
        writer.close()
    writer.close()
    assert len(pieces) > 10
    assert max(pieces) < 1_000_000
