"""A key in a PKCS#12 file: practice mode and tests; a unit's own key is on its token."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from signing.certificates import read_certificate
from signing.errors import CertificateFault, PinFault
from signing.key_kind import KeyKind, key_kind
from signing.model import CertificateInfo
from signing.ports import Signer

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftwareSigner:
    """A Signer whose private key lies in memory."""

    certificate: bytes
    key: RSAPrivateKey | EllipticCurvePrivateKey = field(repr=False)

    def sign(self, octets: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(octets, PKCS1v15(), SHA256())
        return _elliptic_value(self.key, octets, key_kind(self.certificate))


def _elliptic_value(key: EllipticCurvePrivateKey, octets: bytes, kind: KeyKind) -> bytes:
    """r and s one after the other, as a token gives them and XML has them."""
    hashed = SHA384() if kind.hash_name == "sha384" else SHA256()
    numbers = decode_dss_signature(key.sign(octets, ECDSA(hashed)))
    return b"".join(number.to_bytes(kind.coordinate_bytes, "big") for number in numbers)


@contextmanager
def open_key_file(path: Path, password: str) -> Iterator[Signer]:
    """The Signer of a ``.p12``/``.pfx`` file.

    Raises CertificateFault ``key_file.unreadable``, ``key_file.legacy``,
    ``certificate.no_private_key`` or ``certificate.key_type``, PinFault ``key_file.password``.
    """
    yield _signer(path, password)


def key_file_certificate(path: Path, password: str) -> CertificateInfo:
    """The certificate that belongs to the key. Raises the faults of ``open_key_file``."""
    return read_certificate(_signer(path, password).certificate)


def _signer(path: Path, password: str) -> SoftwareSigner:
    bundle = _load(_read(path), password)
    key = bundle.key
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise CertificateFault("certificate.no_private_key")
    der = _certificate_of(key, bundle)
    key_kind(der)
    return SoftwareSigner(certificate=der, key=key)


def _certificate_of(
    key: RSAPrivateKey | EllipticCurvePrivateKey, bundle: pkcs12.PKCS12KeyAndCertificates
) -> bytes:
    """The one with the key's own public half; a file may hold the whole chain in any order."""
    first = [bundle.cert] if bundle.cert else []
    for each in (*first, *bundle.additional_certs):
        if each.certificate.public_key() == key.public_key():
            return each.certificate.public_bytes(Encoding.DER)
    raise CertificateFault("certificate.no_private_key")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CertificateFault("key_file.unreadable") from error
    if len(data) > MAX_BYTES or not _looks_like_pkcs12(data):
        raise CertificateFault("key_file.unreadable")
    return data


def _looks_like_pkcs12(data: bytes) -> bool:
    """A PFX is a SEQUENCE that begins with INTEGER 3 (RFC 7292 §4) and ends with the file."""
    return data[:1] == b"\x30" and b"\x02\x01\x03" in data[:9] and _is_whole(data)


def _is_whole(data: bytes) -> bool:
    """A copy that was cut off is not to be taken for a wrong password."""
    said, octets = data[1], data[1] & 0x7F
    if said == 0x80:
        return data.endswith(bytes(2))
    if said < 0x80:
        return len(data) >= 2 + said
    return len(data) >= 2 + octets + int.from_bytes(data[2 : 2 + octets], "big")


def _load(data: bytes, password: str) -> pkcs12.PKCS12KeyAndCertificates:
    """The password as it was typed, else with its Vietnamese letters composed: what types them
    differs from program to program, and a file is locked by no number of tries."""
    composed = unicodedata.normalize("NFC", password)
    if composed != password:
        with suppress(PinFault):
            return _opened(data, password)
    return _opened(data, composed)


def _opened(data: bytes, password: str) -> pkcs12.PKCS12KeyAndCertificates:
    try:
        return pkcs12.load_pkcs12(data, password.encode())
    except ValueError as error:
        raise PinFault("key_file.password") from error
    except UnsupportedAlgorithm as error:
        raise CertificateFault("key_file.legacy") from error
