"""The one parser refuses everything that could reach out of, or blow up, a document."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.xml.safe import parse
from resources.faults import DataFault

BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>"""
)
EXTERNAL = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>"""
REMOTE = b"""<!DOCTYPE a SYSTEM "http://127.0.0.1:9/none.dtd"><a/>"""


def code_of(content: bytes, **options: int) -> str:
    with pytest.raises(DataFault) as fault:
        parse(content, **options)
    return fault.value.code


@pytest.mark.parametrize("content", [BOMB, EXTERNAL, REMOTE])
def test_any_document_type_is_refused(content: bytes) -> None:
    assert code_of(content) == "xml.doctype"


def test_a_document_type_hidden_in_another_encoding_is_refused() -> None:
    hidden = BOMB.decode().replace("1.0", '1.0" encoding="utf-16', 1).encode("utf-16")
    assert code_of(hidden) == "xml.malformed"


@pytest.mark.parametrize(
    "content", [b"", b"rubbish", b"<a>", b"<a>&x;</a>", b"<a></b>", b"\xff<a/>"]
)
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    assert code_of(content) == "xml.malformed"


def test_a_document_over_the_limit_is_refused_before_it_is_parsed() -> None:
    assert code_of(b"<a>" + b"x" * 100, limit=50) == "xml.too_large"


def test_a_text_node_of_a_large_attachment_is_read() -> None:
    root = parse(b"<a>" + b"A" * 12_000_000 + b"</a>")
    assert root.text is not None
    assert len(root.text) == 12_000_000


def test_a_byte_order_mark_as_in_desktop_files_is_read() -> None:
    assert parse(b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?><a>\xc4\x90</a>').text == "Đ"


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_fault(content: bytes) -> None:
    with suppress(DataFault):
        parse(content)
