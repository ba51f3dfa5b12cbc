"""One question, one answer: how does the certificate behind a signature stand?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from signing.standing import Chain, ChainStatus, Revocation, RevocationStatus, Standing
from signing.trust.chain import LONGEST, judge_chain
from signing.trust.kept import Kept
from signing.trust.known import KnownRoot, add_root, known_roots, look_at
from signing.trust.papers import Paper, paper
from signing.trust.revocation import Asking, Fetch, fetch_issuer, revocation_of
from signing.trust.roots import Roots, load_roots


@dataclass(frozen=True, slots=True)
class TrustDesk:
    """``folder``: the person's own roots and what was fetched; ``fetch``: the network, if any."""

    folder: Path
    fetch: Fetch | None = None

    def open(self, *, now: datetime, online: bool) -> "TrustCase":
        """For the signatures of one look: roots are read and questions are put once."""
        fetch = self.fetch if online else None
        asking = Asking(fetch=fetch, kept=Kept(self.folder), now=now)
        return TrustCase(roots=load_roots(self.folder), asking=asking)

    def known(self) -> tuple[KnownRoot, ...]:
        """Roots and issuers, and roots known by name alone."""
        return known_roots(self.folder)

    def look(self, file: Path) -> KnownRoot:
        """Raises DataFault ``trust.unreadable``, ``trust.several``, ``trust.not_authority``."""
        return look_at(file, self.folder)

    def add(self, file: Path) -> KnownRoot:
        """As ``look``, and keeps it. Raises also SurroundingsFault ``trust.disk``."""
        return add_root(file, self.folder)


@dataclass(slots=True)
class TrustCase:
    """One look at any number of certificates."""

    roots: Roots
    asking: Asking

    def standing(
        self, certificate: bytes, carried: Sequence[bytes], signed_at: datetime | None
    ) -> Standing | None:
        """``carried``: DER of certificates beside the signature; ``signed_at``: the signing time
        it states. None for a certificate that cannot be read."""
        leaf = paper(certificate)
        if leaf is None:
            return None
        beside = [each for each in map(paper, carried) if each is not None and each != leaf]
        chain_now, beside = self._completed(leaf, beside)
        chain = judge_chain(leaf, beside, self.roots, signed_at) if signed_at else chain_now
        return Standing(
            chain=chain,
            chain_now=chain_now.status,
            revocation=self._revocation(leaf, chain_now),
        )

    def _completed(self, leaf: Paper, beside: list[Paper]) -> tuple[Chain, list[Paper]]:
        """The chain now, with the issuers that can be fetched where some are not at hand."""
        chain = judge_chain(leaf, beside, self.roots, self.asking.now)
        for _ in range(LONGEST):
            if self.asking.fetch is None or chain.status is not ChainStatus.INCOMPLETE:
                break
            last = _papers(chain)[-1] if chain.issuers else leaf
            found = fetch_issuer(last, self.asking)
            if found is None:
                break
            beside = [found, *beside]
            chain = judge_chain(leaf, beside, self.roots, self.asking.now)
        return chain, beside

    def _revocation(self, leaf: Paper, chain: Chain) -> Revocation:
        issuers = _papers(chain) if chain.status is not ChainStatus.BROKEN else ()
        own = revocation_of(leaf, issuers[0] if issuers else None, self.asking)
        if self.asking.fetch is None or not issuers:
            return own
        above = [revocation_of(*pair, self.asking) for pair in pairwise(issuers)]
        return _together(own, above)


def _together(own: Revocation, above: Sequence[Revocation]) -> Revocation:
    """A certificate is no better than its issuers."""
    order = (RevocationStatus.REVOKED, RevocationStatus.UNKNOWN, RevocationStatus.GOOD)
    worst = min(above, key=lambda each: order.index(each.status), default=None)
    if worst is None:
        return own
    if worst.status is RevocationStatus.REVOKED and own.status is not RevocationStatus.REVOKED:
        own = replace(worst, reason="issuer_revoked")
    return replace(own, issuers=worst.status)


def _papers(chain: Chain) -> tuple[Paper, ...]:
    found = (paper(each) for each in chain.issuers)
    return tuple(each for each in found if each is not None)
