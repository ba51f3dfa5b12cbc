"""The symbols of a macOS library (Mach-O), one or several machines in a file."""

from collections.abc import Iterator

from signing.finding.tables import Broken, at_most, name_is, number, numbers

FAT = b"\xca\xfe\xba\xbe"
THIN = {b"\xce\xfa\xed\xfe": 32, b"\xcf\xfa\xed\xfe": 64}
SYMBOL_TABLE = 2
EXTERNAL, KIND, IN_SECTION = 0x01, 0x0E, 0x0E
MOST_MACHINES, MOST_COMMANDS, MOST_SYMBOLS = 16, 4096, 1_000_000


def is_macho(data: bytes) -> bool:
    return data[:4] == FAT or data[:4] in THIN


def bits(data: bytes) -> tuple[int, ...]:
    """Raises Broken."""
    return tuple(THIN[data[at : at + 4]] for at in _libraries(data))


def exports(data: bytes, name: bytes) -> bool:
    """Whether each machine's version defines ``name``. Raises Broken."""
    return all(_defines(data, at, b"_" + name) for at in _libraries(data))


def _libraries(data: bytes) -> Iterator[int]:
    if data[:4] != FAT:
        yield 0
        return
    for index in range(at_most(number(data, 4, ">I"), MOST_MACHINES)):
        at = number(data, 8 + index * 20 + 8, ">I")
        if data[at : at + 4] not in THIN:
            raise Broken("no library where one is said to be")
        yield at


def _defines(data: bytes, library: int, name: bytes) -> bool:
    for at in _symbol_tables(data, library):
        symbols, count, strings, _size = numbers(data, at + 8, "<IIII")
        size = 16 if THIN[data[library : library + 4]] == 64 else 12
        for index in range(at_most(count, MOST_SYMBOLS)):
            text, kind = numbers(data, library + symbols + index * size, "<IB")
            external = kind & EXTERNAL and kind & KIND == IN_SECTION
            if external and name_is(data, library + strings + text, name):
                return True
    return False


def _symbol_tables(data: bytes, library: int) -> Iterator[int]:
    at = library + (32 if THIN[data[library : library + 4]] == 64 else 28)
    for _ in range(at_most(number(data, library + 16, "<I"), MOST_COMMANDS)):
        command, size = numbers(data, at, "<II")
        if size < 8:
            raise Broken("a command without a length")
        if command == SYMBOL_TABLE:
            yield at
        at += size
