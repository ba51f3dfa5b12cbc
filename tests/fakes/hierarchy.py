"""Invented authorities over one another: root, issuer, leaf, responder, lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import ocsp as wire
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from resources.faults import SurroundingsFault
from signing.trust.papers import Paper, paper
from tests.fakes.certificates import NOW

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
ROOT = "Gốc thử nghiệm (không có thật)"
ISSUER = "CA thử nghiệm bậc hai (không có thật)"
UNIT = "CÔNG TY TNHH MÂY TRẮNG (KHÔNG CÓ THẬT)"
OCSP_URL = "http://ocsp.example.vn/hoi"
CRL_URL = "http://crl.example.vn/ds.crl"
ISSUER_URL = "http://example.vn/ca.crt"


@dataclass(frozen=True, eq=False)
class Holder:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def paper(self) -> Paper:
        found = paper(self.der)
        assert found is not None
        return found


@cache
def key(name: str) -> ec.EllipticCurvePrivateKey:
    """One key per name and run."""
    return ec.generate_private_key(ec.SECP256R1())


def issue(
    name: str,
    issuer: Holder | None = None,
    *,
    ca: bool = False,
    first: datetime = NOW - YEAR,
    last: datetime = NOW + 40 * YEAR,
    addresses: bool = False,
    extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
    key_name: str = "",
    signing_key: ec.EllipticCurvePrivateKey | None = None,
    path_length: int | None = None,
) -> Holder:
    """``issuer`` None: signed by itself. ``signing_key``: another key than the issuer's."""
    own = key(key_name or name)
    by = signing_key or (issuer.key if issuer else own)
    said = issuer.certificate.public_key() if issuer else own.public_key()
    assert isinstance(said, ec.EllipticCurvePublicKey)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(issuer.certificate.subject if issuer else named(name))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(said), critical=False)
        .add_extension(usage(ca=ca), critical=True)
    )
    for value, critical in (*extra, *(web() if addresses else ())):
        builder = builder.add_extension(value, critical=critical)
    return Holder(own, builder.sign(by, SHA256()))


def with_sha1(holder: Holder, issuer: Holder) -> Holder:
    """The same certificate as authorities signed it until 2021; the library that makes
    certificates does that no more."""
    certificate = asn1.Certificate.load(holder.der)
    certificate["tbs_certificate"]["signature"] = {"algorithm": "sha1_ecdsa"}
    certificate["signature_algorithm"] = {"algorithm": "sha1_ecdsa"}
    octets = certificate["tbs_certificate"].dump(force=True)
    certificate["signature_value"] = issuer.key.sign(octets, ec.ECDSA(SHA1()))
    der = certificate.dump(force=True)
    return Holder(holder.key, x509.load_der_x509_certificate(der))


def named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def web() -> list[tuple[x509.ExtensionType, bool]]:
    """Where to ask; as old certificates do, with an address that is not of the web first."""
    access = [
        (AuthorityInformationAccessOID.OCSP, OCSP_URL),
        (AuthorityInformationAccessOID.CA_ISSUERS, "ldap:///cn=x"),
        (AuthorityInformationAccessOID.CA_ISSUERS, ISSUER_URL),
    ]
    described = [x509.AccessDescription(oid, address(url)) for oid, url in access]
    points = [
        x509.DistributionPoint([address(url)], None, None, None)
        for url in ("ldap:///cn=x?certificateRevocationList", CRL_URL)
    ]
    return [
        (x509.AuthorityInformationAccess(described), False),
        (x509.CRLDistributionPoints(points), False),
    ]


def address(url: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(url)


@cache
def root() -> Holder:
    return issue(ROOT, ca=True, first=NOW - 10 * YEAR, last=NOW + 60 * YEAR)


@cache
def issuer() -> Holder:
    return issue(ISSUER, root(), ca=True, first=NOW - 3 * YEAR, last=NOW + 50 * YEAR)


@cache
def leaf() -> Holder:
    return issue(UNIT, issuer(), addresses=True)


@cache
def responder() -> Holder:
    """Delegated by the issuer to answer for it."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
    return issue("Trả lời hộ", issuer(), extra=((purpose, False), (x509.OCSPNoCheck(), False)))


def answer(
    one: Holder | None = None,
    by: Holder | None = None,
    *,
    above: Holder | None = None,
    revoked_at: datetime | None = None,
    first: datetime = NOW - timedelta(hours=1),
    last: datetime | None = NOW + timedelta(hours=1),
    signing_key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """An answer of a responder: good unless ``revoked_at``."""
    signer = by or issuer()
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=(one or leaf()).certificate,
            issuer=(above or issuer()).certificate,
            algorithm=SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=first,
            next_update=last,
            revocation_time=revoked_at,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate)
        .certificates([signer.certificate])
    )
    told = builder.sign(signer.key, SHA256()).public_bytes(Encoding.DER)
    return signed_otherwise(told, signing_key) if signing_key else told


def signed_otherwise(told: bytes, thief: ec.EllipticCurvePrivateKey) -> bytes:
    """The same answer under the signature of another key."""
    right = ocsp.load_der_ocsp_response(told)
    false = thief.sign(right.tbs_response_bytes, ec.ECDSA(SHA256()))
    response = wire.OCSPResponse.load(told)
    response["response_bytes"]["response"].parsed["signature"] = false
    return bytes(response.dump(force=True))


def revoked_list(
    *serials: int,
    by: Holder | None = None,
    first: datetime = NOW - DAY,
    last: datetime | None = NOW + DAY,
    extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
    signing_key: ec.EllipticCurvePrivateKey | None = None,
    reason: x509.ReasonFlags | None = x509.ReasonFlags.cessation_of_operation,
) -> bytes:
    """A list of what was revoked two days ago."""
    signer = by or issuer()
    builder = x509.CertificateRevocationListBuilder().issuer_name(signer.certificate.subject)
    builder = builder.last_update(first).next_update(last or first + DAY)
    for value, critical in extra:
        builder = builder.add_extension(value, critical=critical)
    for serial in serials:
        entry = (
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - 2 * DAY)
        )
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(signing_key or signer.key, SHA256()).public_bytes(Encoding.DER)


@dataclass
class Web:
    """A network of canned answers. What is not there does not answer."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, url: str, *, body: bytes = b"", content_type: str = "") -> bytes:
        self.asked.append(url)
        if url not in self.pages:
            raise SurroundingsFault("fetch.no_answer")
        if url == OCSP_URL:
            assert content_type == "application/ocsp-request"
            assert ocsp.load_der_ocsp_request(body)
        return self.pages[url]
