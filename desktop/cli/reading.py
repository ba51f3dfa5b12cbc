"""Dossiers and findings in words, shared by the commands."""

from collections.abc import Sequence

from desktop.cli import shapes
from desktop.cli.context import Context
from forms.findings import Finding, Severity, has_errors
from forms.model import Dossier

MOST_LINES = 200
"""findings listed on the screen; JSON and the error workbook hold all"""


def finding_line(context: Context, finding: Finding) -> str:
    words = context.console.words
    label = words(f"cli.severity.{finding.severity.value}")
    return f"  {label:9} {finding.place:18} {words(finding.code, **finding.params)}"


def finding_lines(context: Context, findings: Sequence[Finding]) -> list[str]:
    """Errors first; what does not fit is counted."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    lines = [finding_line(context, finding) for finding in ranked[:MOST_LINES]]
    if len(ranked) > MOST_LINES:
        lines.append(context.console.words("cli.findings.more", count=len(ranked) - MOST_LINES))
    return [*lines, summary(context, findings)]


def summary(context: Context, findings: Sequence[Finding]) -> str:
    counts = {kind: sum(each.severity is kind for each in findings) for kind in Severity}
    return context.console.words(
        "cli.findings.summary",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
    )


def dossier_document(context: Context, dossier: Dossier) -> shapes.Json:
    return shapes.dossier(dossier, context.services.files(dossier.id))


def dossier_line(context: Context, dossier: Dossier) -> str:
    words = context.console.words
    state = words(f"state.{dossier.state.value}")
    number = f" · {words('cli.number', number=dossier.number)}" if dossier.number else ""
    return f"{dossier.id}: {state}{number}"


def exit_code_for(findings: Sequence[Finding]) -> int:
    return 1 if has_errors(findings) else 0
