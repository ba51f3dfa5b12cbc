"""Differences between the agency's statement and what was filed, in words. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Reconciled, Services
from desktop.ui.formats import grouped, money
from desktop.ui.texts import tr, words
from forms.model import Period
from forms.reconcile.difference import Difference, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    """One figure that is not the same on both sides."""

    where: str
    ours: str
    theirs: str
    reason: str
    unexplained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """``look`` and ``summary`` for the head; ``remarks``: what could not be compared or read."""

    look: str
    summary: str
    lines: tuple[DifferenceLine, ...]
    remarks: tuple[str, ...]


def compared(done: Reconciled) -> Compared:
    """The unexplained first."""
    found = done.reconciliation
    lines = sorted(map(_line, found.differences), key=lambda line: not line.unexplained)
    code = "ui.reconcile.same" if not lines else "ui.reconcile.summary"
    summary = tr(
        code,
        compared=found.compared,
        differences=len(lines),
        unexplained=len(found.unexplained),
    )
    return Compared(
        look="warning" if found.unexplained else "done",
        summary=summary,
        lines=tuple(lines),
        remarks=tuple(words(each.code, each.params) for each in done.findings),
    )


@dataclass
class ReconcilePresenter:
    services: Services

    def compare(self, files: Sequence[Path], unit_code: str, period: Period) -> Compared:
        """Raises the faults of reading a notice."""
        return compared(self.services.reconcile(files, unit_code=unit_code, period=period))


def _line(value: Difference) -> DifferenceLine:
    said = money if value.subject.is_money else grouped
    told = value.explanation
    parts = (
        words(f"reconcile.subject.{value.subject.value}"),
        words(f"reconcile.column.{value.column.value}") if value.column else "",
        value.person.name if value.person else "",
    )
    return DifferenceLine(
        where=" · ".join(part for part in parts if part),
        ours=said(value.ours),
        theirs=said(value.theirs),
        reason=words(told.reason.value, told.params),
        unexplained=told.kind is Kind.UNEXPLAINED,
    )
