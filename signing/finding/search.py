"""Where a driver can be, in each system's own places, and which of the files found are modules.

On Windows also the way by which a driver is found that no list knows: the person's certificate
names its provider, the registry names the provider's file ``X_s.dll``, and the module ``X.dll``
lies beside it (tokens §1.1).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from signing.finding.drivers import DriverList, DriverNames, System, driver_list
from signing.finding.library import OUR_BITS
from signing.finding.places import Places

SHELL = re.compile(r"_s(\.dll)$", re.IGNORECASE)
VARIABLE = re.compile(r"%([^%]+)%")
P11_KIT_MODULE = re.compile(r"^\s*module\s*:\s*(\S.*?)\s*$", re.MULTILINE)


class Source(StrEnum):
    """How a module came to be looked at."""

    CHOSEN = "chosen"
    """by the person"""
    CERTIFICATE_STORE = "certificate_store"
    P11_KIT = "p11_kit"
    LISTED = "listed"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModule:
    """A file that may be a PKCS#11 module."""

    path: str
    """without links"""
    source: Source
    known: DriverNames | None
    bits: int | None
    """None: it is no library at all"""
    is_module: bool | None
    """None: cannot be told without loading it"""

    @property
    def brand(self) -> str:
        return self.known.brand if self.known else ""

    @property
    def usable(self) -> bool:
        """By this program, as far as its file tells."""
        return self.bits == OUR_BITS and self.is_module is not False


def find_modules(places: Places, drivers: DriverList | None = None) -> tuple[FoundModule, ...]:
    """Every module on this computer, those of another word size too; each file once."""
    found: dict[str, FoundModule] = {}
    for path, source in _candidates(places, drivers or driver_list()):
        real = places.files.real_path(path)
        key = real.lower() if places.system is System.WINDOWS else real
        if key not in found:
            found[key] = look_at(places, real, source, drivers, seen_as=path)
    return tuple(each for each in found.values() if each.is_module)


def look_at(
    places: Places,
    path: str,
    source: Source = Source.CHOSEN,
    drivers: DriverList | None = None,
    *,
    seen_as: str = "",
) -> FoundModule:
    """One file, whatever it is. ``seen_as``: the path of a link that led to it."""
    library = places.files.library(path)
    names = (_pure(places, each).name for each in (path, seen_as) if each)
    listed = ((drivers or driver_list()).known(name, places.system) for name in names)
    return FoundModule(
        path=path,
        source=source,
        known=next((each for each in listed if each), None),
        bits=library.bits if library else None,
        is_module=library.is_module if library else False,
    )


def in_order(
    modules: Iterable[FoundModule], *, remembered: str, with_token: Iterable[str]
) -> tuple[FoundModule, ...]:
    """The unit's own of last time first, then those in which a token is, then the rest; what this
    program cannot load comes last."""
    present = set(with_token)

    def place(module: FoundModule) -> tuple[bool, bool, bool]:
        return (not module.usable, module.path != remembered, module.path not in present)

    return tuple(sorted(modules, key=place))


Candidate = tuple[str, Source]


def _candidates(places: Places, drivers: DriverList) -> Iterator[Candidate]:
    if places.system is System.WINDOWS:
        yield from _of_certificates(places)
    if places.system is System.LINUX:
        yield from _of_p11_kit(places, drivers)
    for folder in _folders(places, drivers):
        for name in places.files.names(folder):
            if drivers.may_be(name, places.system):
                listed = drivers.known(name, places.system)
                source = Source.LISTED if listed else Source.PATTERN
                yield str(_pure(places, folder) / name), source


def _of_certificates(places: Places) -> Iterator[Candidate]:
    """The module beside a provider's file, or that file itself: often one is both."""
    for provider in dict.fromkeys(places.certificates.providers()):
        for image in places.registry.images(provider):
            path = PureWindowsPath(_expanded(places, image))
            if not path.is_absolute():
                path = PureWindowsPath(_expanded(places, r"%SystemRoot%\System32")) / path
            for name in dict.fromkeys((SHELL.sub(r"\1", path.name), path.name)):
                yield str(path.with_name(name)), Source.CERTIFICATE_STORE


def _of_p11_kit(places: Places, drivers: DriverList) -> Iterator[Candidate]:
    for folder in drivers.p11_kit_folders:
        for name in places.files.names(folder):
            if name.endswith(".module"):
                text = places.files.text(f"{folder}/{name}")
                for library in P11_KIT_MODULE.findall(text)[:1]:
                    yield from _p11_kit_library(places, drivers, library)


def _p11_kit_library(places: Places, drivers: DriverList, library: str) -> Iterator[Candidate]:
    """A name without a folder stands for one of the folders p11-kit looks in."""
    if drivers.skipped(PurePosixPath(library).name):
        return
    if library.startswith("/"):
        yield library, Source.P11_KIT
        return
    for folder in drivers.p11_kit_libraries:
        if library in places.files.names(folder):
            yield f"{folder}/{library}", Source.P11_KIT


def _folders(places: Places, drivers: DriverList) -> Iterator[str]:
    """Each once. One that names a variable this computer lacks is left out."""
    listed = list(drivers.folders[places.system])
    if places.system is System.WINDOWS:
        listed += [folder for driver in drivers.drivers for folder in driver.windows_folders]
    expanded = (_expanded(places, folder) for folder in dict.fromkeys(listed))
    yield from dict.fromkeys(folder for folder in expanded if not VARIABLE.search(folder))


def _expanded(places: Places, path: str) -> str:
    """Variables of Windows, and the two ways in which the registry writes its folder."""
    if path.lower().startswith("\\systemroot\\"):
        path = "%SystemRoot%" + path[len("\\systemroot") :]
    return VARIABLE.sub(
        lambda match: places.variables.get(match[1].lower(), match[0]), path.removeprefix("\\??\\")
    )


def _pure(places: Places, path: str) -> PurePath:
    windows = places.system is System.WINDOWS
    return PureWindowsPath(path) if windows else PurePosixPath(path)
