"""Checking a dossier again, as of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.editing import OPEN
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress
from desktop.services.rechecking import Known, Rechecking, refuse_changed
from desktop.services.rooms import FormsRoom
from forms.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDossier:
    """A signed dossier is as it is: its findings are those of the day it was built.

    Nobody is kept waiting while the checks run.
    """

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(self, dossier_id: str, progress: Progress | None = None) -> Sequence[Finding]:
        """Raises UsageFault ``dossier.changed_meanwhile``. ``progress``: rows, of how many."""
        with self.store.reading() as work:
            known = Known.of(work, work.dossiers.get(dossier_id))
        if known.dossier.state not in OPEN:
            return known.findings
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        findings = rechecking.findings(known, known.draft, progress=progress)
        with self.store.begin() as work:
            refuse_changed(work, known)
            work.dossiers.replace_findings(dossier_id, findings, self.forms.rules_hash())
            work.commit()
        return findings
