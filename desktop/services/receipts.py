"""Whether a receipt may be believed, and what it then means for its parcel.

Believed is: one strict, intact signature by an independent verifier; by a certificate that the
gateway's own authority issued for signing documents and that was in date; over a notice that
names this very unit, tax code, period, procedure, transaction and package. Anything else leaves
the parcel ``sent``, with the reason in the journal: never "đã nộp".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import ObjectIdentifier

from forms.model import DossierState
from forms.outcomes import outcome_of_code
from forms.xml.notice import SIGN_NODE, Notice
from forms.xml.notice import read_notice as read_notice
from resources.faults import Fault
from signing.model import Intact, SignatureReport
from signing.verify import verify_document
from sync.model import Answer, Parcel, ParcelState, Settlement, Verdict

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.4.1.311.10.3.12")
ASK_AGAIN = timedelta(minutes=5)


class ReceiptJudge:
    """``sync.ports.Judge``: the only one who may say ``accepted``."""

    def __call__(self, parcel: Parcel, answer: Answer, now: datetime) -> Settlement:
        if answer.receipt is None:
            code = "outcome.received" if answer.verdict is Verdict.RECEIVED else "receipt.absent"
            return unsettled(parcel, answer, now, code)
        try:
            notice = read_notice(answer.receipt)
        except Fault:
            return unsettled(parcel, answer, now, "receipt.unreadable")
        doubt = doubt_about(answer.receipt, notice, parcel, answer, now)
        if doubt is not None:
            return unsettled(parcel, answer, now, doubt)
        state = state_said(notice)
        if state is not DossierState.REJECTED and not notice.number:
            return unsettled(parcel, answer, now, "receipt.no_number")
        return settled(parcel, answer, notice, now)


def unsettled(parcel: Parcel, answer: Answer, now: datetime, outcome: str) -> Settlement:
    """The gateway has the bytes; nobody has proved more yet."""
    return Settlement(
        parcel_id=parcel.id,
        at=now,
        state=ParcelState.SENT,
        outcome=outcome,
        next_try=now + ASK_AGAIN,
        transaction=answer.transaction,
        answer=answer.raw,
        detail="; ".join(answer.reasons),
    )


def settled(parcel: Parcel, answer: Answer, notice: Notice, now: datetime) -> Settlement:
    """What the agency says of a dossier that it works on proves that it took it in."""
    refused = state_said(notice) is DossierState.REJECTED
    return Settlement(
        parcel_id=parcel.id,
        at=now,
        state=ParcelState.REFUSED if refused else ParcelState.ACCEPTED,
        outcome="outcome.refused" if refused else "outcome.accepted",
        next_try=now,
        transaction=notice.transaction,
        number=notice.number or None,
        receipt=answer.receipt,
        answer=answer.raw,
        detail=notice.error_text,
    )


def state_said(notice: Notice) -> DossierState:
    """What a notice about a parcel makes of its dossier. A code that nobody told us of is a
    refusal, as a rejection is the same document with other codes (wire format §5.4)."""
    outcome = outcome_of_code(notice.result_code)
    return outcome.state if outcome else DossierState.REJECTED


def doubt_about(
    document: bytes, notice: Notice, parcel: Parcel, answer: Answer, now: datetime
) -> str | None:
    """Code of the first reason not to believe the receipt; None when there is none."""
    doubt = doubt_of_signature(document, parcel.destination.ca_pem, now)
    if doubt is not None:
        return doubt
    return None if speaks_of(notice, parcel, answer) else "receipt.other_dossier"


def doubt_of_signature(document: bytes, ca_pem: str, now: datetime) -> str | None:
    """Code of the first reason not to believe who wrote it; None when there is none."""
    reports = signatures_of(document)
    if not reports:
        return "receipt.not_signed"
    if not is_sound(reports):
        return "receipt.tampered"
    return None if is_trusted(reports[0], ca_pem, now) else "receipt.untrusted"


def signatures_of(document: bytes) -> tuple[SignatureReport, ...]:
    try:
        return verify_document(document)
    except Fault:
        return ()


def is_sound(reports: tuple[SignatureReport, ...]) -> bool:
    """Exactly one signature, over the whole notice, at its own place."""
    (first, *others) = reports
    return not others and first.strict and first.intact is Intact.YES and first.node == SIGN_NODE


def is_trusted(report: SignatureReport, ca_pem: str, now: datetime) -> bool:
    """Signed by a certificate of the gateway's authority, made for documents, in date."""
    if report.certificate is None or not ca_pem.strip():
        return False
    leaf = x509.load_der_x509_certificate(report.certificate.der)
    if not report.certificate.valid_at(now) or not signs_documents(leaf):
        return False
    return any(issued_by(leaf, authority, now) for authority in authorities_in(ca_pem))


def authorities_in(ca_pem: str) -> list[x509.Certificate]:
    """None where the text cannot be read: then nothing is believed."""
    try:
        found = x509.load_pem_x509_certificates(ca_pem.encode())
    except ValueError:
        return []
    return [certificate for certificate in found if is_authority(certificate)]


def is_authority(certificate: x509.Certificate) -> bool:
    try:
        extensions = certificate.extensions
        return extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def signs_documents(leaf: x509.Certificate) -> bool:
    """A server's or a unit's certificate of the same authority must not sign receipts."""
    try:
        usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    return DOCUMENT_SIGNING in usage


def issued_by(leaf: x509.Certificate, authority: x509.Certificate, now: datetime) -> bool:
    if not authority.not_valid_before_utc <= now <= authority.not_valid_after_utc:
        return False
    try:
        leaf.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Identity:
    """What must agree between a notice and the parcel that it answers."""

    unit_code: str
    tax_code: str
    procedure: str
    period: str
    sha256: str


def speaks_of(notice: Notice, parcel: Parcel, answer: Answer) -> bool:
    """The very dossier: a receipt of another one, old or new, does not count."""
    labels = parcel.labels
    mine = Identity(
        labels["unit_code"],
        labels["tax_code"],
        labels["procedure"],
        labels["period"],
        parcel.sha256,
    )
    theirs = Identity(
        notice.unit_code, notice.tax_code, notice.procedure, notice.period, notice.sha256
    )
    known = parcel.transaction or answer.transaction
    return mine == theirs and known in {None, notice.transaction} and bool(notice.transaction)
