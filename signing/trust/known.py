"""The list of roots as a person sees it, and adding to it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from resources.faults import DataFault, SurroundingsFault
from signing.standing import RootGroup
from signing.trust.papers import Paper, papers_in
from signing.trust.roots import Roots, load_roots, read_some


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRoot:
    """An authority. Of one known by name alone there is nothing but its name and group."""

    name: str
    kind: str
    """``root``, ``issuer`` (in between), ``named`` (its certificate is not at hand)"""
    group: RootGroup | None
    """None for issuers: they are trusted for their chain alone"""
    sha256: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None


def known_roots(folder: Path | None) -> tuple[KnownRoot, ...]:
    roots = load_roots(folder)
    return (
        *(_root(each.paper, each.group) for each in roots.anchors),
        *(_issuer(each) for each in roots.issuers),
        *_only_named(roots),
    )


def _only_named(roots: Roots) -> tuple[KnownRoot, ...]:
    at_hand = {each.paper.name.casefold() for each in roots.anchors}
    named = (each for each in roots.named if each.name.casefold() not in at_hand)
    return tuple(KnownRoot(name=each.name, kind="named", group=each.group) for each in named)


def _root(one: Paper, group: RootGroup) -> KnownRoot:
    return KnownRoot(
        name=one.name,
        kind="root",
        group=group,
        sha256=one.sha256,
        not_before=one.not_before,
        not_after=one.not_after,
    )


def _issuer(one: Paper) -> KnownRoot:
    return KnownRoot(
        name=one.name,
        kind="issuer",
        group=None,
        sha256=one.sha256,
        not_before=one.not_before,
        not_after=one.not_after,
    )


def look_at(file: Path, folder: Path | None) -> KnownRoot:
    """What the file of an authority holds, and what it would be here.

    Raises DataFault ``trust.unreadable``, ``trust.several``, ``trust.not_authority``.
    """
    return _seen(_one_authority(file), load_roots(folder))


def add_root(file: Path, folder: Path) -> KnownRoot:
    """Puts the certificate into ``folder``, once. Raises the faults of ``look_at`` and
    SurroundingsFault ``trust.disk``."""
    one = _one_authority(file)
    seen = _seen(one, load_roots(folder))
    if one.der not in _at_hand(load_roots(folder)):
        _write(folder / f"{one.sha256}.pem", one)
    return seen


def _at_hand(roots: Roots) -> set[bytes]:
    return {each.paper.der for each in roots.anchors} | {each.der for each in roots.issuers}


def _seen(one: Paper, roots: Roots) -> KnownRoot:
    anchor = roots.anchor_of(one.der)
    if anchor is not None:
        return _root(one, anchor.group)
    return _root(one, RootGroup.OWN) if one.is_root else _issuer(one)


def _one_authority(file: Path) -> Paper:
    papers = papers_in(read_some(file))
    if not papers:
        raise DataFault("trust.unreadable", file=file.name)
    if len(papers) > 1:
        raise DataFault("trust.several", file=file.name)
    if not papers[0].is_authority:
        raise DataFault("trust.not_authority", file=file.name)
    return papers[0]


def _write(path: Path, one: Paper) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.certificate.public_bytes(Encoding.PEM))
    except OSError as error:
        raise SurroundingsFault("trust.disk", cause=error.strerror or "") from error
