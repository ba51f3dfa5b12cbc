"""Readers by the smart card service, and by the USB devices of Linux where there is none."""

import ctypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from signing.finding import pcsc, usb
from signing.finding.local import LocalFiles, this_computer
from signing.finding.pcsc import NO_SERVICE, PcscReaders
from signing.finding.places import NoRegistry, Reader, Service
from tests.fakes.libraries import MODULE_ENTRY, dll


@dataclass
class FakeService:
    """pcsclite's functions, as ctypes calls them."""

    names: tuple[str, ...] = ()
    value: int = 0
    states: dict[str, int] = field(default_factory=dict)
    open_contexts: int = 0

    def SCardEstablishContext(self, scope: Any, _a: None, _b: None, context: Any) -> int:
        assert scope.value == 2
        if self.value == 0:
            self.open_contexts += 1
        return ctypes.c_int32(self.value).value

    def SCardReleaseContext(self, context: Any) -> int:
        self.open_contexts -= 1
        return 0

    def SCardListReaders(self, context: Any, _groups: None, room: Any, size: Any) -> int:
        text = "".join(f"{name}\0" for name in self.names).encode() + b"\0"
        if not self.names:
            return ctypes.c_int32(0x8010002E).value
        if room is None:
            size._obj.value = len(text)
        else:
            ctypes.memmove(room, text, len(text))
        return 0

    def SCardGetStatusChange(self, context: Any, timeout: Any, states: Any, count: Any) -> int:
        assert timeout.value == 0
        for state in states[: count.value]:
            state.now = self.states.get(state.name.decode(), 0)
        return 0


def test_readers_and_their_states() -> None:
    service = FakeService(names=("Đầu đọc 0", "Token 1"), states={"Token 1": 0x30022})
    readers = PcscReaders(service)
    assert readers.service() is Service.RUNNING
    assert readers.readers() == (
        Reader(name="Đầu đọc 0", state=0),
        Reader(name="Token 1", state=0x30022),
    )
    assert service.open_contexts == 0


def test_no_reader() -> None:
    assert PcscReaders(FakeService()).readers() == ()


def test_a_service_that_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    device = (Reader(name="USB 096e:0807", state=3),)
    monkeypatch.setattr(pcsc, "usb_devices", lambda: device)
    readers = PcscReaders(FakeService(value=NO_SERVICE))
    assert readers.service() is Service.STOPPED
    assert readers.readers() == device


def test_a_service_that_will_not_say() -> None:
    assert PcscReaders(FakeService(value=0x80100001)).readers() is None


def test_a_system_without_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc, "LIBRARY", "libnosuchservice.so.9")
    monkeypatch.setattr(pcsc, "usb_devices", lambda: ())
    readers = PcscReaders()
    assert (readers.service(), readers.readers()) == (Service.ABSENT, ())


class TestUsb:
    def device(self, folder: Path, name: str, **files: str) -> None:
        (folder / name).mkdir()
        for file, text in files.items():
            (folder / name / file).write_text(text)

    def test_devices_by_their_numbers(self, tmp_path: Path) -> None:
        self.device(tmp_path, "1-2", idVendor="096e\n", idProduct="0807\n", devnum="7\n")
        self.device(tmp_path, "1-0:1.0")
        self.device(tmp_path, "1-3", idVendor="1\n", idProduct="2\n", devnum="?\n")
        assert usb.usb_devices(tmp_path) == (Reader(name="USB 096e:0807", state=7),)

    def test_a_system_that_does_not_say(self, tmp_path: Path) -> None:
        assert usb.usb_devices(tmp_path / "none") is None


class TestThisComputer:
    def test_files(self, tmp_path: Path) -> None:
        (tmp_path / "b.dll").write_bytes(dll(MODULE_ENTRY))
        (tmp_path / "a.module").write_text("module: b.dll")
        (tmp_path / "folder").mkdir()
        (tmp_path / "link.dll").symlink_to(tmp_path / "b.dll")
        files = LocalFiles()
        assert files.names(str(tmp_path)) == ["a.module", "b.dll", "link.dll"]
        assert files.real_path(str(tmp_path / "link.dll")) == str(tmp_path / "b.dll")
        assert files.text(str(tmp_path / "a.module")) == "module: b.dll"
        module = files.library(str(tmp_path / "b.dll"))
        assert module
        assert module.is_module

    def test_what_is_missing_is_empty(self, tmp_path: Path) -> None:
        gone = str(tmp_path / "none")
        files = LocalFiles()
        assert (files.names(gone), files.text(gone), files.library(gone)) == ((), "", None)

    def test_it_knows_its_own_system(self) -> None:
        places = this_computer()
        assert places.variables["path"]
        assert places.remote_session is False

    def test_others_have_no_registry(self) -> None:
        assert NoRegistry().images("any") == NoRegistry().providers() == ()
