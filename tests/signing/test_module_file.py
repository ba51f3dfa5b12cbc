"""A driver that cannot be used is named before anything is loaded."""

import shutil
import subprocess
from pathlib import Path

import pytest

from signing.agent import loading
from signing.agent.driver import Driver
from signing.agent.loading import load, named_for_pykcs11
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


class TestLoading:
    """Why a library cannot be loaded, as the token agent's process finds out."""

    def built(self, folder: Path, source: str, *options: str, name: str = "vendor.so") -> Path:
        if shutil.which("gcc") is None:
            pytest.skip("gcc is not installed")
        code, out = folder / f"{name}.c", folder / name
        code.write_text(source)
        subprocess.run(["gcc", "-shared", "-fPIC", "-o", out, code, *options], check=True)
        return out

    def refused(self, module: Path) -> str:
        with pytest.raises(DeviceFault) as caught:
            load(module)
        return caught.value.code

    def test_a_driver_loads(self, tmp_path: Path) -> None:
        load(self.built(tmp_path, "int C_GetFunctionList(void) { return 0; }"))

    def test_another_library_is_no_driver(self, tmp_path: Path) -> None:
        assert self.refused(self.built(tmp_path, "int other;")) == "token.module_broken"

    def test_a_component_that_is_missing_is_named_as_the_cause(self, tmp_path: Path) -> None:
        needed = self.built(tmp_path, "int part(void) { return 1; }", name="libpart.so")
        source = "int part(void); int C_GetFunctionList(void) { return part(); }"
        module = self.built(tmp_path, source, f"-L{tmp_path}", "-lpart")
        needed.unlink()
        assert self.refused(module) == "token.module_dependency"
        with pytest.raises(DeviceFault, match=r"token\.module_dependency"):
            Driver(module).open()

    @pytest.mark.parametrize(
        ("number", "code"),
        [(126, "token.module_dependency"), (193, "token.module_broken")],
    )
    def test_the_numbers_of_windows(
        self, number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_path: str) -> None:
            error = OSError("no words that help")
            error.winerror = number  # type: ignore[attr-defined]  # Windows has it
            raise error

        monkeypatch.setattr(loading.ctypes, "CDLL", refuse)
        assert self.refused(tmp_path) == code

    def test_windows_names_no_number_where_the_driver_lacks_a_library_of_its_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_path: str) -> None:
            raise FileNotFoundError("Could not find module (or one of its dependencies)")

        monkeypatch.setattr(loading.ctypes, "CDLL", refuse)
        assert self.refused(tmp_path) == "token.module_dependency"

    def test_on_windows_it_is_loaded_first_and_then_found_by_its_bare_name(
        self, tmp_path: Path
    ) -> None:
        folder = tmp_path / "Trình điều khiển"
        folder.mkdir()
        module = self.built(folder, "int C_GetFunctionList(void) { return 0; }")
        assert named_for_pykcs11(module, platform="win32") == "vendor.so"
        assert named_for_pykcs11(module, platform="linux") == str(module)
        other = folder / "other.so"
        other.write_bytes(b"no library")
        with pytest.raises(DeviceFault, match=r"token\.module_broken"):
            named_for_pykcs11(other, platform="win32")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path / "none.so") == "token.module_missing"
