"""Whom the program trusts, and how a certificate stands: what the use cases ask of the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from signing.standing import Standing
from signing.trust.known import KnownRoot


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRoot:
    """An authority's certificate in a file. ``added``: it is now among those that are known."""

    root: KnownRoot
    added: bool


class TrustCase(Protocol):
    """One look at any number of certificates; the same question is put to a network once."""

    def standing(
        self, certificate: bytes, carried: Sequence[bytes], signed_at: datetime | None
    ) -> Standing | None: ...


class TrustRoom(Protocol):
    """``signing.trust`` over the data folder."""

    def open(self, *, now: datetime, online: bool) -> TrustCase: ...

    def known(self) -> Sequence[KnownRoot]: ...

    def look(self, file: Path) -> KnownRoot:
        """What an authority's file holds. Raises DataFault ``trust.unreadable``,
        ``trust.not_authority`` or ``trust.several``."""
        ...

    def add(self, file: Path) -> KnownRoot:
        """As ``look``, and keeps it. Raises also SurroundingsFault ``trust.disk``."""
        ...


class TrustApi(Protocol):
    """Roots and issuers, for the command line and the window."""

    def known(self) -> Sequence[KnownRoot]:
        """Those the program brings, those known by name alone, those the person added."""
        ...

    def add(self, file: Path, *, confirmed: bool) -> AddedRoot:
        """Nothing is added before the person has seen the fingerprint and said yes.

        Raises DataFault ``trust.unreadable``, ``trust.not_authority``, ``trust.several``,
        SurroundingsFault ``trust.disk``.
        """
        ...
