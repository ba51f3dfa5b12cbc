"""Whether a PDF that we signed is intact, found out without the code that signed it.

Only the file's own bytes and ``cryptography`` have a say: the byte range is read from the update
that was added, the signature from the hole it leaves.
"""

import hashlib
import re

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing.errors import SigningBug

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


def check_signed_pdf(signed: bytes, original: bytes, certificate: bytes) -> None:
    """Raises SigningBug ``sign.unverified`` unless ``signed`` begins with ``original`` and its
    last signature covers all of it, is right, and is made with the key of ``certificate``."""
    try:
        right = signed.startswith(original) and _right(signed, len(original), certificate)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise SigningBug("sign.unverified", node="pdf") from error
    if not right:
        raise SigningBug("sign.unverified", node="pdf")


def _right(signed: bytes, added_at: int, certificate: bytes) -> bool:
    found = _RANGE.search(signed, added_at)
    if found is None:
        return False
    start, before, after, rest = (int(number) for number in found.groups())
    hole = signed[before:after]
    if start != 0 or after + rest != len(signed) or not _is_one_string(hole):
        return False
    content = cms.ContentInfo.load(bytes.fromhex(hole[1:-1].decode("ascii")))
    covered = (memoryview(signed)[:before], memoryview(signed)[after:])
    return signer_info_is_right(content["content"], covered, certificate)


def _is_one_string(hole: bytes) -> bool:
    return hole[:1] == b"<" and hole[-1:] == b">" and hole[1:-1].isalnum()


def signer_info_is_right(
    signed_data: cms.SignedData, covered: tuple[memoryview | bytes, ...], certificate: bytes
) -> bool:
    """One signer, whose attributes name the digest of what is covered (RFC 5652 §5.4)."""
    (info,) = signed_data["signer_infos"]
    name = info["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(name)
    for part in covered:
        digest.update(part)
    attributes = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    (stated,) = attributes["message_digest"].native
    if stated != digest.digest():
        return False
    octets = info["signed_attrs"].untag().dump()
    return _value_is_right(certificate, info["signature"].native, octets, _HASHES[name])


def _value_is_right(
    certificate: bytes, value: bytes, octets: bytes, hashed: hashes.HashAlgorithm
) -> bool:
    key = x509.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(value, octets, PKCS1v15(), hashed)
            return True
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(value, octets, ECDSA(hashed))
            return True
    except InvalidSignature:
        return False
    return False
