"""A timestamp authority of an invented country, which can be told to misbehave."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.fakes.certificates import NOW, Identity, authority, rsa_key

OTHER = ExtendedKeyUsageOID.CODE_SIGNING


@cache
def stamp_certificate(
    *,
    usages: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.TIME_STAMPING,),
    critical: bool = True,
    not_after: datetime = NOW + timedelta(days=365),
    issuer: Identity | None = None,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA THỬ NGHIỆM (KHÔNG CÓ THẬT)")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name((issuer or authority()).certificate.subject)
        .public_key(rsa_key("tsa").public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(not_after)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=critical)
    return builder.sign((issuer or authority()).key, SHA256())


@cache
def issuing_authority(*, ca: bool = True) -> Identity:
    """Between the root and the authority of timestamps."""
    name = "CA TRUNG GIAN THỬ NGHIỆM (KHÔNG CÓ THẬT)"
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(authority().certificate.subject)
        .public_key(rsa_key("between").public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=1000))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    certificate = builder.sign(rsa_key("authority"), SHA256())
    return Identity(key=rsa_key("between"), certificate=certificate)


@dataclass
class Tsa:
    """``ask`` takes a query and gives a reply, both DER."""

    certificate: x509.Certificate = field(default_factory=stamp_certificate)
    status: str = "granted"
    moment: datetime = NOW
    change_info: Callable[[dict[str, object]], None] = lambda _info: None
    spoil_value: bool = False
    old_identity: bool = False
    """names its certificate by SHA-1, as most authorities still do"""
    chain: tuple[x509.Certificate, ...] = ()
    sends_itself: bool = True
    queries: list[tsp.TimeStampReq] = field(default_factory=list)

    def ask(self, query: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(query, strict=True)
        self.queries.append(asked)
        status = tsp.PKIStatusInfo({"status": self.status})
        if not self.status.startswith("granted"):
            told = bytes(status.dump())
            return b"\x30" + bytes([len(told)]) + told
        reply = {"status": status, "time_stamp_token": self._token(asked)}
        return bytes(tsp.TimeStampResp(reply).dump())

    def _token(self, asked: tsp.TimeStampReq) -> cms.ContentInfo:
        info: dict[str, object] = {
            "version": "v1",
            "policy": "1.2.3.4.5",
            "message_imprint": asked["message_imprint"],
            "serial_number": len(self.queries),
            "gen_time": self.moment,
            "nonce": asked["nonce"],
        }
        self.change_info(info)
        content = tsp.TSTInfo(info).dump()
        attributes = self._attributes(content)
        value = rsa_key("tsa").sign(attributes.dump(), PKCS1v15(), SHA256())
        if self.spoil_value:
            value = bytes(len(value))
        return self._signed(content, attributes, value)

    def _attributes(self, content: bytes) -> cms.CMSAttributes:
        der = self._der()
        if self.old_identity:
            digest = hashlib.sha1(der).digest()
            named = {"certs": [tsp.ESSCertID({"cert_hash": digest})]}
            identity = ("signing_certificate", tsp.SigningCertificate(named))
        else:
            digest = hashlib.sha256(der).digest()
            named = {"certs": [tsp.ESSCertIDv2({"cert_hash": digest})]}
            identity = ("signing_certificate_v2", tsp.SigningCertificateV2(named))
        pairs = [
            ("content_type", "tst_info"),
            ("message_digest", hashlib.sha256(content).digest()),
            identity,
        ]
        return cms.CMSAttributes(
            [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in pairs]
        )

    def _signed(
        self, content: bytes, attributes: cms.CMSAttributes, value: bytes
    ) -> cms.ContentInfo:
        certificate = asn1_x509.Certificate.load(self._der())
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    name="issuer_and_serial_number",
                    value={
                        "issuer": certificate.issuer,
                        "serial_number": certificate.serial_number,
                    },
                ),
                "digest_algorithm": sha256,
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
                "signature": value,
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [sha256],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "certificates": [
                cms.CertificateChoices(
                    name="certificate",
                    value=asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)),
                )
                for each in ((self.certificate,) if self.sends_itself else ()) + self.chain
            ],
            "signer_infos": [info],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)
