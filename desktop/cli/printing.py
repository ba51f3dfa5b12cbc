"""``tokhai print``: the forms of a dossier as PDF files."""

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document
from desktop.services.folders import usable_folder, write_files


def print_forms(context: Context) -> Outcome:
    options = context.options
    usable_folder(options.out)
    printed = context.services.print_forms(options.dossier, form=options.form)
    paths = write_files(options.out, ((form.name, form.content) for form in printed))
    forms = [
        {"file": str(path), "form": form.code, "official": form.official, "pages": form.pages}
        for path, form in zip(paths, printed, strict=True)
    ]
    dossier = context.services.dossier(options.dossier)
    lines = [
        context.console.words(
            "cli.print.official" if form.official else "cli.print.plain",
            path=str(path),
            pages=form.pages,
        )
        for path, form in zip(paths, printed, strict=True)
    ]
    return Outcome({**dossier_document(context, dossier), "printed": forms}, lines)
