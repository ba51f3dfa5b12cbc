"""Draft → unsigned forms: checked as of today, rendered for today, stored, written out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Built
from desktop.services.attachments import read_attachments
from desktop.services.editing import back_to_draft
from desktop.services.folders import refuse_signed, usable_folder, write_files
from desktop.services.moments import filing_day, in_vietnam
from desktop.services.ports import Clock, Store, StoredFile, UnitOfWork
from desktop.services.rechecking import Rechecking
from desktop.services.rooms import FormsRoom
from forms.findings import Finding, has_errors
from forms.model import Dossier, DossierState, Draft, FormFile, Period, Unit
from resources.faults import UsageFault

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildForms:
    """Building again replaces what was built before, never what was signed."""

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(
        self,
        *,
        unit_code: str,
        period: Period,
        procedure: str = "600",
        attachments: Sequence[Path] = (),
        out: Path | None = None,
    ) -> Built:
        """Raises UsageFault ``build.no_draft``, and as attachments and folders do."""
        self.forms.procedure_name(procedure)
        papers = read_attachments(attachments, self.forms.attachment)
        if out:
            usable_folder(out)
        with self.store.begin() as work:
            built = self._build(work, _latest(work, unit_code, period, procedure), papers, out)
            work.commit()
        _LOG.info("built %s: %d files", built.dossier.id, len(built.files))
        if out:
            write_files(out, ((file.form.name, file.form.content) for file in built.files))
        return built

    def _build(
        self, work: UnitOfWork, dossier: Dossier, papers: Sequence[FormFile], out: Path | None
    ) -> Built:
        draft = work.dossiers.draft(dossier.id)
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        findings = rechecking.findings(work, dossier, draft)
        work.dossiers.replace_findings(dossier.id, findings, self.forms.rules_hash())
        if has_errors(findings):
            stopped = back_to_draft(work, dossier, self.clock, "event.unbuilt")
            return Built(dossier=stopped, findings=findings, files=())
        files = self._render(draft, work.units.get(dossier.unit_code), dossier, papers)
        if out:
            refuse_signed(out, [file.name for file in files])
        return self._keep(work, dossier, findings, files)

    def _render(
        self, draft: Draft, unit: Unit, dossier: Dossier, papers: Sequence[FormFile]
    ) -> tuple[FormFile, ...]:
        """Packed once for trial, so that a package too large is known before it is signed."""
        period, procedure = dossier.period, dossier.procedure
        today = filing_day(self.clock())
        forms = self.forms.render_forms(draft, unit, period, procedure=procedure, filing_date=today)
        files = (*forms, *papers)
        self.forms.render_envelope(
            [(file, file.content) for file in files],
            unit,
            period,
            procedure=procedure,
            filing_date=today,
        )
        return files

    def _keep(
        self,
        work: UnitOfWork,
        dossier: Dossier,
        findings: tuple[Finding, ...],
        files: tuple[FormFile, ...],
    ) -> Built:
        now = in_vietnam(self.clock())
        work.dossiers.replace_files(dossier.id, files)
        work.dossiers.set_filed_on(dossier.id, now)
        built = work.dossiers.move(dossier.id, DossierState.CHECKED, now=now, event="event.built")
        stored = tuple(StoredFile(form=file, signed=None) for file in files)
        return Built(dossier=built, findings=findings, files=stored)


def _latest(work: UnitOfWork, unit_code: str, period: Period, procedure: str) -> Dossier:
    work.units.get(unit_code)
    found = work.dossiers.latest_draft(unit_code, period, procedure)
    if found is None:
        raise UsageFault("build.no_draft", unit=unit_code, period=period.wire, procedure=procedure)
    return found
