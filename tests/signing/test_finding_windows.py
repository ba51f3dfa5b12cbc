"""What is asked of Windows, tried elsewhere over stand-ins for its registry and its libraries."""

import ctypes
import importlib
import sys
from collections.abc import Iterator
from ctypes import wintypes
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from signing.finding.drivers import System

CSP = r"SOFTWARE\Microsoft\Cryptography\Defaults\Provider\Hilo CSP"
KSP = r"SYSTEM\CurrentControlSet\Control\Cryptography\Providers\Hilo KSP\UM"
REGISTRY = {
    CSP: {"Image Path": r"%SystemRoot%\System32\hilo_s.dll"},
    KSP: {},
    rf"{KSP}\00010001": {"Image": "hilo_ksp.dll"},
}


class FakeKey:
    def __init__(self, path: str) -> None:
        if path not in REGISTRY:
            raise FileNotFoundError(path)
        self.path = path

    def __enter__(self) -> "FakeKey":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def children(self) -> list[str]:
        return [
            path.rpartition("\\")[2] for path in REGISTRY if path.rpartition("\\")[0] == self.path
        ]


def query(key: FakeKey, name: str) -> tuple[str, int]:
    try:
        return REGISTRY[key.path][name], 1
    except KeyError as error:
        raise FileNotFoundError(name) from error


class FakeStore:
    """crypt32 with three certificates: two by one provider, one without a key."""

    PROVIDERS = ("Hilo CSP", None, "Hilo CSP")

    def __init__(self, opens: bool = True) -> None:
        self.opens, self.closed = opens, 0
        self.CertOpenSystemStoreW = self.function(lambda _a, name: 7 if opens else None)
        self.CertEnumCertificatesInStore = self.function(self.following)
        self.CertGetCertificateContextProperty = self.function(self.provider)
        self.CertFreeCertificateContext = self.function(lambda _context: 1)
        self.CertCloseStore = self.function(self.close)

    def function(self, call: Any) -> Any:
        """A Python function that takes attributes as those of ctypes do."""
        return lambda *arguments: call(*arguments)

    def following(self, _store: int, context: int | None) -> int | None:
        number = (context or 0) + 1
        return number if number <= len(self.PROVIDERS) else None

    def provider(self, context: int, kind: int, room: Any, size: Any) -> int:
        from signing.finding import windows

        assert kind == 2
        name = self.PROVIDERS[context - 1]
        if name is None:
            return 0
        if room is None:
            size._obj.value = ctypes.sizeof(windows._KeyProviderInfo)
            return 1
        told = ctypes.cast(room, ctypes.POINTER(windows._KeyProviderInfo)).contents
        told.provider = wintypes.LPWSTR(name)
        return 1

    def close(self, _store: int, _flags: int) -> int:
        self.closed += 1
        return 1


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, store: FakeStore) -> Iterator[ModuleType]:
    registry = SimpleNamespace(
        HKEY_LOCAL_MACHINE="HKLM",
        OpenKey=lambda _root, path: FakeKey(path),
        QueryValueEx=query,
        QueryInfoKey=lambda key: (len(key.children), 0, 0),
        EnumKey=lambda key, index: key.children[index],
    )
    user32 = SimpleNamespace(GetSystemMetrics=lambda number: int(number == 0x1000))
    monkeypatch.setitem(sys.modules, "winreg", registry)  # type: ignore[arg-type]  # by shape
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: store, raising=False)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    sys.modules.pop("signing.finding.windows", None)
    yield importlib.import_module("signing.finding.windows")
    sys.modules.pop("signing.finding.windows", None)


def test_a_csp_by_its_image_path(windows: ModuleType) -> None:
    assert windows.WindowsRegistry().images("Hilo CSP") == (r"%SystemRoot%\System32\hilo_s.dll",)


def test_a_ksp_by_its_image_one_key_deeper(windows: ModuleType) -> None:
    assert windows.WindowsRegistry().images("Hilo KSP") == ("hilo_ksp.dll",)


def test_a_provider_that_is_not_registered(windows: ModuleType) -> None:
    assert windows.WindowsRegistry().images("Nobody's") == ()


def test_the_providers_of_the_persons_certificates(windows: ModuleType, store: FakeStore) -> None:
    assert windows.PersonalCertificates().providers() == ("Hilo CSP",)
    assert store.closed == 1


def test_a_store_that_does_not_open(windows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "WinDLL", lambda _name: FakeStore(opens=False))
    assert windows.PersonalCertificates().providers() == ()


def test_no_more_certificates_than_a_limit(
    windows: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "MOST_CERTIFICATES", 1)
    assert windows.PersonalCertificates().providers() == ("Hilo CSP",)


def test_this_computer_is_windows(windows: ModuleType) -> None:
    from signing.finding.local import this_computer

    places = this_computer()
    assert places.system is System.WINDOWS
    assert places.remote_session is True
