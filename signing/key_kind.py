"""How a certificate's key signs: its XML algorithm, its hash, the form of its value.

RSA is what every real file shows; EC keys are in the law's list (tokens §5, Appendix I of
TT 15/2025) but were met in none, so they are asked about before they sign.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from signing.errors import CertificateFault

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyKind:
    """One kind of key that can sign."""

    name: str
    """``rsa``, ``p256`` or ``p384``"""
    xml_algorithm: str
    hash_name: str
    """as ``hashlib`` calls it"""
    coordinate_bytes: int
    """length of r and of s in a value of an EC key; 0 for RSA"""
    curve_oid: str = ""

    @property
    def elliptic(self) -> bool:
        return self.coordinate_bytes > 0

    def digest(self, octets: bytes) -> bytes:
        return hashlib.new(self.hash_name, octets).digest()


RSA = KeyKind(
    name="rsa", xml_algorithm=f"{_MORE}rsa-sha256", hash_name="sha256", coordinate_bytes=0
)
P256 = KeyKind(
    name="p256",
    xml_algorithm=f"{_MORE}ecdsa-sha256",
    hash_name="sha256",
    coordinate_bytes=32,
    curve_oid="1.2.840.10045.3.1.7",
)
P384 = KeyKind(
    name="p384",
    xml_algorithm=f"{_MORE}ecdsa-sha384",
    hash_name="sha384",
    coordinate_bytes=48,
    curve_oid="1.3.132.0.34",
)
_CURVES = {"secp256r1": P256, "secp384r1": P384}


def key_kind(der: bytes) -> KeyKind:
    """Of the certificate's key. Raises CertificateFault ``certificate.key_type``."""
    kind = kind_of_key(_public_key(der))
    if kind is None:
        raise CertificateFault("certificate.key_type")
    return kind


def kind_of_key(key: CertificatePublicKeyTypes) -> KeyKind | None:
    """None for a key that can make no signature the agency could read."""
    if isinstance(key, RSAPublicKey):
        return RSA
    return _CURVES.get(key.curve.name) if isinstance(key, EllipticCurvePublicKey) else None


def _public_key(der: bytes) -> CertificatePublicKeyTypes:
    try:
        return x509.load_der_x509_certificate(der).public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateFault("certificate.key_type") from error
