"""Small library files made by hand: a Windows DLL with an export table, a macOS library."""

import struct

MODULE_ENTRY = "C_GetFunctionList"


def dll(*exports: str, bits: int = 64) -> bytes:
    """A PE file with one section that holds its export table."""
    machine, magic, directories = {64: (0x8664, 0x20B, 112), 32: (0x014C, 0x10B, 96)}[bits]
    optional_size = directories + 16 * 8
    section_at = 0x40 + 24 + optional_size
    raw_at, address = 0x400, 0x1000
    table = _export_table(address, exports)
    dos = b"MZ" + bytes(58) + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, optional_size, 0x2000)
    directory = (address, len(table)) if exports else (0, 0)
    optional = struct.pack("<H", magic) + bytes(directories - 2) + struct.pack("<II", *directory)
    optional += bytes(optional_size - len(optional))
    section = b".edata\0\0" + struct.pack("<IIII", len(table), address, len(table), raw_at)
    head = dos + coff + optional + section + bytes(16)
    assert len(dos + coff + optional) == section_at
    return head + bytes(raw_at - len(head)) + table


def _export_table(address: int, names: tuple[str, ...]) -> bytes:
    pointers_at = 40
    texts_at = pointers_at + 4 * len(names)
    pointers, texts = b"", b""
    for name in sorted(names):
        pointers += struct.pack("<I", address + texts_at + len(texts))
        texts += name.encode() + b"\0"
    count = len(names)
    head = struct.pack("<IIIIIII", 0, 0, 0, 0, 1, count, count)
    return head + struct.pack("<III", 0, address + pointers_at, 0) + pointers + texts


def dylib(*exports: str, bits: int = 64) -> bytes:
    """A Mach-O file with a symbol table and nothing else."""
    magic, head_size = {64: (0xFEEDFACF, 32), 32: (0xFEEDFACE, 28)}[bits]
    strings, symbols = b"\0", b""
    for name in exports:
        entry = (len(strings), 0x0F, 1, 0, 0)
        symbols += struct.pack("<IBBHQ" if bits == 64 else "<IBBHI", *entry)
        strings += b"_" + name.encode() + b"\0"
    symbols_at = head_size + 24
    strings_at = symbols_at + len(symbols)
    command = (2, 24, symbols_at, len(exports), strings_at, len(strings))
    head = struct.pack("<IIIIIII", magic, 0, 0, 6, 1, 24, 0).ljust(head_size, b"\0")
    return head + struct.pack("<IIIIII", *command) + symbols + strings


def universal(*libraries: bytes) -> bytes:
    """Several macOS libraries in one file."""
    at = 8 + 20 * len(libraries)
    head, body = struct.pack(">II", 0xCAFEBABE, len(libraries)), b""
    for library in libraries:
        head += struct.pack(">IIIII", 0, 0, at + len(body), len(library), 0)
        body += library
    return head + body
