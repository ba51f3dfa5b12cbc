"""Timestamps of RFC 3161: what is asked for, and whether the answer may be believed.

The network is a port: bytes of a query go out, bytes of a reply come back. Nothing but the
digest of a signature value leaves the computer.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID

from resources.faults import SurroundingsFault
from signing.certificates import read_certificate
from signing.pdf_check import signer_info_is_right

LARGEST_TOKEN = 16 * 1024
"""bytes; authorities of this country send their whole chain, some 6 KB"""
_GRANTED = {"granted", "granted_with_mods"}
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, UnsupportedAlgorithm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamping:
    """A timestamp authority, and how much it matters."""

    ask: Callable[[bytes], bytes]
    """TimeStampReq → TimeStampResp, DER; raises SurroundingsFault when nothing came back"""
    required: bool = False
    """without a timestamp nothing is signed; else it is signed without, and that is told"""
    roots: tuple[bytes, ...] = ()
    """DER of the authorities trusted for timestamps; none: any signer is taken"""


class _Reply(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """TimeStampResp (RFC 3161 §2.4.2); the library's own cannot read one without a token."""

    _fields = [  # noqa: RUF012  # as the library has it
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def fetch_token(digest: bytes, hash_name: str, service: Timestamping) -> bytes:
    """A timestamp of ``digest``, verified. DER of the token (a CMS ContentInfo).

    Raises SurroundingsFault ``timestamp.no_answer``, ``timestamp.refused``,
    ``timestamp.wrong`` or ``timestamp.untrusted``.
    """
    nonce = secrets.randbits(63) | 1 << 62
    try:
        answer = service.ask(_query(digest, hash_name, nonce))
    except SurroundingsFault as error:
        raise SurroundingsFault("timestamp.no_answer") from error
    try:
        token = _granted(answer)
        _check(token, digest, hash_name, nonce, service.roots)
    except _UNREADABLE as error:
        raise SurroundingsFault("timestamp.wrong") from error
    return bytes(token.dump())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a timestamp proves, as far as its own signature goes."""

    moment: datetime
    authority: str
    certificate: bytes
    """DER; who it belongs to in truth is not looked into"""


def read_stamp(token: cms.ContentInfo, stamped: bytes) -> Stamp | None:
    """The timestamp of ``stamped`` (a signature value); None where it is none, or is not right."""
    try:
        info, content = _info(token), token["content"]
        imprint = info["message_imprint"]
        digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, stamped).digest()
        signer = _signer(content, [each.chosen.dump() for each in content["certificates"]])
        octets = content["encap_content_info"]["content"].contents
        certificate = x509.load_der_x509_certificate(signer)
        moment: datetime = info["gen_time"].native
        right = (
            imprint["hashed_message"].native == digest
            and signer_info_is_right(content, (octets,), signer)
            and _may_stamp(certificate, moment)
        )
    except _UNREADABLE:
        return None
    name = read_certificate(signer).common_name
    return Stamp(moment=moment, authority=name, certificate=signer) if right else None


def token_time(token: bytes) -> datetime:
    """What the authority says the time was."""
    moment: datetime = _info(cms.ContentInfo.load(token))["gen_time"].native
    return moment


def _query(digest: bytes, hash_name: str, nonce: int) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": hash_name})}
    query = tsp.TimeStampReq(
        {
            "version": 1,
            "message_imprint": tsp.MessageImprint({**imprint, "hashed_message": digest}),
            "nonce": nonce,
            "cert_req": True,
        }
    )
    return bytes(query.dump())


def _granted(answer: bytes) -> cms.ContentInfo:
    reply = _Reply.load(answer, strict=True)
    if reply["status"]["status"].native not in _GRANTED:
        raise SurroundingsFault("timestamp.refused")
    token = reply["time_stamp_token"]
    if not isinstance(token, cms.ContentInfo) or len(token.dump()) > LARGEST_TOKEN:
        raise SurroundingsFault("timestamp.wrong")
    return token


def _info(token: cms.ContentInfo) -> tsp.TSTInfo:
    """Raises ValueError for a signed something else."""
    if token["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    carried = token["content"]["encap_content_info"]
    if carried["content_type"].native != "tst_info":
        raise ValueError("no timestamp")
    return carried["content"].parsed


def _check(
    token: cms.ContentInfo, digest: bytes, hash_name: str, nonce: int, roots: tuple[bytes, ...]
) -> None:
    info = _info(token)
    imprint = info["message_imprint"]
    asked = (hash_name, digest, nonce)
    named = imprint["hash_algorithm"]["algorithm"].native
    if (named, imprint["hashed_message"].native, info["nonce"].native) != asked:
        raise SurroundingsFault("timestamp.wrong")
    sent = [each.chosen.dump() for each in token["content"]["certificates"]]
    signer = _signer(token["content"], sent)
    content = token["content"]["encap_content_info"]["content"].contents
    if not signer_info_is_right(token["content"], (content,), signer):
        raise SurroundingsFault("timestamp.wrong")
    certificate = x509.load_der_x509_certificate(signer)
    if not _may_stamp(certificate, info["gen_time"].native):
        raise SurroundingsFault("timestamp.untrusted")
    if roots and not _leads_to(certificate, sent, roots, info["gen_time"].native):
        raise SurroundingsFault("timestamp.untrusted")


def _signer(signed_data: cms.SignedData, sent: list[bytes]) -> bytes:
    """The certificate that the token names as its signer's (RFC 3161 §2.4.2: ESSCertID)."""
    (info,) = signed_data["signer_infos"]
    attributes = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    if "signing_certificate_v2" in attributes:
        identity = attributes["signing_certificate_v2"]["certs"][0]
        name = identity["hash_algorithm"]["algorithm"].native
    else:
        identity = attributes["signing_certificate"]["certs"][0]
        name = "sha1"
    wanted = identity["cert_hash"].native
    for der in sent:
        if hashlib.new(name, der, usedforsecurity=False).digest() == wanted:
            return der
    raise ValueError("the signer's certificate is not there")


def _may_stamp(certificate: x509.Certificate, moment: datetime) -> bool:
    """For timestamps and nothing else, critically so (RFC 3161 §2.3), and valid at that time."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    only = list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return only and usage.critical and _valid(certificate, moment)


def _valid(certificate: x509.Certificate, moment: datetime) -> bool:
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _leads_to(
    certificate: x509.Certificate, sent: list[bytes], roots: tuple[bytes, ...], moment: datetime
) -> bool:
    """Whether signatures lead from the certificate over those sent to a trusted one."""
    trusted = [x509.load_der_x509_certificate(each) for each in roots]
    between = [x509.load_der_x509_certificate(each) for each in sent]
    current = certificate
    for _ in range(len(between) + 1):
        if any(_issued(issuer, current) and _valid(issuer, moment) for issuer in trusted):
            return True
        above = [each for each in between if each != current and _issued(each, current)]
        if not above or not _is_authority(above[0]) or not _valid(above[0], moment):
            return False
        current = above[0]
    return False


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return found.value.ca
