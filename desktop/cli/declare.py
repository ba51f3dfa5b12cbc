"""``tokhai import``, ``check`` and ``build``: from the workbook to the unsigned forms."""

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line, exit_code_for, finding_lines


def import_workbook(context: Context) -> Outcome:
    options, console = context.options, context.console
    done = context.services.import_workbook(
        options.workbook,
        unit_code=options.unit,
        period=options.period,
        layout=options.layout,
        report=options.report,
        progress=console.progress(),
    )
    lines = finding_lines(context, done.findings)
    if done.dossier:
        lines.append(dossier_line(context, done.dossier))
        lines.append(console.words("cli.imported", rows=done.rows, people=done.people))
    if done.report:
        lines.append(console.words("cli.report", file=str(done.report)))
    document = {
        **(dossier_document(context, done.dossier) if done.dossier else {"id": None}),
        "rows": done.rows,
        "people": done.people,
        "report": str(done.report) if done.report else None,
        "findings": shapes.findings(done.findings, console.lang),
    }
    return Outcome(document, lines, exit_code_for(done.findings))


def check(context: Context) -> Outcome:
    findings = context.services.check(context.options.dossier)
    dossier = context.services.dossier(context.options.dossier)
    document = {
        **dossier_document(context, dossier),
        "findings": shapes.findings(findings, context.console.lang),
    }
    lines = [*finding_lines(context, findings), dossier_line(context, dossier)]
    return Outcome(document, lines, exit_code_for(findings))


def build(context: Context) -> Outcome:
    options = context.options
    built = context.services.build(
        unit_code=options.unit,
        period=options.period,
        procedure=options.procedure,
        attachments=options.attach,
        out=options.out,
    )
    document = {
        **shapes.dossier(built.dossier, built.files),
        "out": str(options.out) if options.out else None,
        "findings": shapes.findings(built.findings, context.console.lang),
    }
    lines = [*finding_lines(context, built.findings), dossier_line(context, built.dossier)]
    lines += [f"  {each.form.name}  {len(each.form.content)} B" for each in built.files]
    return Outcome(document, lines, exit_code_for(built.findings))
