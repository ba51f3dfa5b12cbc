"""The rows that had findings, taken again from the mended workbook; all others stay as they are."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.services.again import Again, compared
from desktop.services.editing import back_to_draft, require_open
from desktop.services.imported import Imported
from desktop.services.ports import Clock, Store, UnitOfWork
from desktop.services.progress import Progress
from desktop.services.rechecking import Known, Rechecking, refuse_changed
from desktop.services.rooms import FormsRoom, ReadResult
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.findings import Finding, Severity
from forms.model import Dossier, DossierState, Draft, Part
from resources.faults import DataFault, UsageFault

EVENT = "event.imported_again"
MAPPED = "mapped"
"""the layout of a draft that was read by a mapping of its columns"""
GRAVE = frozenset({Severity.ERROR, Severity.WARNING})

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRowsAgain:
    """One step: the rows in the draft, the people in the roster, the findings, the journal.

    ``columns``: what the columns of a workbook are taken for, remembered mappings applied
    (``ColumnsApi.columns``); needed for drafts of no known layout.
    """

    store: Store
    forms: FormsRoom
    clock: Clock
    columns: Callable[[Path], Sequence[SheetGuess]]

    def __call__(
        self, workbook: Path, *, dossier_id: str, progress: Progress | None = None
    ) -> Imported:
        """``rows`` of the answer: how many were taken.

        Raises UsageFault ``dossier.unknown``, ``dossier.signed``, ``dossier.changed_meanwhile``,
        ``import.nothing_to_mend``; DataFault ``import.other_workbook``, ``import.rows_added`` and
        as reading the workbook does.
        """
        with self.store.reading() as work:
            known = Known.of(work, require_open(work.dossiers.get(dossier_id)))
        lines = _lines(known)
        if not lines:
            raise UsageFault("import.nothing_to_mend", dossier=dossier_id)
        read = self._read(workbook, known.draft, progress)
        if read.draft is None:
            raise DataFault("import.other_workbook", file=workbook.name)
        again = compared(known.draft, read.draft, lines, file=workbook.name)
        findings = self._findings(known, again, read.findings)
        dossier, people = self._keep(known, again, findings)
        _LOG.info("took %d rows again for %s", again.count, dossier.id)
        return Imported(dossier=dossier, findings=findings, rows=again.count, people=people)

    def _read(self, workbook: Path, draft: Draft, progress: Progress | None) -> ReadResult:
        """As the draft was read."""
        if draft.layout != MAPPED:
            return self.forms.read_workbook(workbook, layout=draft.layout, progress=progress)
        mapping = self._mapping(workbook, draft)
        return self.forms.read_workbook(workbook, mapping=mapping, progress=progress)

    def _mapping(self, workbook: Path, draft: Draft) -> ColumnMapping:
        section = draft.section(Part.LAO_DONG)
        for guess in self.columns(workbook):
            if section is not None and guess.sheet == section.sheet:
                return ColumnMapping(
                    sheet=guess.sheet,
                    header_row=guess.header_row,
                    first_data_row=guess.first_data_row,
                    columns={each.column: each.field for each in guess.columns if each.field},
                )
        raise DataFault("import.other_workbook", file=workbook.name)

    def _findings(self, known: Known, again: Again, read: Sequence[Finding]) -> tuple[Finding, ...]:
        """What reading found in the other rows stays; of the rows taken it is what it is now."""
        kept = tuple(found for found in known.findings if not again.took(found))
        new = [found for found in read if again.took(found)]
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        return rechecking.findings(
            replace(known, findings=kept), again.draft, typed=(*again.remarks, *new)
        )

    def _keep(self, known: Known, again: Again, findings: Sequence[Finding]) -> tuple[Dossier, int]:
        now, dossier = self.clock(), known.dossier
        with self.store.begin() as work:
            refuse_changed(work, known)
            work.dossiers.replace_draft(dossier.id, again.draft)
            work.dossiers.replace_findings(dossier.id, findings, self.forms.rules_hash())
            moved = self._journal(work, dossier)
            merged = work.roster.merge(
                dossier.unit_code, again.people, dossier.period, now=now, dossier_id=dossier.id
            )
            if merged.step is not None:
                self._keep_before(work, known, merged.step.id)
            work.commit()
        return moved, merged.people

    def _keep_before(self, work: UnitOfWork, known: Known, step: int) -> None:
        """Undoing the step takes the draft back too."""
        before = known.dossier
        work.dossiers.keep_version(before.id, step, known.draft, known.findings, before.rules_hash)

    def _journal(self, work: UnitOfWork, dossier: Dossier) -> Dossier:
        if dossier.state is not DossierState.DRAFT:
            return back_to_draft(work, dossier, self.clock, EVENT)
        work.dossiers.note(dossier.id, now=self.clock(), event=EVENT)
        return dossier


def _lines(known: Known) -> frozenset[tuple[str, int]]:
    """Sheet and line of every row with something to mend."""
    found = {
        (finding.sheet, finding.row)
        for finding in known.findings
        if finding.severity in GRAVE and finding.sheet is not None and finding.row is not None
    }
    return frozenset(
        (section.sheet, row.line)
        for section in known.draft.sections
        for row in section.rows
        if (section.sheet, row.line) in found
    )
