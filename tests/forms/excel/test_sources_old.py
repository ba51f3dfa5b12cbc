"""The container and the strings of an old workbook, however they are cut up."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.sources.biff_strings import string_sizes
from forms.excel.sources.bin_records import records, wide_text
from forms.excel.sources.ole import CompoundFile, pack
from resources.faults import DataFault
from tests.fakes.binary_workbooks import record, wide

SAMPLES = Path(__file__).parents[2] / "data" / "workbooks"
COUNT = struct.pack("<II", 1, 1)


def _code(action: object) -> str:
    with pytest.raises(DataFault) as caught:
        action()  # type: ignore[operator]  # a lambda of the test
    return caught.value.code


@given(st.binary(max_size=20_000))
def test_what_is_packed_comes_out_again(stream: bytes) -> None:
    assert CompoundFile(pack("Workbook", stream)).stream("Workbook").startswith(stream)


def test_small_streams_are_read_too() -> None:
    small = CompoundFile((SAMPLES / "invented.xls").read_bytes()).stream("\x05SummaryInformation")
    assert small[:2] == b"\xfe\xff"


def test_a_stream_that_is_not_there() -> None:
    assert _code(lambda: CompoundFile(pack("Workbook", b"")).stream("Book")) == "workbook.broken"


def test_a_small_stream_without_the_stream_of_small_ones() -> None:
    content = bytearray(pack("Workbook", b""))
    directory = content.index("Root Entry".encode("utf-16-le"))
    content[directory + 66] = 1
    content[directory + 128 + 120 : directory + 128 + 124] = struct.pack("<I", 10)
    assert _code(lambda: CompoundFile(bytes(content)).stream("Workbook")) == "workbook.broken"


def test_a_list_of_sectors_that_goes_on_for_ever() -> None:
    content = bytearray(pack("Workbook", b""))
    content[68:72] = struct.pack("<I", 0)
    content[4096 + 4092 : 8192] = struct.pack("<I", 0)
    assert _code(lambda: CompoundFile(bytes(content))) == "workbook.broken"


@pytest.mark.parametrize("content", [b"", b"\0" * 600])
def test_no_container_at_all(content: bytes) -> None:
    assert _code(lambda: CompoundFile(content)) == "workbook.broken"


def test_a_string_continued_in_narrower_letters() -> None:
    first = COUNT + struct.pack("<HB", 5, 1) + "ab".encode("utf-16-le")
    assert string_sizes([first, b"\0cde"]) == (15,)


def test_a_rich_and_phonetic_string_and_the_one_behind_it() -> None:
    rich = struct.pack("<HBHI", 2, 0x0C, 1, 3) + b"ab" + b"\0" * 7
    plain = struct.pack("<HB", 1, 0) + b"c"
    table = struct.pack("<II", 2, 2) + rich + plain
    assert string_sizes([table]) == (6, 3)
    assert string_sizes([table[:20], table[20:]]) == (6, 3)


@pytest.mark.parametrize(
    "pieces",
    [
        [COUNT],
        [COUNT + struct.pack("<HB", 9, 0) + b"ab"],
        [struct.pack("<II", 1, 1 << 30)],
        [COUNT + struct.pack("<HB", 2, 1) + b"a\0b", b"\1x"],
    ],
)
def test_strings_that_are_cut_short(pieces: list[bytes]) -> None:
    assert _code(lambda: string_sizes(pieces)) == "workbook.broken"


@given(st.lists(st.tuples(st.integers(0, 0x3FFF), st.binary(max_size=300))))
def test_binary_records_come_back_as_they_were_written(
    written: list[tuple[int, bytes]],
) -> None:
    part = b"".join(record(kind if kind < 128 else kind | 0x80, data) for kind, data in written)
    found = [(kind, part[begin:end]) for kind, begin, end in records(part, 10_000)]
    assert [data for _, data in found] == [data for _, data in written]


@pytest.mark.parametrize("part", [b"\x85", b"\x05", b"\x05\x80", b"\x05\x04ab"])
def test_a_binary_record_that_is_cut_short(part: bytes) -> None:
    assert _code(lambda: list(records(part, 9))) == "workbook.broken"


def test_a_counted_text() -> None:
    assert wide_text(wide("Cầm"), 0, 10) == ("Cầm", 10)
    assert _code(lambda: wide_text(wide("Cầm"), 0, 9)) == "workbook.broken"
