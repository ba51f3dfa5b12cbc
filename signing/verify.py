"""What can be said of every signature in a file, ours or another's.

*Strict* is the answer of an independent verifier (libxmlsec) together with the profile's own
rules. Only a signature it refuses is recomputed by hand, so as to tell a changed file from one
that is built oddly; such a one is never called strict.
"""

from dataclasses import dataclass, replace

from lxml import etree

from resources.faults import DataFault
from signing.certificates import read_certificate
from signing.embedded import embedded_in
from signing.errors import SigningBug
from signing.independent import accepts
from signing.model import CertificateInfo, Intact, SignatureReport
from signing.parts import Parts, read_parts, signatures_of
from signing.recompute import NOT_COMPUTED, Recomputed, recompute
from signing.signer_of import algorithms_of, certificate_of, key_quirks, weak_points
from signing.signing_time import read_time, time_covered
from signing.structure import CHANGED, DOUBTFUL, HARMLESS, UNSAFE, structural_quirks
from signing.xml import parse, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One signature and the two opinions on it."""

    parts: Parts
    certificate: bytes | None
    quirks: tuple[str, ...]
    accepted: bool
    recomputed: Recomputed


def verify_document(document: bytes) -> tuple[SignatureReport, ...]:
    """One report a signature of this file itself, in document order.

    Raises DataFault ``verify.not_xml``, ``verify.too_big`` or ``verify.not_signed``.
    """
    return _signed_reports(document, parse(document))


def verify_package(document: bytes) -> tuple[SignatureReport, ...]:
    """The signatures of a file and of every XML file it carries, an envelope's forms.

    Nodes of carried files begin with the file's name: ``D02-TS-595.xml#D02-TS/Cky``; one that
    is not signed is reported as well. Raises the faults of ``verify_document``.
    """
    tree = parse(document)
    own, embedded = _signed_reports(document, tree), embedded_in(tree)
    del tree  # a list of 100,000 people takes a gigabyte, and its envelope again
    carried = (_carried(name, content) for name, content in embedded)
    return (*own, *(report for reports in carried for report in reports))


def _signed_reports(document: bytes, tree: etree._ElementTree) -> tuple[SignatureReport, ...]:
    reports = _reports(document, tree)
    if not reports:
        raise DataFault("verify.not_signed")
    return tuple(reports)


def verify_own(document: bytes, node: str, certificate: bytes) -> SignatureReport:
    """Proof that what was just signed is right, and what is to be said of it.

    Raises SigningBug ``sign.unverified`` unless ``document`` holds exactly one signature, at
    ``node``, by ``certificate`` (DER), intact and without any deviation.
    """
    try:
        reports = _reports(document, parse(document))
    except DataFault as error:
        raise SigningBug("sign.unverified", node=node) from error
    if len(reports) != 1 or not _is_ours(reports[0], node, certificate):
        raise SigningBug("sign.unverified", node=node)
    return reports[0]


def _is_ours(report: SignatureReport, node: str, certificate: bytes) -> bool:
    return (
        report.strict
        and report.intact is Intact.YES
        and not report.quirks
        and report.node == node
        and report.certificate is not None
        and report.certificate.der == certificate
        and report.signing_time is not None
    )


def _carried(name: str, content: bytes) -> tuple[SignatureReport, ...]:
    try:
        reports = verify_package(content)
    except DataFault as fault:
        unsigned = fault.code == "verify.not_signed"
        return (_unjudged(name, "embedded-not-signed" if unsigned else "embedded-unreadable"),)
    return tuple(_below(name, report) for report in reports)


def _below(name: str, report: SignatureReport) -> SignatureReport:
    return replace(report, node=f"{name}#{report.node}")


def _unjudged(name: str, quirk: str) -> SignatureReport:
    return SignatureReport(
        node=f"{name}#",
        intact=Intact.UNKNOWN,
        strict=False,
        quirks=(quirk,),
        certificate=None,
        algorithms=(),
        weak=(),
        signing_time=None,
        signing_time_protected=False,
    )


def _reports(document: bytes, tree: etree._ElementTree) -> list[SignatureReport]:
    return [
        _report(_node(signature), _examine(document, signature, index))
        for index, signature in enumerate(signatures_of(tree))
    ]


def _node(signature: etree._Element) -> str:
    parent = signature.getparent()
    return path_of(signature if parent is None else parent)


def _examine(document: bytes, signature: etree._Element, index: int) -> Examined:
    parts = read_parts(signature)
    certificate, certificate_quirks = certificate_of(parts)
    quirks = [
        *structural_quirks(signature, parts),
        *certificate_quirks,
        *key_quirks(parts, certificate),
    ]
    safe = not UNSAFE & set(quirks)
    accepted = safe and _accepted(signature, certificate, parts)
    recomputed = recompute(document, index, certificate) if safe and not accepted else NOT_COMPUTED
    if recomputed.others is False:
        quirks.append("second-reference-wrong")
    if recomputed.content_before_others:
        quirks.append("signed-before-others")
    return Examined(
        parts=parts,
        certificate=certificate,
        quirks=tuple(quirks),
        accepted=accepted,
        recomputed=recomputed,
    )


def _accepted(signature: etree._Element, certificate: bytes | None, parts: Parts) -> bool:
    by_id = any(reference.uri for reference in parts.references)
    return certificate is not None and accepts(signature, certificate, by_id=by_id)


def judge(examined: Examined) -> Intact:
    """Changed, intact, or cannot be told."""
    quirks, recomputed = set(examined.quirks), examined.recomputed
    if quirks & CHANGED or recomputed.value is False:
        return Intact.NO
    if _content_changed(recomputed, whole="not-whole-document" not in quirks):
        return Intact.NO
    if quirks & DOUBTFUL:
        return Intact.UNKNOWN
    right = recomputed.value and recomputed.content and recomputed.others
    return Intact.YES if examined.accepted or right else Intact.UNKNOWN


def _content_changed(recomputed: Recomputed, *, whole: bool) -> bool:
    """``whole``: the signature covers the whole document, not only named parts of it."""
    if not whole:
        return recomputed.others is False
    return recomputed.content is False and not recomputed.content_before_others


def _report(node: str, examined: Examined) -> SignatureReport:
    moment, time_quirks = read_time(examined.parts.time_text)
    intact = judge(examined)
    strict = examined.accepted and intact is Intact.YES and not set(examined.quirks) - HARMLESS
    info: CertificateInfo | None = (
        read_certificate(examined.certificate) if examined.certificate else None
    )
    return SignatureReport(
        node=node,
        intact=intact,
        strict=strict,
        quirks=tuple(sorted({*examined.quirks, *time_quirks})),
        certificate=info,
        algorithms=algorithms_of(examined.parts),
        weak=weak_points(examined.parts, info),
        signing_time=moment,
        signing_time_protected=_numbers_right(examined) and time_covered(examined.parts),
        carried=examined.parts.certificates,
    )


def _numbers_right(examined: Examined) -> bool:
    recomputed = examined.recomputed
    return examined.accepted or bool(recomputed.value and recomputed.others)
