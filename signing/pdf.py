"""A PDF signed by the same key as the forms: ``adbe.pkcs7.detached`` over SHA-256.

Wire format §3, *Attachments*: what newer software writes (``Adobe.PPKLite``), here without a
visible mark, because nothing shows that anyone looks for one. The signature is an incremental
update: the paper's own bytes are the beginning of the result.

Reading somebody's PDF is the one step that may take long; it runs beside, under a deadline, and
has no access to the key. pyHanko takes a second to load: import this module when a PDF is there.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_cms import Signer as PyHankoSigner
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from resources.faults import DataFault, Fault
from signing.key_kind import KeyKind, key_kind
from signing.patience import in_time
from signing.pdf_check import check_signed_pdf
from signing.ports import Signer
from signing.timestamp import LARGEST_TOKEN, Timestamping, fetch_token
from signing.values import as_sequence

MAX_BYTES = 20 * 1024 * 1024
"""the largest package that senders are known to take"""
READ_SECONDS = 30.0
FIELD = "ChuKyDonVi"
_ROOM = 4096
"""bytes of a CMS beside its certificate and its timestamp"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPdf:
    content: bytes
    timestamped: bool
    timestamp_fault: str = ""
    """code of what kept a wished timestamp from it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """The paper with an empty place for the signature."""

    output: BytesIO
    place: PreparedByteRangeDigest


def pdf_obstacle(content: bytes, *, seconds: float = READ_SECONDS) -> str | None:
    """Why this PDF cannot be signed, without a key: ``pdf.too_large``, ``pdf.too_slow``,
    ``pdf.encrypted``, ``pdf.certified``, ``pdf.broken``; None when it can."""
    try:
        in_time(lambda: _prepare(content, datetime.now().astimezone(), "sha256", _ROOM), seconds)
    except DataFault as fault:
        return fault.code
    return None


def sign_pdf(
    content: bytes,
    signer: Signer,
    *,
    signing_time: datetime,
    timestamping: Timestamping | None = None,
    seconds: float = READ_SECONDS,
) -> SignedPdf:
    """The PDF with one more signature, verified; earlier ones stay as they are.

    Raises DataFault ``pdf.*`` as ``pdf_obstacle`` names them, SigningBug ``sign.unverified``,
    CertificateFault ``certificate.key_type``, the faults of ``signing.timestamp`` when a
    timestamp is required, and whatever the signer raises.
    """
    if signing_time.tzinfo is None:
        raise ValueError("the signing time needs a time zone")
    kind = key_kind(signer.certificate)
    room = _ROOM + len(signer.certificate) + (LARGEST_TOKEN if timestamping else 0)
    prepared = in_time(lambda: _prepare(content, signing_time, kind.hash_name, room), seconds)
    signature = _cms(prepared.place.document_digest, signer, kind, signing_time)
    fault = _add_timestamp(signature, kind, timestamping)
    prepared.place.fill_with_cms(prepared.output, signature)
    signed = prepared.output.getvalue()
    check_signed_pdf(signed, content, signer.certificate)
    timestamped = timestamping is not None and not fault
    return SignedPdf(content=signed, timestamped=timestamped, timestamp_fault=fault)


def _prepare(content: bytes, moment: datetime, hash_name: str, room: int) -> _Prepared:
    if len(content) > MAX_BYTES:
        raise DataFault("pdf.too_large", limit=MAX_BYTES // 1024 // 1024)
    try:
        return _with_empty_signature(content, moment, hash_name, room)
    except Fault:
        raise
    except Exception as error:  # a foreign file: whatever the reader stumbles over
        raise DataFault("pdf.broken") from error


def _with_empty_signature(content: bytes, moment: datetime, hash_name: str, room: int) -> _Prepared:
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    _refuse(writer.prev)
    name = _free_name(writer.prev)
    steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(name)).write_cms(name, writer)
    next(steps)
    placeholder = SignatureObject(
        timestamp=moment,
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        bytes_reserved=2 * room,
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    output = BytesIO()
    place, _ = steps.send(SigIOSetup(md_algorithm=hash_name, output=output))
    return _Prepared(output=output, place=place)


def _refuse(reader: PdfFileReader) -> None:
    if reader.encrypted:
        raise DataFault("pdf.encrypted")
    if read_certification_data(reader) is not None:
        raise DataFault("pdf.certified")
    if reader.xrefs.hybrid_xrefs_present:
        raise DataFault("pdf.broken")


def _free_name(reader: PdfFileReader) -> str:
    taken = {str(name) for name in _field_names(reader)}
    number = 1
    while f"{FIELD}{number}" in taken:
        number += 1
    return f"{FIELD}{number}"


def _field_names(reader: PdfFileReader) -> list[object]:
    if "/AcroForm" not in reader.root:
        return []
    form: Any = reader.root["/AcroForm"]
    fields = form.get("/Fields", ())
    return [field.get_object().get("/T") for field in fields]


def _cms(digest: bytes, signer: Signer, kind: KeyKind, moment: datetime) -> cms.ContentInfo:
    attributes = PdfCMSSignedAttributes(signing_time=moment)
    job = _PortSigner(signer, kind).async_sign(
        digest, kind.hash_name, signed_attr_settings=attributes
    )
    return asyncio.run(job)


class _PortSigner(PyHankoSigner):
    """pyHanko's Signer over ours. The end certificate alone goes in, as in the forms."""

    def __init__(self, signer: Signer, kind: KeyKind) -> None:
        super().__init__(signing_cert=x509.Certificate.load(signer.certificate))
        self._port = signer
        self._kind = kind

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if dry_run or digest_algorithm != self._kind.hash_name:
            raise ValueError("the port signs for good, with the hash of its key")
        return as_sequence(self._port.sign(data), self._kind)


def _add_timestamp(
    signature: cms.ContentInfo, kind: KeyKind, timestamping: Timestamping | None
) -> str:
    """Puts the timestamp of the signature value in. Code of what went wrong, or nothing."""
    if timestamping is None:
        return ""
    info = signature["content"]["signer_infos"][0]
    try:
        token = fetch_token(kind.digest(info["signature"].native), kind.hash_name, timestamping)
    except Fault as fault:
        if timestamping.required:
            raise
        return fault.code
    stamped = {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]}
    info["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(stamped)])
    return ""
