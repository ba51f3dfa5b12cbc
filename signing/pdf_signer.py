"""Who signed a PDF, with what, and when."""

from datetime import UTC, datetime

from asn1crypto import cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.certificates import MIN_KEY_BITS, read_certificate
from signing.errors import CertificateFault
from signing.model import CertificateInfo
from signing.signing_time import VIETNAM
from signing.timestamp import Stamp, read_stamp

NAMES = {"rsassa_pkcs1v15": "rsa", "rsassa_pss": "rsa-pss"}
STAMP = "signature_time_stamp_token"


def certificate_of(embedded: EmbeddedPdfSignature) -> tuple[CertificateInfo | None, list[str]]:
    """The signer's certificate and the quirks of how it is given."""
    try:
        return read_certificate(embedded.signer_cert.dump()), []
    except CertificateFault:
        return None, ["certificate-unreadable"]


def algorithms_of(embedded: EmbeddedPdfSignature) -> tuple[str, ...]:
    """Short names as of XML signatures: ``rsa-sha256``, then the digest's."""
    used = embedded.signer_info["signature_algorithm"].signature_algo
    digest = embedded.md_algorithm
    return f"{NAMES.get(used, used)}-{digest}", digest


def weak_points(embedded: EmbeddedPdfSignature, info: CertificateInfo | None) -> tuple[str, ...]:
    """``sha1``, ``short-key``, ``certificate-sha1``, as of XML signatures."""
    weak = []
    if embedded.md_algorithm == "sha1":
        weak.append("sha1")
    by_rsa = algorithms_of(embedded)[0].startswith("rsa")
    if info is not None and by_rsa and info.key_bits < MIN_KEY_BITS:
        weak.append("short-key")
    if info is not None and info.signature_hash in ("sha1", "md5"):
        weak.append("certificate-sha1")
    return tuple(weak)


def moment_of(embedded: EmbeddedPdfSignature) -> tuple[datetime | None, list[str]]:
    """When the signer says that it was; without a zone: Vietnam's."""
    try:
        moment = embedded.self_reported_timestamp
    except ValueError:
        return None, ["time-unreadable"]
    if not isinstance(moment, datetime):
        return None, []
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM), ["time-without-zone"]
    return moment.astimezone(UTC), []


def stamps_of(embedded: EmbeddedPdfSignature) -> list[Stamp | None]:
    """Of each timestamp of the signature value what it proves; None: it is not right."""
    info = embedded.signer_info
    value = info["signature"].native
    return [read_stamp(token, value) for token in _tokens(info)]


def _tokens(info: cms.SignerInfo) -> list[cms.ContentInfo]:
    attributes = info["unsigned_attrs"]
    named = [each for each in attributes if each["type"].native == STAMP] if attributes else []
    return [token for each in named for token in each["values"]]
