"""What a certificate says, and whether it may sign for a unit today.

Source: tokens §2 (certificate profile) and §5 (what must be checked before signing).
"""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from resources.faults import Param
from signing.errors import CertificateFault
from signing.key_kind import KeyKind, key_kind
from signing.model import CertificateInfo
from signing.names import dotnet_name

MIN_KEY_BITS = 2048
EXPIRY_STEPS = ((7, "certificate.expiring_now"), (30, "certificate.expiring_soon"))
EXPIRY_NOTICE_DAYS = 105
"""a renewed certificate's serial must be registered before it signs, which takes its time"""
TAX_CODE = re.compile(r"MST:\s*(\d{10}(?:-\d{3})?|\d{12})(?!\d)")

# Certificates in use carry localities of more than 64 characters: odd, not an error.
warnings.filterwarnings("ignore", message="Attribute's length must be", category=UserWarning)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNotice:
    """Something to ask or tell before signing; never a refusal."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()


def read_certificate(der: bytes) -> CertificateInfo:
    """Raises CertificateFault ``certificate.unreadable``."""
    try:
        return _info(x509.load_der_x509_certificate(der), der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateFault("certificate.unreadable") from error


def _info(certificate: x509.Certificate, der: bytes) -> CertificateInfo:
    hash_algorithm = certificate.signature_hash_algorithm
    return CertificateInfo(
        serial=f"{certificate.serial_number:X}",
        subject=dotnet_name(certificate.subject),
        issuer=dotnet_name(certificate.issuer),
        common_name=next(iter(_texts(certificate.subject, NameOID.COMMON_NAME)), ""),
        tax_code=tax_code_of(_texts(certificate.subject, NameOID.USER_ID)),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        key_bits=_key_bits(certificate),
        signature_hash=hash_algorithm.name if hash_algorithm else "",
        der=der,
    )


def _texts(name: x509.Name, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(part.value) for part in name.get_attributes_for_oid(oid)]


def _key_bits(certificate: x509.Certificate) -> int:
    """0 for a kind of key that cannot sign here."""
    key = certificate.public_key()
    return key.key_size if isinstance(key, RSAPublicKey | EllipticCurvePublicKey) else 0


def tax_code_of(user_ids: Iterable[str]) -> str | None:
    """The MST among several UID values: 10 digits, 10-3 of a branch, or 12 digits."""
    for user_id in user_ids:
        if match := TAX_CODE.match(user_id.strip()):
            return match[1]
    return None


def is_authority(der: bytes) -> bool:
    """Whether this is a CA's certificate, which tokens often carry beside the unit's own."""
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        return extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def may_sign(der: bytes) -> bool:
    """Key usage digitalSignature or nonRepudiation, or none stated (tokens §2)."""
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return usage.digital_signature or usage.content_commitment


def check_for_unit(
    info: CertificateInfo, tax_code: str, now: datetime
) -> tuple[CertificateNotice, ...]:
    """What to ask or tell before this certificate signs for the unit with ``tax_code``.

    Raises CertificateFault ``certificate.no_tax_code``, ``certificate.other_unit``,
    ``certificate.not_yet_valid``, ``certificate.expired``, ``certificate.key_usage``
    or ``certificate.key_type`` when it may not sign at all.
    """
    _check_validity(info, now)
    kind = key_kind(info.der)
    if not may_sign(info.der):
        raise CertificateFault("certificate.key_usage")
    return (*_whose(info, tax_code), *_strength(info, kind), *_expiry(info, now))


def _check_validity(info: CertificateInfo, now: datetime) -> None:
    if now < info.not_before:
        raise CertificateFault("certificate.not_yet_valid", date=_date(info.not_before))
    if now > info.not_after:
        raise CertificateFault("certificate.expired", date=_date(info.not_after))


def _date(moment: datetime) -> str:
    return moment.strftime("%d/%m/%Y")


def _whose(info: CertificateInfo, tax_code: str) -> tuple[CertificateNotice, ...]:
    if info.tax_code is None:
        raise CertificateFault("certificate.no_tax_code")
    theirs, ours = _digits(info.tax_code), _digits(tax_code)
    if theirs == ours:
        return ()
    if len(theirs) == 12 and len(ours) != 12:
        return (CertificateNotice(code="certificate.twelve_digits"),)
    if len(theirs) != 12 and len(ours) != 12 and theirs[:10] == ours[:10]:
        return (CertificateNotice(code="certificate.branch"),)
    raise CertificateFault("certificate.other_unit")


def _digits(tax_code: str) -> str:
    return re.sub(r"\D", "", tax_code)


def _strength(info: CertificateInfo, kind: KeyKind) -> tuple[CertificateNotice, ...]:
    if kind.elliptic:
        return (CertificateNotice(code="certificate.elliptic_key"),)
    if info.key_bits >= MIN_KEY_BITS:
        return ()
    return (CertificateNotice(code="certificate.weak_key", params=(("bits", info.key_bits),)),)


def _expiry(info: CertificateInfo, now: datetime) -> tuple[CertificateNotice, ...]:
    days = (info.not_after - now).days
    if days > EXPIRY_NOTICE_DAYS:
        return ()
    code = next((code for step, code in EXPIRY_STEPS if days <= step), "certificate.expiring")
    return (CertificateNotice(code=code, params=(("days", days), ("date", _date(info.not_after)))),)
