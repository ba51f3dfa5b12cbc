"""``tokhai reconcile FILE…``: C12-TS and D09-TS held against what was declared here."""

from typing import Any

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.law import dong, source_lines, sources
from desktop.cli.reading import exit_code_for, finding_lines
from desktop.services.api import Reconciled
from forms.reconcile.difference import Difference, Kind


def reconcile(context: Context) -> Outcome:
    """Exit code 1 when a figure of the notice could not be read."""
    options = context.options
    done = context.services.reconcile(
        options.files,
        unit_code=options.unit,
        period=options.period,
        month_before=options.before,
    )
    return told(context, done)


def told(context: Context, done: Reconciled) -> Outcome:
    console, found = context.console, done.reconciliation
    differences = sorted(
        found.differences, key=lambda each: each.explanation.kind is not Kind.UNEXPLAINED
    )
    lines = [
        *finding_lines(context, done.findings),
        *(difference_line(context, each) for each in differences),
        console.words(
            "cli.reconciled",
            compared=found.compared,
            differences=len(differences),
            unexplained=len(found.unexplained),
        ),
        *source_lines(context, found.sources),
    ]
    document = {
        "unit": found.unit_code,
        "period": found.period.iso,
        "compared": found.compared,
        "differences": [difference(context, each) for each in differences],
        "unexplained": len(found.unexplained),
        "findings": shapes.findings(done.findings, console.lang),
        "sources": sources(found.sources),
    }
    return Outcome(document, lines, exit_code_for(done.findings))


def difference(context: Context, value: Difference) -> dict[str, Any]:
    told = value.explanation
    return {
        "subject": value.subject.value,
        "column": value.column.value if value.column else None,
        "line": value.line,
        "person": value.person.name if value.person else None,
        "ours": value.ours,
        "theirs": value.theirs,
        "explained_by": told.kind.value,
        "reason": told.reason.value,
        "message": context.console.words(told.reason.value, **told.params),
        "people": len(told.people),
        "sheet": value.place.sheet if value.place else None,
        "row": value.place.row if value.place else None,
    }


def difference_line(context: Context, value: Difference) -> str:
    words = context.console.words
    told = value.explanation
    subject = words(f"reconcile.subject.{value.subject.value}")
    column = words(f"reconcile.column.{value.column.value}") if value.column else ""
    person = value.person.name if value.person else ""
    shown = dong if value.subject.is_money else str
    figures = f"{shown(value.ours)} ≠ {shown(value.theirs)}"
    label = words(f"reconcile.kind.{told.kind.value}")
    reason = words(told.reason.value, **told.params)
    where = " · ".join(part for part in (subject, column, person) if part)
    return f"  {label}: {where}: {figures} – {reason}"
