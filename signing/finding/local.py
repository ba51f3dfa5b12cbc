"""This computer as the search sees it: its own files, readers and, on Windows, its registry."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from signing.finding.drivers import System
from signing.finding.library import LibraryFile, read_library
from signing.finding.pcsc import PcscReaders
from signing.finding.places import NoRegistry, Places

SMALL = 64 * 1024
"""bytes of a settings file that are read"""


class LocalFiles:
    """``places.Files`` over the file system."""

    def names(self, folder: str) -> Sequence[str]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entry.name for entry in entries if not entry.is_dir())
        except OSError:
            return ()

    def real_path(self, path: str) -> str:
        return os.path.realpath(path)

    def library(self, path: str) -> LibraryFile | None:
        try:
            return read_library(Path(path))
        except OSError:
            return None

    def text(self, path: str) -> str:
        try:
            with Path(path).open("rb") as file:
                return file.read(SMALL).decode("utf-8", "replace")
        except OSError:
            return ""


def this_computer() -> Places:
    variables = {name.lower(): value for name, value in os.environ.items()}
    if sys.platform == "win32":
        from signing.finding import windows

        return Places(
            system=System.WINDOWS,
            files=LocalFiles(),
            registry=windows.WindowsRegistry(),
            certificates=windows.PersonalCertificates(),
            readers=PcscReaders(),
            variables=variables,
            remote_session=windows.in_remote_session(),
        )
    return Places(
        system=System.MACOS if sys.platform == "darwin" else System.LINUX,
        files=LocalFiles(),
        registry=NoRegistry(),
        certificates=NoRegistry(),
        readers=PcscReaders(),
        variables=variables,
        remote_session=False,
    )
