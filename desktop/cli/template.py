"""``tokhai template``: the program's own workbook to fill in."""

from desktop.cli.console import Outcome
from desktop.cli.context import Context


def write(context: Context) -> Outcome:
    written = context.services.roster.template(context.options.out)
    line = context.console.words("cli.template.written", file=str(written))
    return Outcome({"written": [str(written)]}, [line])
