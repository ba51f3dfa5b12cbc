"""A first list of people who take part already, into the roster alone: nothing is declared."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.services.imported import TakenIn
from desktop.services.importing import PROCEDURE, STAGES
from desktop.services.joining import joined
from desktop.services.moments import filing_day
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress, stage
from desktop.services.rooms import FormsRoom
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Draft, Period, Unit
from forms.quiet import collector_waiting
from forms.roster.fields import fields
from resources.faults import UsageFault

OF_A_MOVEMENT = frozenset(
    {
        *("check.required", "check.not_checkable", "check.no_people", "check.duplicate_row"),
        *("check.overlapping_rows", "check.month_early", "check.month_after_period"),
        *("check.month_order", "check.movement_kind", "check.movement_kind_old"),
        *("check.movement_sex", "check.death_movement", "check.number_without_tk1"),
        *("check.book_without_number", "check.household_without_tk1", "check.paper_unmatched"),
        *("check.region_differs", "check.wage_zero"),
    }
)
"""what is asked of a row that is declared, and not of somebody who only stands in the roster"""
_FORMS = "check."
"""how the codes begin of what the forms ask; the law is of declarations alone"""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIntoRoster:
    """One step of the roster, undone as a whole; no dossier is made."""

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(
        self,
        workbook: Path,
        *,
        unit_code: str,
        since: Period,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> TakenIn:
        """``since``: from when they take part, where their row says nothing else.

        Raises UsageFault ``unit.unknown`` before reading, ``roster.month_to_come``; then as
        reading and reporting do.
        """
        today = filing_day(self.clock())
        if since > Period.of(today):
            raise UsageFault("roster.month_to_come", month=since.wire)
        with collector_waiting():
            with self.store.reading() as work:
                unit = work.units.get(unit_code)
            read = self.forms.read_workbook(
                workbook, layout=layout, mapping=mapping, progress=stage(progress, 0, STAGES)
            )
            if read.draft is None:
                return TakenIn(step=None, findings=read.findings, rows=0, people=0, since=since)
            checked = stage(progress, 1, STAGES)
            wrong = self._of_cells(read.draft, unit, since, checked)
            findings = joined(read.draft, read.findings, wrong)
            if report is not None:
                self.forms.write_report(workbook, findings, report)
            told = stage(progress, 2, STAGES)
            return self._keep(read.draft, findings, unit_code, since, report, told)

    def _of_cells(
        self, draft: Draft, unit: Unit, since: Period, progress: Progress
    ) -> Iterable[Finding]:
        """What is wrong with the people themselves, whatever may once be declared of them."""
        found = self.forms.check(
            draft,
            unit=unit,
            period=since,
            filing_date=filing_day(self.clock()),
            procedure=PROCEDURE,
            earlier=(),
            progress=progress,
        )
        return (finding for finding in found if is_of_a_person(finding))

    def _keep(
        self,
        draft: Draft,
        findings: tuple[Finding, ...],
        unit_code: str,
        since: Period,
        report: Path | None,
        progress: Progress,
    ) -> TakenIn:
        with self.store.begin() as work:
            merged = work.roster.merge(
                unit_code, draft, since, now=self.clock(), starting=True, progress=progress
            )
            work.commit()
        _LOG.info("took %d people in, %d findings", merged.people, len(findings))
        return TakenIn(
            step=merged.step,
            findings=findings,
            rows=sum(len(section.rows) for section in draft.sections),
            people=merged.people,
            assumed=merged.assumed,
            since=since,
            report=report,
        )


def is_of_a_person(finding: Finding) -> bool:
    """Whether it is said of a field that the roster keeps, and of no declaration."""
    if not finding.code.startswith(_FORMS) or finding.code in OF_A_MOVEMENT:
        return False
    return finding.field in fields()
