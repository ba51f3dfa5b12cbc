"""Roots, chains and revocation over the data folder. The library behind takes half a second to
load, so that only those who look at a chain wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.trust_api import TrustCase
from signing.certificates import CertificateNotice, check_for_unit
from signing.model import CertificateInfo
from signing.trust.known import KnownRoot
from signing.trust.notices import chain_notices
from sync.fetching import Fetcher

if TYPE_CHECKING:
    from signing.trust.desk import TrustDesk

TRUST_FOLDER = "trust"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTrust:
    """``desktop.services.trust_api.TrustRoom``. ``online`` False: nothing is ever fetched, as in
    practice mode."""

    data: Path
    online: bool = True

    def open(self, *, now: datetime, online: bool) -> TrustCase:
        return self._desk().open(now=now, online=online)

    def known(self) -> Sequence[KnownRoot]:
        return self._desk().known()

    def look(self, file: Path) -> KnownRoot:
        return self._desk().look(file)

    def add(self, file: Path) -> KnownRoot:
        return self._desk().add(file)

    def _desk(self) -> "TrustDesk":
        from signing.trust.desk import TrustDesk

        return TrustDesk(self.data / TRUST_FOLDER, Fetcher() if self.online else None)

    def check_for_unit(
        self, info: CertificateInfo, tax_code: str, now: datetime
    ) -> tuple[CertificateNotice, ...]:
        """As ``signing.certificates.check_for_unit``, and what speaks against the chain, offline.

        Never a refusal. Nothing is said where an issuer's certificate is not at hand, which is so
        for most tokens.
        """
        notices = check_for_unit(info, tax_code, now)
        standing = self.open(now=now, online=False).standing(info.der, (), None)
        return (*notices, *(chain_notices(standing.chain) if standing else ()))
