"""``tokhai import``, ``check`` and ``build``: from the workbook to the unsigned forms."""

from collections.abc import Iterator

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line, exit_code_for, finding_lines
from desktop.cli.roster import step_document
from desktop.services.imported import Imported, TakenIn
from desktop.services.moments import filing_day
from forms.excel.mapping_file import read_mapping
from forms.model import Period
from resources.faults import UsageFault


def import_workbook(context: Context) -> Outcome:
    if context.options.roster_only:
        return take_in(context)
    if context.options.since:
        raise UsageFault("cli.import.from_alone")
    done, console = _imported(context), context.console
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


def take_in(context: Context) -> Outcome:
    """Into the roster alone; what the program assumes is said, and how it is undone."""
    options, console = context.options, context.console
    if options.again:
        raise UsageFault("cli.import.roster_again")
    if not options.unit:
        raise UsageFault("cli.import.roster_unit")
    today = Period.of(filing_day(context.services.now()))
    done = context.services.workbooks.take_in(
        options.workbook,
        unit_code=options.unit,
        since=options.since or options.period or today,
        layout=options.layout,
        mapping=read_mapping(options.map) if options.map else None,
        report=options.report,
        progress=console.progress(),
    )
    document = {
        "step": step_document(context, done.step) if done.step else None,
        "rows": done.rows,
        "people": done.people,
        "assumed": done.assumed,
        "since": done.since.iso,
        "report": str(done.report) if done.report else None,
        "findings": shapes.findings(done.findings, console.lang),
    }
    lines = [*finding_lines(context, done.findings), *_taken_lines(context, done)]
    return Outcome(document, lines, exit_code_for(done.findings))


def _taken_lines(context: Context, done: TakenIn) -> Iterator[str]:
    words, unit = context.console.words, context.options.unit
    if done.people:
        code = "cli.import.taken" if done.step else "cli.import.nothing_new"
        yield words(code, rows=done.rows, people=done.people)
    if done.assumed:
        yield words("cli.import.assumed", people=done.assumed, month=done.since.wire)
    if done.step:
        yield words("cli.import.undo", unit=unit)
    if done.report:
        yield words("cli.report", file=str(done.report))


def _imported(context: Context) -> Imported:
    """Into a dossier again, by a file of columns where one is given, else by a known layout."""
    options = context.options
    if options.again:
        return context.services.workbooks.import_rows_again(
            options.workbook, dossier_id=options.again, progress=context.console.progress()
        )
    if not options.unit or not options.period:
        raise UsageFault("import.unit_and_period")
    if options.map:
        return context.services.workbooks.import_mapped(
            options.workbook,
            read_mapping(options.map),
            unit_code=options.unit,
            period=options.period,
            report=options.report,
            progress=context.console.progress(),
        )
    return context.services.import_workbook(
        options.workbook,
        unit_code=options.unit,
        period=options.period,
        layout=options.layout,
        report=options.report,
        progress=context.console.progress(),
    )


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
