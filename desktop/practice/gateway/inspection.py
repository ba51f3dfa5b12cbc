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
from forms.procedures import ProcedureForm
from forms.render import open_envelope
from forms.xml.envelope import Envelope, PackedFile
from resources.faults import Fault, Param
from signing.certificates import check_for_unit
from signing.errors import CertificateFault
from signing.model import Intact, SignatureReport
from signing.verify import verify_package

ENVELOPE = "BHXHDienTu.xml"
XML = ".xml"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a dossier is refused."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """A file and the place of its one signature, where that is known."""

    file: str
    node: str | None


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
    reasons = [*_labels(entry, envelope), *_content(entry, envelope)]
    return envelope, [*reasons, *_signatures(envelope, package, now)]


def _labels(entry: Entry, envelope: Envelope) -> Iterator[Reason]:
    pairs = (
        ("refuse.unit", entry.unit_code, envelope.unit_code),
        ("refuse.tax_code", entry.tax_code, envelope.tax_code),
        ("refuse.period", entry.period, envelope.period.wire),
    )
    for code, announced, inside in pairs:
        if announced != inside:
            yield Reason(code)


def _content(entry: Entry, envelope: Envelope) -> Iterator[Reason]:
    """Several procedures share a code on the wire: the announced one says which forms it takes."""
    try:
        procedure = catalog.procedure(entry.procedure)
    except Fault:
        yield Reason("refuse.procedure_unknown", {"procedure": entry.procedure})
        return
    if procedure.wire_code != envelope.procedure:
        yield Reason("refuse.procedure")
    yield from _forms(procedure.forms, envelope)


def _forms(forms: Sequence[ProcedureForm], envelope: Envelope) -> Iterator[Reason]:
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
        yield Reason("refuse.not_signed", {"file": ENVELOPE})
        yield Reason(fault.code, fault.params)
        return
    by_file = _by_file(reports)
    root = catalog.versions(catalog.ENVELOPE)[-1].wire.sign_node
    yield from _one_signature(Signed(ENVELOPE, root), by_file.get("", []), envelope, now)
    for packed in envelope.files:
        if _must_be_signed(packed):
            place = Signed(packed.name, _sign_node(packed, envelope))
            yield from _one_signature(place, by_file.get(packed.name, []), envelope, now)


def _must_be_signed(packed: PackedFile) -> bool:
    """Every form, whatever its file is called, and whatever else is XML."""
    is_paper = packed.form_code == catalog.attachment_rules().form_code
    return not is_paper or PurePosixPath(packed.name).suffix.lower() == XML


def _by_file(reports: Sequence[SignatureReport]) -> dict[str, list[SignatureReport]]:
    """File name → its signatures; the envelope's own under the empty name."""
    found: dict[str, list[SignatureReport]] = {}
    for report in reports:
        name, mark, _ = report.node.rpartition("#")
        found.setdefault(name if mark else "", []).append(report)
    return found


def _sign_node(packed: PackedFile, envelope: Envelope) -> str | None:
    """Where this form is signed; None for what is no form."""
    try:
        return catalog.form(packed.form_code, filing_date=envelope.filing_date).wire.sign_node
    except Fault:
        return None


def _one_signature(
    place: Signed, reports: Sequence[SignatureReport], envelope: Envelope, now: datetime
) -> Iterator[Reason]:
    """Exactly one, strict, intact, at its own place, by this unit, in date."""
    file = {"file": place.file}
    if not any(report.certificate for report in reports):
        yield Reason("refuse.not_signed", file)
        return
    (first, *others) = reports
    if others or first.certificate is None or not _is_sound(first, place):
        yield Reason("refuse.signature", file)
        return
    try:
        check_for_unit(first.certificate, envelope.tax_code, now)
    except CertificateFault as fault:
        yield Reason("refuse.certificate", file)
        yield Reason(fault.code, fault.params)


def _is_sound(report: SignatureReport, place: Signed) -> bool:
    node = report.node.rpartition("#")[2]
    return report.strict and report.intact is Intact.YES and place.node in {None, node}
