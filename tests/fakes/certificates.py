"""Invented authority, units and keys, made when a test asks for them. Nobody here exists."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from signing.key_file import SoftwareSigner

TAX_CODE = "0109999990"
UNIT = "CÔNG TY TNHH MÂY TRẮNG (KHÔNG CÓ THẬT)"
AUTHORITY = "CA THỬ NGHIỆM (KHÔNG CÓ THẬT)"
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A private key with the certificate that the invented authority issued for it."""

    key: PrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:X}"

    @property
    def signer(self) -> SoftwareSigner:
        return SoftwareSigner(certificate=self.der, key=self.key)


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key per name and run: making one takes a noticeable part of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def unit_identity(
    *,
    common_name: str = UNIT,
    user_ids: tuple[str, ...] = (f"MST:{TAX_CODE}",),
    key_name: str = "unit",
    bits: int = 2048,
    not_before: datetime = NOW - timedelta(days=30),
    not_after: datetime = NOW + timedelta(days=700),
    may_sign: bool = True,
    elliptic: bool = False,
    curve: type[ec.EllipticCurve] = ec.SECP256R1,
    serial: int | None = None,
) -> Identity:
    """A certificate for a unit; the same arguments give the same identity within a run."""
    key: PrivateKey = ec.generate_private_key(curve()) if elliptic else rsa_key(key_name, bits)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(common_name, user_ids))
        .issuer_name(_authority_name())
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(may_sign), critical=True)
    )
    return Identity(key=key, certificate=builder.sign(rsa_key("authority"), SHA256()))


def as_if_issued_with_sha1(identity: Identity) -> SoftwareSigner:
    """As authorities issued certificates until 2021. Only the names of the algorithm are changed:
    nothing makes such certificates any more, and nothing here checks an issuer's signature."""
    sha256, sha1 = (bytes.fromhex(f"2a864886f70d0101{last}") for last in ("0b", "05"))
    der = identity.der.replace(sha256, sha1)
    return SoftwareSigner(certificate=der, key=identity.signer.key)


@cache
def authority() -> Identity:
    """The invented authority's own, self-signed certificate."""
    key = rsa_key("authority")
    builder = (
        x509.CertificateBuilder()
        .subject_name(_authority_name())
        .issuer_name(_authority_name())
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=4000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    )
    return Identity(key=key, certificate=builder.sign(key, SHA256()))


def write_key_file(path: Path, identity: Identity, password: str) -> Path:
    """A PKCS#12 file as a practice unit gets it."""
    bundle = pkcs12.serialize_key_and_certificates(
        b"unit",
        identity.key,
        identity.certificate,
        None,
        BestAvailableEncryption(password.encode()),
    )
    path.write_bytes(bundle)
    return path


def _subject(common_name: str, user_ids: tuple[str, ...]) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "Hà Nội"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            *(x509.NameAttribute(NameOID.USER_ID, user_id) for user_id in user_ids),
        ]
    )


def _authority_name() -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY),
        ]
    )


def _usage(may_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=may_sign,
        content_commitment=may_sign,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
