"""Signature values: the two ways to write one of an EC key, and whether one is right."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from signing.key_kind import KeyKind


def as_sequence(value: bytes, kind: KeyKind) -> bytes:
    """r and s as a DER SEQUENCE (RFC 5753 §7.2) from one after the other; RSA as it is."""
    if not kind.elliptic:
        return value
    r, s = value[: kind.coordinate_bytes], value[kind.coordinate_bytes :]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def side_by_side(value: bytes, kind: KeyKind) -> bytes:
    """r and s one after the other, whichever way they came; RSA as it is."""
    if not kind.elliptic or len(value) == 2 * kind.coordinate_bytes:
        return value
    try:
        numbers = decode_dss_signature(value)
        return b"".join(number.to_bytes(kind.coordinate_bytes, "big") for number in numbers)
    except (ValueError, OverflowError):
        return value


def is_right(certificate: bytes, octets: bytes, value: bytes, kind: KeyKind) -> bool:
    """Whether ``value``, as a Signer gives it, was made over ``octets`` with this key."""
    hashed = SHA384() if kind.hash_name == "sha384" else SHA256()
    key = x509.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(value, octets, PKCS1v15(), hashed)
        elif isinstance(key, EllipticCurvePublicKey):
            key.verify(as_sequence(value, kind), octets, ECDSA(hashed))
        else:
            return False
    except InvalidSignature:
        return False
    return True
