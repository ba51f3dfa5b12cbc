"""Certificates of authorities as values: read from files, told apart, followed upwards."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
from cryptography.x509.oid import NameOID

from signing.certificates import is_authority
from signing.names import dotnet_name

PEM_MARK = b"-----BEGIN CERTIFICATE-----"
LARGEST_FILE = 256 * 1024
"""bytes; a certificate has some 2 KB"""
MOST_IN_FILE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A certificate that was read."""

    certificate: x509.Certificate
    der: bytes

    @property
    def name(self) -> str:
        return name_of(self.certificate.subject)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    @property
    def is_authority(self) -> bool:
        return is_authority(self.der)

    @property
    def is_root(self) -> bool:
        """Signed by itself."""
        return issued(self, self)

    @property
    def not_before(self) -> datetime:
        return self.certificate.not_valid_before_utc

    @property
    def not_after(self) -> datetime:
        return self.certificate.not_valid_after_utc

    def in_date(self, moment: datetime) -> bool:
        return self.not_before <= moment <= self.not_after


def name_of(name: x509.Name) -> str:
    """The common name, else the whole."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else dotnet_name(name)


def paper(der: bytes) -> Paper | None:
    """None for what is no readable certificate."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.extensions, certificate.public_key(), certificate.subject  # reading may fail
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None
    return Paper(certificate=certificate, der=der)


def papers_in(content: bytes) -> tuple[Paper, ...]:
    """The certificates of a file: PEM (several), DER, or PKCS#7 as authorities publish them."""
    if len(content) > LARGEST_FILE:
        return ()
    found = (paper(each) for each in _certificates(content))
    return tuple(each for each in found if each is not None)[:MOST_IN_FILE]


def _certificates(content: bytes) -> Iterator[bytes]:
    if PEM_MARK in content:
        yield from _of_pem(content)
    elif paper(content) is not None:
        yield content
    else:
        yield from _of_pkcs7(content)


def _of_pem(content: bytes) -> Iterator[bytes]:
    for part in content.split(PEM_MARK)[1:]:
        try:
            yield x509.load_pem_x509_certificate(PEM_MARK + part).public_bytes(Encoding.DER)
        except ValueError:
            continue


def _of_pkcs7(content: bytes) -> Iterator[bytes]:
    try:
        certificates = load_der_pkcs7_certificates(content)
    except (ValueError, UnsupportedAlgorithm):
        return
    yield from (each.public_bytes(Encoding.DER) for each in certificates)


def issued(issuer: Paper, one: Paper) -> bool:
    """Whether the issuer's name and key stand behind the certificate."""
    try:
        one.certificate.verify_directly_issued_by(issuer.certificate)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def claims(issuer: Paper, one: Paper) -> bool:
    """Whether ``one`` says that it was issued with exactly this certificate's key."""
    if issuer.certificate.subject != one.certificate.issuer:
        return False
    wanted, own = _authority_key(one.certificate), _own_key(issuer.certificate)
    return wanted is None or own is None or wanted == own


def _authority_key(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    except x509.ExtensionNotFound:
        return None
    return found.value.key_identifier


def _own_key(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return None
    return found.value.digest
