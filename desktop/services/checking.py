"""Checking a dossier again, as of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.editing import OPEN
from desktop.services.ports import Clock, Store
from desktop.services.rechecking import Rechecking
from desktop.services.rooms import FormsRoom
from forms.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDossier:
    """A signed dossier is as it is: its findings are those of the day it was built."""

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(self, dossier_id: str) -> Sequence[Finding]:
        with self.store.begin() as work:
            dossier = work.dossiers.get(dossier_id)
            if dossier.state not in OPEN:
                return work.dossiers.findings(dossier_id)
            draft = work.dossiers.draft(dossier_id)
            rechecking = Rechecking(forms=self.forms, clock=self.clock)
            findings = rechecking.findings(work, dossier, draft)
            work.dossiers.replace_findings(dossier_id, findings, self.forms.rules_hash())
            work.commit()
        return findings
