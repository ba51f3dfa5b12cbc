"""A driver that cannot be used is named before anything is loaded."""

from pathlib import Path

import pytest

from signing.errors import DeviceFault
from signing.module_file import OUR_BITS, bits_of, check_module
from tests.fakes.libraries import MODULE_ENTRY, dll


def refusal(path: Path) -> DeviceFault:
    with pytest.raises(DeviceFault) as caught:
        check_module(path)
    return caught.value


def test_a_module_passes(tmp_path: Path) -> None:
    path = tmp_path / "vendor.dll"
    path.write_bytes(dll(MODULE_ENTRY, bits=OUR_BITS))
    check_module(path)
    assert bits_of(path.read_bytes()) == OUR_BITS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (dll("CPAcquireContext", bits=OUR_BITS), "token.module_broken"),
        (dll(MODULE_ENTRY, bits=96 - OUR_BITS), "token.module_bitness"),
        (b"hello", "token.module_broken"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "vendor.dll"
    path.write_bytes(content)
    fault = refusal(path)
    assert (fault.code, fault.params["module"]) == (code, "vendor.dll")


def test_a_folder_is_no_module(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "token.module_missing"


def test_tables_that_cannot_be_read_are_left_to_the_loader(tmp_path: Path) -> None:
    path = tmp_path / "odd.dll"
    path.write_bytes(dll(MODULE_ENTRY, bits=OUR_BITS)[:0x410])
    check_module(path)
