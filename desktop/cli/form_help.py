"""``tokhai form CODE --filed DATE``: what a form asks for on a filing date."""

from dataclasses import asdict

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.describe import FieldDescription, describe


def form(context: Context) -> Outcome:
    options, console = context.options, context.console
    told = describe(options.form, filing_date=options.filed, lang=console.lang)
    lines = [
        console.words("cli.form.head", form=told.code, title=told.title, since=told.valid_from)
    ]
    if told.unproven:
        lines.append(told.unproven_reason)
    lines += [field_line(context, field) for field in told.fields]
    lines += [f"  {line.code}  {line.label}" for line in told.lines]
    return Outcome(asdict(told), lines)


def field_line(context: Context, field: FieldDescription) -> str:
    number = f"[{field.number}] " if field.number else ""
    must = f" ({context.console.words('cli.form.required')})" if field.required else ""
    return f"  {number}{field.label}{must}"
