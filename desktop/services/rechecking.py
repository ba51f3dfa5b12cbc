"""What is known against a draft: what reading found, and what the checks find now.

A check can be run again at any time; what reading found (a formula without a value, say) can
not, for the workbook is gone. So on every new check the reader's findings are kept for the
cells that were not typed over since.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from desktop.services.declared import declared_elsewhere
from desktop.services.joining import Cell, cell, joined
from desktop.services.make_up import MakeUp
from desktop.services.moments import filing_day
from desktop.services.ports import Clock, Reading
from desktop.services.progress import Progress
from desktop.services.rooms import FormsRoom
from forms.findings import Finding
from forms.model import Dossier, Draft, Period, Row, Unit
from resources.faults import UsageFault

READER = ("workbook.", "layout.", "cell.", "clean.", "finding.")
"""how the codes begin that only reading or typing can give"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A dossier as it stands, with all that a check needs."""

    dossier: Dossier
    unit: Unit
    draft: Draft
    findings: tuple[Finding, ...]
    earlier: tuple[Row, ...]
    """what the unit has declared already in other dossiers of the period"""

    @classmethod
    def of(cls, work: Reading, dossier: Dossier) -> Self:
        return cls(
            dossier=dossier,
            unit=work.units.get(dossier.unit_code),
            draft=work.dossiers.draft(dossier.id),
            findings=tuple(work.dossiers.findings(dossier.id)),
            earlier=declared_elsewhere(work, dossier.unit_code, dossier.period, but=dossier.id),
        )

    def still(self, work: Reading) -> bool:
        """Whether nothing was changed since; else what was made of it is worth nothing."""
        now = work.dossiers.get(self.dossier.id)
        return self == type(self).of(work, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecking:
    """Runs the checks as of today."""

    forms: FormsRoom
    clock: Clock

    def findings(
        self,
        known: Known,
        draft: Draft,
        *,
        typed_over: Collection[Cell] = (),
        typed: Sequence[Finding] = (),
        progress: Progress | None = None,
    ) -> tuple[Finding, ...]:
        """Today's findings for ``draft``, beside what reading found elsewhere.

        ``typed_over``: cells with a new value; ``typed``: what was found in typing them.
        """
        dossier = known.dossier
        checked = self.check(
            draft,
            unit=known.unit,
            period=dossier.period,
            procedure=dossier.procedure,
            earlier=known.earlier,
            progress=progress,
        )
        return joined(draft, (*from_reader(known.findings, typed_over), *typed), checked)

    def check(
        self,
        draft: Draft,
        *,
        unit: Unit,
        period: Period,
        procedure: str,
        earlier: Sequence[Row],
        progress: Progress | None = None,
    ) -> tuple[Finding, ...]:
        """The rows against the forms, and the dossier against the table of procedures."""
        today = filing_day(self.clock())
        rows = self.forms.check(
            draft,
            unit=unit,
            period=period,
            filing_date=today,
            procedure=procedure,
            earlier=earlier,
            progress=progress,
        )
        make_up = MakeUp(forms=self.forms, procedure=procedure, period=period, filing_date=today)
        return (*make_up.findings(draft), *rows)


def refuse_changed(work: Reading, before: Known) -> None:
    """Raises UsageFault ``dossier.changed_meanwhile``."""
    if not before.still(work):
        raise UsageFault("dossier.changed_meanwhile", dossier=before.dossier.id)


def from_reader(findings: Iterable[Finding], typed_over: Collection[Cell]) -> Sequence[Finding]:
    return [
        finding
        for finding in findings
        if finding.code.startswith(READER) and cell(finding) not in typed_over
    ]
