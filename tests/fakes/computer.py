"""A computer in memory for the search of drivers: files, registry, certificates, readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath

from signing.finding.drivers import System
from signing.finding.library import LibraryFile, library_of
from signing.finding.places import Places, Reader, Service

WINDOWS_VARIABLES = {
    "systemroot": r"C:\Windows",
    "programfiles": r"C:\Program Files",
    "programfiles(x86)": r"C:\Program Files (x86)",
}


@dataclass
class Computer:
    system: System = System.WINDOWS
    content: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    registered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """CSP or KSP → its files"""
    key_holders: Sequence[str] = ()
    """CSPs and KSPs of the person's certificates"""
    state: Service = Service.RUNNING
    plugged: tuple[Reader, ...] | None = (Reader(name="Token 0", state=1),)
    variables: dict[str, str] = field(default_factory=lambda: dict(WINDOWS_VARIABLES))
    remote: bool = False

    @property
    def places(self) -> Places:
        return Places(
            system=self.system,
            files=self,
            registry=self,
            certificates=self,
            readers=self,
            variables=self.variables,
            remote_session=self.remote,
        )

    def names(self, folder: str) -> Sequence[str]:
        return [
            self._path(path).name
            for path in (*self.content, *self.links)
            if self._path(path).parent == self._path(folder)
        ]

    def real_path(self, path: str) -> str:
        return self.links.get(path, path)

    def library(self, path: str) -> LibraryFile | None:
        for known, content in self.content.items():
            if self._path(known) == self._path(path):
                return library_of(content)
        return None

    def text(self, path: str) -> str:
        return self.content.get(path, b"").decode()

    def images(self, provider: str) -> Sequence[str]:
        return self.registered.get(provider, ())

    def providers(self) -> Sequence[str]:
        return self.key_holders

    def service(self) -> Service:
        return self.state

    def readers(self) -> tuple[Reader, ...] | None:
        return self.plugged

    def _path(self, path: str) -> PureWindowsPath | PurePosixPath:
        windows = self.system is System.WINDOWS
        return PureWindowsPath(path) if windows else PurePosixPath(path)
