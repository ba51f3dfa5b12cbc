"""What comparing the agency's notices with what was filed yields."""

from dataclasses import dataclass

from forms.findings import Finding
from forms.reconcile.difference import Reconciliation
from forms.reconcile.notice import ParticipantList, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The comparison with what it was made from."""

    reconciliation: Reconciliation
    statement: Statement | None
    participants: ParticipantList | None
    findings: tuple[Finding, ...]
    """of reading, of the notices against themselves and the month before, of comparing"""
