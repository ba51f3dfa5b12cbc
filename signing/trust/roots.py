"""Whom the program trusts: ``resources/trust/roots.toml`` and what the person put beside the data.

Roots are data, so that new ones need no new program (tokens §2: re-keyed on 25/11/2025).
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from resources import read_bytes, read_text
from resources.faults import Fault
from signing.standing import RootGroup
from signing.trust.papers import LARGEST_FILE, Paper, papers_in

SUFFIXES = frozenset({".pem", ".crt", ".cer"})
FETCHED = "fetched"
"""sub-folder of issuers that were downloaded: never roots"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A root that is trusted."""

    paper: Paper
    group: RootGroup
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRoot:
    """A root known to exist, whose certificate is not at hand."""

    name: str
    group: RootGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """All there is to lead a chain through."""

    anchors: tuple[Anchor, ...]
    named: tuple[NamedRoot, ...]
    issuers: tuple[Paper, ...]
    """of authorities in between; they need no trust of their own"""
    unusable: tuple[str, ...]
    """names of files in the person's folder that hold no authority's certificate"""

    def anchor_of(self, der: bytes) -> Anchor | None:
        return next((each for each in self.anchors if each.paper.der == der), None)

    def named_like(self, name: str) -> NamedRoot | None:
        wanted = name.strip().casefold()
        return next((each for each in self.named if each.name.casefold() == wanted), None)


def load_roots(folder: Path | None) -> Roots:
    """The roots we ship and, from ``folder``, ``*.pem *.crt *.cer``: roots of the person's own
    where they are signed by themselves, issuers in between otherwise."""
    anchors, named = _shipped()
    known = {each.paper.der for each in anchors}
    files = list(_read_folder(folder)) if folder else []
    found = [(name, each) for name, papers in files for each in papers if each.is_authority]
    own = [(name, each) for name, each in found if each.is_root and each.der not in known]
    return Roots(
        anchors=(
            *anchors,
            *(Anchor(paper=each, group=RootGroup.OWN, file=name) for name, each in own),
        ),
        named=named,
        issuers=(*(each for _, each in found if not each.is_root), *_fetched(folder)),
        unusable=tuple(
            name for name, papers in files if not any(each.is_authority for each in papers)
        ),
    )


def _read_folder(folder: Path) -> Iterator[tuple[str, tuple[Paper, ...]]]:
    """A folder that is not there holds nothing; a file that cannot be read holds nothing either,
    and is told as unusable."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield path.name, papers_in(read_some(path))


def read_some(path: Path) -> bytes:
    """No more than any certificate file has; nothing of a file that cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError:
        return b""


def _fetched(folder: Path | None) -> Iterator[Paper]:
    if folder is None:
        return
    for _, papers in _read_folder(folder / FETCHED):
        yield from (each for each in papers if each.is_authority and not each.is_root)


@cache
def _shipped() -> tuple[tuple[Anchor, ...], tuple[NamedRoot, ...]]:
    table = tomllib.loads(read_text("trust/roots.toml"))
    anchors = tuple(_anchor(entry) for entry in table.get("root", ()))
    named = tuple(
        NamedRoot(name=entry["name"], group=RootGroup(entry["group"]))
        for entry in table.get("named", ())
    )
    return anchors, named


def _anchor(entry: dict[str, Any]) -> Anchor:
    """Raises Fault ``trust.damaged`` when the certificate is not the one that was written down."""
    papers = papers_in(read_bytes(f"trust/{entry['file']}"))
    if [each.sha256 for each in papers] != [entry["sha256"]]:
        raise Fault("trust.damaged", file=entry["file"])
    return Anchor(paper=papers[0], group=RootGroup(entry["group"]), file=entry["file"])
