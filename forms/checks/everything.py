"""Both sorts of checks over one draft: against the forms in force, and against the law."""

from collections.abc import Sequence
from datetime import date

from forms.catalog import forms_of
from forms.checks.law.run import LawScan
from forms.checks.problem import FindList, Setting, find_list
from forms.checks.run import FormScan, gathering, in_order, in_whole
from forms.checks.scan import Memory, Progress, Scan
from forms.checks.unwritten import UnwrittenScan
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Period, Row, Unit
from forms.quiet import collector_waiting

_MOVEMENTS_AND_RATES = frozenset({"phuong_an", "tu_thang", "ty_le_dong"})
"""fields of a form that declares employees of a unit; lists of other people have no such law"""

_MEMORY = Memory()


def check(
    draft: Draft,
    *,
    unit: Unit,
    period: Period,
    filing_date: date,
    procedure: str = "600",
    find_list: FindList = find_list,
    earlier: Sequence[Row] = (),
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """Every finding of a draft, in the order of the workbook.

    A check answers passed (nothing), failed (an error or a warning) or not checkable (an INFO).
    ``earlier``: main-list rows of the unit's other declarations for the period. What the form
    refuses in a cell is not held against the law as well. ``progress``: rows of the main list, of
    how many; what it raises ends the check. Raises UsageFault
    ``procedure.unknown`` and ``form.not_in_force``.
    """
    setting = Setting(unit=unit, period=period, filing_date=filing_date, find_list=find_list)
    employees = _declares_employees(procedure, filing_date)
    scan = Scan(
        forms=FormScan.of(draft, setting=setting, procedure=procedure),
        unwritten=UnwrittenScan.of(procedure=procedure, filing_date=filing_date),
        gathered=gathering(draft, unit),
        law=LawScan.of(draft, setting=setting, earlier=earlier) if employees else None,
        against=(setting, procedure),
        memory=_MEMORY,
        progress=progress,
    )
    with collector_waiting():
        for section in draft.sections:
            scan.take(section)
        return _together(draft, scan)


def forget() -> None:
    """What was said of the chunks of earlier drafts; the next check reads every one of its own."""
    _MEMORY.noted.clear()


def _together(draft: Draft, scan: Scan) -> tuple[Finding, ...]:
    gathered, law = scan.gathered, scan.law
    found = in_order(draft, (*scan.forms.findings(), *in_whole(draft, gathered)))
    found = (*found, *scan.unwritten.findings(draft))
    against = law.findings(gathered) if law is not None else ()
    wrong = {_cell(finding) for finding in found if finding.severity is Severity.ERROR}
    kept = (finding for finding in against if _cell(finding) not in wrong)
    return in_order(draft, (*found, *kept))


def _declares_employees(procedure: str, filing_date: date) -> bool:
    definitions = (v.definition for v in forms_of(procedure, filing_date=filing_date))
    return any(
        {f.key for f in definition.fields if f.part == Part.LAO_DONG} >= _MOVEMENTS_AND_RATES
        for definition in definitions
    )


def _cell(finding: Finding) -> tuple[str | None, int | None, str | None]:
    return (finding.sheet, finding.row, finding.field)
