"""One changed byte anywhere that a signature protects is never called intact."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.faults import DataFault
from signing.model import Intact
from signing.verify import verify_document
from tests.fakes.documents import form, signed_form
from tests.fakes.foreign_signatures import object_without_namespace

SIGNED = signed_form(form(rows=3))
ODD = object_without_namespace(SIGNED)
PROTECTED = [
    span
    for pattern in (rb"<D02-TS .*<Cky>", rb"<SignedInfo>.*</SignedInfo>", rb"</Cky></D02-TS>")
    for span in [re.search(pattern, SIGNED)]
    if span is not None
]
VALUES = [
    span
    for name in (b"SignatureValue", b"Modulus", b"Exponent")
    for span in [re.search(b"<" + name + b">(.+?)<", SIGNED)]
    if span is not None
]
POSITIONS = [
    *(at for span in PROTECTED for at in range(*span.span())),
    *(at for span in VALUES for at in range(*span.span(1))),
]
BEFORE_THE_ODDITY = [at for at in POSITIONS if at < SIGNED.index(b"<Object>")]


def called_intact(document: bytes) -> bool:
    try:
        return any(report.intact is Intact.YES for report in verify_document(document))
    except DataFault:
        return False


def same_text(document: bytes, original: bytes) -> bool:
    """XML itself says that these bytes mean the same: white space within a tag, its quotes."""
    return re.sub(rb"\s", b" ", document) == re.sub(rb"\s", b" ", original)


@settings(max_examples=250, deadline=None)
@given(at=st.sampled_from(POSITIONS), byte=st.integers(0x20, 0x7E))
def test_a_changed_byte_is_never_called_intact(at: int, byte: int) -> None:
    changed = bytearray(SIGNED)
    changed[at] = byte
    if not same_text(bytes(changed), SIGNED):
        assert not called_intact(bytes(changed))


@settings(max_examples=250, deadline=None)
@given(at=st.sampled_from(BEFORE_THE_ODDITY), byte=st.integers(0x20, 0x7E))
def test_nor_where_the_structure_is_odd_and_the_numbers_are_done_by_hand(
    at: int, byte: int
) -> None:
    changed = bytearray(ODD)
    changed[at] = byte
    if not same_text(bytes(changed), ODD):
        assert not called_intact(bytes(changed))


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SIGNED) - 1))
def test_a_cut_file_is_never_called_intact(cut: int) -> None:
    assert not called_intact(SIGNED[:cut])


@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=200))
def test_rubbish_is_answered_not_crashed_on(junk: bytes) -> None:
    with pytest.raises(DataFault):
        verify_document(junk)
