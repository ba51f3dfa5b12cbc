"""What a list of revoked certificates says of one (RFC 5280 §5 and §6.3).

Only whole lists of the issuer itself are judged: one that covers a part of the reasons or of the
certificates, a delta, or one issued for others says nothing here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from signing.standing import Revocation, RevocationStatus
from signing.trust.papers import Paper

TOLERANCE = timedelta(minutes=5)
"""between this computer's clock and the authority's"""
LONGEST_WITHOUT_NEXT = timedelta(days=1)
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedList:
    """A list that was read, and nothing believed of it yet."""

    crl: x509.CertificateRevocationList

    @property
    def first(self) -> datetime:
        return self.crl.last_update_utc

    @property
    def last(self) -> datetime:
        return self.crl.next_update_utc or self.first + LONGEST_WITHOUT_NEXT

    def in_date(self, now: datetime) -> bool:
        return self.first - TOLERANCE <= now <= self.last + TOLERANCE


def read_crl(content: bytes) -> RevokedList | None:
    """DER or PEM; None for anything else."""
    try:
        crl = (
            x509.load_pem_x509_crl(content)
            if content.lstrip().startswith(b"-----BEGIN")
            else x509.load_der_x509_crl(content)
        )
        crl.extensions, crl.last_update_utc, crl.next_update_utc  # noqa: B018  # read
    except UNREADABLE:
        return None
    return RevokedList(crl=crl)


def judge_crl(content: bytes, one: Paper, issuer: Paper, now: datetime) -> Revocation | None:
    """None when the list says nothing that may be believed: not the issuer's, not whole, not in
    date, not readable."""
    found = read_crl(content)
    if found is None or not found.in_date(now) or not _is_issuers(found.crl, issuer):
        return None
    try:
        entry = found.crl.get_revoked_certificate_by_serial_number(one.certificate.serial_number)
        return _told(found, entry)
    except UNREADABLE:
        return None


def _is_issuers(crl: x509.CertificateRevocationList, issuer: Paper) -> bool:
    if crl.issuer != issuer.certificate.subject or not _may_sign_lists(issuer):
        return False
    try:
        right = crl.is_signature_valid(issuer.certificate.public_key())  # type: ignore[arg-type]  # other kinds raise TypeError
    except (*UNREADABLE, InvalidSignature):
        return False
    return right and _is_whole(crl)


def _may_sign_lists(issuer: Paper) -> bool:
    try:
        usage = issuer.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.crl_sign


def _is_whole(crl: x509.CertificateRevocationList) -> bool:
    for each in crl.extensions:
        value = each.value
        if isinstance(value, x509.IssuingDistributionPoint):
            if _is_partial(value):
                return False
        elif each.critical or isinstance(value, x509.DeltaCRLIndicator):
            return False
    return True


def _is_partial(point: x509.IssuingDistributionPoint) -> bool:
    return (
        point.only_contains_user_certs
        or point.only_contains_ca_certs
        or point.only_contains_attribute_certs
        or point.indirect_crl
        or point.only_some_reasons is not None
    )


def _told(found: RevokedList, entry: x509.RevokedCertificate | None) -> Revocation:
    if entry is None:
        return Revocation(status=RevocationStatus.GOOD, checked_by="crl", at=found.first)
    return Revocation(
        status=RevocationStatus.REVOKED,
        checked_by="crl",
        at=found.first,
        reason=_reason(entry),
        revoked_at=entry.revocation_date_utc,
    )


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        found = entry.extensions.get_extension_for_class(x509.CRLReason)
    except x509.ExtensionNotFound:
        return x509.ReasonFlags.unspecified.value
    return str(found.value.reason.value)
