"""Who signed: the certificate whose key is used, and what speaks against it."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing.algorithms import short_name
from signing.certificates import MIN_KEY_BITS, is_authority, read_certificate
from signing.errors import CertificateFault
from signing.model import CertificateInfo
from signing.names import attribute_values
from signing.parts import Parts


def certificate_of(parts: Parts) -> tuple[bytes | None, list[str]]:
    """The end certificate (DER) and the quirks of how certificates are given."""
    readable = [der for der in parts.certificates if _readable(der)]
    quirks = []
    if parts.unreadable_certificates or len(readable) < len(parts.certificates):
        quirks.append("certificate-unreadable")
    elif not readable:
        quirks.append("no-certificate")
    if len(readable) > 1:
        quirks.append("several-certificates")
    return _end_certificate(readable, parts.rsa_key), quirks


def _readable(der: bytes) -> bool:
    try:
        read_certificate(der)
    except CertificateFault:
        return False
    return True


def _end_certificate(certificates: list[bytes], rsa_key: tuple[int, int] | None) -> bytes | None:
    """The one whose key is written beside it; else the first that is no authority's."""
    matching = [der for der in certificates if rsa_key and _rsa_numbers(der) == rsa_key]
    leaves = [der for der in certificates if not is_authority(der)]
    return next(iter([*matching, *leaves, *certificates]), None)


def _rsa_numbers(der: bytes) -> tuple[int, int] | None:
    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, RSAPublicKey):
        return None
    numbers = key.public_numbers()
    return numbers.n, numbers.e


def key_quirks(parts: Parts, certificate: bytes | None) -> list[str]:
    """What is written beside the certificate and does not agree with it."""
    if certificate is None:
        return []
    quirks = []
    other_key = parts.rsa_key is not None and parts.rsa_key != _rsa_numbers(certificate)
    if other_key or parts.key_value_unreadable:
        quirks.append("key-mismatch")
    if parts.subject_text is not None and not _names(parts.subject_text, certificate):
        quirks.append("subject-mismatch")
    return quirks


def _names(text: str, certificate: bytes) -> bool:
    """Whether every value of the subject stands in the text, however it is quoted."""
    written = _bare(text)
    subject = x509.load_der_x509_certificate(certificate).subject
    return all(_bare(value) in written for value in attribute_values(subject))


def _bare(text: str) -> str:
    return "".join(char for char in text if char not in '"\\' and not char.isspace())


def algorithms_of(parts: Parts) -> tuple[str, ...]:
    """Short names: the signature's first, then the digests' in order."""
    names = [parts.method, *(reference.digest_method for reference in parts.references)]
    return tuple(dict.fromkeys(short_name(name) for name in names if name))


def weak_points(parts: Parts, info: CertificateInfo | None) -> tuple[str, ...]:
    """What is too weak today (tokens §5): ``sha1``, ``short-key``, ``certificate-sha1``."""
    weak = []
    if any("sha1" in name for name in algorithms_of(parts)):
        weak.append("sha1")
    if info is not None and info.key_bits < MIN_KEY_BITS and "rsa" in parts.method:
        weak.append("short-key")
    if info is not None and info.signature_hash in ("sha1", "md5"):
        weak.append("certificate-sha1")
    return tuple(weak)
