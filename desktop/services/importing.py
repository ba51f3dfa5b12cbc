"""Workbook → draft, findings and people, in one transaction and one step of the roster."""

import logging
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Imported
from desktop.services.declared import declared_elsewhere
from desktop.services.joining import joined
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress, stage
from desktop.services.rechecking import Rechecking
from desktop.services.rooms import FormsRoom
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Dossier, Draft, Period, Row, Unit
from forms.quiet import collector_waiting

PROCEDURE = "600"
"""the only procedure that the workbook layouts feed"""

STAGES = 3
"""of an import: rows are read, checked, taken into the roster"""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWorkbook:
    """All or nothing: what cannot be read leaves no trace, what can be is stored whole."""

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(
        self,
        workbook: Path,
        *,
        unit_code: str,
        period: Period,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """``mapping``: columns that a person confirmed, for a list of no known layout.

        Raises UsageFault ``unit.unknown`` before reading, then as reading and reporting do."""
        with collector_waiting():
            return self._import(workbook, unit_code, period, layout, mapping, report, progress)

    def _import(
        self,
        workbook: Path,
        unit_code: str,
        period: Period,
        layout: str,
        mapping: ColumnMapping | None,
        report: Path | None,
        progress: Progress | None,
    ) -> Imported:
        unit, earlier = self._known(unit_code, period)
        reading = stage(progress, 0, STAGES)
        read = self.forms.read_workbook(workbook, layout=layout, mapping=mapping, progress=reading)
        if read.draft is None:
            return Imported(dossier=None, findings=read.findings, rows=0, people=0)
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        checked = rechecking.check(
            read.draft,
            unit=unit,
            period=period,
            procedure=PROCEDURE,
            earlier=earlier,
            progress=stage(progress, 1, STAGES),
        )
        findings = joined(read.draft, read.findings, checked)
        written = self._report(workbook, findings, report)
        dossier, people = self._keep(read.draft, findings, unit, period, stage(progress, 2, STAGES))
        rows = sum(len(section.rows) for section in read.draft.sections)
        return Imported(
            dossier=dossier, findings=findings, rows=rows, people=people, report=written
        )

    def _known(self, unit_code: str, period: Period) -> tuple[Unit, tuple[Row, ...]]:
        with self.store.reading() as work:
            unit = work.units.get(unit_code)
            return unit, declared_elsewhere(work, unit_code, period)

    def _report(
        self, workbook: Path, findings: tuple[Finding, ...], out: Path | None
    ) -> Path | None:
        if out is not None:
            self.forms.write_report(workbook, findings, out)
        return out

    def _keep(
        self,
        draft: Draft,
        findings: tuple[Finding, ...],
        unit: Unit,
        period: Period,
        progress: Progress,
    ) -> tuple[Dossier, int]:
        now = self.clock()
        with self.store.begin() as work:
            work.roster.forget_undone(unit.code)
            dossier = work.dossiers.create(
                unit.code, period, PROCEDURE, draft, findings, now, self.forms.rules_hash()
            )
            merged = work.roster.merge(
                unit.code, draft, period, now=now, dossier_id=dossier.id, progress=progress
            )
            work.commit()
        _LOG.info("imported %s: %d people, %d findings", dossier.id, merged.people, len(findings))
        return dossier, merged.people
