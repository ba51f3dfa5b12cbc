"""What can be said of every signature in a PDF, whoever made it.

pyHanko reads the file, computes what each signature covers and tells what was added behind it;
whatever it does not know to be harmless counts as a change. Nothing is fetched. pyHanko takes a
second to load: import this module when a PDF is there.
"""

import logging
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from resources.faults import DataFault, Fault
from signing.model import Intact, SignatureReport
from signing.patience import in_time
from signing.pdf_judging import HARMLESS, Found, judge, quirks_of
from signing.pdf_signer import algorithms_of, certificate_of, moment_of, stamps_of, weak_points

READ_SECONDS = 60.0
MAX_BYTES = 64 * 1024 * 1024
MOST_SIGNATURES = 50
MARK = b"/ByteRange"
"""stands in the clear in every signed PDF: what a signature covers is counted in bytes"""
STAMP = "/DocTimeStamp"

logging.getLogger("pyhanko").setLevel(
    logging.CRITICAL
)  # what it complains of names the file's own words


@dataclass(frozen=True, slots=True)
class Field:
    """A filled signature field; the value may be anything."""

    name: str
    dictionary: Any
    kind: str


def verify_pdf(content: bytes, *, seconds: float = READ_SECONDS) -> tuple[SignatureReport, ...]:
    """One report a signature, in the order of signing; timestamps of the document are none.

    Raises DataFault ``verify.too_big``, ``verify.pdf_encrypted``, ``verify.pdf_broken``,
    ``pdf.too_slow``, ``verify.not_signed``.
    """
    if len(content) > MAX_BYTES:
        raise DataFault("verify.too_big", limit=MAX_BYTES // 1024 // 1024)
    return in_time(lambda: _verify(content), seconds)


def _verify(content: bytes) -> tuple[SignatureReport, ...]:
    try:
        reports = _reports(content)
    except Fault:
        raise
    except Exception as error:  # a foreign file: whatever the reader stumbles over
        if MARK in content:
            return (unreadable("", "pdf-damaged"),)
        raise DataFault("verify.pdf_broken") from error
    if reports:
        return reports
    if MARK in content:
        return (unreadable("", "pdf-signature-hidden"),)
    raise DataFault("verify.not_signed")


def _reports(content: bytes) -> tuple[SignatureReport, ...]:
    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        raise DataFault("verify.pdf_encrypted")
    fields = [
        Field(str(name), field, str(value.get_object().get("/Type", "/Sig")))
        for name, value, field in enumerate_sig_fields(reader, filled_status=True)
    ]
    if len(fields) > MOST_SIGNATURES:
        raise DataFault("verify.pdf_broken")
    names = frozenset(each.name for each in fields)
    judged = [_report(reader, each, names, content) for each in fields if each.kind != STAMP]
    return tuple(report for _, report in sorted(judged, key=lambda each: each[0]))


def _report(
    reader: PdfFileReader, field: Field, names: frozenset[str], content: bytes
) -> tuple[int, SignatureReport]:
    """With its place among the revisions of the file."""
    try:
        embedded = EmbeddedPdfSignature(reader, field.dictionary, field.name)
        return embedded.signed_revision, _judged(embedded, names, content)
    except Exception:  # noqa: BLE001  # a foreign signature: what the library cannot take
        return reader.total_revisions, unreadable(field.name, "malformed")


def _judged(
    embedded: EmbeddedPdfSignature, names: frozenset[str], content: bytes
) -> SignatureReport:
    info, certificate_quirks = certificate_of(embedded)
    found = Found(embedded=embedded, names=names, content=content)
    quirks = {*certificate_quirks, *quirks_of(found)}
    moment, time_quirks = moment_of(embedded)
    stamps = stamps_of(embedded)
    if None in stamps:
        quirks.add("timestamp-wrong")
    stamp = next((each for each in stamps if each), None)
    intact = judge(frozenset(quirks))
    report = SignatureReport(
        node=field_name(embedded),
        intact=intact,
        strict=intact is Intact.YES and not quirks - HARMLESS,
        quirks=tuple(sorted({*quirks, *time_quirks})),
        certificate=info,
        algorithms=algorithms_of(embedded),
        weak=weak_points(embedded, info),
        signing_time=moment,
        signing_time_protected=moment is not None and intact is Intact.YES,
        carried=tuple(each.dump() for each in embedded.other_embedded_certs),
        whole_file=found.covers_all,
    )
    if stamp is None:
        return report
    return replace(
        report,
        signing_time=stamp.moment,
        signing_time_protected=True,
        stamped_by=stamp.authority or "?",
    )


def field_name(embedded: EmbeddedPdfSignature) -> str:
    return str(embedded.field_name)


def unreadable(name: str, quirk: str) -> SignatureReport:
    """A signature that is there, of which nothing can be told."""
    return SignatureReport(
        node=name,
        intact=Intact.UNKNOWN,
        strict=False,
        quirks=(quirk,),
        certificate=None,
        algorithms=(),
        weak=(),
        signing_time=None,
        signing_time_protected=False,
    )
