"""A library's word size and exports are read from its own tables, whatever the file is like."""

import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signing.finding import library
from signing.finding.library import LibraryFile, library_of, read_library
from tests.fakes.libraries import MODULE_ENTRY, dll, dylib, universal
from tests.fakes.softhsm import MODULE

SOURCE = "int C_GetFunctionList(void **list) { return list == 0; }\n"
OTHER = "extern int C_GetFunctionList(void **); int other(void) { return C_GetFunctionList(0); }\n"


def built(folder: Path, source: str, *options: str) -> Path:
    code, out = folder / "a.c", folder / "a.so"
    code.write_text(source)
    command = ["gcc", "-shared", "-fPIC", *options, "-o", str(out), str(code)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("gcc cannot build this here")
    return out


class TestWindows:
    @pytest.mark.parametrize("bits", [32, 64])
    def test_a_module_is_known_by_its_export(self, bits: int) -> None:
        found = library_of(dll("C_Initialize", MODULE_ENTRY, "DllMain", bits=bits))
        assert found == LibraryFile(bits=bits, is_module=True)

    @pytest.mark.parametrize("exports", [("CPAcquireContext",), ("C_GetFunctionListEx",), ()])
    def test_another_library_is_none(self, exports: tuple[str, ...]) -> None:
        found = library_of(dll(*exports))
        assert found == LibraryFile(bits=64, is_module=False)

    def test_a_broken_table_leaves_it_open(self) -> None:
        found = library_of(dll(MODULE_ENTRY)[:0x410])
        assert found == LibraryFile(bits=64, is_module=None)

    def test_a_table_too_large_to_be_real_is_not_read(self) -> None:
        content = bytearray(dll(MODULE_ENTRY))
        struct.pack_into("<I", content, 0x400 + 24, 0xFFFFFFFF)
        assert library_of(bytes(content)) == LibraryFile(bits=64, is_module=None)

    def test_a_machine_that_is_none_of_ours_is_no_library(self) -> None:
        content = bytearray(dll(MODULE_ENTRY))
        struct.pack_into("<H", content, 0x44, 0x0200)
        assert library_of(bytes(content)) is None


class TestLinux:
    @pytest.mark.parametrize("table", ["gnu", "sysv", "both"])
    def test_a_module_is_known_by_its_symbol(self, tmp_path: Path, table: str) -> None:
        found = read_library(built(tmp_path, SOURCE, f"-Wl,--hash-style={table}"))
        assert found == LibraryFile(bits=64, is_module=True)

    def test_a_stripped_module_is_known_as_well(self, tmp_path: Path) -> None:
        assert read_library(built(tmp_path, SOURCE, "-s")) == LibraryFile(bits=64, is_module=True)

    def test_a_32_bit_module_is_known_as_such(self, tmp_path: Path) -> None:
        found = read_library(built(tmp_path, SOURCE, "-m32", "-nostdlib"))
        assert found == LibraryFile(bits=32, is_module=True)

    @pytest.mark.parametrize("table", ["gnu", "sysv"])
    def test_one_that_only_calls_it_is_no_module(self, tmp_path: Path, table: str) -> None:
        found = read_library(built(tmp_path, OTHER, f"-Wl,--hash-style={table}"))
        assert found == LibraryFile(bits=64, is_module=False)

    def test_a_real_one(self) -> None:
        if not MODULE.exists():
            pytest.skip("SoftHSM2 is not installed")
        assert read_library(MODULE) == LibraryFile(bits=64, is_module=True)

    def test_a_head_without_tables_leaves_it_open(self) -> None:
        found = library_of(b"\x7fELF\x02\x01" + bytes(58))
        assert found == LibraryFile(bits=64, is_module=None)


class TestMacOs:
    @pytest.mark.parametrize("bits", [32, 64])
    def test_a_module_is_known_by_its_symbol(self, bits: int) -> None:
        found = library_of(dylib("other", MODULE_ENTRY, bits=bits))
        assert found == LibraryFile(bits=bits, is_module=True)

    def test_another_library_is_none(self) -> None:
        assert library_of(dylib("other")) == LibraryFile(bits=64, is_module=False)

    def test_of_several_machines_ours_counts(self) -> None:
        both = universal(dylib(MODULE_ENTRY, bits=32), dylib(MODULE_ENTRY))
        assert library_of(both) == LibraryFile(bits=64, is_module=True)

    def test_a_class_of_java_is_no_library(self) -> None:
        assert library_of(b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(200)) is None


@pytest.mark.parametrize("content", [b"", b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe"])
def test_what_is_no_library_is_never_a_module(content: bytes) -> None:
    found = library_of(content)
    assert found is None or not found.is_module


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.so"):
        read_library(tmp_path / "none.so")


def test_no_more_than_a_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.dll"
    path.write_bytes(dll(MODULE_ENTRY))
    monkeypatch.setattr(library, "MOST_BYTES", 0x300)
    assert read_library(path) == LibraryFile(bits=64, is_module=None)


def samples() -> list[bytes]:
    real = [MODULE.read_bytes()[:60_000]] if MODULE.exists() else []
    return [dll(MODULE_ENTRY, "B"), dylib(MODULE_ENTRY), universal(dylib(MODULE_ENTRY)), *real]


@given(sample=st.sampled_from(samples()), data=st.data())
def test_no_broken_file_stops_the_search(sample: bytes, data: st.DataObject) -> None:
    content = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, min(len(content), 2048) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for broken in (bytes(content), bytes(content[:cut])):
        found = library_of(broken)
        assert found is None or found.bits in (32, 64)


@given(st.binary(max_size=600), st.sampled_from([b"MZ", b"\x7fELF\x02\x01", b"\xca\xfe\xba\xbe"]))
def test_no_invented_file_stops_the_search(rest: bytes, head: bytes) -> None:
    found = library_of(head + rest)
    assert found is None or found.bits in (32, 64)
