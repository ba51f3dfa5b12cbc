"""Whether a paper (PDF) that came as a letter is believed: by the same authority as a notice.

Its content is not read, so that it never moves a dossier, and whose it is stays for a person to
see. Nothing is stored here.
"""

from datetime import datetime

from desktop.services.inbox_api import STRANGER, Said, Verified
from desktop.services.receipts import is_trusted
from resources.faults import Fault
from signing.files import is_pdf, verify_file
from signing.model import Intact, SignatureReport

GENUINE = "inbox.paper.genuine"
NO_SIGNATURE = frozenset({"verify.not_signed", "verify.pdf_broken"})
"""a damaged file that shows traces of a signature is told by the signature's own report"""

Opinion = tuple[Verified, Said]


def opinion_of(content: bytes, ca_pem: str, now: datetime) -> Opinion | None:
    """None where it is no PDF, or carries no signature."""
    if not is_pdf(content):
        return None
    try:
        reports = verify_file(content)
    except Fault as fault:
        if fault.code in NO_SIGNATURE:
            return None
        return Verified.UNSIGNED, Said(code=fault.code, params=dict(fault.params))
    return of_signatures(reports, ca_pem, now)


def of_signatures(reports: tuple[SignatureReport, ...], ca_pem: str, now: datetime) -> Opinion:
    """Every signature must be sound; one of them must be the authority's."""
    if any(each.intact is Intact.NO for each in reports):
        return Verified.NO, Said(code="inbox.paper.changed")
    if any(each.intact is not Intact.YES or not each.strict for each in reports):
        return Verified.NO, Said(code="inbox.paper.doubtful")
    if any(is_trusted(each, ca_pem, now) for each in reports):
        return Verified.YES, Said(code=GENUINE)
    signers = [each.certificate.common_name for each in reports if each.certificate]
    return Verified.NO, Said(code=STRANGER, params={"signer": ", ".join(signers)[:200] or "?"})
