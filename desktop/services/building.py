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
from desktop.services.ports import Clock, Reading, Store, StoredFile, UnitOfWork
from desktop.services.progress import Progress, stage
from desktop.services.rechecking import Known, Rechecking, refuse_changed
from desktop.services.rooms import FormsRoom
from forms.findings import Finding, has_errors
from forms.model import Dossier, DossierState, FormFile, Period
from resources.faults import UsageFault

STAGES = 5
"""checked, written, packed, read back, stored"""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildForms:
    """Building again replaces what was built before, never what was signed.

    Nobody is kept waiting while checks and forms are made; what was changed in that time is not
    overwritten.
    """

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
        progress: Progress | None = None,
    ) -> Built:
        """``progress``: how far it is; what it raises leaves the dossier as it was.

        Raises UsageFault ``build.no_draft``, ``dossier.changed_meanwhile``, and as attachments
        and folders do.
        """
        self.forms.procedure_name(procedure)
        papers = read_attachments(attachments, self.forms.attachment)
        if out:
            usable_folder(out)
        with self.store.reading() as work:
            known = Known.of(work, _latest(work, unit_code, period, procedure))
        built = self._build(known, papers, out, progress)
        _LOG.info("built %s: %d files", built.dossier.id, len(built.files))
        if out:
            write_files(out, ((file.form.name, file.form.content) for file in built.files))
        return built

    def _build(
        self,
        known: Known,
        papers: Sequence[FormFile],
        out: Path | None,
        progress: Progress | None,
    ) -> Built:
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        checked = stage(progress, 0, STAGES)
        findings = rechecking.findings(known, known.draft, progress=checked)
        if has_errors(findings):
            return self._stop(known, findings)
        files, doubts = self._render(known, papers, progress)
        findings = (*findings, *doubts)
        if has_errors(doubts):
            return self._stop(known, findings)
        if out:
            refuse_signed(out, [file.name for file in files])
        return self._keep(known, findings, files)

    def _render(
        self, known: Known, papers: Sequence[FormFile], progress: Progress | None
    ) -> tuple[tuple[FormFile, ...], tuple[Finding, ...]]:
        """Packed once for trial and read back, so that a package too large, or one that says
        something else than its dossier, is known before it is signed.
        """
        draft, unit = known.draft, known.unit
        period, procedure = known.dossier.period, known.dossier.procedure
        today = filing_day(self.clock())
        stage(progress, 1, STAGES)(0, 1)
        forms = self.forms.render_forms(draft, unit, period, procedure=procedure, filing_date=today)
        files = (*forms, *papers)
        stage(progress, 2, STAGES)(0, 1)
        package = self.forms.render_envelope(
            [(file, file.content) for file in files],
            unit,
            period,
            procedure=procedure,
            filing_date=today,
        )
        stage(progress, 3, STAGES)(0, 1)
        doubts = self.forms.check_package(
            package.content,
            unit,
            period,
            procedure=procedure,
            filing_date=today,
            forms=[file.form_code for file in files],
        )
        stage(progress, 4, STAGES)(0, 1)
        return files, doubts

    def _stop(self, known: Known, findings: tuple[Finding, ...]) -> Built:
        with self.store.begin() as work:
            self._keep_findings(work, known, findings)
            stopped = back_to_draft(work, known.dossier, self.clock, "event.unbuilt")
            work.commit()
        return Built(dossier=stopped, findings=findings, files=())

    def _keep(
        self, known: Known, findings: tuple[Finding, ...], files: tuple[FormFile, ...]
    ) -> Built:
        now, dossier_id = in_vietnam(self.clock()), known.dossier.id
        with self.store.begin() as work:
            self._keep_findings(work, known, findings)
            work.dossiers.replace_files(dossier_id, files)
            work.dossiers.set_filed_on(dossier_id, now)
            built = work.dossiers.move(
                dossier_id, DossierState.CHECKED, now=now, event="event.built"
            )
            work.commit()
        stored = tuple(StoredFile(form=file, signed=None) for file in files)
        return Built(dossier=built, findings=findings, files=stored)

    def _keep_findings(self, work: UnitOfWork, known: Known, findings: Sequence[Finding]) -> None:
        refuse_changed(work, known)
        rules = self.forms.rules_hash()
        work.dossiers.replace_findings(known.dossier.id, findings, rules)


def _latest(work: Reading, unit_code: str, period: Period, procedure: str) -> Dossier:
    work.units.get(unit_code)
    found = work.dossiers.latest_draft(unit_code, period, procedure)
    if found is None:
        raise UsageFault("build.no_draft", unit=unit_code, period=period.wire, procedure=procedure)
    return found
