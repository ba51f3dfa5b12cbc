"""Checks one form that no workbook feeds, such as TK3-TS, against its definition.

The checks of single values are those of ``forms.checks``; the place of a finding is the list and
the line of the form instead of a sheet and a row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from forms.checks.problem import FindList, Problem, find_list
from forms.checks.severities import SEVERITIES
from forms.checks.values import value_check
from forms.definition import HEADER, Field, FormDefinition
from forms.findings import Finding, Severity
from forms.model import Row
from forms.render import FormData


def check_form(
    definition: FormDefinition,
    data: FormData,
    *,
    filing_date: date,
    find_list: FindList = find_list,
) -> tuple[Finding, ...]:
    """Required fields, types, lengths and code lists; what the form has no place for is an error.

    ``sheet`` of a finding is the list's name (``ho_so`` for what stands once), ``row`` its line.
    """
    findings = list(_about(definition, HEADER, [Row(0, data.values)], filing_date, find_list))
    for name, rows in data.lists.items():
        findings += _about(definition, name, rows, filing_date, find_list)
    return tuple(findings)


def _about(
    definition: FormDefinition,
    part: str,
    rows: Sequence[Row],
    filing_date: date,
    find_list: FindList,
) -> Iterator[Finding]:
    fields = {field.key: field for field in definition.fields if field.part == part}
    checks: Mapping[str, Callable[[str], Iterator[Problem]]] = {
        key: value_check(field, find_list=find_list, filing_date=filing_date)
        for key, field in fields.items()
    }
    for row in rows:
        for problem in _problems(fields, checks, row):
            yield _finding(problem, SEVERITIES[problem.code], part, row)
        for key in sorted(row.values.keys() - fields.keys()):
            stray = Problem("form.no_place", key, {"form": definition.code, "field": key})
            yield _finding(stray, Severity.ERROR, part, row)


def _finding(problem: Problem, severity: Severity, part: str, row: Row) -> Finding:
    return Finding(
        code=problem.code,
        severity=severity,
        sheet=part,
        row=row.line or None,
        field=problem.key,
        params=problem.params,
    )


def _problems(
    fields: Mapping[str, Field],
    checks: Mapping[str, Callable[[str], Iterator[Problem]]],
    row: Row,
) -> Iterator[Problem]:
    for key, field in fields.items():
        if not row.get(key) and field.is_required(row):
            yield Problem("check.required", key)
    for key, value in row.values.items():
        if value and key in checks:
            yield from checks[key](value)
