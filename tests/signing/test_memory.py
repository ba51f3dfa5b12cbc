"""Signing a list of any length takes the memory of a short one."""

import tracemalloc
from collections.abc import Iterator

import pytest

from signing.streaming import SigningSink
from tests.fakes.certificates import NOW, unit_identity
from tests.fakes.documents import FORM_NODE, form

SMALL = form(rows=200)
MIDDLE = SMALL.index(b"<LaoDong>"), SMALL.rindex(b"</LaoDong>") + len(b"</LaoDong>")
ROWS = SMALL[MIDDLE[0] : MIDDLE[1]]
MB = 1_000_000


class Counting:
    """Keeps nothing of what is written."""

    def __init__(self) -> None:
        self.count = 0

    def write(self, data: bytes | memoryview, /) -> None:
        self.count += len(data)


def long_document(times: int) -> Iterator[bytes]:
    yield SMALL[: MIDDLE[0]]
    for _ in range(times):
        yield ROWS
    yield SMALL[MIDDLE[1] :]


def peak(times: int) -> tuple[int, int]:
    """(bytes written, most bytes held)."""
    signer, out = unit_identity().signer, Counting()
    tracemalloc.start()
    try:
        sink = SigningSink(out, FORM_NODE)
        for piece in long_document(times):
            sink.write(piece)
        sink.finish(signer, signing_time=NOW)
        return out.count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("times", [10, 1_000])
def test_what_is_held_does_not_grow_with_the_document(times: int) -> None:
    peak(1)  # what is loaded once is not counted
    written, held = peak(times)
    assert written > times * len(ROWS)
    assert held < 1 * MB
