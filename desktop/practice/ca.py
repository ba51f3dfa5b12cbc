"""The invented authorities of practice mode: one for the gateway, another for units' keys.

They are different on purpose: a unit's key can never sign a receipt, and neither is trusted by
anything outside the practice folder. Private files are readable by their owner alone.
"""

import ipaddress
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from desktop.services.receipts import DOCUMENT_SIGNING
from signing.key_file import SoftwareSigner

KEY_BITS = 2048
AUTHORITY_DAYS, LEAF_DAYS = 3650, 730
A_DAY = timedelta(days=1)
"""how far clocks may have been apart"""
RENEW_DAYS = 30
MOST_NAME_BYTES = 64
GATEWAY_AUTHORITY, SERVER, RECEIPTS = "ca", "server", "receipts"
UNIT_AUTHORITY = "ca-don-vi"
STRANGER = "la-mat"
USER_ID = NameOID.USER_ID

Extensions = Sequence[x509.ExtensionType]
MakeIdentity = Callable[[], "Identity"]

NAMES = {
    GATEWAY_AUTHORITY: "Cổng luyện tập - gốc (không có thật)",
    SERVER: "Cổng luyện tập",
    RECEIPTS: "Cổng luyện tập - ký thông báo (không có thật)",
    UNIT_AUTHORITY: "Chữ ký số luyện tập - gốc (không có thật)",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """A private key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def signer(self) -> SoftwareSigner:
        return SoftwareSigner(certificate=self.certificate.public_bytes(Encoding.DER), key=self.key)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPapers:
    """What a practice gateway shows and signs with."""

    authority: Identity
    receipts: Identity
    server_certificate: Path
    server_key: Path


def gateway_papers(folder: Path, now: datetime) -> GatewayPapers:
    """Those of the folder; made when absent, renewed before they end."""
    authority = _kept(
        folder, GATEWAY_AUTHORITY, now, lambda: make_authority(GATEWAY_AUTHORITY, now)
    )
    _kept_leaf(folder, SERVER, now, authority, _for_server())
    receipts = _kept_leaf(folder, RECEIPTS, now, authority, _for_papers())
    certificate, key = _paths(folder, SERVER)
    return GatewayPapers(
        authority=authority, receipts=receipts, server_certificate=certificate, server_key=key
    )


def stranger_papers(folder: Path, now: datetime) -> tuple[Path, Path]:
    """Certificate and key of a server by an authority that nobody trusts, in a folder of its own
    below ``folder``: for practising a wrong certificate."""
    papers = gateway_papers(folder / STRANGER, now)
    return papers.server_certificate, papers.server_key


def make_unit_key(
    folder: Path,
    *,
    unit_name: str,
    tax_code: str,
    password: str,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    file_name: str = "khoa-luyen-tap.p12",
) -> Path:
    """A PKCS#12 file for a practice unit, by the folder's own authority (UID ``MST:…``)."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = _kept(folder, UNIT_AUTHORITY, now, lambda: make_authority(UNIT_AUTHORITY, now))
    first = not_before or now - A_DAY
    last = not_after or now + timedelta(days=LEAF_DAYS)
    unit = _signed(authority, _unit_name(unit_name, tax_code), first, last, _for_unit())
    bundle = pkcs12.serialize_key_and_certificates(
        unit_name.encode(),
        unit.key,
        unit.certificate,
        None,
        BestAvailableEncryption(password.encode()),
    )
    path = folder / file_name
    write_private(path, bundle)
    return path


def make_authority(name: str, now: datetime) -> Identity:
    key = _new_key()
    subject = _name(NAMES[name])
    first, last = now - A_DAY, now + timedelta(days=AUTHORITY_DAYS)
    builder = _builder(subject, subject, key, first, last)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage_of_key(issues=True), critical=True)
    return Identity(key, builder.sign(key, SHA256()))


def _kept(folder: Path, name: str, now: datetime, make: MakeIdentity) -> Identity:
    """The stored identity while it is good, else a new one, stored."""
    stored = _stored(folder, name)
    return stored if stored and _is_good(stored, now) else _store(folder, name, make())


def _kept_leaf(
    folder: Path, name: str, now: datetime, authority: Identity, extensions: Extensions
) -> Identity:
    """As ``_kept``; one that an earlier authority issued is replaced as well."""
    stored = _stored(folder, name)
    if stored and _is_good(stored, now) and _issued_by(stored, authority):
        return stored
    return _store(folder, name, _issue(authority, name, now, extensions))


def _is_good(stored: Identity, now: datetime) -> bool:
    certificate = stored.certificate
    renewed_from = certificate.not_valid_after_utc - timedelta(days=RENEW_DAYS)
    return certificate.not_valid_before_utc <= now < renewed_from


def _issued_by(stored: Identity, authority: Identity) -> bool:
    try:
        stored.certificate.verify_directly_issued_by(authority.certificate)
    except (ValueError, InvalidSignature):
        return False
    return True


def _store(folder: Path, name: str, made: Identity) -> Identity:
    certificate_path, key_path = _paths(folder, name)
    folder.mkdir(parents=True, exist_ok=True)
    write_private(key_path, _key_pem(made.key))
    certificate_path.write_text(made.pem, encoding="ascii")
    return made


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.pem", folder / f"{name}.key"


def _stored(folder: Path, name: str) -> Identity | None:
    """None also for a pair that a program which ended halfway left behind."""
    certificate_path, key_path = _paths(folder, name)
    try:
        key = load_pem_private_key(key_path.read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
        return None
    return Identity(key, certificate)


def write_private(path: Path, content: bytes) -> None:
    """A new file that its owner alone may read; an older one is replaced."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _key_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _issue(authority: Identity, name: str, now: datetime, extensions: Extensions) -> Identity:
    last = now + timedelta(days=LEAF_DAYS)
    return _signed(authority, _name(NAMES[name]), now - A_DAY, last, extensions)


def _signed(
    authority: Identity,
    subject: x509.Name,
    first: datetime,
    last: datetime,
    extensions: Extensions,
) -> Identity:
    key = _new_key()
    builder = _builder(subject, authority.certificate.subject, key, first, last)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    issuer = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    of_issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer.value)
    for extension in (of_issuer, *extensions):
        builder = builder.add_extension(extension, critical=False)
    return Identity(key, builder.sign(authority.key, SHA256()))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, first: datetime, last: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first.astimezone(UTC))
        .not_valid_after(last.astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _unit_name(unit_name: str, tax_code: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(USER_ID, f"MST:{tax_code}"),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(unit_name)),
        ]
    )


def _fitting(name: str) -> str:
    """As much of a name as a certificate holds: 64 bytes, two or three to a Vietnamese letter."""
    return name.encode()[:MOST_NAME_BYTES].decode(errors="ignore").rstrip()


def _for_server() -> Extensions:
    hosts: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.IPv4Address("127.0.0.1")),
    ]
    return (x509.SubjectAlternativeName(hosts), _usage(ExtendedKeyUsageOID.SERVER_AUTH))


def _for_papers() -> Extensions:
    return (_usage(DOCUMENT_SIGNING), _usage_of_key(issues=False))


def _for_unit() -> Extensions:
    return (_usage(ExtendedKeyUsageOID.EMAIL_PROTECTION), _usage_of_key(issues=False))


def _usage(purpose: ObjectIdentifier) -> x509.ExtendedKeyUsage:
    return x509.ExtendedKeyUsage([purpose])


def _usage_of_key(*, issues: bool) -> x509.KeyUsage:
    """Of an authority, or of a key that signs papers."""
    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )
