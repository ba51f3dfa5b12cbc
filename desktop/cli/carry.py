"""``tokhai export``: the signed package, or the draft for the program of another provider."""

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, exit_code_for, finding_line
from forms.excel.carried.providers import providers

PACKAGE = "package"
KINDS = (PACKAGE, *providers())


def export(context: Context) -> Outcome:
    return package(context) if context.options.kind == PACKAGE else workbook(context)


def package(context: Context) -> Outcome:
    written = context.services.export(context.options.dossier, context.options.out)
    dossier = context.services.dossier(context.options.dossier)
    document = {**dossier_document(context, dossier), "written": [str(path) for path in written]}
    return Outcome(document, [str(path) for path in written])


def workbook(context: Context) -> Outcome:
    """Exit code 1 where the workbook does not read back as the declaration."""
    options, services = context.options, context.services
    made = services.carry.workbook(options.dossier, options.kind, options.out)
    dossier = services.dossier(options.dossier)
    document = {
        **dossier_document(context, dossier),
        "written": [str(made.path)],
        "findings": shapes.findings(made.findings, context.console.lang),
    }
    lines = [str(made.path), *(finding_line(context, each) for each in made.findings)]
    return Outcome(document, lines, exit_code_for(made.findings))
