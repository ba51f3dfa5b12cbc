"""The names of drivers that are known, from ``resources/tokens/drivers.toml``. Loaded strictly."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

from resources import read_text


class System(StrEnum):
    """As the tables name them."""

    WINDOWS = "windows"
    LINUX = "linux"
    MACOS = "macos"


class Evidence(StrEnum):
    """How well a file name is known (tokens, head)."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Kind(StrEnum):
    """Whose name a driver carries."""

    AUTHORITY = "authority"
    HARDWARE = "hardware"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverNames:
    """File names of one brand, in lower case."""

    brand: str
    """empty where nobody knows whose it is"""
    kind: Kind
    evidence: Evidence
    names: Mapping[System, tuple[str, ...]]
    windows_folders: tuple[str, ...]
    """with ``%variables%``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverList:
    drivers: tuple[DriverNames, ...]
    folders: Mapping[System, tuple[str, ...]]
    patterns: Mapping[System, tuple[str, ...]]
    skip: tuple[str, ...]
    p11_kit_folders: tuple[str, ...]
    p11_kit_libraries: tuple[str, ...]

    def known(self, name: str, system: System) -> DriverNames | None:
        """Whose file this is, by its name alone."""
        bare = name.lower()
        return next((each for each in self.drivers if bare in each.names.get(system, ())), None)

    def may_be(self, name: str, system: System) -> bool:
        """By its name: listed, or like the house names of unlisted ones, and not to be skipped."""
        if self.skipped(name):
            return False
        return self.known(name, system) is not None or _like(name, self.patterns[system])

    def skipped(self, name: str) -> bool:
        return _like(name, self.skip)


def _like(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in patterns)


SYSTEMS: Final = frozenset(System)
TOP: Final = {"folders", "p11_kit", "patterns", "skip", "driver"}
DRIVER: Final = {"brand", "kind", "evidence", "windows_folders", *SYSTEMS}


@cache
def driver_list() -> DriverList:
    return parse_drivers(tomllib.loads(read_text("tokens/drivers.toml")))


def parse_drivers(table: Mapping[str, Any]) -> DriverList:
    """Raises ValueError for a key that is unknown or missing, and for a name listed twice."""
    _only(table, TOP, required=TOP)
    _only(table["p11_kit"], {"folders", "libraries"}, required={"folders", "libraries"})
    _only(table["skip"], {"names"}, required={"names"})
    drivers = tuple(_driver(row) for row in table["driver"])
    _refuse_twice(drivers)
    return DriverList(
        drivers=drivers,
        folders=_by_system(table["folders"]),
        patterns=_by_system(table["patterns"]),
        skip=_lower(table["skip"]["names"]),
        p11_kit_folders=tuple(table["p11_kit"]["folders"]),
        p11_kit_libraries=tuple(table["p11_kit"]["libraries"]),
    )


def _driver(row: Mapping[str, Any]) -> DriverNames:
    _only(row, DRIVER, required={"brand", "kind", "evidence"})
    names = {system: _lower(row[system]) for system in System if system in row}
    if not any(names.values()):
        raise ValueError(f"no file of {row['brand']!r}")
    return DriverNames(
        brand=row["brand"],
        kind=Kind(row["kind"]),
        evidence=Evidence(row["evidence"]),
        names=names,
        windows_folders=tuple(row.get("windows_folders", ())),
    )


def _by_system(table: Mapping[str, Any]) -> dict[System, tuple[str, ...]]:
    _only(table, SYSTEMS, required=SYSTEMS)
    return {system: tuple(table[system]) for system in System}


def _lower(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def _only(table: Mapping[str, Any], allowed: Iterable[str], *, required: Iterable[str]) -> None:
    unknown, missing = set(table) - set(allowed), set(required) - set(table)
    if unknown or missing:
        raise ValueError(f"unknown: {sorted(unknown)}, missing: {sorted(missing)}")


def _refuse_twice(drivers: Iterable[DriverNames]) -> None:
    seen: set[tuple[System, str]] = set()
    for driver in drivers:
        for system, names in driver.names.items():
            for name in names:
                if (system, name) in seen:
                    raise ValueError(f"{name!r} stands twice")
                seen.add((system, name))
