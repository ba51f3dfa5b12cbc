"""The export table of a Windows library (PE). Source: the PE format as Microsoft publishes it."""

from signing.finding.tables import Broken, at_most, name_is, number, numbers

MACHINE_BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}
HEADER_AT = 0x3C
PE32, PE32_PLUS = 0x10B, 0x20B
DIRECTORIES_AT = {PE32: 96, PE32_PLUS: 112}
MOST_SECTIONS, MOST_NAMES = 96, 65_536


def is_pe(data: bytes) -> bool:
    return data[:2] == b"MZ"


def bits(data: bytes) -> tuple[int, ...]:
    """Empty for a machine that is none of ours. Raises Broken."""
    machine = number(data, _header(data) + 4, "<H")
    return (MACHINE_BITS[machine],) if machine in MACHINE_BITS else ()


def exports(data: bytes, name: bytes) -> bool:
    """Raises Broken."""
    header = _header(data)
    optional = header + 24
    kind = number(data, optional, "<H")
    if kind not in DIRECTORIES_AT:
        raise Broken("no optional header")
    address, size = numbers(data, optional + DIRECTORIES_AT[kind], "<II")
    if not address or not size:
        return False
    sections = _sections(data, header)
    table = _place(sections, address)
    count = at_most(number(data, table + 24, "<I"), MOST_NAMES)
    names = numbers(data, _place(sections, number(data, table + 32, "<I")), f"<{count}I")
    return any(name_is(data, _place(sections, each), name) for each in names)


def _header(data: bytes) -> int:
    header = number(data, HEADER_AT, "<I")
    if data[header : header + 4] != b"PE\0\0":
        raise Broken("no PE header")
    return header


Section = tuple[int, int, int]
"""address in memory, size in the file, place in the file"""


def _sections(data: bytes, header: int) -> tuple[Section, ...]:
    count = at_most(number(data, header + 6, "<H"), MOST_SECTIONS)
    first = header + 24 + number(data, header + 20, "<H")
    found = []
    for index in range(count):
        address, size, place = numbers(data, first + index * 40 + 12, "<III")
        found.append((address, size, place))
    return tuple(found)


def _place(sections: tuple[Section, ...], address: int) -> int:
    for start, size, place in sections:
        if start <= address < start + size:
            return address - start + place
    raise Broken("an address in no section")
