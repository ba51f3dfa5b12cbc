"""Programs of other providers that take in a workbook (``resources/providers.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from resources import read_text
from resources.faults import UsageFault

_FILE = "providers.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A program and the workbook that it takes in."""

    code: str
    layout: str
    file: str
    """name of the workbook"""
    remarks: tuple[str, ...]
    """codes of what a person must know of that program"""


@cache
def providers() -> Mapping[str, Provider]:
    """By code, in the order in which they are offered."""
    tables = tomllib.loads(read_text(_FILE))
    return {
        code: Provider(
            code=code,
            layout=table["layout"],
            file=table["file"],
            remarks=tuple(table["remarks"]),
        )
        for code, table in tables.items()
    }


def provider(code: str) -> Provider:
    """Raises UsageFault ``carry.provider``."""
    found = providers().get(code)
    if found is None:
        raise UsageFault("carry.provider", provider=code, known=", ".join(providers()))
    return found
