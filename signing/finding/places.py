"""What the search asks of a computer, behind small Protocols: so the ways of Windows can be tried
anywhere, and nothing but the module of each system knows how it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from signing.finding.drivers import System
from signing.finding.library import LibraryFile


class Files(Protocol):
    """Paths are texts in the system's own way of writing."""

    def names(self, folder: str) -> Sequence[str]:
        """Of the files in a folder; empty where it is missing or may not be read."""
        ...

    def real_path(self, path: str) -> str:
        """Without links."""
        ...

    def library(self, path: str) -> LibraryFile | None:
        """None: no library, or not to be read."""
        ...

    def text(self, path: str) -> str:
        """Of a small settings file; empty where it may not be read."""
        ...


class Registry(Protocol):
    """Of Windows."""

    def images(self, provider: str) -> Sequence[str]:
        """Files that the CSP or KSP of this name is registered with."""
        ...


class CertificateStore(Protocol):
    """The person's own certificates in Windows."""

    def providers(self) -> Sequence[str]:
        """Names of the CSPs and KSPs that hold their keys."""
        ...


class NoRegistry:
    """Systems without one."""

    def images(self, provider: str) -> Sequence[str]:  # noqa: ARG002 - the Protocol's
        return ()

    def providers(self) -> Sequence[str]:
        return ()


class Service(StrEnum):
    """The smart card service: SCardSvr of Windows, pcscd elsewhere."""

    RUNNING = "running"
    STOPPED = "stopped"
    ABSENT = "absent"
    """not installed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """``state`` changes whenever a card or token comes or goes."""

    name: str
    state: int


class Readers(Protocol):
    """Card readers, a USB token being one with its card in it."""

    def service(self) -> Service: ...

    def readers(self) -> tuple[Reader, ...] | None:
        """None: the service does not say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """One computer."""

    system: System
    files: Files
    registry: Registry
    certificates: CertificateStore
    readers: Readers
    variables: dict[str, str]
    """environment variables, their names in lower case"""
    remote_session: bool
    """sat at through Remote Desktop: its tokens are those of the other computer"""
