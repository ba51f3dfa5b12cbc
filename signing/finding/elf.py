"""The dynamic symbols of a Linux library (ELF). Source: the System V ABI; GNU's hash section.

They are found by the program headers, which the loader itself goes by: section headers may have
been stripped.
"""

from dataclasses import dataclass

from signing.finding.tables import Broken, at_most, number, numbers

BITS = {1: 32, 2: 64}
LOAD, DYNAMIC = 1, 2
HASH, STRINGS, SYMBOLS, STRINGS_SIZE, GNU_HASH = 4, 5, 6, 10, 0x6FFFFEF5
MOST_HEADERS, MOST_ENTRIES, MOST_SYMBOLS = 256, 4096, 1_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """Where things stand in the tables of one word size."""

    headers: tuple[int, str]
    counts: int
    header: str
    header_size: int
    entry: str
    entry_size: int
    symbol_size: int
    section_at: int
    word: int


SHAPES = {
    32: Shape((28, "<I"), 42, "<IIIIIIII", 32, "<II", 8, 16, 14, 4),
    64: Shape((32, "<Q"), 54, "<IIQQQQQQ", 56, "<QQ", 16, 24, 6, 8),
}


def is_elf(data: bytes) -> bool:
    return data[:4] == b"\x7fELF"


def bits(data: bytes) -> tuple[int, ...]:
    size = BITS.get(number(data, 4, "<B"))
    return (size,) if size else ()


def exports(data: bytes, name: bytes) -> bool:
    """Whether ``name`` is among the symbols that the library defines. Raises Broken."""
    if number(data, 5, "<B") != 1:
        raise Broken("big-endian")
    shape = SHAPES[bits(data)[0]]
    loaded, dynamic = _segments(data, shape)
    table = _entries(data, shape, dynamic)
    if not {STRINGS, SYMBOLS, STRINGS_SIZE} <= set(table):
        return False
    strings = _place(loaded, table[STRINGS])
    wanted = _named(data[strings : strings + table[STRINGS_SIZE]], name)
    first = _place(loaded, table[SYMBOLS])
    return bool(wanted) and any(
        number(data, at, "<I") in wanted and number(data, at + shape.section_at, "<H")
        for at in (
            first + index * shape.symbol_size for index in range(_count(data, shape, loaded, table))
        )
    )


def _named(strings: bytes, name: bytes) -> set[int]:
    """Where ``name`` stands among the strings; it may be the end of a longer one."""
    found: set[int] = set()
    at = strings.find(name + b"\0")
    while at >= 0 and len(found) < MOST_ENTRIES:
        found.add(at)
        at = strings.find(name + b"\0", at + 1)
    return found


Segment = tuple[int, int, int]
"""address in memory, size in the file, place in the file"""


def _segments(data: bytes, shape: Shape) -> tuple[list[Segment], Segment]:
    first = number(data, *shape.headers)
    size, count = numbers(data, shape.counts, "<HH")
    if size != shape.header_size:
        raise Broken("odd program headers")
    loaded: list[Segment] = []
    dynamic: Segment | None = None
    for index in range(at_most(count, MOST_HEADERS)):
        kind, segment = _segment(data, first + index * size, shape)
        if kind == LOAD:
            loaded.append(segment)
        dynamic = segment if kind == DYNAMIC else dynamic
    if dynamic is None:
        raise Broken("not a shared library")
    return loaded, dynamic


def _segment(data: bytes, at: int, shape: Shape) -> tuple[int, Segment]:
    values = numbers(data, at, shape.header)
    if shape.word == 8:
        kind, _flags, place, address, _physical, size = values[:6]
    else:
        kind, place, address, _physical, size = values[:5]
    return kind, (address, size, place)


def _entries(data: bytes, shape: Shape, dynamic: Segment) -> dict[int, int]:
    _address, size, place = dynamic
    found: dict[int, int] = {}
    for index in range(at_most(size // shape.entry_size, MOST_ENTRIES)):
        tag, value = numbers(data, place + index * shape.entry_size, shape.entry)
        if tag == 0:
            break
        found.setdefault(tag, value)
    return found


def _place(loaded: list[Segment], address: int) -> int:
    for start, size, place in loaded:
        if start <= address < start + size:
            return address - start + place
    raise Broken("an address in no segment")


def _count(data: bytes, shape: Shape, loaded: list[Segment], table: dict[int, int]) -> int:
    """How many symbols there are: the tables say so only by the way."""
    if HASH in table:
        count = number(data, _place(loaded, table[HASH]) + 4, "<I")
    elif GNU_HASH in table:
        count = _gnu_count(data, _place(loaded, table[GNU_HASH]), shape.word)
    else:
        raise Broken("no hash of symbols")
    return at_most(count, MOST_SYMBOLS)


def _gnu_count(data: bytes, at: int, word: int) -> int:
    """One after the last symbol of the last chain."""
    buckets, first, blooms, _shift = numbers(data, at, "<IIII")
    start = at + 16 + at_most(blooms, MOST_SYMBOLS) * word
    last = max(numbers(data, start, f"<{at_most(buckets, MOST_SYMBOLS)}I"), default=0)
    if last < first:
        return first
    chains = start + buckets * 4
    while not number(data, chains + (last - first) * 4, "<I") & 1:
        last += 1
    return last + 1
