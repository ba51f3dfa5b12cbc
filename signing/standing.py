"""What can be said of a certificate beyond its own words: its chain, and whether it was revoked.

Values only; they are found out in ``signing.trust``.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChainStatus(StrEnum):
    TRUSTED = "trusted"
    """leads to a root that is trusted here, everything on the way right and in date"""
    UNKNOWN_ROOT = "unknown_root"
    """leads to a root that is not trusted here, or known by its name alone"""
    INCOMPLETE = "incomplete"
    """an issuer's certificate is not at hand"""
    BROKEN = "broken"
    """an issuer did not sign what is said to be its own, or may not issue certificates"""
    EXPIRED_ISSUER = "expired_issuer"
    """right, but an issuer's own certificate is out of date while this one is in date"""


class RootGroup(StrEnum):
    NATIONAL = "national"
    STATE = "state"
    """agencies (Ban Cơ yếu)"""
    OWN = "own"
    """added by the person"""


class RevocationStatus(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The way from a certificate to the authority at its head, at one moment."""

    status: ChainStatus
    anchor: str | None = None
    """name of the root at its end; with ``unknown_root`` one that is known by name alone"""
    group: RootGroup | None = None
    """only of a trusted root: anybody may call a root of his own by a known name"""
    path: tuple[str, ...] = ()
    """names from the certificate up to the last issuer found"""
    issuers: tuple[bytes, ...] = ()
    """DER of the issuers found, the certificate's own first"""
    sha1: bool = False
    """an issuer between the certificate and the root was itself issued with SHA-1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """What the issuer says. Never ``good`` without an answer of the issuer that is in date."""

    status: RevocationStatus
    checked_by: str | None = None
    """``ocsp`` or ``crl``"""
    at: datetime | None = None
    """the moment for which the issuer says so"""
    reason: str | None = None
    """revoked: the issuer's reason (RFC 5280 §5.3.1) or ``issuer_revoked``; unknown: ``offline``,
    ``no_issuer``, ``no_address``, ``no_answer``, ``not_usable`` or ``expired``"""
    revoked_at: datetime | None = None
    issuers: RevocationStatus = RevocationStatus.UNKNOWN
    """the same of the issuers together"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Of the certificate behind one signature."""

    chain: Chain
    """at the signing time that is stated, else now"""
    chain_now: ChainStatus
    revocation: Revocation
