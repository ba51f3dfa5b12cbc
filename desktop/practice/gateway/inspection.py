"""What the practice gateway looks at before it takes a dossier: envelope, forms, signatures, MST.

Reasons are codes with parameters; their words are in ``resources/messages/refusals.toml``.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from desktop.practice.gateway.ledger import Entry
from forms import catalog
from forms.render import open_envelope
from forms.xml.envelope import Envelope
from resources.faults import Fault, Param
from signing.certificates import check_for_unit
from signing.errors import CertificateFault
from signing.model import Intact, SignatureReport
from signing.verify import verify_package

ENVELOPE_NODE = "Hoso/CKy_Dvi"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a dossier is refused."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


def inspect(entry: Entry, package: bytes, now: datetime) -> tuple[Envelope | None, list[Reason]]:
    """The envelope, when it can be read, and every reason to refuse it."""
    if len(package) != entry.size:
        return None, [Reason("refuse.size")]
    if hashlib.sha256(package).hexdigest() != entry.sha256:
        return None, [Reason("refuse.sha256")]
    try:
        envelope = open_envelope(package)
    except Fault as fault:
        return None, [Reason("refuse.envelope"), Reason(fault.code, fault.params)]
    reasons = [*_labels(entry, envelope), *_forms(envelope), *_signatures(envelope, package, now)]
    return envelope, reasons


def _labels(entry: Entry, envelope: Envelope) -> Iterator[Reason]:
    pairs = (
        ("refuse.unit", entry.unit_code, envelope.unit_code),
        ("refuse.tax_code", entry.tax_code, envelope.tax_code),
        ("refuse.procedure", entry.procedure, envelope.procedure),
        ("refuse.period", entry.period, envelope.period.wire),
    )
    for code, announced, inside in pairs:
        if announced != inside:
            yield Reason(code)


def _forms(envelope: Envelope) -> Iterator[Reason]:
    try:
        forms = catalog.procedure(envelope.procedure).forms
    except Fault:
        yield Reason("refuse.procedure_unknown", {"procedure": envelope.procedure})
        return
    present = {packed.form_code for packed in envelope.files}
    on_wire = {
        catalog.wire_code(form.code, filing_date=envelope.filing_date): form for form in forms
    }
    for code, form in on_wire.items():
        if form.required and code not in present:
            yield Reason("refuse.form_missing", {"form": code})
    allowed = set(on_wire) | {catalog.attachment_rules().form_code}
    for code in sorted(present - allowed):
        yield Reason("refuse.form_not_allowed", {"form": code})


def _signatures(envelope: Envelope, package: bytes, now: datetime) -> Iterator[Reason]:
    try:
        reports = verify_package(package)
    except Fault as fault:
        yield Reason("refuse.not_signed", {"file": "BHXHDienTu.xml"})
        yield Reason(fault.code, fault.params)
        return
    by_file = _by_file(reports)
    yield from _one_signature("BHXHDienTu.xml", by_file.get("", []), envelope, now)
    for packed in envelope.files:
        if PurePosixPath(packed.name).suffix.lower() == ".xml":
            yield from _one_signature(packed.name, by_file.get(packed.name, []), envelope, now)


def _by_file(reports: Sequence[SignatureReport]) -> dict[str, list[SignatureReport]]:
    """File name → its signatures; the envelope's own under the empty name."""
    found: dict[str, list[SignatureReport]] = {}
    for report in reports:
        name, mark, _ = report.node.rpartition("#")
        found.setdefault(name if mark else "", []).append(report)
    return found


def _one_signature(
    name: str, reports: Sequence[SignatureReport], envelope: Envelope, now: datetime
) -> Iterator[Reason]:
    """Exactly one, strict, intact, by this unit, in date."""
    if not reports:
        yield Reason("refuse.not_signed", {"file": name})
        return
    (first, *others) = reports
    if others or not first.strict or first.intact is not Intact.YES or first.certificate is None:
        yield Reason("refuse.signature", {"file": name})
        return
    try:
        check_for_unit(first.certificate, envelope.tax_code, now)
    except CertificateFault as fault:
        yield Reason("refuse.certificate", {"file": name})
        yield Reason(fault.code, fault.params)
