"""Runs the checks against the forms over a draft; gives each problem its place in the workbook."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from forms.catalog import forms_of
from forms.checks.plan import Plans
from forms.checks.problem import FindList, Placed, Problem, Setting, find_list
from forms.checks.severities import SEVERITIES
from forms.checks.whole import whole
from forms.definition import FormDefinition
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Period, Section, Unit


def check(
    draft: Draft,
    *,
    unit: Unit,
    period: Period,
    filing_date: date,
    procedure: str = "600",
    find_list: FindList = find_list,
) -> tuple[Finding, ...]:
    """Every finding against the forms of a procedure in force on the filing date.

    A check answers passed (nothing), failed (an error or a warning) or not checkable (an INFO
    ``check.not_checkable``, when a code list is missing). In the order of the workbook; what
    concerns the whole draft comes last in its row. Raises UsageFault ``procedure.unknown`` and
    ``form.not_in_force``.
    """
    setting = Setting(unit=unit, period=period, filing_date=filing_date, find_list=find_list)
    versions = forms_of(procedure, filing_date=filing_date)
    definitions = tuple(version.definition for version in versions)
    return in_order(draft, (*_in_rows(draft, definitions, setting), *_in_whole(draft, setting)))


def in_order(draft: Draft, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By list and line of the workbook; several of one row as they stand."""
    order = {section.sheet: place for place, section in enumerate(draft.sections)}
    return tuple(
        sorted(findings, key=lambda found: (order.get(found.sheet or "", -1), found.row or 0))
    )


def _in_rows(
    draft: Draft, definitions: tuple[FormDefinition, ...], setting: Setting
) -> Iterator[Finding]:
    for section in draft.sections:
        plans = Plans(definitions, section.part, setting)
        for row in section.rows:
            for problem in plans.of(row).problems(row):
                yield _finding(problem, section, row.line)
        yield from _not_checkable(plans, section)


def _not_checkable(plans: Plans, section: Section) -> Iterator[Finding]:
    """Once for each list that was needed and is missing, at the first field that needs it."""
    told: set[str] = set()
    for plan in plans.made.values():
        for key, name in plan.needed_lists():
            if name not in told and plans.setting.find_list(name) is None:
                told.add(name)
                yield _finding(Problem("check.not_checkable", key, {"list": name}), section, None)


def _in_whole(draft: Draft, setting: Setting) -> Iterator[Finding]:
    for placed in whole(draft, setting):
        yield _placed(draft, placed)


def _placed(draft: Draft, placed: Placed) -> Finding:
    section = draft.section(placed.part) or _nowhere(placed.part)
    return _finding(placed.problem, section, placed.line)


def _nowhere(part: Part) -> Section:
    return Section(part=part, sheet="", columns={}, rows=())


def _finding(problem: Problem, section: Section, line: int | None) -> Finding:
    columns: Mapping[str, str] = section.columns
    severity: Severity = SEVERITIES[problem.code]
    return Finding(
        code=problem.code,
        severity=severity,
        sheet=section.sheet or None,
        row=line,
        column=columns.get(problem.key) or None,
        field=problem.key,
        params=problem.params,
    )
