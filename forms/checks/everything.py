"""Both sorts of checks over one draft: against the forms in force, and against the law."""

from collections.abc import Sequence
from datetime import date

from forms.catalog import forms_of
from forms.checks import run
from forms.checks.law import check_law
from forms.checks.problem import FindList, find_list
from forms.checks.unwritten import unwritten
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Period, Row, Unit

_MOVEMENTS_AND_RATES = frozenset({"phuong_an", "tu_thang", "ty_le_dong"})
"""fields of a form that declares employees of a unit; lists of other people have no such law"""


def check(
    draft: Draft,
    *,
    unit: Unit,
    period: Period,
    filing_date: date,
    procedure: str = "600",
    find_list: FindList = find_list,
    earlier: Sequence[Row] = (),
) -> tuple[Finding, ...]:
    """Every finding of a draft, in the order of the workbook.

    A check answers passed (nothing), failed (an error or a warning) or not checkable (an INFO).
    ``earlier``: main-list rows of the unit's other declarations for the period. What the form
    refuses in a cell is not held against the law as well. Raises UsageFault
    ``procedure.unknown`` and ``form.not_in_force``.
    """
    found = run.check(
        draft,
        unit=unit,
        period=period,
        filing_date=filing_date,
        procedure=procedure,
        find_list=find_list,
    )
    found = (*found, *unwritten(draft, procedure=procedure, filing_date=filing_date))
    if not _declares_employees(procedure, filing_date):
        return run.in_order(draft, found)
    law = check_law(draft, unit=unit, period=period, filing_date=filing_date, earlier=earlier)
    wrong = {_cell(finding) for finding in found if finding.severity is Severity.ERROR}
    law = tuple(finding for finding in law if _cell(finding) not in wrong)
    return run.in_order(draft, (*found, *law))


def _declares_employees(procedure: str, filing_date: date) -> bool:
    definitions = (v.definition for v in forms_of(procedure, filing_date=filing_date))
    return any(
        {f.key for f in definition.fields if f.part == Part.LAO_DONG} >= _MOVEMENTS_AND_RATES
        for definition in definitions
    )


def _cell(finding: Finding) -> tuple[str | None, int | None, str | None]:
    return (finding.sheet, finding.row, finding.field)
