"""``tokhai export`` and what ``tokhai outbox`` does with sealed files: out of this program, and in.

The signed package; the draft for the program of another provider; a parcel for another computer.
"""

from collections.abc import Sequence

from desktop.cli import send, shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line, exit_code_for, finding_line
from desktop.services.carry_api import TakenOver
from forms.excel.carried.condensing import condensed
from forms.excel.carried.providers import providers
from resources.faults import UsageFault

PACKAGE, SEALED = "package", "sealed"
KINDS = (PACKAGE, *providers(), SEALED)
OF_SEALED = ("lock", "gateway", "ca", "adapter", "client_id", "server_key")
"""options that mean something for a sealed file alone"""


def export(context: Context) -> Outcome:
    options = context.options
    if options.kind == SEALED:
        return hand_over(context)
    if any(getattr(options, name) for name in OF_SEALED):
        raise UsageFault("cli.export.sealed_alone")
    return package(context) if options.kind == PACKAGE else workbook(context)


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
    told = condensed(made.findings)
    lines = [str(made.path), *(finding_line(context, each) for each in told)]
    return Outcome(document, lines, exit_code_for(made.findings))


def hand_over(context: Context) -> Outcome:
    options, services, words = context.options, context.services, context.console.words
    destination = send.chosen_destination(context)
    password = context.secret("cli.ask.new_lock") if options.lock else ""
    if options.lock and not password:
        raise UsageFault("sealed.password_needed")
    path = services.carry.hand_over(
        options.dossier, options.out, destination=destination, password=password
    )
    dossier = services.dossier(options.dossier)
    document = {**dossier_document(context, dossier), "written": [str(path)]}
    code = "cli.export.handed_over" if options.lock else "cli.export.handed_over_open"
    return Outcome(document, [str(path), words(code, dossier=dossier.id)])


def outbox(context: Context) -> Outcome:
    options = context.options
    if options.take:
        return take_over(context)
    if options.yes or options.pin_stdin:
        raise UsageFault("cli.outbox.take_alone")
    return take_back(context) if options.back else send.outbox(context)


def take_over(context: Context) -> Outcome:
    """The password is asked for only where the file is locked."""
    try:
        taken = _taken(context, "")
    except UsageFault as fault:
        if fault.code != "sealed.password_needed":
            raise
        taken = _taken(context, context.secret("cli.ask.lock"))
    words = context.console.words
    lines = []
    for each in taken:
        code = "cli.outbox.taken" if each.new else "cli.outbox.taken_before"
        lines += [dossier_line(context, each.dossier), words(code, url=each.parcel.destination.url)]
    document = {
        "taken": [
            {
                **dossier_document(context, each.dossier),
                "parcel": shapes.parcel(each.parcel),
                "new": each.new,
            }
            for each in taken
        ]
    }
    return Outcome(document, lines)


def _taken(context: Context, password: str) -> Sequence[TakenOver]:
    options = context.options
    return context.services.carry.take_over(options.take, password=password, trusted=options.yes)


def take_back(context: Context) -> Outcome:
    options, words = context.options, context.console.words
    parcel = context.services.carry.take_back(options.back)
    dossier = context.services.dossier(options.back)
    document = {**dossier_document(context, dossier), "parcel": shapes.parcel(parcel)}
    return Outcome(document, [words("cli.outbox.taken_back", dossier=dossier.id)])
