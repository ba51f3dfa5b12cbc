"""What is signed while it is written is what would have been signed as a whole."""

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.errors import SigningBug
from signing.streaming import SigningSink
from signing.verify import verify_own
from signing.xmldsig import sign_document
from tests.fakes.certificates import NOW, unit_identity
from tests.fakes.documents import FORM_NODE, form

DOCUMENT = form(rows=60)
WHOLE = sign_document(DOCUMENT, FORM_NODE, unit_identity().signer, signing_time=NOW)


def streamed(pieces: list[bytes], node: str = FORM_NODE) -> bytes:
    out = BytesIO()
    sink = SigningSink(out, node)
    for piece in pieces:
        sink.write(piece)
    sink.finish(unit_identity().signer, signing_time=NOW)
    return out.getvalue()


@given(st.lists(st.integers(1, len(DOCUMENT) - 1), max_size=12))
def test_however_it_is_cut_the_result_is_the_same(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(DOCUMENT)]
    pieces = [DOCUMENT[a:b] for a, b in pairwise(edges)]
    assert streamed(pieces) == WHOLE


def test_byte_by_byte() -> None:
    small = form(rows=1)
    signed = streamed([small[at : at + 1] for at in range(len(small))])
    assert verify_own(signed, FORM_NODE, unit_identity().der).strict


def refusal(pieces: list[bytes], node: str = FORM_NODE) -> str:
    with pytest.raises(SigningBug) as caught:
        streamed(pieces, node)
    return caught.value.code


@pytest.mark.parametrize("mark", [b"/>", b"\r", b"<!-- x -->", b"<![CDATA[x]]>", b"<?pi?>"])
def test_what_is_not_canonical_is_refused_wherever_it_is_cut(mark: bytes) -> None:
    middle = DOCUMENT.index(b"</", len(DOCUMENT) // 2)
    spoilt = DOCUMENT[:middle] + mark + DOCUMENT[middle:]
    for cut in range(middle - 1, middle + len(mark) + 2):
        assert refusal([spoilt[:cut], spoilt[cut:]]) == "sign.not_canonical"


def test_another_root_is_refused() -> None:
    assert refusal([DOCUMENT], "TK1-TS/Cky") == "sign.node_missing"


def test_a_document_without_its_slot_is_refused() -> None:
    filled = DOCUMENT.replace(b"<Cky></Cky>", b"<Cky>x</Cky>")
    assert refusal([filled]) == "sign.node_missing"
    assert refusal([DOCUMENT[:-9]]) == "sign.node_missing"


def test_nothing_at_all_is_refused() -> None:
    assert refusal([]) == "sign.not_canonical"
